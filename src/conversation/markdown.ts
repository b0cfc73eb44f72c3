import type { Token } from 'markdown-it';
import { highlightCode } from './highlightCode';
import { linkNodes } from './linkNodes';
import { isTooDense, parseMarkdown } from './markdownParser';
import type { Tag, ViewAttributes, ViewNode } from './viewNodes';
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

/** Markdown as nodes. HTML in it is text, images are their description, links lead nowhere but through the host. */
export function markdownNodes(text: string, options: MarkdownOptions): ViewNode[] {
  return isTooDense(text) ? [['pre', 'plain', visibleText(text)]] : new NodeBuilder(options).build(parseMarkdown(text));
}

/** The blocks of code in a text, in the order in which `markdownNodes` numbers them. */
export function codeBlocks(text: string): string[] {
  return parseMarkdown(text)
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

/** Headings of a message stand below those of the page, which ends at its second level, and skip none. */
const headings: readonly Tag[] = ['h3', 'h4', 'h5', 'h6'];

/** Elements inside each other; what is deeper has the text alone. */
const deepest = 60;

class NodeBuilder {
  readonly #frames: Frame[] = [{ attributes: '', children: [] }];
  /** The levels, as written, of the headings that the next one may stand under. */
  readonly #levels: string[] = [];
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
    if (this.#frames.length > deepest) {
      return { attributes: '', children: [] };
    }
    const frame: Frame = { attributes: '', children: [], tag: token.hidden ? undefined : simple[token.type] };
    switch (token.type) {
      case 'heading_open':
        return { ...frame, tag: this.#heading(token.tag) };
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

  #heading(written: string): Tag {
    while ((this.#levels.at(-1) ?? '') >= written) {
      this.#levels.pop();
    }
    this.#levels.push(written);
    return headings[this.#levels.length - 1] ?? 'h6';
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
      for (const child of frame.children) {
        this.#push(child);
      }
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
    const known = language === '' ? {} : { language: language.slice(0, 30) };
    return ['div', { class: 'code', ...known }, ...copy, ['pre', '', ['code', '', ...nodes]]];
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
