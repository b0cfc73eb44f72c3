import type { Entry, MessageEntry } from '../model/conversation';
import { shortHash } from '../model/shortHash';
import { rawButton } from './rawButton';
import { blockNode, richest, type Richness } from './renderBlock';
import { clockTime, icon, oneLine, type RenderContext } from './renderContext';
import { stepNode } from './renderStep';
import type { ViewElement, ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Bytes of an entry's JSON at most, so that any entry fits one message of 64 KB to the page. */
export const entryLimit = 65_000;

/** From rich to poor: the first whose nodes are not too large is used, so hostile or huge text costs only its looks. */
const richnesses: readonly Richness[] = [
  { ...richest, plainCode: true },
  { ...richest, plainCode: true, limit: 24_000 },
  { markdown: false, plainCode: true, limit: 16_000, lists: true },
  { markdown: false, plainCode: true, limit: 1_000, lists: false },
];

export interface EntryPlace {
  /** Position in the conversation, from 0. */
  place: number;
  folded: boolean;
}

/** An entry as the page shows it before anything is unfolded. */
export function renderEntry(entry: Entry, at: EntryPlace, context: RenderContext): ViewElement {
  return withHash(entryNode(entry, at, context));
}

/** The same without the hash, for what is not sent to the page. */
export function entryNode(entry: Entry, at: EntryPlace, context: RenderContext): ViewElement {
  if (entry.kind === 'step') {
    return stepNode(entry, at, context);
  }
  let node = messageNode(entry, at, context, richest);
  for (const richness of richnesses) {
    if (Buffer.byteLength(JSON.stringify(node)) <= entryLimit) {
      break;
    }
    node = messageNode(entry, at, context, richness);
  }
  return node;
}

/** The hash tells the page whether what it shows of an entry is still so. */
function withHash(element: ViewElement): ViewElement {
  const [tag, attributes, ...children] = element;
  const hash = shortHash(JSON.stringify(element));
  return [tag, { ...(typeof attributes === 'string' ? { class: attributes } : attributes), hash }, ...children];
}

function messageNode(
  message: MessageEntry,
  { place }: EntryPlace,
  context: RenderContext,
  richness: Richness,
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
  const hasText = message.blocks.some((block) => block.kind === 'text');
  // Lines of actions and events say themselves what they are.
  const isNamed = hasText && known !== 'assistant' && known !== 'tool';
  const head: ViewNode[] = isNamed
    ? [['div', 'who', icon(known === 'user' ? 'account' : 'info'), ['span', '', who], ...clock]]
    : [];
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
    [
      'div',
      'hover-tools',
      ...(head.length === 0 ? clock : []),
      ...(hasText ? [copy] : []),
      ...(message.raw === undefined ? [] : [rawButton(message.id, context)]),
    ],
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
