import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Run, Schedule } from '../oz/types';
import type { Disposable } from './emitter';
import type { LastSchedules } from './lastSchedules';
import { isKeyBad } from './loadStatus';
import type { RunStore } from './runStore';
import { hasEnded } from './runTime';
import type { ScheduleStore } from './scheduleStore';
import { timeOf } from './serviceTime';

export interface ScheduleWatchDeps {
  client: Pick<OzClient, 'listRuns' | 'serverNow'>;
  store: Pick<
    ScheduleStore,
    'ids' | 'get' | 'pastRuns' | 'status' | 'lastGood' | 'restsUntil' | 'refresh' | 'onDidChangeStatus'
  >;
  /** What any window knew last. */
  last: LastSchedules;
  runs: Pick<RunStore, 'get' | 'putHistory'>;
  clock: Clock;
  /** Whether anything is told at all, and whether it would be if this schedule failed. */
  isOn: () => boolean;
  isWanted: (schedule: Schedule) => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Hears of failed runs of these schedules of which nothing else here tells; the list of runs knows them by then. */
  tellFailed: (runs: readonly Run[]) => void;
}

/** Milliseconds: one request in this time, for all windows of the machine. */
const pause = 10 * 60_000;
/** Milliseconds: what is seen is read each minute, and need not be read again. */
const freshFor = 2 * 60_000;
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
    const { store, last } = deps;
    this.#subscription = store.onDidChangeStatus(() => {
      if (store.status.kind === 'ready' && store.lastGood !== undefined && last.watchedAt === undefined) {
        last.noteWatch(store.lastGood, false);
      }
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
    if (isKeyBad(store.status)) {
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
    const { store } = this.#deps;
    const { watchedAt = -Infinity, failedRunsReadAt = -Infinity } = this.#last();
    const dueAt = watchedAt + (failedRunsReadAt >= watchedAt ? 2 * pause : pause);
    return Math.max(dueAt, store.restsUntil, this.#notBefore);
  }

  /** A time to come was noted before the clock was set back. */
  #last(): { watchedAt: number | undefined; failedRunsReadAt: number | undefined } {
    const { last, clock } = this.#deps;
    const gone = (time = Infinity): number | undefined => (time > clock.now() ? undefined : time);
    return { watchedAt: gone(last.watchedAt), failedRunsReadAt: gone(last.failedRunsReadAt) };
  }

  async #read(): Promise<void> {
    const { clock, claim } = this.#deps;
    this.#isReading = true;
    const { watchedAt = clock.now(), failedRunsReadAt = watchedAt } = this.#last();
    // One reading for each pause since the last good one. Where windows cannot agree, each reads for itself.
    const name = `schedules ${watchedAt} ${Math.floor((clock.now() - watchedAt) / pause)}`;
    const isOurs = await claim(name).catch(() => true);
    this.#notBefore = clock.now() + pause;
    if (isOurs && this.#isFocused && (await this.#areFresh())) {
      await this.#readFailedRuns(failedRunsReadAt);
    }
    this.#isReading = false;
    this.#recheck();
  }

  /** Reads the schedules, unless something that is seen in this window just did; false when they cannot be read. */
  async #areFresh(): Promise<boolean> {
    const { store, clock } = this.#deps;
    const age = clock.now() - (store.lastGood ?? -Infinity);
    if (age < 0 || age >= freshFor) {
      await store.refresh();
    }
    return store.status.kind === 'ready';
  }

  /** Runs that failed since: one that nobody saw go on is in no list here. Never rejects; it is tried again after a pause. */
  async #readFailedRuns(since: number): Promise<void> {
    const { client, last, clock, runs, tellFailed } = this.#deps;
    const now = clock.now();
    const sinceThere = since + (client.serverNow() ?? now) - now;
    const wanted = this.#wanted();
    if (!wanted.some(({ history }) => timeOf(history?.last_ran) > sinceThere - longRun)) {
      last.noteWatch(now, false);
      return;
    }
    const updated_after = new Date(sinceThere - overlap).toISOString();
    // What keeps it from being read is said where runs are shown.
    const page = await client
      .listRuns({ state: ['FAILED', 'ERROR'], updated_after, limit: mostRuns })
      .catch(() => undefined);
    if (page) {
      last.noteWatch(now, true);
      const ids = new Set(wanted.map(({ id }) => id));
      const failed = page.runs.filter(({ schedule }) => schedule && ids.has(schedule.schedule_id));
      const unheard = failed.filter((run) => !this.#isHeard(run));
      runs.putHistory(failed);
      tellFailed(unheard);
    }
  }

  /** The list of runs tells of what it sees end; among the past runs it is known how one ended, but nothing tells of it. */
  #isHeard({ run_id: id, schedule }: Run): boolean {
    const { store, runs } = this.#deps;
    const past = store.pastRuns(schedule?.schedule_id ?? '')?.get(id);
    return runs.get(id) !== undefined || (past !== undefined && hasEnded(past.state));
  }
}
