import type { Clock } from '../../src/oz/clock';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** When a fake clock starts, unless said. */
export const noon = Date.parse('2026-11-22T12:00:00Z');

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  /** Milliseconds since 1970; `turns` of the event loop are left to promises and streams after each timer. */
  constructor(
    start = noon,
    private readonly turns = 12,
  ) {
    this.#now = start;
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Lets `ms` milliseconds pass; what is due happens in its order, and what each started comes to rest. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle(this.turns);
    for (let timer = this.#next(); timer && timer.at <= end; timer = this.#next()) {
      this.#fire(timer);
      await settle(this.turns);
    }
    this.#now = end;
  }

  /** Lets as much time pass as the promise takes, and gives its outcome. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { isPending: true };
    const done = (): void => {
      state.isPending = false;
    };
    promise.then(done, done);
    await settle(this.turns);
    while (state.isPending) {
      const timer = this.#next();
      if (!timer) {
        throw new Error('Nothing is left that could settle the promise.');
      }
      this.#fire(timer);
      await settle(this.turns);
    }
    return promise;
  }

  #next(): Timer | undefined {
    return [...this.#timers].sort((a, b) => a.at - b.at)[0];
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.callback();
  }
}

/** Until promises and streams in this process have come to rest. */
export async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
