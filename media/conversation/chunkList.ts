import type { ChunkSize } from '../../src/model/conversationChunks';
import type { ViewElement } from '../../src/conversation/viewNodes';
import { buildElement } from './buildNode';

/** The place of one chunk: it has its size before, while and after its entries are in the document. */
interface Box {
  element: HTMLElement;
  version: number;
  lines: number;
  /** Unknown until it was laid out. */
  near?: boolean;
  /** The version whose entries are in the document. */
  filled?: number;
  /** Its entries are on their way. Nothing else is asked for meanwhile: the parts of two answers look the same. */
  isAsked: boolean;
  /** Pixels, as it was when its entries were last in the document. */
  height?: number;
  /** Entries that arrived while more of them are to come. */
  arriving: (ViewElement | string)[];
}

/** Boxes this near to the window are filled; those farther away are emptied. */
const nearby = '4000px 0px';

export interface ChunkListOptions {
  /** Asks for a chunk's entries. Of those that did not change since the version `have`, their ids will do. */
  ask: (index: number, have: number | null) => void;
  /** An entry was put in the document. */
  onEntry: (entry: HTMLElement) => void;
  /** A chunk was filled. */
  onFilled: (index: number) => void;
}

/** One sized box for each chunk of the conversation, filled while it is near the window. */
export class ChunkList {
  readonly #boxes: Box[] = [];
  readonly #observer: IntersectionObserver;
  readonly #lineHeight: number;

