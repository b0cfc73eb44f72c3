import type { ActionBlock } from '../model/conversation';
import { toolInput } from '../model/conversationActions';
import { prettyJson } from '../model/conversationJson';
import { asList, asRecord, asText, firstText } from '../oz/json';
import { highlightCode } from './highlightCode';
import { gapNode, preNodes, textLimit } from './longText';
import type { RenderContext } from './renderContext';
import { terminalNodes } from './terminalOutput';
import type { ViewNode } from './viewNodes';

/** Parts of a result that are shown. */
const mostParts = 20;

/** A tool's input, and its result as the Model Context Protocol shapes it: parts of text, pictures and resources. */
export function toolNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const input = toolInput(action.input);
  const result = asRecord(action.output.result) ?? action.output;
  const resource = asRecord(result.resource_contents);
  const parts = [...asList(result.content), ...asList(result.resource_contents), resource].map(asRecord);
  const texts = parts.flatMap((part) => {
    const text = firstText(part, 'text') ?? firstText(asRecord(part?.resource), 'text');
    const kind = firstText(part, 'mimeType', 'mime_type', 'type');
    return part === undefined ? [] : [text ?? `[${kind ?? 'content'}]`];
  });
  const said = [asText(action.output.result), asText(result.resource_contents), ...texts].filter(
    (text) => text !== undefined,
  );
  const structured = said.length === 0 && Object.keys(action.output).length > 0 ? [prettyJson(action.output)] : [];
  const gap = (hidden: number): ViewNode => gapNode(hidden, action.id, 'raw', context);
  const asJson = (text: string): ViewNode[] => highlightCode(text, 'json');
  return [
    ...(input && Object.keys(input).length > 0 ? preNodes(prettyJson(input), textLimit / 2, asJson, gap) : []),
    ...said
      .slice(0, mostParts)
      .flatMap((text) => preNodes(text, textLimit / said.length, /^\s*[[{]/.test(text) ? asJson : terminalNodes, gap)),
    ...structured.flatMap((text) => preNodes(text, textLimit / 2, asJson, gap)),
  ];
}
