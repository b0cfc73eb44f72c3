// The entry of a bundle that is loaded after activation: the Schedules view and what only it needs.
import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { HealthReading } from '../model/healthReading';
import { LastSchedules } from '../model/lastSchedules';
import type { RunStore } from '../model/runStore';
import { PersonsZone } from '../model/personsZone';
import { ScheduleHealths } from '../model/scheduleHealths';
import { ScheduleStore } from '../model/scheduleStore';
import type { Memento } from '../model/memento';
import type { Clock } from '../oz/clock';
import { memberOf } from '../oz/json';
import type { OzClient } from '../oz/ozClient';
import type { Run, Schedule } from '../oz/types';
import type { Log } from '../platform/log';
import { ScheduleAttention } from './scheduleAttention';
import { SchedulesTree } from './schedulesTree';
import { SchedulesView } from './schedulesView';

// Whoever else reads cron expressions gets it from here.
export { cronInWords } from '../model/cronWords';

export interface SchedulesDeps {
  client: Pick<OzClient, 'listSchedules' | 'listRuns' | 'serverNow'>;
  runs: RunStore;
  catalog: Catalog;
  clock: Clock;
  /** Whether the person is the one who made the schedule; undefined while nobody knows who that is. */
  isMine: (schedule: Schedule) => boolean | undefined;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Tells of failed runs that nobody saw go on. */
  tellFailed: (runs: readonly Run[]) => void;
  /** Of all windows. */
  memento: Memento;
  log: Pick<Log, 'error'>;
}

/** The schedules of the account, in their view. */
export class Schedules {
  readonly store: ScheduleStore;
  readonly zone: PersonsZone;
  readonly healths: ScheduleHealths;
  readonly #tree: SchedulesTree;
  readonly #view: SchedulesView;
  readonly #reading: HealthReading;
  readonly #attention: ScheduleAttention;
  readonly #isMine: (schedule: Schedule) => boolean | undefined;

  constructor({ client, runs, catalog, clock, isMine, claim, tellFailed, memento, log }: SchedulesDeps) {
    const store = new ScheduleStore(client, clock);
    this.store = store;
    const host = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { language, remoteName } = vscode.env;
    this.zone = new PersonsZone({ memento, language, host, isElsewhere: remoteName !== undefined });
    const { zone } = this;
    this.#reading = new HealthReading({ store, runs, clock });
    const healths = new ScheduleHealths(store, runs);
    this.healths = healths;
    const serverNow = (): number => client.serverNow() ?? clock.now();
    this.#tree = new SchedulesTree({ store, runs, healths, catalog, clock, serverNow, reading: this.#reading, zone });
    this.#view = new SchedulesView(this.#tree, store, clock, this.#reading);
    const isLookedAt = (id: string): boolean => this.#view.isLookedAt(id);
    const last = new LastSchedules(memento);
    this.#attention = new ScheduleAttention({
      ...{ client, store, last, runs, clock, isMine, isLookedAt, claim, tellFailed, log },
    });
    this.#isMine = isMine;
  }

  /** Whether a schedule of the person started the run, as far as is known. */
  hasStarted(run: Run): boolean {
    const schedule = this.store.get(run.schedule?.schedule_id ?? '');
    return schedule !== undefined && this.#isMine(schedule) === true;
  }

  /** Reads the newest runs of a schedule; undefined where they cannot be read. Never rejects. */
  async newestRuns(scheduleId: string): Promise<readonly Run[] | undefined> {
    await this.store.readNewestRuns(scheduleId);
    const past = this.store.pastRuns(scheduleId);
    return past?.wasRead && !past.problem ? past.runs : undefined;
  }

  /** Reads the schedules for a person who waits for it. */
  refresh(): Promise<void> {
    return this.#view.refresh();
  }

  /** What its row says beside its name. */
  words(schedule: Schedule): string {
    return this.#tree.wordsOf(schedule);
  }

  /** The schedules whose rows are selected. */
  selected(): string[] {
    return this.#view.selected();
  }

  /** The schedules that a key means; none on a row of something else, undefined on no row. */
  underKeys(): Promise<string[] | undefined> {
    return this.#view.underKeys();
  }

  /** Reads older runs of the schedule that the argument names. */
  async loadMoreRuns(argument: unknown): Promise<void> {
    const scheduleId = memberOf(argument, 'scheduleId');
    if (typeof scheduleId === 'string') {
      await this.store.loadPastRuns(scheduleId);
    }
  }

  /**
   * Brings a schedule to the screen; false when there is no such schedule.
   * @throws ApiProblem when the schedules cannot be read
   */
  reveal(scheduleId: string): Promise<boolean> {
    return this.#view.reveal(scheduleId);
  }

  /** Another key or base URL: everything is forgotten. */
  reset(): void {
    this.store.reset();
  }

  dispose(): void {
    this.#attention.dispose();
    this.#reading.dispose();
    this.#view.dispose();
    this.#tree.dispose();
    this.zone.dispose();
    this.store.dispose();
  }
}
