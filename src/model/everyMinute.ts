import type { Clock } from '../oz/clock';

const minute = 60_000;

/** Calls back once a minute while it is on. */
export class EveryMinute {
  readonly #clock: Clock;
  readonly #callback: () => void;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, callback: () => void) {
    this.#clock = clock;
    this.#callback = callback;
  }

  set(isOn: boolean): void {
    if (!isOn) {
      this.#cancel?.();
      this.#cancel = undefined;
    } else if (!this.#cancel) {
      this.#wait();
    }
  }

  #wait(): void {
    this.#cancel = this.#clock.after(minute, () => {
      this.#wait();
      this.#callback();
    });
  }
}
