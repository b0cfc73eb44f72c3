import type { Open, Run, RunState } from '../oz/types';
import { timeOf } from './serviceTime';

/** How a run came out; undefined while it has not, and where a person stopped it. */
export function resultOf(state: Open<RunState>): 'good' | 'bad' | undefined {
  switch (state) {
    case 'SUCCEEDED':
      return 'good';
    case 'FAILED':
    case 'ERROR':
      return 'bad';
    default:
      return undefined;
  }
}

/**
 * Whether its schedule begins to fail with this failed run, or goes on; undefined for runs of no schedule, and where the runs
 * before it are not known and cannot be read.
 *
 * @param known in any order, of any schedules
 * @param scheduleRuns asks for the newest runs of a schedule, where none of those known came out before this one
 * @param isFirstTo true for the first one on this machine to claim the name: of runs that go on side by side several fail
 * after the same good one
 */
export async function failureOf(
  run: Run,
  known: Iterable<Run>,
  scheduleRuns: (scheduleId: string) => Promise<Iterable<Run> | undefined>,
  isFirstTo: (claim: string) => Promise<boolean>,
): Promise<'first' | 'again' | undefined> {
  const schedule = run.schedule?.schedule_id;
  if (schedule === undefined) {
    return undefined;
  }
  let last = resultBefore(run, known);
  if (!last) {
    const asked = await scheduleRuns(schedule);
    if (!asked) {
      return undefined;
    }
    last = resultBefore(run, asked);
  }
  const isAgain = resultOf(last?.state ?? '') === 'bad';
  return !isAgain && (await isFirstTo(`${schedule} fails after ${last?.run_id ?? ''}`)) ? 'first' : 'again';
}

/** The last run of the same schedule before this one that came out. */
function resultBefore(run: Run, runs: Iterable<Run>): Run | undefined {
  let last: Run | undefined;
  for (const other of runs) {
    const isBefore =
      other.run_id !== run.run_id &&
      other.schedule?.schedule_id === run.schedule?.schedule_id &&
      timeOf(other.created_at) <= timeOf(run.created_at) &&
      resultOf(other.state) !== undefined;
    if (isBefore && timeOf(other.created_at) >= timeOf(last?.created_at)) {
      last = other;
    }
  }
  return last;
}
