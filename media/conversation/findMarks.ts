import { foundRanges } from './foundRanges';

/** Milliseconds of a frame in which hits are looked for. */
const share = 5;
/** Hits that are marked at most. */
const mostMarked = 20_000;

/**
 * Marks all hits that are in the document, and keeps them marked while entries come and go. Nothing is changed in the
 * document: marks are ranges that the style sheet colours.
 */
export class FindMarks {
  readonly #all = new Highlight();
  readonly #current = new Highlight();
  readonly #ranges = new Map<Element, StaticRange[]>();
  /** Entries whose hits are not known yet. */
  readonly #waiting = new Set<Element>();
  readonly #observer: MutationObserver;
  #query = '';
  #frame = 0;

  /** @param changed entries or bodies arrived or are gone */
  constructor(
    private readonly root: HTMLElement,
    changed: () => void,
  ) {
    this.#current.priority = 1;
    this.#observer = new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        const around = target instanceof Element ? target.closest('.entry, .outcome') : null;
        this.#wait(around ? [around] : [...addedNodes].flatMap(entriesOf));
      }
      changed();
    });
  }

  /** Marks a text from now on. */
  mark(query: string): void {
    if (this.#query === '' && query !== '') {
      CSS.highlights.set('found', this.#all);
      CSS.highlights.set('found-here', this.#current);
      this.#observer.observe(this.root, { childList: true, subtree: true });
    }
    this.#query = query;
    this.#all.clear();
    this.#ranges.clear();
    this.#waiting.clear();
    if (query === '') {
      this.#observer.disconnect();
      this.setCurrent(undefined);
      CSS.highlights.delete('found');
      CSS.highlights.delete('found-here');
    } else {
      this.#wait(entriesOf(this.root));
    }
  }

  setCurrent(range: StaticRange | undefined): void {
    this.#current.clear();
    if (range) {
      this.#current.add(range);
    }
  }

  #wait(entries: Iterable<Element>): void {
    for (const entry of entries) {
      this.#waiting.add(entry);
    }
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#work();
    });
  }

  #work(): void {
    for (const entry of this.#ranges.keys()) {
      if (!entry.isConnected) {
        this.#forget(entry);
      }
    }
    const end = performance.now() + share;
    for (const entry of this.#waiting) {
      if (performance.now() > end) {
        break;
      }
      this.#waiting.delete(entry);
      this.#forget(entry);
      if (entry.isConnected && this.#all.size < mostMarked) {
        const ranges = foundRanges(entry, this.#query, true);
        this.#ranges.set(entry, ranges);
        for (const range of ranges) {
          this.#all.add(range);
        }
      }
    }
    if (this.#waiting.size > 0) {
      this.#wait([]);
    }
  }

  #forget(entry: Element): void {
    for (const range of this.#ranges.get(entry) ?? []) {
      this.#all.delete(range);
    }
    this.#ranges.delete(entry);
  }
}

/** The entries in a node, or the node itself; what the run came to repeats what an entry says, and is marked like it. */
function entriesOf(node: Node): Element[] {
  if (!(node instanceof Element)) {
    return [];
  }
  const entries = '.entry, .outcome';
  return node.matches(entries) ? [node] : [...node.querySelectorAll(entries)];
}
