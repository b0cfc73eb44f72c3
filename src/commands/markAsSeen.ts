import * as vscode from 'vscode';
import type { RunGroups } from '../model/runGroups';
import type { SeenRuns } from '../model/seenRuns';
import { type KnownRuns, whichRuns } from './pickRun';
import { runNames } from './runNames';

export interface MarkAsSeenDeps {
  runs: KnownRuns;
  seen: Pick<SeenRuns, 'needsYou' | 'mark'>;
  groups: Pick<RunGroups, 'needing' | 'withSubRuns'>;
}

/** Takes runs, and those below them, out of what needs a person, as if they had been opened; a blocked one until it changes. */
export async function markAsSeen(deps: MarkAsSeenDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const runIds = await whichRuns(deps.runs, argument, selected, {
    placeHolder: vscode.l10n.t('Mark which runs as seen?'),
    isFit: (run) => deps.seen.needsYou(run),
    many: true,
  });
  if (runIds) {
    mark(deps, runIds);
  }
}

/** The same for all that need a person, those that a filter hides and sub-runs as well. */
export function markAllAsSeen(deps: MarkAsSeenDeps): void {
  const unseen = [...deps.runs.all()].filter((run) => deps.seen.needsYou(run));
  mark(
    deps,
    unseen.map((run) => run.run_id),
  );
}

function mark({ runs, seen, groups }: MarkAsSeenDeps, runIds: readonly string[]): void {
  const marked = [...groups.withSubRuns(runIds)].map((runId) => runs.get(runId)).filter((run) => run !== undefined);
  const unseen = marked.filter((run) => seen.needsYou(run)).map((run) => run.run_id);
  // As the badge counts: most sub-runs are their parent's business.
  const counted = new Set(groups.needing());
  const needing = unseen.filter((runId) => counted.has(runId));
  seen.mark(marked);
  vscode.window.setStatusBarMessage(markedWords(runs, needing, unseen.length - needing.length), 3000);
}

function markedWords(runs: KnownRuns, needing: readonly string[], below: number): string {
  const { t } = vscode.l10n;
  const subRuns = below === 1 ? t('1 sub-run') : t('{0} sub-runs', below);
  if (needing.length === 0) {
    return below === 0 ? t('Nothing needed you') : t('Marked as seen: {0}', subRuns);
  }
  const names = needing.length === 1 ? runNames(runs, needing) : t('{0} runs', needing.length);
  return below === 0 ? t('Marked as seen: {0}', names) : t('Marked as seen: {0} and {1}', names, subRuns);
}
