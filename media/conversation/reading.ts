import type { PageStart } from '../../src/conversation/pageHtml';
import type { ToPage } from '../../src/conversation/protocol';
import type { ChunkList } from './chunkList';
import type { PageState } from './pageState';

type Reveal = Extract<ToPage, { type: 'reveal' }>;

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

/** Where a person reads: at the end, which is followed when it moves, or at a place that must not move. */
export class Reading {
  #entries: number;
  /** Entries that there were when the end was last in sight. */
  #seen: number;
  #revealing: Reveal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ReadingOptions) {
    const { start, state, feed, pill } = options;
    this.#entries = start.entries;
    this.#seen = start.entries;
    document.addEventListener(
      'scroll',
      () => {
        this.#scrolled();
      },
      { passive: true },
    );
    new ResizeObserver(() => {
      this.#follow();
    }).observe(feed);
    pill.addEventListener('click', () => {
      state.following = true;
      this.#toEnd();
      this.#showPill();
    });
  }

  /** Goes to the end, if that is where reading goes on, once the boxes have their sizes. */
  begin(): void {
    this.#follow();
  }

  laidOut(entries: number): void {
    if (this.#entries === 0) {
      // The conversation arrived after the page: none of it is news.
      this.#seen = entries;
    }
    this.#entries = entries;
    this.#follow();
    this.#showPill();
  }

  filled(index: number): void {
    if (this.#revealing?.chunk === index) {
      this.#show(this.#revealing);
    } else {
      this.#follow();
    }
  }

  reveal(reveal: Reveal): void {
    this.stay();
    const box = this.options.list.require(reveal.chunk);
    if (!box) {
      return;
    }
    this.#revealing = reveal;
    if (box.isFilled) {
      this.#show(reveal);
    } else {
      // Not scrollIntoView: it would move the editor's frames around this one, too.
      scrollBy(0, box.element.getBoundingClientRect().top - this.#top());
    }
  }

  /** A person did something to what is on the page: it stays where it is. */
  stay(): void {
    this.options.state.following = false;
    this.#keepSoon();
  }

  /** The entry that has the focus, or else the first that can be seen. */
  current(): string | null {
    const focused = document.activeElement?.closest<HTMLElement>('.entry');
    return focused?.dataset.id ?? this.#firstVisible()?.dataset.id ?? null;
  }

  #show({ id, offset }: Reveal): void {
    this.#revealing = undefined;
    const entry = this.options.feed.querySelector<HTMLElement>(`.entry[data-id="${CSS.escape(id)}"]`);
    if (!entry) {
      return;
    }
    if (offset === null) {
      entry.focus({ preventScroll: true });
    }
    scrollBy(0, entry.getBoundingClientRect().top - this.#top() + (offset ?? -8));
  }

  /** The lower edge of the head, which stays in sight. */
  #top(): number {
    return document.getElementById('head')?.getBoundingClientRect().bottom ?? 0;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    this.options.state.following = isAtEnd;
    if (isAtEnd) {
      this.#seen = this.#entries;
    }
    this.#showPill();
    this.#keepSoon();
  }

  #follow(): void {
    if (this.options.state.following) {
      this.#toEnd();
    }
  }

  #toEnd(): void {
    this.#seen = this.#entries;
    scrollTo(0, document.documentElement.scrollHeight);
  }

  #showPill(): void {
    const { pill, start } = this.options;
    const { scrollHeight, clientHeight } = document.documentElement;
    if (scrollHeight <= clientHeight) {
      this.#seen = this.#entries;
    }
    const fresh = this.#entries - this.#seen;
    pill.hidden = fresh <= 0;
    pill.textContent = fresh > 0 ? start.words.newMessages.replace('{0}', String(fresh)) : '';
  }

  #keepSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { state } = this.options;
      const entry = document.documentElement.scrollTop > 0 ? this.#firstVisible() : undefined;
      const id = entry?.dataset.id;
      state.anchor =
        entry && id !== undefined ? { id, offset: Math.round(this.#top() - entry.getBoundingClientRect().top) } : null;
      state.keep();
    }, settled);
  }

  #firstVisible(): HTMLElement | undefined {
    const top = this.#top() + 1;
    return [...this.options.feed.querySelectorAll<HTMLElement>('.entry')].find(
      (entry) => entry.getBoundingClientRect().bottom > top,
    );
  }
}
