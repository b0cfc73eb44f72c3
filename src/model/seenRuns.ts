import type { Clock } from '../oz/clock';
import type { Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import { isActive } from './runTime';
import { timeOf } from './serviceTime';

/** What `vscode.Memento` offers of itself here. */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const storageKey = 'agentRuns.seenRuns';
const maxMarks = 1000;
const firstLook = 24 * 60 * 60 * 1000;

interface Stored {
  since: number;
  seen: [runId: string, updatedAt: number][];
}

/**
 * Which runs a person has looked at, and so which ones need them:
 * - BLOCKED: always, looked at or not. It waits for an answer.
 * - FAILED and ERROR: until looked at, when updated after `since`. `since` is 24 hours before the first start of the
 *   extension, so that the first look at a team's list is not a week of old failures; later it only moves on when the
 *   marks are full. Not those found by reading on into the past, as they are: how far somebody reads must not change how
 *   much there is to do. They count from their next change on.
 * - SUCCEEDED: until looked at, when it was active before in this session, started here or not. What was finished already
 *   when the window opened is history. CANCELLED: never, somebody decided that.
 */
export class SeenRuns implements Disposable {
  readonly #memento: Memento;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed = new Emitter<string>();
  readonly #activeHere = new Set<string>();
  /** When the runs found in the past were updated last. */
  readonly #history = new Map<string, number>();
  /** Read from `#stored`, which is another value once another window has written. */
  #marks: Map<string, number> | undefined;
  #stored: unknown;
  #since = 0;

  /** The id of a run that was looked at. */
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento, clock: Pick<Clock, 'now'>) {
    this.#memento = memento;
    this.#clock = clock;
  }

  /** Hears every copy of a run as it arrives. A run that is active again has a new outcome ahead, not looked at yet. */
  note(run: Run): void {
    if (isActive(run.state)) {
      this.#activeHere.add(run.run_id);
      if (this.#read().delete(run.run_id)) {
        this.#write();
      }
    }
  }

  /** The run was found by reading on into the past, not because something became of it. */
  noteHistory(run: Run): void {
    this.#history.set(run.run_id, timeOf(run.updated_at));
  }

  needsYou(run: Run): boolean {
    switch (run.state) {
      case 'BLOCKED':
        return true;
      case 'FAILED':
      case 'ERROR':
        return (
          !this.#read().has(run.run_id) &&
          timeOf(run.updated_at) >= this.#since &&
          timeOf(run.updated_at) !== this.#history.get(run.run_id)
        );
      case 'SUCCEEDED':
        return this.#activeHere.has(run.run_id) && !this.#read().has(run.run_id);
      default:
        return false;
    }
  }

  /** A person opened this run. */
  look(run: Run): void {
    const marks = this.#read();
    if (isActive(run.state) || run.state === 'BLOCKED' || marks.has(run.run_id)) {
      return;
    }
    marks.set(run.run_id, timeOf(run.updated_at));
    if (marks.size > maxMarks) {
      this.#dropOldest(marks);
    }
    this.#write();
    this.#changed.fire(run.run_id);
  }

  /** Another key: what was read under the old one says nothing. */
  forgetSession(): void {
    this.#activeHere.clear();
    this.#history.clear();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Everything up to the time of a dropped mark counts as looked at, so that no dropped run comes back. */
  #dropOldest(marks: Map<string, number>): void {
    const [oldest] = [...marks].sort(([, a], [, b]) => a - b);
    if (oldest) {
      marks.delete(oldest[0]);
      this.#since = Math.max(this.#since, oldest[1] + 1);
    }
  }

  #read(): Map<string, number> {
    const stored = this.#memento.get(storageKey) as Partial<Stored> | undefined;
    if (!this.#marks || stored !== this.#stored) {
      this.#stored = stored;
      this.#marks = new Map(Array.isArray(stored?.seen) ? stored.seen.filter(isMark) : []);
      if (typeof stored?.since === 'number') {
        this.#since = Math.max(this.#since, stored.since);
      } else {
        this.#since = this.#clock.now() - firstLook;
        this.#write();
      }
    }
    return this.#marks;
  }

  #write(): void {
    const stored: Stored = { since: this.#since, seen: [...this.#read()] };
    void this.#memento.update(storageKey, stored);
    this.#stored = this.#memento.get(storageKey);
  }
}

function isMark(entry: unknown): entry is [string, number] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number';
}
