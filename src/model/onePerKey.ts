import type { Clock } from '../oz/clock';

/** Milliseconds after the end of a work in which another click is still a part of the same double click. */
const doubleClick = 1000;

/** One work at a time for each key: who asks for it again meanwhile, or a moment later, gets the same outcome. */
export class OnePerKey {
  readonly #clock: Clock;
  readonly #works = new Map<string, Promise<unknown>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * `isFirst`: the work was begun by this call. After a work that failed, or comes to undefined, which is nothing, there may
   * be another one at once. What has the same key has the same type.
   */
  begin<T>(key: string, work: () => Promise<T>): { isFirst: boolean; outcome: Promise<T> } {
    const begun = this.#works.get(key);
    if (begun) {
      return { isFirst: false, outcome: begun as Promise<T> };
    }
    const outcome = work();
    this.#works.set(key, outcome);
    const forget = (): void => {
      this.#works.delete(key);
    };
    outcome.then((value) => {
      if (value === undefined) {
        forget();
      } else {
        this.#clock.after(doubleClick, forget);
      }
    }, forget);
    return { isFirst: true, outcome };
  }
}
