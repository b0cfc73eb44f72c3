import type { FindWords } from '../../src/conversation/findWords';
import type { FoundPlace, ToPage } from '../../src/conversation/protocol';
import { FindBar } from './findBar';
import { FindMarks } from './findMarks';
import { edge, isCutOff, rectOf, scrollSideways, selectedLine, startOf, type FindStart } from './findPlaces';
import { foundRanges } from './foundRanges';
import { send, type PageState } from './pageState';
import type { Reading, ReadingPlace } from './reading';

export interface FindOptions {
  state: PageState;
  reading: Reading;
  words: FindWords;
  /** The bar hangs below it. */
  head: HTMLElement;
}

/** Finding: the host knows all hits, the page shows those it has and goes to the current one. */
export class Find {
  #bar: FindBar | undefined;
  readonly #main = document.querySelector('main') ?? document.body;
  readonly #marks = new FindMarks(this.#main, () => {
    this.#show();
  });
  #text = '';
  /** A changed text is looked for from there: where finding began, or the hit that a person went to. */
  #start: FindStart | undefined;
  /** What was read when finding began, and had the focus: finding goes back there unless a person went on to a hit. */
  #back: { place: ReadingPlace; focused: Element | null } | undefined;
  #place: FoundPlace | undefined;
  /** What was unfolded to show the current hit, and is folded again when that is elsewhere. */
  #unfolded: string | null = null;
  #isArriving = false;
  #marked: Element | undefined;

  constructor(private readonly options: FindOptions) {
    // Whoever moves the page means to be where they are.
    for (const type of ['wheel', 'pointerdown', 'touchstart']) {
      this.#main.addEventListener(
        type,
        () => {
          this.#back = undefined;
        },
        { passive: true },
      );
    }
  }

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
      this.#start = startOf(selected === '' ? undefined : document.getSelection(), reading.currentEntry(), head);
      const place = reading.place();
      this.#back = place && { place, focused: document.activeElement };
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
      this.#back = undefined;
      this.#look(step);
    }
  }

  close(): void {
    if (this.#bar && this.isOpen) {
      const { reading } = this.options;
      const place = this.#place;
      const entry = this.#entry() ?? elementOf(reading.current());
      const isThere = !place || this.#entry() !== null;
      this.#bar.isOpen = false;
      this.#marks.mark('');
      this.#mark(undefined);
      this.#text = '';
      this.#place = undefined;
      this.#unfolded = null;
      send({ type: 'find', text: null, step: 0, from: null, above: 0 });
      if (this.#back) {
        const { place: before, focused } = this.#back;
        this.#back = undefined;
        const hasFocus = focused instanceof HTMLElement && focused.isConnected && focused !== document.body;
        if (hasFocus) {
          focused.focus({ preventScroll: true });
        }
        reading.goBack(before, !hasFocus);
      } else if (isThere) {
        entry?.focus({ preventScroll: true });
      } else {
        // It is on its way, and gets the focus then.
        reading.reveal({ type: 'reveal', chunk: place.chunk, id: place.id, offset: null });
      }
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
    const { id: from = null, below = 0 } = this.#start ?? {};
    const entry = text === '' ? null : elementOf(from);
    const edgeAbove = (entry?.getBoundingClientRect().top ?? 0) + below;
    const ranges = entry ? foundRanges(entry, text, false) : [];
    const above = ranges.filter((range) => rectOf(range).bottom <= edgeAbove).length;
    send({ type: 'find', text, step, from, above });
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
      const rect = range ? rectOf(range) : whole.getBoundingClientRect();
      if (!this.#back) {
        this.#start = { id: place.id, below: rect.top - entry.getBoundingClientRect().top };
      }
      this.#bringIntoView(place, entry, rect);
      if (range) {
        scrollSideways(range);
      }
    }
  }

  /** Moves nothing when it is in view already; it stays where it is while what is around it arrives. */
  #bringIntoView({ chunk, id }: FoundPlace, entry: Element, { top, bottom }: DOMRect): void {
    const headBottom = Math.max(0, this.options.head.getBoundingClientRect().bottom);
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
