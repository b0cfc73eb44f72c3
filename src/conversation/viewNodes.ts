/**
 * What the host may have the page show. There is no element here that loads, runs or navigates, and no attribute that
 * holds an address: text from the service can only ever become text.
 */
export const tags = [
  'a',
  'article',
  'blockquote',
  'br',
  'button',
  'code',
  'div',
  'em',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'li',
  'ol',
  'p',
  'pre',
  's',
  'section',
  'span',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'time',
  'tr',
  'ul',
] as const;

export type Tag = (typeof tags)[number];

/** What a click asks for. Each names a message of the protocol; see `protocol.ts`. */
export type Verb =
  | 'answer'
  | 'artifact'
  | 'body'
  | 'command'
  | 'copy'
  | 'diff'
  | 'diffs'
  | 'file'
  | 'fold'
  | 'large'
  | 'link'
  | 'menu'
  | 'open'
  | 'pending'
  | 'run';

export interface ViewAttributes {
  class?: string;
  /** The entry or block that this is. */
  id?: string;
  /** Of an entry: changes when what it shows changes. */
  hash?: string;
  does?: Verb;
  /** The entry or block that a click is about. */
  of?: string;
  /** The number of the link, file or artifact that a click is about. */
  item?: number;
  /** The command's or the copied part's name. */
  name?: string;
  /** For assistive technology, where the text does not say it. */
  label?: string;
  description?: string;
  /** Shown when the pointer rests on it. */
  title?: string;
  /** Where a link leads, as text: shown while it is pointed at. */
  target?: string;
  role?: 'alert' | 'checkbox' | 'group' | 'img' | 'link' | 'list' | 'menu' | 'menuitem' | 'separator' | 'status';
  expanded?: boolean;
  /** It opens a menu. */
  popup?: true;
  /** It does nothing at the moment. */
  disabled?: true;
  checked?: boolean;
  /** Decoration: assistive technology passes it by. */
  decorative?: true;
  /** Can be reached by the Tab key (0) or by script alone (-1). */
  tab?: 0 | -1;
  /** The number of a line in its file: shown beside it, no part of its text. */
  line?: number;
  /** What a block of code is in: shown beside it, no part of its text. */
  language?: string;
  /** The first number of an ordered list. */
  start?: number;
  /** A moment in milliseconds since 1970: the page shows the time passed since. */
  since?: number;
  /** Position from 1 and number of all, in the conversation. */
  position?: number;
  count?: number;
}

/** An element: its tag, its class or its attributes, its children. Short on the way, since there are many. */
export type ViewElement = readonly [tag: Tag, attributes: string | ViewAttributes, ...children: ViewNode[]];
export type ViewNode = string | ViewElement;

/** The names and values that an element gets in the document. */
export function domAttributes(attributes: string | ViewAttributes): [name: string, value: string][] {
  const given: ViewAttributes = typeof attributes === 'string' ? { class: attributes } : attributes;
  const pairs: [string, string | number | boolean | undefined][] = [
    ['class', given.class === '' ? undefined : given.class],
    ['data-id', given.id],
    ['data-hash', given.hash],
    ['data-does', given.does],
    ['data-of', given.of],
    ['data-item', given.item],
    ['data-name', given.name],
    ['aria-label', given.label],
    ['aria-description', given.description],
    ['title', given.title],
    ['data-target', given.target],
    ['role', given.role],
    ['aria-expanded', given.expanded],
    ['aria-haspopup', given.popup],
    ['aria-disabled', given.disabled],
    ['aria-checked', given.checked],
    ['aria-hidden', given.decorative],
    ['tabindex', given.tab],
    ['data-line', given.line],
    ['data-language', given.language],
    ['start', given.start],
    ['data-since', given.since],
    ['aria-posinset', given.position],
    ['aria-setsize', given.count],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
}

/** The text that a node shows. */
export function textOf(node: ViewNode): string {
  return typeof node === 'string' ? node : childrenOf(node).map(textOf).join('');
}

export function childrenOf(element: ViewElement): readonly ViewNode[] {
  const [, , ...children] = element;
  return children;
}
