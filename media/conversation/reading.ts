import type { PageStart } from '../../src/conversation/pageHtml';
import type { Anchor, PageLayout, ToPage } from '../../src/conversation/protocol';
import type { ChunkList } from './chunkList';
import { send, type PageState } from './pageState';
import { Unseen } from './unseen';

type Reveal = Extract<ToPage, { type: 'reveal' }>;

/** Where a person reads, for going back there. */
export interface ReadingPlace extends Reveal {
  following: boolean;
}

export interface ReadingOptions {
  list: ChunkList;
  state: PageState;
  start: PageStart;
  feed: HTMLElement;
  pill: HTMLElement;
}

/** Pixels from the end that still count as the end. */
const nearEnd = 40;
/** Milliseconds after the last movement before the place is kept. */
const settled = 200;
/** Milliseconds without a change after which what was gone to is where it will be. */
const arrived = 1500;
/** Pixels above an entry that was gone to. */
const air = 8;

/** Where a person reads: at the end, which is followed when it moves, or at a place that must not move. */
export class Reading {
  readonly #unseen: Unseen;
  /** The entry that stays where it is while what is around it arrives, until a person moves something. */
  #held: Anchor | undefined;
  /** Where reading was before the details of the head were looked at. */
  #left: Reveal | undefined;
  /** It gets the focus once it is there. */
  #isFocusing = false;
  /** Where the page was when the entry was last put in its place. */
  #placed: { scrollTop: number; scrollHeight: number } | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #holding: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ReadingOptions) {
    const { start, state, feed, pill } = options;
    this.#unseen = new Unseen(pill, state, start);
    const on = (type: string, act: () => void): void => {
      addEventListener(type, act, { passive: true });
    };
    on('scroll', () => {
      this.#scrolled();
    });
    for (const type of ['wheel', 'pointerdown', 'keydown', 'touchstart']) {
      on(type, () => {
        this.#release();
      });
    }
    // The page ends without a word when its panel is hidden; before that, the focus goes elsewhere.
    for (const type of ['blur', 'pagehide', 'visibilitychange']) {
      on(type, () => {
        this.#keep();
      });
    }
    const observer = new ResizeObserver(() => {
      this.#settle();
    });
    observer.observe(feed);
    if (feed.parentElement) {
      observer.observe(feed.parentElement);
    }
    pill.addEventListener('click', () => {
      const next = this.#unseen.next();
      if (next === undefined) {
        const hadFocus = pill === document.activeElement;
        this.followEnd();
        if (hadFocus) {
          // It is gone now, and what it led to has the focus.
          this.#entries().at(-1)?.focus({ preventScroll: true });
        }
      } else {
        send({ type: 'goToNew', seen: next });
      }
    });
  }

  /** Goes to where reading goes on, once the boxes have their sizes. */
  begin(): void {
    const { state } = this.options;
    document.documentElement.classList.remove('from-end', 'from-entry', 'from-later');
    if (!state.following && state.anchor) {
      this.#held = state.anchor;
    }
    this.#settle();
    this.#keepSoon();
  }

  laidOut(layout: PageLayout): void {
    this.#unseen.laidOut(layout);
    this.#settle();
    this.#look();
  }

  /** A chunk was filled, or a body unfolded. */
  filled(): void {
    this.#settle();
  }

  reveal({ chunk, id, offset }: Reveal, isFocusing = offset === null): void {
    const { list, state } = this.options;
    this.#held = { id, offset: offset ?? -air };
    this.#placed = undefined;
    this.#isFocusing = isFocusing;
    state.following = false;
    state.anchor = this.#held;
    const box = list.require(chunk);
    if (!this.#find(id) && box) {
      // Not scrollIntoView: it would move the editor's frames around this one, too.
      scrollBy(0, box.element.getBoundingClientRect().top - this.#top());
    }
    this.#settle();
    this.#keepSoon();
  }

  /** A person said something: it will appear at the end. */
  followEnd(): void {
    this.options.state.following = true;
    this.#release();
    this.#toEnd();
  }

  /** The details of the head, which scroll with the page, are looked at. */
  goToHead(): void {
    const entry = document.documentElement.scrollTop > 0 ? this.#firstVisible() : undefined;
    const { id } = entry?.dataset ?? {};
    const chunk = entry?.closest<HTMLElement>('.chunk')?.dataset.chunk;
    this.#left =
      entry && id !== undefined && chunk !== undefined
        ? { type: 'reveal', chunk: Number(chunk), id, offset: this.#top() - entry.getBoundingClientRect().top }
        : undefined;
    this.#release();
    scrollTo(0, 0);
  }

  /** They were folded: back to where reading was, unless a person has gone elsewhere. */
  comeBack(): void {
    if (this.#left && document.documentElement.scrollTop <= this.#top()) {
      this.reveal(this.#left);
    }
    this.#left = undefined;
  }

  /** A person did something to what is on the page: it stays where it is. */
  stay(): void {
    this.options.state.following = false;
    // At once: what was unfolded may have been to open something else from it, which ends the page.
    this.options.state.keep();
    this.#keepSoon();
  }

  /** The entry that has the focus, where it is in sight, or else the first that can be seen. */
  current(): string | null {
    return this.currentEntry()?.dataset.id ?? null;
  }

  currentEntry(): HTMLElement | undefined {
    const focused = document.activeElement?.closest<HTMLElement>('.entry');
    const { top = Infinity, bottom = 0 } = focused?.getBoundingClientRect() ?? {};
    const isInSight = bottom > this.#top() && top < this.#bottom();
    // While much folds or arrives, there may be nothing in sight yet.
    return focused && isInSight ? focused : (this.#firstVisible() ?? focused ?? undefined);
  }

  /** What is read now; none without entries. */
  place(): ReadingPlace | undefined {
    const entry = this.#firstVisible() ?? this.#entries().at(-1);
    const { id } = entry?.dataset ?? {};
    if (!entry || id === undefined) {
      return undefined;
    }
    const chunk = Number(entry.closest<HTMLElement>('.chunk')?.dataset.chunk);
    const offset = this.#top() - entry.getBoundingClientRect().top;
    return { type: 'reveal', chunk, id, offset, following: this.options.state.following };
  }

  /** To where a person read before. */
  goBack(place: ReadingPlace, isFocusing: boolean): void {
    this.reveal(place, isFocusing);
    if (place.following) {
      this.followEnd();
    }
  }

  /** Sees to it that what is read is where it was, after anything may have moved it. */
  #settle(): void {
    const held = this.#held;
    if (!held) {
      if (this.options.state.following) {
        this.#toEnd();
      }
      return;
    }
    const entry = this.#find(held.id);
    if (!entry) {
      return;
    }
    // Also again: while entries arrive, what had it may be made anew.
    if (this.#isFocusing && !entry.contains(document.activeElement)) {
      entry.focus({ preventScroll: true });
    }
    const moved = entry.getBoundingClientRect().top - this.#top() + held.offset;
    if (Math.abs(moved) >= 0.5) {
      scrollBy(0, moved);
    }
    const { scrollTop, scrollHeight } = document.documentElement;
    this.#placed = { scrollTop, scrollHeight };
    clearTimeout(this.#holding);
    this.#holding = setTimeout(() => {
      this.#release();
    }, arrived);
  }

  #release(): void {
    if (this.#held) {
      clearTimeout(this.#holding);
      this.#held = undefined;
      this.#placed = undefined;
      this.#isFocusing = false;
      this.#look();
    }
  }

  #find(id: string): HTMLElement | null {
    return this.options.feed.querySelector<HTMLElement>(`.entry[data-id="${CSS.escape(id)}"]`);
  }

  /** The lower edge of the head, which stays in sight unless its details are unfolded. */
  #top(): number {
    return Math.max(0, document.getElementById('head')?.getBoundingClientRect().bottom ?? 0);
  }

  /** The upper edge of what stands below the conversation. */
  #bottom(): number {
    return Math.min(innerHeight, document.getElementById('foot')?.getBoundingClientRect().top ?? innerHeight);
  }

  #scrolled(): void {
    if (this.#held && !this.#isScrolledAway()) {
      return;
    }
    this.#release();
    this.options.state.following = this.#isAtEnd();
    this.#look();
  }

  /** Something else than what arrives moved the page: a scroll bar, or assistive technology. */
  #isScrolledAway(): boolean {
    const { scrollTop, scrollHeight } = document.documentElement;
    const placed = this.#placed;
    return placed?.scrollHeight === scrollHeight && Math.abs(scrollTop - placed.scrollTop) > 1;
  }

  /** The end may be in sight. */
  #look(): void {
    this.#unseen.look(this.#isAtEnd());
    this.#keepSoon();
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    return scrollHeight - scrollTop - clientHeight < nearEnd;
  }

  #toEnd(): void {
    scrollTo(0, document.documentElement.scrollHeight);
    this.#look();
  }

  #keepSoon(): void {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => {
      this.#keep();
    }, settled);
  }

  #keep(): void {
    clearTimeout(this.#keeping);
    const { state, feed } = this.options;
    // While it is held, it is the place; without entries, there is none yet.
    if (!this.#held && feed.childElementCount > 0) {
      const entry = document.documentElement.scrollTop > 0 ? this.#firstVisible() : undefined;
      const id = entry?.dataset.id;
      const above = this.#top() - (entry?.getBoundingClientRect().top ?? 0);
      state.anchor = id === undefined ? null : { id, offset: Math.round(above * 10) / 10 };
    }
    this.#unseen.passed(this.#lastVisible());
    state.keep();
  }

  #firstVisible(): HTMLElement | undefined {
    const top = this.#top() + 1;
    return this.#entries().find((entry) => entry.getBoundingClientRect().bottom > top);
  }

  #lastVisible(): HTMLElement | undefined {
    const bottom = this.#bottom();
    return this.#entries().findLast((entry) => entry.getBoundingClientRect().top < bottom);
  }

  #entries(): HTMLElement[] {
    return [...this.options.feed.querySelectorAll<HTMLElement>('.entry')];
  }
}
