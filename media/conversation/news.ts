import type { PageWords } from '../../src/conversation/pageHtml';
import type { PageLayout } from '../../src/conversation/protocol';
import { say } from '../elements/say';

/** Milliseconds in which all that arrives is told at once. */
const together = 1500;

/** Tells somebody who does not see it that a run goes on: how many messages came, and what its state is now. */
export class News {
  #entries: number;
  #isActive: boolean;
  #fresh = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state = stateShown();

  constructor(
    { entries, active }: PageLayout,
    private readonly words: PageWords['arrived'],
  ) {
    this.#entries = entries;
    this.#isActive = active;
  }

  laidOut({ entries, active }: PageLayout): void {
    // A conversation that appears is no news, nor is one that is only read more carefully.
    if (this.#entries > 0 && (active || this.#isActive)) {
      this.#fresh += Math.max(0, entries - this.#entries);
    }
    this.#entries = entries;
    this.#isActive = active;
    if (this.#fresh > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        say(this.#fresh === 1 ? this.words.one : this.words.many.replace('{0}', String(this.#fresh)));
        this.#fresh = 0;
      }, together);
    }
  }

  /** The header is another one. */
  headed(): void {
    const before = this.#state;
    this.#state = stateShown();
    if (before !== '' && this.#state !== before) {
      say(this.#state);
    }
  }
}

function stateShown(): string {
  return document.querySelector('.meta > .state')?.textContent ?? '';
}
