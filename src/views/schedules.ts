// The entry of a bundle that is loaded after activation: the Schedules view and what only it needs.
import type { Catalog } from '../model/catalog';
import type { RunStore } from '../model/runStore';
import { ScheduleStore } from '../model/scheduleStore';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { SchedulesTree } from './schedulesTree';
import { SchedulesView } from './schedulesView';

// Whoever else reads cron expressions gets it from here.
export { cronInWords, nextTimes } from '../model/cronWords';

export interface SchedulesDeps {
  client: Pick<OzClient, 'listSchedules' | 'listRuns'>;
  runs: RunStore;
  catalog: Catalog;
  clock: Clock;
}

/** The schedules of the account, in their view. */
export class Schedules {
  readonly #store: ScheduleStore;
  readonly #tree: SchedulesTree;
  readonly #view: SchedulesView;

  constructor({ client, runs, catalog, clock }: SchedulesDeps) {
    this.#store = new ScheduleStore(client, clock);
    this.#tree = new SchedulesTree(this.#store, runs, catalog, clock);
    this.#view = new SchedulesView(this.#tree, this.#store, clock);
  }

  /** Reads the schedules for a person who waits for it. */
  refresh(): Promise<void> {
    return this.#view.refresh();
  }

  /** Reads older runs of the schedule that the argument names. */
  async loadMoreRuns(argument: unknown): Promise<void> {
    const scheduleId: unknown =
      typeof argument === 'object' && argument !== null ? Reflect.get(argument, 'scheduleId') : undefined;
    if (typeof scheduleId === 'string') {
      await this.#store.loadPastRuns(scheduleId);
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
    this.#store.reset();
  }

  dispose(): void {
    this.#view.dispose();
    this.#tree.dispose();
    this.#store.dispose();
  }
}
