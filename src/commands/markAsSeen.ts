import * as vscode from 'vscode';
import type { RunGroups } from '../model/runGroups';
import type { SeenRuns } from '../model/seenRuns';
import { type KnownRuns, whichRuns } from './pickRun';

export interface MarkAsSeenDeps {
  runs: KnownRuns;
  seen: Pick<SeenRuns, 'needsYou' | 'mark'>;
  groups: Pick<RunGroups, 'withSubRuns'>;
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
  const { t } = vscode.l10n;
  const marked = [...groups.withSubRuns(runIds)].map((runId) => runs.get(runId)).filter((run) => run !== undefined);
  const count = marked.filter((run) => seen.needsYou(run)).length;
  seen.mark(marked);
  const words =
    count === 0
      ? t('Nothing needed you')
      : count === 1
        ? t('1 run marked as seen')
        : t('{0} runs marked as seen', count);
  vscode.window.setStatusBarMessage(words, 3000);
}
