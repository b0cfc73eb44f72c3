import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';
import type { CommandName } from './protocol';

/** Milliseconds after which a command that never ends, as one whose question nobody answers, can be asked for again. */
const longest = 30_000;

/** Commands that a page asked for and that have not ended, so that a second click does nothing twice. */
export class UnderWay implements Disposable {
  readonly #timers = new Map<CommandName, () => void>();

  constructor(
    private readonly clock: Pick<Clock, 'after'>,
    private readonly onDidChange: () => void,
  ) {}

  get names(): ReadonlySet<CommandName> {
    return new Set(this.#timers.keys());
  }

  /** Begins the work, which has ended when the promise it answers with has, unless the same is under way. */
  start(name: CommandName, work: () => unknown): void {
    if (this.#timers.has(name)) {
      return;
    }
    const end = (): void => {
      // Another one of that name may have begun since.
      if (this.#timers.get(name) === stop) {
        stop();
        this.#timers.delete(name);
        this.onDidChange();
      }
    };
    const stop = this.clock.after(longest, end);
    this.#timers.set(name, stop);
    this.onDidChange();
    Promise.resolve(work()).then(end, end);
  }

  dispose(): void {
    for (const stop of this.#timers.values()) {
      stop();
    }
    this.#timers.clear();
  }
}
