import type { Clock } from '../oz/clock';

/** Milliseconds: how soon after it was asked for, and the least from one call to the next. */
export interface Pace {
  readonly soon: number;
  readonly apart: number;
}

/** Makes a call soon after somebody asks for it, and one for all who ask meanwhile; not more often than now and then. */
export class PacedCall {
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #call: () => void;
  #last = -Infinity;
  #stop: (() => void) | undefined;

  constructor(clock: Clock, pace: Pace, call: () => void) {
    this.#clock = clock;
    this.#pace = pace;
    this.#call = call;
  }

  readonly ask = (): void => {
    const { soon, apart } = this.#pace;
    this.#stop ??= this.#clock.after(Math.max(soon, this.#last + apart - this.#clock.now()), () => {
      this.#stop = undefined;
      this.#last = this.#clock.now();
      this.#call();
    });
  };

  dispose(): void {
    this.#stop?.();
  }
}
