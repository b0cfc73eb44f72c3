import { type Disposable, Emitter } from './emitter';
import type { Memento } from './seenRuns';

const storageKey = 'agentRuns.pinnedRuns';
const maxPins = 50;

/** The runs that a person wants on top, in every window. The oldest pin goes when there would be more than 50. */
export class PinnedRuns implements Disposable {
  readonly #memento: Memento;
  readonly #changed = new Emitter<readonly string[]>();
  #pins: ReadonlySet<string> = new Set();
  #stored: unknown;
  /** Changed by other windows, and not told yet. */
  readonly #elsewhere = new Set<string>();

  /** The ids of runs that are pinned from now on, or no more. */
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
    this.#pins = pinsFrom((this.#stored = memento.get(storageKey)));
  }

  /** The newest pin last. */
  get ids(): readonly string[] {
    return [...this.#read()];
  }

  has(runId: string): boolean {
    return this.#read().has(runId);
  }

  pin(runIds: Iterable<string>): void {
    this.#set(new Set([...this.#read(), ...runIds]));
  }

  unpin(runIds: Iterable<string>): void {
    const gone = new Set(runIds);
    this.#set(new Set([...this.#read()].filter((id) => !gone.has(id))));
  }

  /** Tells what other windows changed meanwhile. */
  recheck(): void {
    this.#read();
    const changed = [...this.#elsewhere];
    this.#elsewhere.clear();
    if (changed.length > 0) {
      this.#changed.fire(changed);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(pins: Set<string>): void {
    const kept = new Set([...pins].slice(-maxPins));
    const changed = difference(this.#pins, kept);
    if (changed.length > 0) {
      this.#pins = kept;
      void this.#memento.update(storageKey, [...kept]);
      this.#stored = this.#memento.get(storageKey);
      this.#changed.fire(changed);
    }
  }

  /** What is stored is another value once another window has written. */
  #read(): ReadonlySet<string> {
    const stored = this.#memento.get(storageKey);
    if (stored !== this.#stored) {
      const pins = pinsFrom((this.#stored = stored));
      difference(this.#pins, pins).forEach((id) => this.#elsewhere.add(id));
      this.#pins = pins;
    }
    return this.#pins;
  }
}

function pinsFrom(stored: unknown): Set<string> {
  const ids: unknown[] = Array.isArray(stored) ? stored : [];
  return new Set(ids.filter((id) => typeof id === 'string'));
}

/** The ids that only one of the two has. */
function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))];
}
