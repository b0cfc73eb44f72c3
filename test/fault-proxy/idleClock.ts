import type { Clock } from '../../src/oz/clock';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Turns of the event loop after which nothing in this process goes on by itself. */
const quiet = 12;

/**
 * A clock that stands while anything is on its way and jumps to the next timer when nothing is: pauses and deadlines take no
 * time, however long, and none of them comes because the machine is slow.
 */
export class IdleClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();
  #onTheirWay = 0;
  #quietTurns = 0;
  #isTurning = false;

  /** Milliseconds since 1970. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    this.#turn();
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Something is on its way: no time passes until the returned function was called. */
  hold(): () => void {
    this.#onTheirWay += 1;
    let isHeld = true;
    return () => {
      if (isHeld) {
        isHeld = false;
        this.#onTheirWay -= 1;
        this.#quietTurns = 0;
        this.#turn();
      }
    };
  }

  #turn(): void {
    if (this.#isTurning || this.#onTheirWay > 0 || this.#timers.size === 0) {
      return;
    }
    this.#isTurning = true;
    setImmediate(() => {
      this.#isTurning = false;
      this.#quietTurns += 1;
      if (this.#quietTurns > quiet && this.#onTheirWay === 0) {
        this.#quietTurns = 0;
        this.#fireNext();
      }
      this.#turn();
    });
  }

  #fireNext(): void {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      next = next && next.at <= timer.at ? next : timer;
    }
    if (next) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
  }
}
