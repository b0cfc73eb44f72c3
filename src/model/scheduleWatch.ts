import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Run, Schedule } from '../oz/types';
import type { Disposable } from './emitter';
import type { LastSchedules } from './lastSchedules';
import type { ScheduleStore } from './scheduleStore';
import { timeOf } from './serviceTime';

export interface ScheduleWatchDeps {
  client: Pick<OzClient, 'listRuns' | 'serverNow'>;
  store: Pick<ScheduleStore, 'ids' | 'get' | 'status' | 'lastGood' | 'restsUntil' | 'refresh' | 'onDidChangeStatus'>;
  /** What any window knew last. */
  last: LastSchedules;
  clock: Clock;
  /** Whether anything is told at all, and whether it would be if this schedule failed. */
  isOn: () => boolean;
  isWanted: (schedule: Schedule) => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Hears of failed runs of these schedules. */
  onFailedRuns: (runs: readonly Run[]) => void;
}

/** Milliseconds: one request in this time, for all windows of the machine. */
const pause = 10 * 60_000;
/** Milliseconds for which a run may go on before it fails, to be heard of at once; of a longer one it is heard with the next. */
const longRun = 2 * 60 * 60_000;
/** Milliseconds that what is asked for overlaps. */
const overlap = 60_000;
const mostRuns = 100;

/**
 * Reads the schedules in the background, so that their news reach a person who looks at something else: while somebody works in
 * the window, and only once a person has looked at the schedules. Whoever comes back in the morning hears what broke at night.
 */
export class ScheduleWatch implements Disposable {
  readonly #deps: ScheduleWatchDeps;
  readonly #subscription: Disposable;
  #isFocused = false;
  #isReading = false;
  #notBefore = -Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(deps: ScheduleWatchDeps) {
    this.#deps = deps;
    this.#subscription = deps.store.onDidChangeStatus(() => {
      this.#recheck();
    });
  }

  /** Whether a person works in this window. */
  setFocused(isFocused: boolean): void {
    this.#isFocused = isFocused;
    this.#recheck();
  }

  dispose(): void {
    this.setFocused(false);
    this.#subscription.dispose();
  }

  #recheck(): void {
    this.#cancelTimer();
    if (!this.#isFocused || this.#isReading) {
      return;
    }
    const wait = this.#isWorthwhile() ? this.#dueAt() - this.#deps.clock.now() : pause;
    if (wait > 0) {
      this.#cancelTimer = this.#deps.clock.after(Math.min(wait, pause), () => {
        this.#recheck();
      });
    } else {
      void this.#read();
    }
  }

  /** A refused or missing key is not tried again until the store starts anew. */
  #isWorthwhile(): boolean {
    const { store, last, isOn } = this.#deps;
    const { status } = store;
    if (status.kind === 'noKey' || (status.kind === 'failed' && status.problem.kind === 'keyRefused')) {
      return false;
    }
    return store.lastGood === undefined ? last.fails.size > 0 && isOn() : this.#wanted().length > 0;
  }

  #wanted(): Schedule[] {
    const { store, isWanted } = this.#deps;
    return store.ids().flatMap((id) => {
      const schedule = store.get(id);
      return schedule && isWanted(schedule) ? [schedule] : [];
    });
  }

  /** In milliseconds since 1970. */
  #dueAt(): number {
    const { last, store, clock } = this.#deps;
    const { readAt = -Infinity, failedRunsReadAt = -Infinity } = last;
    // A time to come was noted before the clock was set back.
    const dueAt = readAt > clock.now() ? -Infinity : readAt + (failedRunsReadAt >= readAt ? 2 * pause : pause);
    return Math.max(dueAt, store.restsUntil, this.#notBefore);
  }

  async #read(): Promise<void> {
    const { store, last, clock, claim } = this.#deps;
    this.#isReading = true;
    const { readAt = 0, failedRunsReadAt = readAt } = last;
    // One reading for each pause since the last good one. Where windows cannot agree, each reads for itself.
    const name = `schedules ${readAt} ${Math.floor((clock.now() - readAt) / pause)}`;
    const isOurs = await claim(name).catch(() => true);
    this.#notBefore = clock.now() + pause;
    if (isOurs && this.#isFocused) {
      await store.refresh();
      if (store.status.kind === 'ready') {
        await this.#readFailedRuns(failedRunsReadAt);
      }
    }
    this.#isReading = false;
    this.#recheck();
  }

  /** Runs that failed since: one that nobody saw go on is in no list here. Never rejects; it is tried again with the schedules. */
  async #readFailedRuns(since: number): Promise<void> {
    const { client, last, clock, onFailedRuns } = this.#deps;
    const now = clock.now();
    const sinceThere = since + (client.serverNow() ?? now) - now;
    const wanted = this.#wanted();
    if (!wanted.some(({ history }) => timeOf(history?.last_ran) > sinceThere - longRun)) {
      return;
    }
    try {
      const { runs } = await client.listRuns({
        state: ['FAILED', 'ERROR'],
        updated_after: new Date(sinceThere - overlap).toISOString(),
        limit: mostRuns,
      });
      last.noteFailedRuns(now);
      const ids = new Set(wanted.map(({ id }) => id));
      onFailedRuns(runs.filter(({ schedule }) => schedule && ids.has(schedule.schedule_id)));
    } catch {
      // What kept it from being read is said where runs are shown.
    }
  }
}
