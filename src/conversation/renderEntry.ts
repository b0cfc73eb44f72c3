import { chunkLimits } from '../model/conversationChunks';
import type {
  Block,
  EventBlock,
  MessageEntry,
  StepEntry,
  TextBlock,
  UnknownBlock,
  Entry,
  ActionBlock,
} from '../model/conversation';
import { humanName, subjectOf, todosOf } from '../model/conversationEvents';
import { prettyJson, shortHash } from '../model/conversationJson';
import { actionLine } from './actionLine';
import { gapNode, headAndTail } from './longText';
import { markdownNodes } from './markdown';
import { clockTime, icon, numberWord, oneLine, type RenderContext } from './renderContext';
import type { ViewElement, ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Bytes of an entry's JSON at most, so that any entry fits one message of 64 KB to the page. */
export const entryLimit = 65_000;

/** How much is made of a message's text. */
interface Richness {
  markdown: boolean;
  plainCode: boolean;
  /** Characters of a block that are shown. */
  limit: number;
}

/** From rich to poor: the first whose nodes are not too large is used, so hostile or huge text costs only its looks. */
const richnesses: readonly Richness[] = [
  { markdown: true, plainCode: false, limit: chunkLimits.block },
  { markdown: true, plainCode: true, limit: chunkLimits.block },
  { markdown: true, plainCode: true, limit: 24_000 },
  { markdown: false, plainCode: true, limit: 16_000 },
  { markdown: false, plainCode: true, limit: 1_000 },
];

export interface EntryPlace {
  /** Position in the conversation, from 0. */
  place: number;
  folded: boolean;
}

/** An entry as the page shows it before anything is unfolded. */
export function renderEntry(entry: Entry, at: EntryPlace, context: RenderContext): ViewElement {
  if (entry.kind === 'step') {
    return withHash(stepNode(entry, at, context));
  }
  let node = messageNode(entry, at, context, richnesses[0]);
  for (const richness of richnesses.slice(1)) {
    if (Buffer.byteLength(JSON.stringify(node)) <= entryLimit) {
      break;
    }
    node = messageNode(entry, at, context, richness);
  }
  return withHash(node);
}

/** The hash tells the page whether what it shows of an entry is still so. */
function withHash(element: ViewElement): ViewElement {
  const [tag, attributes, ...children] = element;
  const hash = shortHash(JSON.stringify(element));
  return [tag, { ...(typeof attributes === 'string' ? { class: attributes } : attributes), hash }, ...children];
}

function stepNode(step: StepEntry, { place, folded }: EntryPlace, context: RenderContext): ViewElement {
  const { translate: t, words } = context;
  const title = visibleText(oneLine(step.title)) || t('Step');
  const took =
    step.startedAt !== undefined && step.completedAt !== undefined && step.completedAt >= step.startedAt
      ? [words.duration(step.completedAt - step.startedAt)]
      : [];
  const facts = [step.messages === 1 ? t('1 message') : t('{0} messages', numberWord(step.messages, context)), ...took];
  const summary: ViewNode[] =
    step.summary === '' ? [] : [['div', 'summary text', ...markdownNodes(step.summary.slice(0, 4000), context)]];
  return [
    'article',
    { class: `entry step d${step.depth}`, id: step.id, position: place + 1, count: -1, tab: -1, label: title },
    [
      'button',
      { class: 'line', does: 'fold', of: step.id, expanded: !folded },
      icon('chevron'),
      ['span', 'sentence', title],
      ...factNodes(facts),
    ],
    ...summary,
  ];
}

export function factNodes(facts: readonly ViewNode[]): ViewNode[] {
  return facts.map((fact): ViewNode => ['span', 'fact', fact]);
}

function messageNode(
  message: MessageEntry,
  { place }: EntryPlace,
  context: RenderContext,
  richness: Richness | undefined,
): ViewElement {
  const { translate: t, words } = context;
  const time = message.time === undefined ? undefined : new Date(message.time).toISOString();
  const who = roleWord(message.role, context);
  const when = time === undefined ? '' : words.exactTime(time);
  const known = ['user', 'assistant', 'tool', 'system'].includes(message.role) ? message.role : 'other';
  const clock: ViewNode[] =
    message.time === undefined ? [] : [['time', { class: 'clock', title: when }, clockTime(message.time, context)]];
  const copyTitle = t('Copy message');
  const copy: ViewNode = [
    'button',
    {
      class: 'icon copy',
      does: 'copy',
      of: message.id,
      name: 'message',
      item: 0,
      label: copyTitle,
      title: when === '' ? copyTitle : `${copyTitle}\n${when}`,
    },
  ];
  const head: ViewNode[] =
    known === 'assistant' || known === 'tool'
      ? []
      : [['div', 'who', icon(known === 'user' ? 'account' : 'info'), ['span', '', who], ...clock]];
  const hasText = message.blocks.some((block) => block.kind === 'text');
  return [
    'article',
    {
      class: `entry message ${known}${hasText ? '' : ' quiet'} d${message.depth}`,
      id: message.id,
      position: place + 1,
      count: -1,
      tab: -1,
      label: when === '' ? who : `${who}, ${when}`,
    },
    ...head,
    ...message.blocks.map((block) => blockNode(block, message, context, richness)),
    ...(hasText ? [['div', 'hover-tools', ...(head.length === 0 ? clock : []), copy] as const] : []),
  ];
}

export function roleWord(role: string, { translate: t }: Pick<RenderContext, 'translate'>): string {
  switch (role) {
    case 'user':
      return t('User');
    case 'assistant':
      return t('Agent');
    case 'tool':
      return t('Tool');
    case 'system':
      return t('System');
    default:
      return role === '' ? t('Message') : visibleText(oneLine(role, 40));
  }
}

function blockNode(
  block: Block,
  message: MessageEntry,
  context: RenderContext,
  richness: Richness | undefined,
): ViewNode {
  switch (block.kind) {
    case 'text':
      return ['div', 'text', ...textNodes(block, message.role === 'user', context, richness)];
    case 'action':
      return actionNode(block, context);
    case 'event':
      return eventNode(block, context);
    case 'unknown':
      return unknownNode(block, context);
  }
}

function textNodes(
  block: TextBlock,
  breaks: boolean,
  context: RenderContext,
  { markdown, plainCode, limit }: Richness = { markdown: true, plainCode: false, limit: chunkLimits.block },
): ViewNode[] {
  const show = (text: string): ViewNode[] =>
    markdown
      ? markdownNodes(text, { link: context.link, translate: context.translate, breaks, plainCode, of: block.id })
      : [['pre', 'plain', visibleText(text)]];
  const { head, tail, hidden } = headAndTail(block.text, limit);
  if (hidden === 0) {
    return show(head);
  }
  return [
    ...show(head),
    gapNode(hidden, block.id, 'text', context),
    // Where the end begins inside a block of code, it is shown as code.
    ...show(isInsideCode(block.text.slice(0, block.text.length - tail.length)) ? `\`\`\`\n${tail}` : tail),
  ];
}

function isInsideCode(text: string): boolean {
  return (text.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1;
}

function actionNode(action: ActionBlock, context: RenderContext): ViewNode {
  const { icon: name, sentence, facts } = actionLine(action, context);
  return foldedNode(action.id, `action ${stateClass(action.state)}`, [
    icon(name),
    ['span', 'sentence', ...sentence],
    ...factNodes(facts),
  ]);
}

function stateClass(state: string): string {
  return ['running', 'completed', 'failed', 'denied', 'waiting', 'unanswered'].includes(state) ? state : '';
}

/** A line that unfolds: what stands behind it is asked for then. */
function foldedNode(id: string, className: string, line: ViewNode[]): ViewNode {
  return [
    'div',
    { class: `foldable ${className}`, id },
    ['button', { class: 'line', does: 'body', of: id, expanded: false }, icon('chevron'), ...line],
  ];
}

function eventNode(event: EventBlock, context: RenderContext): ViewNode {
  const { translate: t } = context;
  const todos = todosOf(event.name, event.data);
  const words = humanName(event.name);
  const title = visibleText(oneLine(words.charAt(0).toUpperCase() + words.slice(1), 80)) || t('Event');
  if (todos && todos.length <= 100) {
    return [
      'div',
      { class: 'event todos', id: event.id },
      ['div', 'line', icon('checklist'), ['span', 'sentence', title]],
      [
        'ul',
        { label: title },
        ...todos.map((todo): ViewNode => [
          'li',
          todo.done ? 'task done' : 'task',
          [
            'span',
            {
              class: todo.done ? 'icon check-on' : 'icon check-off',
              role: 'img',
              label: todo.done ? t('Done') : t('To do'),
            },
          ],
          visibleText(oneLine(todo.text, 400)),
        ]),
      ],
    ];
  }
  const subject = subjectOf(event.data);
  const about: ViewNode[] = subject === undefined ? [] : [' ', ['span', 'subject', visibleText(oneLine(subject))]];
  const line: ViewNode[] = [icon('event'), ['span', 'sentence', title, ...about]];
  return Object.keys(event.data).length === 0
    ? ['div', { class: 'event', id: event.id }, ['div', 'line', ...line]]
    : foldedNode(event.id, 'event', line);
}

/** Characters of a value of an unknown kind that are shown at once. */
const unknownLimit = 1200;

function unknownNode(block: UnknownBlock, context: RenderContext): ViewNode {
  const { translate: t } = context;
  const json = prettyJson(block.value);
  const title =
    block.type === '' ? t('Unknown content') : t('Unknown content: {0}', visibleText(oneLine(block.type, 60)));
  const { head, hidden } = headAndTail(json, unknownLimit);
  return [
    'div',
    { class: 'unknown', id: block.id },
    ['div', 'line', icon('json'), ['span', 'sentence', title]],
    ['pre', '', visibleText(head)],
    ...(hidden === 0 ? [] : [gapNode(json.length - head.length, block.id, 'raw', context)]),
  ];
}
