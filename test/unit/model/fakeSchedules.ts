import type { ApiProblem } from '../../../src/oz/problems';
import type { Run, Schedule } from '../../../src/oz/types';
import { noon } from '../fakeClock';
import { FakeOz, run } from './fakeOz';

export function schedule(id: string, members: Partial<Schedule> = {}): Schedule {
  return {
    id,
    name: `Name of ${id}`,
    cron_schedule: '0 9 * * *',
    enabled: true,
    prompt: 'Do it',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    ...members,
  };
}

/** `count` runs of a schedule, one an hour; the newest is called `prefix` and 0. */
export function spawned(scheduleId: string, count: number, prefix = scheduleId, newest = noon): Run[] {
  return Array.from({ length: count }, (_, index) =>
    run(`${prefix}${index}`, newest - index * 3_600_000, {
      schedule: { schedule_id: scheduleId, schedule_name: scheduleId, cron_schedule: '' },
    }),
  );
}

/** A service that has schedules too. */
export class FakeSchedules extends FakeOz {
  schedules: Schedule[] = [];
  /** How often the schedules were listed. */
  lists = 0;
  /** Thrown instead of the next lists of schedules, in turn. */
  listFailures: ApiProblem[] = [];
  /** The time by its clock, once an answer told it. */
  serverTime: number | undefined;

  serverNow(): number | undefined {
    return this.serverTime;
  }

  async listSchedules(): Promise<Schedule[]> {
    this.lists += 1;
    await this.gate;
    const failure = this.listFailures.shift();
    if (failure) {
      throw failure;
    }
    return this.schedules;
  }
}
