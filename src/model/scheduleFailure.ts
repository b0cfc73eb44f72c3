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
 * Whether a failed run is the first one with which its schedule fails, or one more, by the last run before it that came out;
 * undefined where none is known, and for runs of no schedule. `runs` in any order, of any schedules.
 */
export function failureOf(run: Run, runs: Iterable<Run>): 'first' | 'again' | undefined {
  const schedule = run.schedule?.schedule_id;
  if (schedule === undefined || resultOf(run.state) !== 'bad') {
    return undefined;
  }
  let last: Run | undefined;
  for (const other of runs) {
    const isBefore =
      other.run_id !== run.run_id &&
      other.schedule?.schedule_id === schedule &&
      timeOf(other.created_at) <= timeOf(run.created_at) &&
      resultOf(other.state) !== undefined;
    if (isBefore && timeOf(other.created_at) >= timeOf(last?.created_at)) {
      last = other;
    }
  }
  return last && (resultOf(last.state) === 'good' ? 'first' : 'again');
}
