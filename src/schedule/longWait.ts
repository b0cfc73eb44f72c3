import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';

/** Milliseconds. */
const long = 1000;

/** Tells somebody who sees nothing what a page is waiting for, where that takes long. */
export class LongWait implements Disposable {
  #words = '';
  #stop: () => void = () => undefined;

  constructor(
    private readonly clock: Pick<Clock, 'after'>,
    private readonly say: (words: string) => void,
  ) {}

  /** What it waits for now; empty: for nothing. */
  set words(words: string) {
    if (words === this.#words) {
      return;
    }
    this.#words = words;
    this.#stop();
    if (words) {
      this.#stop = this.clock.after(long, () => {
        this.say(words);
      });
    }
  }

  dispose(): void {
    this.#stop();
  }
}
