import createMarkdownIt, { type Token } from 'markdown-it';
import { highlightCode } from './highlightCode';
import { textOf, type Tag, type ViewAttributes, type ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

export interface MarkdownOptions {
  /** Keeps an address that a link may lead to, and gives the number that the page will ask for it by. */
  link: (url: string) => number;
  translate: (message: string, ...values: (string | number)[]) => string;
  /** A single line break in the text is one on the page, as people who type a prompt expect. */
  breaks?: boolean;
  /** Without colours, where they would be too much. */
  plainCode?: boolean;
  /** The block that the text belongs to: its code can be copied. */
  of?: string;
}

const markdownIt = createMarkdownIt({ html: false, linkify: true });
markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// A link that may not be followed stays the text that was written; one to a file of the repository shows its name.
markdownIt.validateLink = (url) => allowedUrl(url) !== undefined || isRelative(url);

/** The address as it will be opened, if it is one that text from outside may lead to: http, https or mailto. */
export function allowedUrl(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const known = url.protocol === 'https:' || url.protocol === 'http:' || url.protocol === 'mailto:';
  // A user name before the host is there to make the host look like another.
  return known && url.username === '' && url.password === '' ? url.href : undefined;
}

function isRelative(url: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(url) && !url.startsWith('//');
}

/** Markdown as nodes. HTML in it is text, images are their description, links lead nowhere but through the host. */
export function markdownNodes(text: string, options: MarkdownOptions): ViewNode[] {
  return new NodeBuilder(options).build(markdownIt.parse(text, {}));
}

/** The blocks of code in a text, in the order in which `markdownNodes` numbers them. */
export function codeBlocks(text: string): string[] {
  return markdownIt
    .parse(text, {})
    .filter((token) => token.type === 'fence' || token.type === 'code_block')
    .map((token) => token.content);
}

/** An element whose children are still coming. No tag: its children go to its parent. */
interface Frame {
  tag?: Tag;
  attributes: string | ViewAttributes;
  children: ViewNode[];
  href?: string;
}

const simple: Partial<Record<string, Tag>> = {
  paragraph_open: 'p',
  bullet_list_open: 'ul',
  list_item_open: 'li',
  blockquote_open: 'blockquote',
  table_open: 'table',
  thead_open: 'thead',
  tbody_open: 'tbody',
  tr_open: 'tr',
  em_open: 'em',
  strong_open: 'strong',
  s_open: 's',
};

/** Headings of a message stand below those of the page. */
const headings: Record<string, Tag> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6', h6: 'h6' };

class NodeBuilder {
  readonly #frames: Frame[] = [{ attributes: '', children: [] }];
  #codes = 0;

  constructor(private readonly options: MarkdownOptions) {}

  build(tokens: readonly Token[]): ViewNode[] {
    this.#addAll(tokens);
    while (this.#frames.length > 1) {
      this.#close();
    }
    return this.#frames[0]?.children ?? [];
  }

  #addAll(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.nesting === 1) {
        this.#frames.push(this.#frame(token));
      } else if (token.nesting === -1) {
        this.#close();
      } else {
        this.#single(token);
      }
    }
  }

  #frame(token: Token): Frame {
    const frame: Frame = { attributes: '', children: [], tag: token.hidden ? undefined : simple[token.type] };
    switch (token.type) {
      case 'heading_open':
        return { ...frame, tag: headings[token.tag] ?? 'h6' };
      case 'ordered_list_open':
        return { ...frame, tag: 'ol', attributes: { start: Number(token.attrGet('start') ?? 1) } };
      case 'th_open':
      case 'td_open':
        return {
          ...frame,
          tag: token.type === 'th_open' ? 'th' : 'td',
          attributes: /right|center/.exec(String(token.attrGet('style')))?.[0] ?? '',
        };
      case 'link_open':
        return { ...frame, href: String(token.attrGet('href')) };
      default:
        return frame;
    }
  }

  #close(): void {
    const frame = this.#frames.length > 1 ? this.#frames.pop() : undefined;
    if (!frame) {
      return;
    }
    if (frame.href !== undefined) {
      this.#push(...linkNodes(frame.href, frame.children, this.options));
    } else if (frame.tag === 'table') {
      // The table scrolls in a box of its own, reachable by keyboard.
      this.#push(['div', { class: 'scroll', tab: 0 }, ['table', '', ...frame.children]]);
    } else if (frame.tag === 'li') {
      this.#push(listItem(frame.children, this.options));
    } else if (frame.tag) {
      this.#push([frame.tag, frame.attributes, ...frame.children]);
    } else {
      this.#push(...frame.children);
    }
  }

  #single(token: Token): void {
    switch (token.type) {
      case 'inline':
        this.#addAll(token.children ?? []);
        return;
      case 'softbreak':
        this.#push(this.options.breaks ? ['br', ''] : '\n');
        return;
      case 'hardbreak':
        this.#push(['br', '']);
        return;
      case 'hr':
        this.#push(['hr', '']);
        return;
      case 'code_inline':
        this.#push(['code', '', visibleText(token.content)]);
        return;
      case 'fence':
      case 'code_block':
        this.#push(this.#code(token));
        return;
      case 'image':
        this.#push(...this.#image(token));
        return;
      default:
        this.#push(visibleText(token.content));
    }
  }

  #code(token: Token): ViewNode {
    const language = /^[\w+#.-]*/.exec(token.info.trim())?.[0] ?? '';
    const code = token.content.replace(/\n$/, '');
    const nodes = this.options.plainCode ? [visibleText(code)] : highlightCode(code, language);
    const item = this.#codes++;
    const copy: ViewNode[] = this.options.of
      ? [
          [
            'button',
            {
              class: 'icon copy',
              does: 'copy',
              name: 'code',
              of: this.options.of,
              item,
              label: this.options.translate('Copy code'),
              title: this.options.translate('Copy code'),
            },
          ],
        ]
      : [];
    return ['div', 'code', ...copy, ['pre', '', ['code', '', ...nodes]]];
  }

  /** Nothing is loaded because it was shown: a picture is what it is called, and a link to it. */
  #image(token: Token): ViewNode[] {
    const address = String(token.attrGet('src'));
    const name = visibleText(token.content.trim() || address);
    const shown: ViewNode[] = [['span', { class: 'icon file-media', decorative: true }], name];
    return this.#frames.some((frame) => frame.href !== undefined) ? shown : linkNodes(address, shown, this.options);
  }

  #push(...nodes: ViewNode[]): void {
    this.#frames.at(-1)?.children.push(...nodes);
  }
}

