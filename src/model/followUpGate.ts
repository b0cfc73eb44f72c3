import type { Run, RunSource } from '../oz/types';

/** Why a run takes no follow-up from here: it works on somebody's machine, or nobody is meant to talk with its agent. */
export type NotFollowable = 'local' | 'source';

/** Runs that other services start for themselves: the service's own client sends none of them a follow-up either. */
const refused: ReadonlySet<string> = new Set<RunSource>([
  'GITHUB_ACTION',
  'GITHUB_WEBHOOK',
  'GITLAB_WEBHOOK',
  'RUN_SCORER',
  'AUTOFIX',
  'BENCHMARK_TRIAL',
]);

/**
 * Undefined when a follow-up may be sent. The state is no reason: a run that works or waits takes it in, and one that has
 * ended starts again. Sources that are not known yet are tried.
 */
export function whyNotFollowable(run: Pick<Run, 'source' | 'execution_location'>): NotFollowable | undefined {
  if (run.execution_location === 'LOCAL' || run.source === 'LOCAL') {
    return 'local';
  }
  return refused.has(run.source ?? '') ? 'source' : undefined;
}
