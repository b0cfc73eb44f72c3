import type { PageStart } from '../../src/conversation/pageHtml';
import type { PageLayout } from '../../src/conversation/protocol';
import type { PageState } from './pageState';

/** What has come that nobody has seen yet: how much of it is farther down stands on the pill. */
export class Unseen {
  readonly #words: string;
  #entries = 0;
  #last: string | null = null;
  /** Entries, from the first on, that were seen: all there were when the end was last in sight. */
  #seen = 0;
  /** Entries, from the first on, that are not below the window or were not. */
  #passed = 0;

  constructor(
    private readonly pill: HTMLElement,
    private readonly state: PageState,
    start: PageStart,
  ) {
    this.#words = start.words.newMessages;
    this.laidOut(start);
  }

  laidOut({ entries, seen, last }: PageLayout): void {
    this.#entries = entries;
    this.#last = last;
    this.#seen = Math.max(this.#seen, seen);
    // Of a conversation that is read for the first time, nothing is news.
    this.state.seen ??= last;
    this.#show();
  }

  look(isAtEnd: boolean): void {
    if (isAtEnd && this.#last !== null) {
      this.#seen = this.#entries;
      this.state.seen = this.#last;
    }
    this.#show();
  }

  /** @param entry the last one that is in the window or above */
  passed(entry: HTMLElement | undefined): void {
    this.#passed = Math.max(this.#passed, Number(entry?.ariaPosInSet ?? 0));
    this.#show();
  }

  /** The last entry that was seen, if the one after it is farther down; else the end is next. */
  next(): string | undefined {
    return this.#passed > this.#seen ? undefined : (this.state.seen ?? undefined);
  }

  #show(): void {
    const fresh = this.#entries - Math.max(this.#seen, this.#passed);
    const text = fresh > 0 ? this.#words.replace('{0}', String(fresh)) : '';
    this.pill.hidden = fresh <= 0;
    if (this.pill.textContent !== text) {
      this.pill.textContent = text;
    }
  }
}
