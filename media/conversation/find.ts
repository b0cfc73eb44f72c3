import type { FindWords } from '../../src/conversation/findWords';
import type { FoundPlace, ToPage } from '../../src/conversation/protocol';
import { FindBar } from './findBar';
import { FindMarks } from './findMarks';
import { foundRanges } from './foundRanges';
import { send, type PageState } from './pageState';
import type { Reading } from './reading';

export interface FindOptions {
  state: PageState;
  reading: Reading;
  words: FindWords;
  /** The bar hangs below it. */
  head: HTMLElement;
}

/** Characters of a selection that is taken over. */
const mostSelected = 200;
/** Pixels between a hit and the edge of what is seen. */
const edge = 32;

/** Finding: the host knows all hits, the page shows those it has and goes to the current one. */
export class Find {
  #bar: FindBar | undefined;
  readonly #main = document.querySelector('main') ?? document.body;
  readonly #marks = new FindMarks(this.#main, () => {
    this.#show();
  });
  #text = '';
  /** The entry that was in view, or the one with the current hit: a changed text is looked for from there. */
  #from: string | null = null;
  #place: FoundPlace | undefined;
  /** What was unfolded to show the current hit, and is folded again when that is elsewhere. */
  #unfolded: string | null = null;
  #isArriving = false;
  #marked: Element | undefined;

  constructor(private readonly options: FindOptions) {}

  get isOpen(): boolean {
    return this.#bar?.isOpen ?? false;
  }

  open(): void {
    const { head, words, reading } = this.options;
    const bar = (this.#bar ??= new FindBar(head, words, {
      typed: () => {
        this.#look(0);
      },
      go: (step) => {
        this.go(step);
      },
      close: () => {
        this.close();
      },
    }));
    const selected = selectedLine(this.#main);
    const isNew = !bar.isOpen || selected !== '';
    if (isNew) {
      this.#from = reading.current();
    }
    bar.isOpen = true;
    bar.input.value = selected || bar.input.value;
    bar.input.focus({ preventScroll: true });
    bar.input.select();
    if (isNew) {
      this.#look(0);
    }
  }

  /** To the next hit or the one before. */
  go(step: 1 | -1): void {
    if (!this.isOpen) {
      this.open();
    } else {
      this.#look(step);
    }
  }

  close(): void {
    if (this.#bar && this.isOpen) {
      const { reading } = this.options;
      const entry = this.#entry() ?? elementOf(reading.current());
      this.#bar.isOpen = false;
      this.#marks.mark('');
      this.#mark(undefined);
      this.#text = '';
      this.#place = undefined;
      this.#unfolded = null;
      send({ type: 'find', text: null, step: 0, from: null });
      entry?.focus({ preventScroll: true });
    }
  }

  take({ words, hits, place }: Extract<ToPage, { type: 'found' }>): void {
    if (!this.isOpen) {
      return;
    }
    this.#bar?.count(words, hits === 0 && this.#text !== '');
    if (hits === 0 || place) {
      this.#leave(place);
    }
    if (place) {
      this.#place = place;
      this.#from = place.id;
      this.#isArriving = true;
      this.#goTo(place);
    }
  }

  #look(step: -1 | 0 | 1): void {
    const text = this.#bar?.input.value ?? '';
    if (text !== this.#text) {
      this.#text = text;
      this.#marks.mark(text);
    }
    send({ type: 'find', text, step, from: this.#from });
  }

  /** The current hit is another one now, or there is none. */
  #leave(next: FoundPlace | null): void {
    const block = this.#unfolded;
    if (block !== null && block !== next?.block) {
      this.#unfolded = null;
      const body = foldable(block)?.querySelector(':scope > .body');
      // Somebody works in it: it stays.
      if (!body?.contains(document.activeElement) && this.options.state.unfolded.delete(block)) {
        body?.remove();
        foldable(block)?.querySelector('.line')?.setAttribute('aria-expanded', 'false');
      }
    }
    this.#place = undefined;
    this.#marks.setCurrent(undefined);
    this.#mark(undefined);
  }

  #goTo({ chunk, id, block, raw }: FoundPlace): void {
    const { state, reading } = this.options;
    const folded = block !== null && !state.unfolded.has(block);
    if (folded) {
      state.unfolded.add(block);
      this.#unfolded = block;
    }
    if (!this.#entry()) {
      // Its bodies are asked for when it arrives.
      reading.reveal({ type: 'reveal', chunk, id, offset: -edge });
    } else if (block !== null && (folded || raw !== isRaw(block))) {
      foldable(block)?.querySelector('.line')?.setAttribute('aria-expanded', 'true');
      send({ type: 'body', id: block, raw });
    }
    this.#show();
  }

  /** Marks the current hit as soon as what it is in has arrived, and brings it into view, once. */
  #show(): void {
    const place = this.#place;
    const entry = this.#entry();
    if (!place || !entry) {
      return;
    }
    const { block, raw, nth } = place;
    const body = block === null ? null : foldable(block)?.querySelector(':scope > .body');
    if (block !== null && (!body || raw !== isRaw(block))) {
      if (body && this.#isArriving && raw) {
        send({ type: 'body', id: block, raw });
      }
      return;
    }
    const range = nth === null ? undefined : foundRanges(body ?? entry, this.#text, false)[nth];
    this.#marks.setCurrent(range);
    // What cannot be pointed at, the whole entry or action stands for.
    const whole = block === null ? entry : (foldable(block) ?? entry);
    this.#mark(range && !isCutOff(range) ? undefined : whole);
    if (this.#isArriving) {
      this.#isArriving = false;
      this.#bringIntoView(place, entry, range ? rectOf(range) : whole.getBoundingClientRect());
      if (range) {
        scrollSideways(range);
      }
    }
  }

  /** Moves nothing when it is in view already; it stays where it is while what is around it arrives. */
  #bringIntoView({ chunk, id }: FoundPlace, entry: Element, { top, bottom }: DOMRect): void {
    const headBottom = this.options.head.getBoundingClientRect().bottom;
    const highest = Math.max(headBottom, this.#bar?.bottom ?? 0) + edge;
    const lowest = Math.min(innerHeight, document.getElementById('foot')?.getBoundingClientRect().top ?? innerHeight);
    const isSeen = top >= highest && bottom <= lowest - edge;
    const wanted = isSeen ? top : highest + (lowest - highest) / 4;
    const above = headBottom - entry.getBoundingClientRect().top + top - wanted;
    this.options.reading.reveal({ type: 'reveal', chunk, id, offset: above });
  }

  #mark(element: Element | undefined): void {
    this.#marked?.classList.remove('found-whole');
    this.#marked = element;
    element?.classList.add('found-whole');
  }

  #entry(): HTMLElement | null {
    return elementOf(this.#place?.id ?? null);
  }
}

