import { viewAction } from '../model/conversationActions';
import { chunkLimits } from '../model/conversationChunks';
import type { ActionBlock, Block, EventBlock, MessageEntry, TextBlock, UnknownBlock } from '../model/conversation';
import { tellingOf, viewEvent, type EventView } from '../model/conversationEvents';
import { prettyJson } from '../model/conversationJson';
import { asRecord } from '../oz/json';
import { actionLine } from './actionLine';
import { eventLine } from './eventLine';
import { beside, factNodes, line, type ActionLine } from './lineWords';
import { gapNode, headAndTail } from './longText';
import { markdownNodes } from './markdown';
import { icon, oneLine, type RenderContext } from './renderContext';
import { agentNodes, areBelow, questionNodes, todoNodes } from './renderTalk';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** How much is made of a message's text. */
export interface Richness {
  markdown: boolean;
  plainCode: boolean;
  /** Characters of a block that are shown. */
  limit: number;
  /** With the lists below an action's line. */
  lists: boolean;
}

export const richest: Richness = { markdown: true, plainCode: false, limit: chunkLimits.block, lists: true };

/** A block as it is shown before anything is unfolded. */
export function blockNode(block: Block, message: MessageEntry, context: RenderContext, richness: Richness): ViewNode {
  switch (block.kind) {
    case 'text':
      return ['div', 'text', ...textNodes(block, message.role === 'user', context, richness)];
    case 'action':
      return actionNode(block, context, richness);
    case 'event':
      return eventNode(block, context, richness);
    case 'unknown':
      return foldedNode(block.id, 'unknown', unknownLine(block, context));
  }
}

function textNodes(
  block: TextBlock,
  breaks: boolean,
  context: RenderContext,
  { markdown, plainCode, limit }: Richness,
): ViewNode[] {
  const show = (text: string, of?: string): ViewNode[] =>
    markdown
      ? markdownNodes(text, { link: context.link, translate: context.translate, breaks, plainCode, of })
      : [['pre', 'plain', visibleText(text)]];
  const { head, tail, hidden } = headAndTail(block.text, limit);
  if (hidden === 0) {
    return show(head, block.id);
  }
  // The code of the end has other numbers in the whole text than there: it has no button.
  return [
    ...show(head, block.id),
    gapNode(hidden, block.id, 'text', context),
    // Where the end begins inside a block of code, it is shown as code.
    ...show(isInsideCode(block.text.slice(0, block.text.length - tail.length)) ? `\`\`\`\n${tail}` : tail),
  ];
}

function isInsideCode(text: string): boolean {
  return (text.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1;
}

function actionNode(action: ActionBlock, context: RenderContext, { lists }: Richness): ViewNode {
  const className = `action ${stateClass(action.state)}`;
  return foldedNode(action.id, className, actionLine(action, context), lists ? belowAction(action, context) : []);
}

function stateClass(state: string): string {
  return ['running', 'completed', 'failed', 'denied', 'waiting', 'unanswered'].includes(state) ? state : '';
}

/** What of an action is worth seeing without unfolding it. */
function belowAction(action: ActionBlock, context: RenderContext): ViewNode[] {
  const view = viewAction(action);
  switch (view.kind) {
    case 'todos':
      return action.outdated ? [] : todoNodes(view.todos, context);
    case 'ask':
      return action.state === 'waiting' ? [['div', 'asked', ...questionNodes(view.questions, context)]] : [];
    case 'agents':
      return areBelow(view) ? agentNodes(view.agents, context) : [];
    default:
      return [];
  }
}

/** A line that unfolds: what stands behind it is asked for then. */
function foldedNode(
  id: string,
  className: string,
  { icon: name, sentence, facts }: ActionLine,
  below: ViewNode[] = [],
): ViewNode {
  return [
    'div',
    { class: `foldable ${className}`, id },
    [
      'button',
      { class: 'line', does: 'body', of: id, expanded: false },
      icon('chevron'),
      icon(name),
      ['span', 'sentence', ...sentence],
      ...factNodes(facts),
    ],
    ...below,
  ];
}

function eventNode(event: EventBlock, context: RenderContext, { lists }: Richness): ViewNode {
  const view = viewEvent(event);
  const className = view.kind === 'error' ? 'event failed' : 'event';
  return foldedNode(event.id, className, eventLine(event, context), lists ? belowEvent(event, view, context) : []);
}

function belowEvent({ outdated }: EventBlock, view: EventView, context: RenderContext): ViewNode[] {
  switch (view.kind) {
    case 'todos':
      return outdated ? [] : todoNodes(view.todos, context);
    case 'agents':
      return areBelow(view) ? agentNodes(view.agents, context) : [];
    default:
      return [];
  }
}

/** What is not known goes by its type and by the member that tells most. */
function unknownLine({ type, value }: UnknownBlock, { translate: t }: RenderContext): ActionLine {
  const title = type === '' ? t('Unknown content') : t('Unknown content: {0}', visibleText(oneLine(type, 60)));
  const record = asRecord(value);
  return line('json', beside(title, record ? tellingOf({ ...record, type: undefined }) : oneLine(prettyJson(value))));
}
