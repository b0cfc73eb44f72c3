import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { ChangedSinceFailure } from './changedSinceFailure';
import { ChangesHere } from './changesHere';
import { type Disposable, Emitter } from './emitter';
import { type LoadStatus, statusAfter } from './loadStatus';
import { OpenPastRuns } from './openPastRuns';
import type { PastRuns } from './pastRuns';
import { SharedCall } from './sharedCall';

export interface SchedulesChange {
  /** Schedules whose content or past runs changed. */
  ids: ReadonlySet<string>;
  /** Schedules came, went or changed places. */
  structural: boolean;
}

export interface TakesChanges {
  /** A schedule as the service answered after a change: its row is right without a further reading. */
  put(schedule: Schedule): void;
  /** A schedule that was deleted. */
  remove(scheduleId: string): void;
}

type Client = Pick<OzClient, 'listSchedules' | 'listRuns' | 'serverNow'>;

/** Milliseconds: what was asked for so lately is not asked for again in the background, which does so once a minute. */
const freshFor = 55_000;

/** The schedules, and the past runs of those that somebody looked at. What is on hand stays when reading fails. */
export class ScheduleStore implements Disposable {
  readonly #client: Client;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed = new Emitter<SchedulesChange>();
  readonly #statusChanged = new Emitter<undefined>();
  readonly #reading = new SharedCall<ReadonlySet<string> | undefined>();
  readonly #pastRuns: OpenPastRuns;
  readonly #changesHere = new ChangesHere();
  readonly #changedSinceFailure = new ChangedSinceFailure();
  #schedules = new Map<string, Schedule>();
  #status: LoadStatus = { kind: 'starting' };
  #lastGood: number | undefined;
  #readAt: number | undefined;
  #restsUntil = -Infinity;
  #abort = new AbortController();

  readonly onDidChange = this.#changed.event;
  readonly onDidChangeStatus = this.#statusChanged.event;

