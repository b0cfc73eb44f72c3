import type { Run, Schedule } from '../oz/types';
import { healthOf, runsCounted, type ScheduleHealth } from './scheduleHealth';
import type { ScheduleStore } from './scheduleStore';
import { timeOf } from './serviceTime';

interface Known {
  readonly runs: readonly Run[];
  readonly readAt: number | undefined;
  readonly health: ScheduleHealth;
}

/** How the schedules fare, by their past runs and by what the list of runs knows of these. */
export class ScheduleHealths {
  readonly #store: Pick<ScheduleStore, 'pastRuns' | 'readAt' | 'isChangedSinceFailure'>;
  readonly #runs: { get(runId: string): Run | undefined };
  /** All rows are looked through at each change of any. */
  readonly #known = new WeakMap<Schedule, Known>();

  constructor(
    store: Pick<ScheduleStore, 'pastRuns' | 'readAt' | 'isChangedSinceFailure'>,
    runs: { get(runId: string): Run | undefined },
  ) {
    this.#store = store;
    this.#runs = runs;
  }

  of(schedule: Schedule): ScheduleHealth {
    const past = this.#store.pastRuns(schedule.id)?.runs.slice(0, runsCounted) ?? [];
    const runs = past.map((run) => this.#newer(run));
    const { readAt } = this.#store;
    const known = this.#known.get(schedule);
    if (
      known?.readAt === readAt &&
      known?.runs.length === runs.length &&
      runs.every((run, at) => run === known.runs[at])
    ) {
      return known.health;
    }
    const isChanged = this.#store.isChangedSinceFailure(schedule.id);
    const health = healthOf(schedule, runs, readAt ?? -Infinity, isChanged);
    this.#known.set(schedule, { runs, readAt, health });
    return health;
  }

  /** The newer of the copies that the past runs and the list of runs have. */
  run(scheduleId: string, runId: string): Run | undefined {
    const past = this.#store.pastRuns(scheduleId)?.get(runId);
    return past && this.#newer(past);
  }

  #newer(past: Run): Run {
    const listed = this.#runs.get(past.run_id);
    return listed && timeOf(listed.updated_at) >= timeOf(past.updated_at) ? listed : past;
  }
}
