import type { SharedFiles } from '../../src/model/sharedFiles';
import type { Random } from '../local-oz/random';
import { nextTurn } from './exchange';
import type { IdleClock } from './idleClock';

/**
 * The files of a machine, as its windows see them: what a window asks for happens at once, whole and for all of them, some
 * turns of the event loop later, unless the window is gone by then.
 */
export class MachineFiles {
  readonly #files = new Map<string, Uint8Array>();

  constructor(
    private readonly clock: IdleClock,
    private readonly random: Random,
  ) {}

  /** As a new window sees them, that is there until `gone`. */
  open(gone: AbortSignal): SharedFiles {
    const files = this.#files;
    const later = async <T>(work: () => T): Promise<T> => {
      await this.#turns(gone);
      const result = work();
      await this.#turns(gone);
      return result;
    };
    return {
      read: (name) => later(() => files.get(name)),
      write: (name, content) => later(() => void files.set(name, content)),
      create: (name, content) => later(() => !files.has(name) && files.set(name, content).has(name)),
      remove: (name) => later(() => void files.delete(name)),
      list: () => later(() => [...files.keys()].map((name) => ({ name, age: 0 }))),
    };
  }

  /** Forgets what was kept, once all windows are gone. */
  clear(): void {
    this.#files.clear();
  }

  /** Never settles for a window that is gone. */
  async #turns(gone: AbortSignal): Promise<void> {
    const release = this.clock.hold();
    for (let turns = this.random.between(0, 3); turns > 0; turns -= 1) {
      await nextTurn();
    }
    release();
    if (gone.aborted) {
      return new Promise<never>(() => undefined);
    }
  }
}