  constructor(
    private readonly root: HTMLElement,
    private readonly options: ChunkListOptions,
  ) {
    this.#lineHeight = parseFloat(getComputedStyle(root).lineHeight) || 20;
    this.#observer = new IntersectionObserver(
      (changes) => {
        for (const change of changes) {
          this.#moved(Number((change.target as HTMLElement).dataset.chunk), change.isIntersecting);
        }
      },
      // Without a root that is ours, margins do not count inside the editor's frames.
      { root: document, rootMargin: nearby },
    );
  }

  /** Takes the sizes of all chunks. Boxes that the first screen brought along are taken over. */
  layout(chunks: readonly ChunkSize[]): void {
    const given = new Map([...this.root.children].map((child) => [(child as HTMLElement).dataset.chunk, child]));
    chunks.forEach(([version, lines], index) => {
      const box = this.#boxes[index];
      if (!box) {
        this.#add(index, given.get(String(index)) as HTMLElement | undefined, version, lines);
      } else if (box.version !== version) {
        box.version = version;
        box.lines = lines;
        if (box.filled === undefined) {
          box.height = undefined;
          this.#size(box);
        }
        this.#want(index);
      }
    });
    for (const box of this.#boxes.splice(chunks.length)) {
      this.#observer.unobserve(box.element);
      box.element.remove();
    }
  }

  take(index: number, version: number, entries: readonly (ViewElement | string)[], more: boolean): void {
    const box = this.#boxes[index];
    if (!box) {
      return;
    }
    box.arriving.push(...entries);
    if (more) {
      return;
    }
    const all = box.arriving;
    box.arriving = [];
    box.isAsked = false;
    // One that moved away meanwhile stays empty. The first screen comes without being asked for, before anything is laid out.
    if (box.near !== false || box.filled !== undefined) {
      box.element.style.height = '';
      // What it no longer has, because it was emptied meanwhile, is asked for again.
      box.filled = this.#replace(box.element, all) ? version : undefined;
      this.options.onFilled(index);
    }
    // A newer version may have been announced meanwhile.
    this.#want(index);
  }

  /** The box of a chunk; its entries are on their way when they are not in it yet. */
  require(index: number): { element: HTMLElement; isFilled: boolean } | undefined {
    const box = this.#boxes[index];
    if (!box) {
      return undefined;
    }
    const isFilled = box.filled !== undefined;
    if (!isFilled) {
      box.near = true;
      this.#want(index);
    }
    return { element: box.element, isFilled };
  }

  #add(index: number, given: HTMLElement | undefined, version: number, lines: number): void {
    const element = given ?? document.createElement('div');
    const box: Box = { element, version, lines, isAsked: false, arriving: [] };
    element.className = 'chunk';
    element.dataset.chunk = String(index);
    if (given) {
      for (const entry of given.children) {
        this.options.onEntry(entry as HTMLElement);
      }
    } else {
      this.#size(box);
    }
    const last = this.#boxes.at(-1)?.element;
    this.root.insertBefore(element, last ? last.nextSibling : this.root.firstChild);
    this.#boxes.push(box);
    this.#observer.observe(element);
  }

  #size(box: Box): void {
    box.element.style.height = `${box.height ?? box.lines * this.#lineHeight}px`;
  }

  #moved(index: number, near: boolean): void {
    const box = this.#boxes[index];
    if (!box || box.near === near) {
      return;
    }
    box.near = near;
    if (near) {
      this.#want(index);
    } else if (box.filled !== undefined && !isInUse(box.element)) {
      box.height = box.element.getBoundingClientRect().height;
      box.filled = undefined;
      this.#size(box);
      box.element.replaceChildren();
    }
  }

  #want(index: number): void {
    const box = this.#boxes[index];
    if (box && (box.near || box.filled !== undefined) && box.filled !== box.version && !box.isAsked) {
      box.isAsked = true;
      this.options.ask(index, box.filled ?? null);
    }
  }

  /**
   * Puts entries in a box. Those that it shows already stay the same elements, with focus and selection. Returns whether all
   * that were given by their ids are there.
   */
  #replace(box: HTMLElement, entries: readonly (ViewElement | string)[]): boolean {
    let isWhole = true;
    const old = new Map([...box.children].map((child) => [(child as HTMLElement).dataset.id, child as HTMLElement]));
    let cursor = box.firstElementChild;
    for (const entry of entries) {
      const attributes = typeof entry === 'string' ? { id: entry } : typeof entry[1] === 'string' ? {} : entry[1];
      const known = old.get(attributes.id);
      let element = known;
      if (typeof entry === 'string') {
        if (!element) {
          isWhole = false;
          continue;
        }
      } else if (element?.dataset.hash !== attributes.hash || !element) {
        element = buildElement(entry);
        if (known) {
          keepUse(known, element);
          cursor = known === cursor ? element : cursor;
        }
        this.options.onEntry(element);
      }
      if (element === cursor) {
        cursor = cursor.nextElementSibling;
      } else {
        box.insertBefore(element, cursor);
      }
    }
    while (cursor) {
      const next = cursor.nextElementSibling;
      cursor.remove();
      cursor = next;
    }
    return isWhole;
  }
}

/** Somebody works with something in it: it stays while it is far away. */
function isInUse(element: HTMLElement): boolean {
  const selection = document.getSelection();
  return (
    element.contains(document.activeElement) ||
    (selection?.isCollapsed === false && selection.containsNode(element, true))
  );
}

/** Puts an entry's new element in the place of its old one, with the bodies and the focus that the old one had. */
function keepUse(known: HTMLElement, element: HTMLElement): void {
  const { activeElement } = document;
  const focused = activeElement instanceof HTMLElement && known.contains(activeElement) ? activeElement : undefined;
  for (const body of known.querySelectorAll<HTMLElement>('.foldable > .body')) {
    const id = body.parentElement?.dataset.id ?? '';
    element.querySelector(`.foldable[data-id="${CSS.escape(id)}"]`)?.append(body);
  }
  known.replaceWith(element);
  if (focused === known) {
    element.focus({ preventScroll: true });
  } else if (focused) {
    const { does, of, name, item } = focused.dataset;
    const same = [...element.querySelectorAll<HTMLElement>('[data-does]')].find(
      ({ dataset }) => dataset.does === does && dataset.of === of && dataset.name === name && dataset.item === item,
    );
    (same ?? element).focus({ preventScroll: true });
  }
}
