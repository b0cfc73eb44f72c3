import type { Run } from '../oz/types';
import { hasEnded } from './runTime';

/** Why a run cannot be cancelled from here. */
export type NotCancellable = 'ended' | 'blocked' | 'elsewhere';

/**
 * Undefined when the service takes a cancel for this run. It refuses runs that have ended or wait for an answer (400) and
 * those that it does not run itself (422). A state that is not known yet is tried.
 */
export function whyNotCancellable(run: Run): NotCancellable | undefined {
  if (hasEnded(run.state)) {
    return 'ended';
  }
  if (run.state === 'BLOCKED') {
    return 'blocked';
  }
  const isElsewhere =
    run.is_run_type_cancellable === false || run.execution_location === 'LOCAL' || run.source === 'GITHUB_ACTION';
  return isElsewhere ? 'elsewhere' : undefined;
}
