import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Schedule } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import { type LoadStatus, statusAfter } from './loadStatus';
import { PastRuns } from './pastRuns';
import { SharedCall } from './sharedCall';

export interface SchedulesChange {
  /** Schedules whose content or past runs changed. */
  ids: ReadonlySet<string>;
  /** Schedules came, went or changed places. */
  structural: boolean;
}

type Client = Pick<OzClient, 'listSchedules' | 'listRuns'>;

/** The schedules, and the past runs of those that somebody looked into. What is on hand stays when reading fails. */
export class ScheduleStore implements Disposable {
  readonly #client: Client;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed = new Emitter<SchedulesChange>();
  readonly #statusChanged = new Emitter<undefined>();
  readonly #reading = new SharedCall<ReadonlySet<string> | undefined>();
  readonly #pastRuns = new Map<string, PastRuns>();
  #schedules = new Map<string, Schedule>();
  #status: LoadStatus = { kind: 'starting' };
  #lastGood: number | undefined;
  #abort = new AbortController();

  readonly onDidChange = this.#changed.event;
  readonly onDidChangeStatus = this.#statusChanged.event;

  constructor(client: Client, clock: Pick<Clock, 'now'>) {
    this.#client = client;
    this.#clock = clock;
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

  /** In the service's order: by name. */
  ids(): string[] {
    return [...this.#schedules.keys()];
  }

  get(scheduleId: string): Schedule | undefined {
    return this.#schedules.get(scheduleId);
  }

  /** Undefined until `loadPastRuns` was called. */
  pastRuns(scheduleId: string): PastRuns | undefined {
    return this.#pastRuns.get(scheduleId);
  }

  /**
   * Reads the schedules, and the newest runs of those that were looked into and changed since (each start moves
   * `next_run`); with `everything` of all that were looked into. Never rejects: what went wrong is in `status`.
   */
  async refresh(everything = false): Promise<void> {
    const { signal } = this.#abort;
    const changed = await this.#reading.join(() => this.#readSchedules(signal));
    for (const [id, past] of this.#pastRuns) {
      if (changed && (everything || changed.has(id)) && !past.isLoading && !signal.aborted) {
        await this.#report(id, past.readNewest(signal));
      }
    }
  }

  /** Reads the newest runs of a schedule, or older ones when it has some. Never rejects: `PastRuns` has the problem. */
  async loadPastRuns(scheduleId: string): Promise<void> {
    const past = this.#pastRuns.get(scheduleId) ?? new PastRuns(this.#client, scheduleId);
    this.#pastRuns.set(scheduleId, past);
    if (!past.isLoading) {
      await this.#report(scheduleId, past.readMore(this.#abort.signal));
    }
  }

  /** Another key or base URL: everything is forgotten, and answers under way are ignored. */
  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#reading.forget();
    this.#schedules = new Map();
    this.#pastRuns.clear();
    this.#lastGood = undefined;
    this.#changed.fire({ ids: new Set(), structural: true });
    this.#setStatus({ kind: 'starting' });
  }

  dispose(): void {
    this.#abort.abort();
    this.#changed.dispose();
    this.#statusChanged.dispose();
  }

  /** Which schedules have another content now; undefined when they were not read. */
  async #readSchedules(signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    if (this.#status.kind === 'starting' || this.#status.kind === 'noKey') {
      this.#setStatus({ kind: 'loading' });
    }
    try {
      const schedules = await this.#client.listSchedules(signal);
      signal.throwIfAborted();
      const changed = this.#adopt(schedules);
      this.#lastGood = this.#clock.now();
      this.#setStatus({ kind: 'ready' });
      return changed;
    } catch (error) {
      if (!signal.aborted) {
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
      [...this.#schedules.values()]
        .filter((schedule) => JSON.stringify(schedule) !== JSON.stringify(before.get(schedule.id)))
        .map((schedule) => schedule.id),
    );
    for (const id of this.#pastRuns.keys()) {
      if (!this.#schedules.has(id)) {
        this.#pastRuns.delete(id);
      }
    }
    const structural = this.ids().join('\n') !== [...before.keys()].join('\n');
    if (structural || changed.size > 0) {
      this.#changed.fire({ ids: changed, structural });
    }
    return changed;
  }

  /** Tells when reading past runs begins and when it is done. */
  async #report(scheduleId: string, reading: Promise<void>): Promise<void> {
    const change = { ids: new Set([scheduleId]), structural: false };
    this.#changed.fire(change);
    await reading;
    this.#changed.fire(change);
  }

  #setStatus(status: LoadStatus): void {
    this.#status = status;
    this.#statusChanged.fire(undefined);
  }
}