  constructor(client: Client, clock: Pick<Clock, 'now'>) {
    this.#client = client;
    this.#clock = clock;
    this.#pastRuns = new OpenPastRuns(client, (id) => {
      this.#changed.fire({ ids: new Set([id]), structural: false });
    });
  }

  get status(): LoadStatus {
    return this.#status;
  }

  get size(): number {
    return this.#schedules.size;
  }

  /** When the schedules were last read, in milliseconds since 1970. */
  get lastGood(): number | undefined {
    return this.#lastGood;
  }

  /** The same by the service's clock: its times are compared with no other. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  /** Until then, in milliseconds since 1970, they are fresh or the service wants not to be asked; a person need not wait. */
  get restsUntil(): number {
    return this.#restsUntil;
  }

  /** In the service's order: by name. */
  ids(): string[] {
    return [...this.#schedules.keys()];
  }

  /** In the same order. */
  all(): Schedule[] {
    return [...this.#schedules.values()];
  }

  get(scheduleId: string): Schedule | undefined {
    return this.#schedules.get(scheduleId);
  }

  /**
   * Takes changes made here with the key in use now. After another key or base URL, which may come while a change takes its
   * time, it takes none any more: they are another account's.
   */
  ofThisAccount(): TakesChanges {
    const { signal } = this.#abort;
    const change = (id: string, schedule?: Schedule): void => {
      if (!signal.aborted) {
        this.#adopt(this.#changesHere.make(this.all(), id, schedule));
      }
    };
    return {
      put: (schedule) => {
        change(schedule.id, schedule);
      },
      remove: change,
    };
  }

  /** What kept it from starting a run was changed, and it did not try again since, as far as was seen here. */
  isChangedSinceFailure(scheduleId: string): boolean {
    return this.#changedSinceFailure.has(scheduleId);
  }

  /** Undefined until they were asked for. */
  pastRuns(scheduleId: string): PastRuns | undefined {
    return this.#pastRuns.of(scheduleId);
  }

  /**
   * Reads the schedules, and the newest runs of those that are open and changed since (each start moves `next_run`); with
   * `everything` of all that are open. Never rejects: what went wrong is in `status`.
   * @param isAsked a person asks for it: the service is asked also while it is known to be down
   */
  async refresh({ everything = false, isAsked = false } = {}): Promise<void> {
    const { signal } = this.#abort;
    const read = (): Promise<ReadonlySet<string> | undefined> =>
      this.#reading.join(() => this.#readSchedules(signal, isAsked));
    const isOthers = this.#reading.isUnderWay;
    // What nobody asked for may fail without a try.
    const changed = (await read()) ?? (isAsked && isOthers && !signal.aborted ? await read() : undefined);
    if (changed && !signal.aborted) {
      await this.#pastRuns.refresh(changed, everything);
    }
  }

  /** Somebody has the past runs open: they are read if they never were, and kept fresh. Never rejects. */
  open(scheduleId: string): Promise<void> {
    return this.#pastRuns.open(scheduleId);
  }

  /** Nobody has them open any more. */
  close(scheduleId: string): void {
    this.#pastRuns.close(scheduleId);
  }

  /** The schedule has started a run, or tried to, since its past runs were read. */
  areRunsStale(scheduleId: string): boolean {
    return this.#pastRuns.areStale(scheduleId);
  }

  /** Reads the newest runs of a schedule. Never rejects: `PastRuns` has the problem. */
  readNewestRuns(scheduleId: string): Promise<void> {
    return this.#pastRuns.readNewest(scheduleId);
  }

  /** Reads the newest runs of a schedule, or older ones when it has some. Never rejects: `PastRuns` has the problem. */
  loadPastRuns(scheduleId: string): Promise<void> {
    return this.#pastRuns.readMore(scheduleId);
  }

  /** Another key or base URL: everything is forgotten, and answers under way are ignored. */
  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#reading.forget();
    this.#schedules = new Map();
    this.#pastRuns.reset();
    this.#changesHere.clear();
    this.#changedSinceFailure.clear();
    this.#lastGood = undefined;
    this.#readAt = undefined;
    this.#restsUntil = -Infinity;
    this.#changed.fire({ ids: new Set(), structural: true });
    this.#setStatus({ kind: 'starting' });
  }

  dispose(): void {
    this.#abort.abort();
    this.#pastRuns.dispose();
    this.#changed.dispose();
    this.#statusChanged.dispose();
  }

  /** Which schedules have another content now; undefined when they were not read. */
  async #readSchedules(signal: AbortSignal, isAsked: boolean): Promise<ReadonlySet<string> | undefined> {
    if (this.#status.kind === 'starting' || this.#status.kind === 'noKey') {
      this.#setStatus({ kind: 'loading' });
    }
    const askedAt = this.#clock.now();
    try {
      this.#changesHere.clear();
      const schedules = await this.#client.listSchedules(signal, isAsked);
      signal.throwIfAborted();
      const changed = this.#adopt(this.#changesHere.upon(schedules));
      this.#lastGood = this.#clock.now();
      this.#readAt = this.#client.serverNow() ?? this.#lastGood;
      this.#restsUntil = askedAt + freshFor;
      this.#setStatus({ kind: 'ready' });
      return changed;
    } catch (error) {
      if (!signal.aborted) {
        const asked = ApiProblem.is(error) ? error.facts.retryAfter : undefined;
        this.#restsUntil = Math.max(askedAt + freshFor, this.#clock.now() + (asked ?? 0));
        this.#setStatus(statusAfter(error, this.#lastGood));
      }
      return undefined;
    }
  }

  /** Answers which schedules have another content. */
  #adopt(schedules: readonly Schedule[]): ReadonlySet<string> {
    const before = this.#schedules;
    this.#schedules = new Map(schedules.map((schedule) => [schedule.id, schedule]));
    const changed = new Set(
      this.all()
        .filter((schedule) => JSON.stringify(schedule) !== JSON.stringify(before.get(schedule.id)))
        .map((schedule) => schedule.id),
    );
    for (const id of new Set([...before.keys(), ...this.#schedules.keys()])) {
      this.#changedSinceFailure.note(before.get(id), this.#schedules.get(id));
    }
    this.#pastRuns.adopted(before, this.#schedules);
    const structural = this.ids().join('\n') !== [...before.keys()].join('\n');
    if (structural || changed.size > 0) {
      this.#changed.fire({ ids: changed, structural });
    }
    return changed;
  }

  #setStatus(status: LoadStatus): void {
    this.#status = status;
    this.#statusChanged.fire(undefined);
  }
}
