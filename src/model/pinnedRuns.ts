import { type Clock, systemClock } from '../oz/clock';
import { type Disposable, Emitter } from './emitter';
import { RecentChanges } from './recentChanges';
import type { Memento } from './memento';

const storageKey = 'agentRuns.pinnedRuns';
const maxPins = 50;

/** The runs that a person wants on top, in every window. The oldest pin goes when there would be more than 50. */
export class PinnedRuns implements Disposable {
  readonly #memento: Memento;
  readonly #changed = new Emitter<readonly string[]>();
  #pins: ReadonlySet<string> = new Set();
  #stored: unknown;
  readonly #own: RecentChanges<{ readonly id: string; readonly isPinned: boolean }>;
  /** Changed by other windows, and not told yet. */
  readonly #elsewhere = new Set<string>();

  /** The ids of runs that are pinned from now on, or no more. */
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento, clock: Pick<Clock, 'now'> = systemClock) {
    this.#memento = memento;
    this.#own = new RecentChanges(clock);
    this.#pins = pinsFrom((this.#stored = memento.get(storageKey)));
  }

  /** The newest pin last. */
  get ids(): readonly string[] {
    return [...this.#read()];
  }

  has(runId: string): boolean {
    return this.#read().has(runId);
  }

  /** Answers the ids that had to go for these, the oldest first. */
  pin(runIds: Iterable<string>): string[] {
    const wanted = new Set([...this.#read(), ...runIds]);
    this.#set(wanted);
    return [...wanted].filter((id) => !this.#pins.has(id));
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
      for (const id of changed) {
        this.#own.note(id, { id, isPinned: kept.has(id) });
      }
      this.#write(kept);
      this.#changed.fire(changed);
    }
  }

  #write(pins: ReadonlySet<string>): void {
    this.#pins = pins;
    void this.#memento.update(storageKey, [...pins]);
    this.#stored = this.#memento.get(storageKey);
  }

  /** What is stored is another value once another window has written. */
  #read(): ReadonlySet<string> {
    const stored = this.#memento.get(storageKey);
    if (stored !== this.#stored) {
      const pins = pinsFrom((this.#stored = stored));
      const before = this.#pins;
      this.#pins = pins;
      const lost = [...this.#own.all()].filter(({ id, isPinned }) => pins.has(id) !== isPinned);
      if (lost.length > 0) {
        const gone = new Set(lost.map(({ id }) => id));
        const added = lost.flatMap(({ id, isPinned }) => (isPinned ? [id] : []));
        this.#write(new Set([...[...pins].filter((id) => !gone.has(id)), ...added].slice(-maxPins)));
      }
      difference(before, this.#pins).forEach((id) => this.#elsewhere.add(id));
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