function elementOf(id: string | null): HTMLElement | null {
  return id === null ? null : document.querySelector(`#conversation .entry[data-id="${CSS.escape(id)}"]`);
}

function foldable(id: string): Element | null {
  return document.querySelector(`#conversation .foldable[data-id="${CSS.escape(id)}"]`);
}

/** Whether a body is shown as the service sent it: it offers the other way. */
function isRaw(block: string): boolean {
  return Boolean(foldable(block)?.querySelector(':scope > .body [data-does="body"][data-name="made"]'));
}

function rectOf(range: StaticRange): DOMRect {
  const live = new Range();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.getBoundingClientRect();
}

/** A line that is too long for the page hides its end. */
function isCutOff(range: StaticRange): boolean {
  const line = range.startContainer.parentElement?.closest('.sentence');
  return line ? rectOf(range).right > line.getBoundingClientRect().right + 1 : false;
}

function scrollSideways(range: StaticRange): void {
  const wide = range.startContainer.parentElement?.closest('.scroll');
  if (wide) {
    const { left, right } = rectOf(range);
    const seen = wide.getBoundingClientRect();
    wide.scrollLeft += left < seen.left ? left - seen.left - edge : Math.max(0, right - seen.right + edge);
  }
}

/** What is selected in the page, when it is of one line. */
function selectedLine(within: HTMLElement): string {
  const selection = document.getSelection();
  const text = selection && within.contains(selection.anchorNode) ? selection.toString().trim() : '';
  return text.length <= mostSelected && !text.includes('\n') ? text : '';
}