/** A link that the page can ask the host to follow, or its text where it leads nowhere that is allowed. */
function linkNodes(href: string, children: ViewNode[], options: Pick<MarkdownOptions, 'link'>): ViewNode[] {
  const url = allowedUrl(href);
  if (url === undefined) {
    return children;
  }
  const target = visibleText(url);
  const text = children.map(textOf).join('').trim();
  const differs = text !== url && `${text}/` !== url;
  const link: ViewNode = [
    'a',
    {
      role: 'link',
      does: 'link',
      item: options.link(url),
      tab: 0,
      target,
      ...(differs ? { description: target } : {}),
    },
    ...children,
  ];
  return differs && looksLikeAnotherHost(text, url) ? [link, ['span', 'host', ` (${new URL(url).host})`]] : [link];
}

/** The text reads as an address, but of another host than the one it leads to. */
function looksLikeAnotherHost(text: string, url: string): boolean {
  const named = /^(?:[a-z]+:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?$/i.exec(text)?.[1];
  return named !== undefined && named.toLowerCase() !== new URL(url).hostname;
}

/** A list item; `[ ]` and `[x]` at its start are a check mark. */
function listItem(children: readonly ViewNode[], options: MarkdownOptions): ViewNode {
  const [first, ...rest] = children;
  const inner = typeof first === 'object' && first[0] === 'p' ? first[2] : first;
  const mark = typeof inner === 'string' ? /^\[([ xX])\]\s+/.exec(inner) : null;
  if (typeof inner !== 'string' || !mark) {
    return ['li', '', ...children];
  }
  const done = mark[1] !== ' ';
  const box: ViewNode = [
    'span',
    {
      class: done ? 'icon check-on' : 'icon check-off',
      role: 'img',
      label: done ? options.translate('Done') : options.translate('To do'),
    },
  ];
  const text = inner.slice(mark[0].length);
  if (typeof first !== 'object') {
    return ['li', 'task', box, text, ...rest];
  }
  const [, attributes, , ...others] = first;
  return ['li', 'task', ['p', attributes, box, text, ...others], ...rest];
}
