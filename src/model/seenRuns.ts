import type { Clock } from '../oz/clock';
import type { Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import type { Memento } from './memento';
import { RecentChanges } from './recentChanges';
import { hasEnded } from './runTime';
import { timeOf } from './serviceTime';

const storageKey = 'agentRuns.seenRuns';
/** Of each kind of thing remembered. */
const maxRuns = 1000;
const firstLook = 24 * 60 * 60 * 1000;

type Mark = [runId: string, updatedAt: number];

interface Stored {
  since: number;
  /** Ended runs that were looked at, with the last moment that was known of them then. */
  seen: Mark[];
  /** Blocked runs that were marked as seen. */
  blocked: Mark[];
  /** Runs that had not ended when last heard of, or whose end needed you and was not looked at. */
  awaited: string[];
}

/**
 * Which runs a person has looked at, and so which ones need them:
 * - BLOCKED: until marked as seen, and again after its next change. To look at it is not enough: it waits for an answer.
 * - SUCCEEDED, FAILED and ERROR: until looked at or marked, when the run had not ended when it was last heard of, in this
 *   session or in one before, or when it ended anew after it was looked at, although nobody saw it at work meanwhile. A
 *   success of which nothing was known counts as read: the night of a whole team is not a list of things to do.
 * - FAILED and ERROR also when nothing was heard of the run before but it was updated after `since`. `since` is 24 hours
 *   before the first start of the extension, so that the first look at a team's list is not a week of old failures; later it
 *   only moves on when the marks are full. Not those found by reading on into the past, as they are: how far somebody reads
 *   must not change how much there is to do. They count from their next change on.
 * - CANCELLED: never, somebody decided that.
 * Every window has the same answer once it has read what the others wrote.
 */
export class SeenRuns implements Disposable {
  readonly #memento: Memento;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed = new Emitter<readonly string[]>();
  /** When the runs found in the past were updated last. */
  readonly #history = new Map<string, number>();
  readonly #awaited = new Set<string>();
  #seen = new Map<string, number>();
  #blocked = new Map<string, number>();
  #since = 0;
  /** What the marks were read from: another value once another window has written. */
  #stored: unknown;
  #isRead = false;
  readonly #own: RecentChanges<Run>;
  /** Marked or taken up again by other windows, and not told yet. */
  readonly #elsewhere = new Set<string>();

  /** The ids of runs that were looked at or marked. */
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento, clock: Pick<Clock, 'now'>) {
    this.#memento = memento;
    this.#clock = clock;
    this.#own = new RecentChanges(clock);
  }

  /** Some run had not ended when it was last heard of, or its end was not looked at. */
  get isAwaiting(): boolean {
    this.#read();
    return this.#awaited.size > 0;
  }

  /** Hears every copy of a run as it arrives. One that has not ended has a new outcome ahead, not looked at yet. */
  note(runs: Iterable<Run>): void {
    this.#read();
    // All are heard, whatever the first one changed.
    const changes = [...runs].map((run) => this.#note(run));
    if (changes.includes(true)) {
      this.#write();
    }
  }

  /** The run was found by reading on into the past, not because something became of it. Comes before its `note`. */
  noteHistory(run: Run): void {
    this.#history.set(run.run_id, timeOf(run.updated_at));
  }

  needsYou(run: Run): boolean {
    this.#read();
    const { run_id: id } = run;
    const updated = timeOf(run.updated_at);
    const isSeen = this.#isSeen(run);
    const isAwaited = (this.#awaited.has(id) || this.#seen.has(id)) && !isSeen;
    switch (run.state) {
      case 'BLOCKED':
        return updated > (this.#blocked.get(id) ?? -1);
      case 'FAILED':
      case 'ERROR':
        return isAwaited || (!isSeen && updated >= this.#since && updated !== this.#history.get(id));
      case 'SUCCEEDED':
        return isAwaited;
      default:
        return false;
    }
  }

  /** A person opened this run. */
  look(run: Run): void {
    if (hasEnded(run.state)) {
      this.mark([run]);
    }
  }

  /** A person wants to hear no more of how these runs stand now. Runs at work stand nowhere yet. */
  mark(runs: Iterable<Run>): void {
    this.#read();
    const changed = [...runs].filter((run) => this.#mark(run));
    if (changed.length > 0) {
      changed.forEach((run) => {
        this.#own.note(run.run_id, run);
      });
      this.#write();
      this.#changed.fire(changed.map((run) => run.run_id));
    }
  }

  /** Tells what other windows marked meanwhile. */
  recheck(): void {
    this.#read();
    const changed = [...this.#elsewhere];
    this.#elsewhere.clear();
    if (changed.length > 0) {
      this.#changed.fire(changed);
    }
  }

  /** Another key: how far was read under the old one says nothing. */
  forgetHistory(): void {
    this.#history.clear();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** True when there is something to write. */
  #note(run: Run): boolean {
    const { run_id: id, state } = run;
    const isUnblocked = state !== 'BLOCKED' && this.#blocked.delete(id);
    if (state === 'CANCELLED') {
      return this.#awaited.delete(id) || isUnblocked;
    }
    const needsYou = this.needsYou(run);
    const goesOn = !hasEnded(state);
    const isAnew = (goesOn || !this.#isSeen(run)) && this.#seen.delete(id);
    const isNew = !this.#awaited.has(id) && (goesOn || needsYou);
    if (isNew) {
      this.#awaited.add(id);
    }
    if (isAnew || isUnblocked) {
      this.#own.forget(id);
    }
    return isNew || isAnew || isUnblocked;
  }

  /** Looked at since it last ended. Without an end that is told, a mark counts until the run goes on. */
  #isSeen({ run_id: id, finished_at }: Run): boolean {
    const mark = this.#seen.get(id);
    return mark !== undefined && timeOf(finished_at) <= mark;
  }

  #mark(run: Run): boolean {
    const { run_id: id, state } = run;
    const updated = timeOf(run.updated_at);
    if (state === 'BLOCKED' && updated > (this.#blocked.get(id) ?? -1)) {
      this.#blocked.set(id, updated);
      return true;
    }
    if (hasEnded(state) && !this.#isSeen(run)) {
      this.#seen.set(id, Math.max(updated, timeOf(run.finished_at)));
      this.#awaited.delete(id);
      return true;
    }
    return false;
  }

  /** Takes in what another window wrote; the first time, what an earlier session did. */
  #read(): void {
    const stored = this.#memento.get(storageKey);
    if (this.#isRead && stored === this.#stored) {
      return;
    }
    const { since, seen, blocked, awaited } = storedFrom(stored);
    const there = [new Map(seen), new Map(blocked)] as const;
    const awaitedThere = awaited.filter((id) => !this.#awaited.has(id));
    if (this.#isRead) {
      const ids = [...difference(this.#seen, there[0]), ...difference(this.#blocked, there[1]), ...awaitedThere];
      ids.forEach((id) => this.#elsewhere.add(id));
    }
    [this.#seen, this.#blocked] = there;
    awaitedThere.forEach((id) => this.#awaited.add(id));
    this.#seen.forEach((_, id) => this.#awaited.delete(id));
    this.#stored = stored;
    this.#isRead = true;
    if (since === undefined) {
      this.#since ||= this.#clock.now() - firstLook;
      this.#write();
    } else {
      this.#since = Math.max(this.#since, since);
      if ([...this.#own.all()].map((run) => this.#mark(run)).includes(true)) {
        this.#write();
      }
    }
  }

  #write(): void {
    this.#dropOldest();
    const stored: Stored = {
      since: this.#since,
      seen: [...this.#seen],
      blocked: [...this.#blocked].slice(-maxRuns),
      awaited: [...this.#awaited].slice(-maxRuns),
    };
    void this.#memento.update(storageKey, stored);
    this.#stored = this.#memento.get(storageKey);
  }

  /** Everything up to the time of a dropped mark counts as looked at, so that no dropped run comes back. */
  #dropOldest(): void {
    if (this.#seen.size > maxRuns) {
      const newestFirst = [...this.#seen].sort(([, a], [, b]) => b - a);
      this.#seen = new Map(newestFirst.slice(0, maxRuns));
      this.#since = Math.max(this.#since, (newestFirst[maxRuns]?.[1] ?? 0) + 1);
    }
  }
}

/** The ids that only one of the two has, or with another time. */
function difference(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((id) => a.get(id) !== b.get(id));
}

function storedFrom(value: unknown): Partial<Pick<Stored, 'since'>> & Omit<Stored, 'since'> {
  const stored = (value ?? {}) as Partial<Record<keyof Stored, unknown>>;
  const list = (entries: unknown): unknown[] => (Array.isArray(entries) ? entries : []);
  return {
    since: typeof stored.since === 'number' ? stored.since : undefined,
    seen: list(stored.seen).filter(isMark),
    blocked: list(stored.blocked).filter(isMark),
    awaited: list(stored.awaited).filter((id) => typeof id === 'string'),
  };
}

function isMark(entry: unknown): entry is Mark {
  return Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number';
}
