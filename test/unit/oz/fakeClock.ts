import type { Clock } from '../../../src/oz/clock';

interface Timer {
  at: number;
  callback: () => void;
}

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-03-18T14:30:00Z');
  readonly #timers = new Set<Timer>();

  /** `turns` of the event loop are left to promises and streams after each timer. */
  constructor(private readonly turns = 12) {}

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

  get timers(): number {
    return this.#timers.size;
  }

  /** Lets `ms` milliseconds pass; what is due happens in its order, with time for promises in between. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled(this.turns);
    for (let timer = this.#next(); timer && timer.at <= end; timer = this.#next()) {
      this.#fire(timer);
      await settled(this.turns);
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
    await settled(this.turns);
    while (state.isPending) {
      const timer = this.#next();
      if (!timer) {
        throw new Error('Nothing is left that could settle the promise.');
      }
      this.#fire(timer);
      await settled(this.turns);
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
export async function settled(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
