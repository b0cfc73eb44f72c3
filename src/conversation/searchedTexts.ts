import type { Block, Entry } from '../model/conversation';
import type { SearchedText } from '../model/textSearch';
import { visibleText } from '../platform/plainText';
import { rawText } from './blockText';
import { apart, asSeen, isApart, isPassedBy } from './foundText';
import { withoutColours } from './highlightCode';
import { renderBody } from './renderBody';
import type { RenderContext } from './renderContext';
import { entryNode } from './renderEntry';
import { terminalText } from './terminalOutput';
import { childrenOf, type ViewElement, type ViewNode } from './viewNodes';

/** Where in an entry a text is. */
export interface TextPlace {
  /** The block whose body it is in; none for what is seen without unfolding. */
  block: string | null;
  /** It is seen in the body as the service sent it. */
  raw: boolean;
  /** No text of the page: where a link leads, or the end of a title that is too long. */
  isHidden: boolean;
}

type Text = SearchedText<TextPlace>;

/** Everything that can be found in an entry: as it is shown, then what is not shown of it, block by block. */
export function searchedTexts(entry: Entry, context: RenderContext): Text[] {
  return withoutColours(() => new Collector(entry, context).texts());
}

class Collector {
  readonly #texts: Text[] = [];
  readonly #seen: TextPlace = { block: null, raw: false, isHidden: false };
  readonly #unseen: TextPlace = { block: null, raw: false, isHidden: true };
  #pieces: string[] = [];

  constructor(
    private readonly entry: Entry,
    private readonly context: RenderContext,
  ) {}

  texts(): Text[] {
    this.#add(entryNode(this.entry, { place: 0, folded: false }, this.context), false);
    this.#flush();
    if (this.entry.kind === 'step') {
      const { title, summary } = this.entry;
      const shown = this.#texts.map(({ text }) => text).join(apart);
      this.#texts.push(
        ...[title, summary].filter((text) => !isShown(text, shown)).map((text) => textAt(this.#unseen, text)),
      );
    }
    return this.#texts;
  }

  #add(node: ViewNode, isPreformatted: boolean): void {
    if (typeof node === 'string') {
      this.#pieces.push(asSeen(node, isPreformatted));
      return;
    }
    const [tag] = node;
    const className = classOf(node);
    if (isPassedBy(tag, className)) {
      return;
    }
    const isFoldable = className.startsWith('foldable ');
    if (isFoldable) {
      this.#flush();
    }
    const edge = isApart(tag, className) ? [apart] : [];
    this.#pieces.push(...edge);
    const cut = this.#cutBlock(node);
    if (cut) {
      this.#pieces.push(visibleText(sourceText(cut)));
    } else {
      for (const child of childrenOf(node)) {
        this.#add(child, isPreformatted || tag === 'pre');
      }
    }
    this.#pieces.push(...edge);
    if (tag === 'a') {
      this.#addTarget(node);
    }
    if (isFoldable) {
      this.#addBody(idOf(node), this.#flush());
    }
  }

  /** Ends a text that is seen without unfolding. */
  #flush(): string {
    const text = this.#pieces.join('');
    this.#pieces = [];
    if (/[^\0]/.test(text)) {
      this.#texts.push(textAt(this.#seen, text));
    }
    return text;
  }

  /** The block of which an element shows the beginning and the end only. */
  #cutBlock(element: ViewElement): Block | undefined {
    const gap = childrenOf(element).find(
      (child): child is ViewElement => typeof child !== 'string' && child[0] === 'div' && classOf(child) === 'gap',
    );
    const button = gap && childrenOf(gap).find((child) => typeof child !== 'string' && child[0] === 'button');
    const attributes = typeof button === 'object' ? button[1] : '';
    return typeof attributes === 'string' ? undefined : this.#block(attributes.of ?? '');
  }

  #addTarget([, attributes]: ViewElement): void {
    const { target = '', description } = typeof attributes === 'string' ? {} : attributes;
    if (description !== undefined) {
      this.#texts.push(textAt(this.#unseen, target));
    }
  }

  #addBody(id: string, line: string): void {
    const block = this.#block(id);
    if (!block) {
      return;
    }
    const body = new Collector(this.entry, this.context).#textOf(renderBody(block, false, this.context));
    // What the line says already is not found again in the body's beginning.
    const [lead = ''] = /[^\0]+/.exec(body) ?? [];
    const from = lead !== '' && line.includes(lead.trim()) ? body.indexOf(lead) + lead.length : 0;
    this.#texts.push({ ...textAt({ block: id, raw: false, isHidden: false }, body), from });
    if (block.kind === 'action') {
      const place = { block: id, raw: true, isHidden: false };
      const shown = line + apart + body;
      this.#texts.push(
        ...leavesOf(block)
          .map((leaf) => visibleText(leaf))
          .filter((leaf) => !isShown(leaf, shown))
          .map((leaf) => textAt(place, leaf)),
      );
    }
  }

  #textOf(node: ViewNode): string {
    this.#add(node, false);
    return this.#pieces.join('');
  }

  #block(id: string): Block | undefined {
    return this.entry.kind === 'message' ? this.entry.blocks.find((block) => block.id === id) : undefined;
  }
}

function textAt(place: TextPlace, text: string): Text {
  return { place, text, from: 0 };
}

function classOf([, attributes]: ViewElement): string {
  return typeof attributes === 'string' ? attributes : (attributes.class ?? '');
}

function idOf([, attributes]: ViewElement): string {
  return typeof attributes === 'string' ? '' : (attributes.id ?? '');
}

/** A block's whole text, where the page has not all of it. */
function sourceText(block: Block): string {
  return block.kind === 'action' ? leavesOf(block).join(apart) : rawText(block);
}

const deepest = 100;

/** The texts that went into an action and came out. */
function leavesOf({ input, output }: Block & { kind: 'action' }): string[] {
  const leaves: string[] = [];
  const collect = (value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      leaves.push(value.includes('\u001b') ? terminalText(value) : value);
    } else if (typeof value === 'object' && value !== null && depth < deepest) {
      for (const member of Object.values(value)) {
        collect(member, depth + 1);
      }
    }
  };
  collect(input, 0);
  collect(output, 0);
  return leaves;
}

/** Whether a text is shown already. Marks of Markdown and diffs are not, so of several lines the longest run of words decides. */
function isShown(text: string, shown: string): boolean {
  if (text.trim() === '' || shown.includes(text.trim())) {
    return true;
  }
  const [run = ''] = text.includes('\n')
    ? (text.match(/[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*/gu) ?? []).sort((a, b) => b.length - a.length)
    : [];
  return run.length > 3 && shown.includes(run);
}
