import type { PastRuns } from '../model/pastRuns';

/** Rows below a schedule that are no runs. */
export type NoteKind = 'spawnError' | 'loading' | 'noRuns' | 'failed' | 'loadMore';

/** What stands behind the past runs. */
export function noteFor(past: PastRuns | undefined): NoteKind[] {
  if (!past || past.isLoading) {
    return ['loading'];
  }
  if (past.problem) {
    return ['failed'];
  }
  if (past.hasMore) {
    return ['loadMore'];
  }
  return past.runs.length === 0 ? ['noRuns'] : [];
}
