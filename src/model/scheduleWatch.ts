import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { ListRunsQuery, Run, Schedule } from '../oz/types';
import type { Disposable } from './emitter';
import type { LastSchedules } from './lastSchedules';
import { timesWithin } from './cronTimes';
import { isKeyBad } from './loadStatus';
import type { RunStore } from './runStore';
import type { ScheduleStore } from './scheduleStore';
import { timeOf } from './serviceTime';

export interface ScheduleWatchDeps {
  client: Pick<OzClient, 'listRuns' | 'serverNow'>;
  store: Pick<ScheduleStore, 'all' | 'status' | 'lastGood' | 'restsUntil' | 'refresh' | 'onDidChangeStatus'>;
  /** What any window knew last. */
  last: LastSchedules;
  runs: Pick<RunStore, 'putHistory'>;
  clock: Clock;
  /** Whether anything is told at all, and whether it would be if this schedule failed. */
  isOn: () => boolean;
  isWanted: (schedule: Schedule) => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Hears of the failed runs of these schedules, the one that changed last at the end; the list of runs knows them by then. */
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
/** Of so many runs each, at one time: what is left is read at the next. */
const mostPages = 3;

/**
 * Reads the schedules in the background, so that their news reach a person who looks at something else: while somebody works in
 * the window, and only once a person has looked at the schedules. Whoever comes back in the morning hears what broke at night.
 */
export class ScheduleWatch implements Disposable {
  readonly #deps: ScheduleWatchDeps;
  readonly #subscription: Disposable;
  #isFocused = false;
  #isReading = false;
  /** Aborted with the account, and in the end. */
  #abort = new AbortController();
  #notBefore = -Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(deps: ScheduleWatchDeps) {
    this.#deps = deps;
    const { store, last } = deps;
    this.#subscription = store.onDidChangeStatus(() => {
      if (store.status.kind === 'starting') {
        this.#abort.abort();
        this.#abort = new AbortController();
      }
      if (store.status.kind === 'ready' && store.lastGood !== undefined && last.watchedAt === undefined) {
        last.noteWatch(store.lastGood);
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
    this.#abort.abort();
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
    return store.all().filter(isWanted);
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
    this.#isReading = true;
    this.#notBefore = this.#deps.clock.now() + pause;
    try {
      await this.#readOnce();
    } finally {
      this.#isReading = false;
      this.#recheck();
    }
  }

  async #readOnce(): Promise<void> {
    const { clock, claim } = this.#deps;
    const { signal } = this.#abort;
    const { watchedAt = clock.now(), failedRunsReadAt = watchedAt } = this.#last();
    // One reading for each pause since the last good one. Where windows cannot agree, each reads for itself.
    const name = `schedules ${watchedAt} ${Math.floor((clock.now() - watchedAt) / pause)}`;
    const isOurs = await claim(name).catch(() => true);
    // Once it is ours it is read, though somebody works in another window by now: no other one does.
    if (isOurs && !signal.aborted && (await this.#areFresh())) {
      await this.#readFailedRuns(failedRunsReadAt, signal);
    }
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
  async #readFailedRuns(since: number, signal: AbortSignal): Promise<void> {
    const { client, last, clock } = this.#deps;
    const now = clock.now();
    const ahead = (client.serverNow() ?? now) - now;
    const wanted = this.#wanted();
    if (!wanted.some((schedule) => mayHaveStarted(schedule, since + ahead - longRun, now + ahead))) {
      last.noteWatch(now);
      return;
    }
    const ids = new Set(wanted.map(({ id }) => id));
    const knownTo = await this.#readPages(since + ahead - overlap, ids, signal);
    if (knownTo !== undefined && !signal.aborted) {
      // What did not get on is given up: many runs may have changed at one time.
      last.noteWatch(now, knownTo - ahead > since ? Math.min(knownTo - ahead, now) : now);
    }
  }

  /**
   * Until when failed runs are known then, in milliseconds since 1970 by the service's clock, as is `since`; undefined where
   * none could be read. The ones that changed first come first: the first failure of many is the one that is news.
   */
  async #readPages(since: number, ids: ReadonlySet<string>, signal: AbortSignal): Promise<number | undefined> {
    const { client, runs, tellFailed } = this.#deps;
    const query: ListRunsQuery = {
      ...{ state: ['FAILED', 'ERROR'], limit: mostRuns, sort_by: 'updated_at', sort_order: 'asc' },
      updated_after: new Date(since).toISOString(),
    };
    let knownTo: number | undefined;
    let cursor: string | undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      // What keeps it from being read is said where runs are shown.
      const page = await client.listRuns({ ...query, ...(cursor && { cursor }) }, signal).catch(() => undefined);
      if (!page || signal.aborted) {
        break;
      }
      const failed = page.runs.filter(({ schedule }) => schedule && ids.has(schedule.schedule_id));
      runs.putHistory(failed);
      tellFailed(failed);
      cursor = page.nextCursor;
      if (cursor === undefined) {
        return Infinity;
      }
      knownTo = timeOf(page.runs.at(-1)?.updated_at);
    }
    return knownTo;
  }
}

/**
 * Whether it started a run then, as far as can be known, in milliseconds since 1970 by the service's clock. A run that fails
 * need not move `last_ran`, which is said to be that of one that ended well.
 */
function mayHaveStarted({ cron_schedule: cron, history }: Schedule, after: number, now: number): boolean {
  return timeOf(history?.last_ran) > after || timesWithin(cron, after, now + 1, 1).length > 0;
}
