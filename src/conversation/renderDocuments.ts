import type { ActionBlock } from '../model/conversation';
import { reviewComments } from '../model/conversationActions';
import { fileChanges } from '../model/conversationFiles';
import { asList, asRecord, firstText } from '../oz/json';
import { gapNode, textLimit } from './longText';
import { markdownNodes } from './markdown';
import type { TextPart } from './protocol';
import { changeNodes } from './renderChanges';
import { icon, oneLine, type RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Documents, comments and pictures of one action that are shown, and characters of a comment. */
const mostDocuments = 5;
const mostComments = 50;
const mostPictures = 20;
const commentLimit = 2000;

/** A text of an action or event as Markdown. @param part opens all of it, where it is too long */
export function markdown(text: string, of: string, context: RenderContext, part: TextPart = 'raw'): ViewNode {
  return text.length <= textLimit
    ? ['div', 'text', ...markdownNodes(text, context)]
    : [
        'div',
        'text',
        ...markdownNodes(text.slice(0, textLimit), context),
        gapNode(text.length - textLimit, of, part, context),
      ];
}

export function documentNodes(action: ActionBlock, coloured: boolean, context: RenderContext): ViewNode[] {
  const { input, output } = action;
  const documents = [
    input,
    output,
    ...asList(input.documents).map(asRecord),
    ...asList(output.documents).map(asRecord),
  ];
  const shown = documents.flatMap((document) => {
    const content = firstText(document, 'content', 'markdown', 'text', 'plan');
    return content === undefined ? [] : [markdown(content, action.id, context)];
  });
  return [...shown.slice(0, mostDocuments), ...changeNodes(fileChanges(action), action, coloured, context)];
}

export function reviewNodes({ id, input, output }: ActionBlock, context: RenderContext): ViewNode[] {
  const comments = reviewComments(input) ?? reviewComments(output) ?? [];
  return comments
    .slice(0, mostComments)
    .flatMap(({ path, place, text }, item): ViewNode[] => [
      path === ''
        ? ['div', 'path', context.translate('On the whole change')]
        : ['button', { class: 'small place', does: 'file', of: id, item }, visibleText(oneLine(place))],
      ['div', 'text comment-text', ...markdownNodes(text.slice(0, commentLimit), context)],
    ]);
}

export function skillNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const said = firstText(action.output, 'content', 'instructions', 'text', 'summary', 'message');
  return said === undefined ? [] : [markdown(said, action.id, context, 'output')];
}

/** What was seen, in words; pictures that are artifacts of the run lead to them. */
export function computerNodes(pictures: readonly string[], action: ActionBlock, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const said = firstText(action.output, 'summary', 'text', 'message', 'content', 'result');
  const shown = pictures.slice(0, mostPictures).map((uid): ViewNode => {
    const item = context.artifact?.(uid);
    const name = visibleText(oneLine(uid, 60));
    return item === undefined
      ? ['p', 'note', icon('file-media'), t('A screenshot that is not among the artifacts: {0}', name)]
      : ['button', { class: 'small', does: 'artifact', item, name: 'open' }, icon('file-media'), t('Screenshot')];
  });
  return [...(said === undefined ? [] : [markdown(said, action.id, context)]), ...shown];
}
