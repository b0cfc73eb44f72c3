import * as vscode from 'vscode';
import type { RunStore } from '../model/runStore';
import type { Run } from '../oz/types';
import { type KnownRuns, whichRun } from './pickRun';
import { readRun, type ReadRunsDeps } from './readRuns';

export interface ShowParentDeps extends ReadRunsDeps {
  runs: KnownRuns & Pick<RunStore, 'putHistory'>;
  /** Shows the run's row in the view; false when it has none there. */
  revealRun: (runId: string) => Promise<boolean>;
}

/**
 * Shows the run that launched this one in the list of runs.
 * @throws ApiProblem when one of the two is not known here and cannot be read
 */
export async function showParent(deps: ShowParentDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const isSubRun = ({ parent_run_id: id }: Run): boolean => Boolean(id);
  const runId = await whichRun(deps.runs, argument, t('Show the parent of which run?'), isSubRun);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  if (!run.parent_run_id) {
    void vscode.window.showInformationMessage(t('No other run launched this one.'));
    return;
  }
  const parent = await readRun(deps, run.parent_run_id);
  if (!parent) {
    return;
  }
  // It may have ended long ago: that is no news.
  deps.runs.putHistory([parent]);
  if (!(await deps.revealRun(parent.run_id))) {
    const open = t('Open Conversation');
    const words = t('The parent is not among the runs that the list shows at the moment.');
    if ((await vscode.window.showInformationMessage(words, open)) === open) {
      await vscode.commands.executeCommand('agentRuns.openConversation', { runId: parent.run_id });
    }
  }
}
