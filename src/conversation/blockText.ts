import type { Block, Entry } from '../model/conversation';
import { viewAction } from '../model/conversationActions';
import { diffText } from '../model/conversationDiff';
import { fileChanges } from '../model/conversationFiles';
import { prettyJson } from '../model/conversationJson';
import { firstText } from '../oz/json';
import { codeBlocks } from './markdown';
import type { TextPart } from './protocol';
import { terminalText } from './terminalOutput';

/** A text to copy or to open as a document, and the language it is in. */
export interface PartText {
  text: string;
  language: 'markdown' | 'plaintext' | 'json' | 'diff' | 'shellscript';
}

/** A part of a block, or undefined when the block has no such part. `item` counts the blocks of code in a text. */
export function blockPart(block: Block, part: TextPart, item: number): PartText | undefined {
  switch (part) {
    case 'text':
    case 'message':
      return block.kind === 'text' ? { text: block.text, language: 'markdown' } : undefined;
    case 'code': {
      const code = block.kind === 'text' ? codeBlocks(block.text)[item] : undefined;
      return code === undefined ? undefined : { text: code, language: 'plaintext' };
    }
    case 'raw':
      return { text: rawText(block), language: 'json' };
    case 'command':
    case 'output':
    case 'diff':
      return block.kind === 'action' ? actionPart(block, part) : undefined;
  }
}

function actionPart(action: Block & { kind: 'action' }, part: 'command' | 'output' | 'diff'): PartText | undefined {
  const view = viewAction(action);
  if (part === 'diff') {
    return { text: diffText(fileChanges(action)), language: 'diff' };
  }
  if (view.kind === 'command') {
    return part === 'command'
      ? { text: view.command, language: 'shellscript' }
      : { text: terminalText(view.output), language: 'plaintext' };
  }
  const said = firstText(action.output, 'output', 'content', 'text', 'contents', 'instructions', 'summary', 'message');
  return { text: said ?? prettyJson(action.output), language: said === undefined ? 'json' : 'plaintext' };
}

/** A block as the service sent it. */
export function rawText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'action':
      return prettyJson(block.raw.action && block.raw.result ? block.raw : (block.raw.action ?? block.raw.result));
    case 'event':
      return prettyJson(block.raw);
    case 'unknown':
      return prettyJson(block.value);
  }
}

/** What a message says, as it is written. */
export function messageText(entry: Entry): string {
  return entry.kind === 'step'
    ? [entry.title, entry.summary].filter(Boolean).join('\n\n')
    : entry.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).join('\n\n');
}
