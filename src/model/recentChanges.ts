import type { Clock } from '../oz/clock';

/** Milliseconds. */
const recent = 10_000;

/**
 * What a person changed in this window a moment ago. VS Code keeps what an extension remembers as one value for all windows:
 * of two that write within a second the last one wins, and the change of the other has to be made again.
 */
export class RecentChanges<T> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changes = new Map<string, { change: T; at: number }>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  note(id: string, change: T): void {
    this.#changes.set(id, { change, at: this.#clock.now() });
  }

  /** It is not to be made again. */
  forget(id: string): void {
    this.#changes.delete(id);
  }

  /** The changes of the last 10 s. */
  *all(): Iterable<T> {
    for (const [id, { change, at }] of this.#changes) {
      if (Math.abs(this.#clock.now() - at) < recent) {
        yield change;
      } else {
        this.#changes.delete(id);
      }
    }
  }
}
