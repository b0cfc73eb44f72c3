import type { Memento } from '../../src/model/seenRuns';
import type { Random } from '../local-oz/random';
import { nextTurn } from './exchange';

/**
 * What VS Code keeps for an extension, as its windows see it: each has a copy, and its own changes at once. They are kept,
 * and reach the other windows, some turns of the event loop later, unless the window is gone by then. Who writes last wins.
 */
export class WindowMementos {
  readonly #kept = new Map<string, string>();
  readonly #copies = new Set<Map<string, string>>();

  constructor(private readonly random: Random) {}

  /** The memento of a new window, that is there until `gone`. */
  open(gone: AbortSignal): Memento {
    const copy = new Map(this.#kept);
    this.#copies.add(copy);
    gone.addEventListener('abort', () => this.#copies.delete(copy), { once: true });
    let written = Promise.resolve();
    return {
      get: (key) => read(copy.get(key)),
      update: (key, value) => {
        const text = value === undefined ? undefined : JSON.stringify(value);
        put(copy, key, text);
        written = written.then(() => this.#keep(key, text, copy, gone));
        return written;
      },
    };
  }

  /** Forgets what was kept, once all windows are gone. */
  clear(): void {
    this.#kept.clear();
  }

  /** Never settles for a window that is gone. */
  async #keep(key: string, text: string | undefined, own: Map<string, string>, gone: AbortSignal): Promise<void> {
    for (let turns = this.random.between(0, 6); turns > 0; turns -= 1) {
      await nextTurn();
    }
    if (gone.aborted) {
      return new Promise<never>(() => undefined);
    }
    for (const copy of [this.#kept, ...this.#copies]) {
      if (copy !== own) {
        put(copy, key, text);
      }
    }
  }
}

/** Only what JSON can hold comes back. */
function read(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function put(map: Map<string, string>, key: string, text: string | undefined): void {
  if (text === undefined) {
    map.delete(key);
  } else {
    map.set(key, text);
  }
}
