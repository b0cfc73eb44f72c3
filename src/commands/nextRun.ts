import * as vscode from 'vscode';
import type { RunGroups } from '../model/runGroups';
import type { RunStore } from '../model/runStore';
import { knownRuns } from './knownRuns';
import type { KnownRuns } from './pickRun';
import type { RunWalk } from '../model/runWalk';

export interface NextRunDeps {
  runs: Pick<KnownRuns, 'all' | 'refresh' | 'status'> & Pick<RunStore, 'isLookedAt'>;
  groups: Pick<RunGroups, 'needing'>;
  /** How far the person is; for the whole session. */
  walk: RunWalk;
  show: (runId: string) => Promise<void>;
  reveal: (runId: string) => Promise<unknown>;
}

/**
 * Opens the next of the runs that need a person, in a round.
 * @throws ApiProblem when there is no list to go through
 */
export async function nextRun({ runs, groups, walk, show, reveal }: NextRunDeps): Promise<void> {
  await knownRuns(runs);
  const runId = walk.next(groups.needing(), (id) => runs.isLookedAt(id));
  if (runId === undefined) {
    void offerOthers();
    return;
  }
  await show(runId);
  await reveal(runId);
}

async function offerOthers(): Promise<void> {
  const { t } = vscode.l10n;
  const goToRun = t('Go to Run…');
  if ((await vscode.window.showInformationMessage(t('No run needs you.'), goToRun)) === goToRun) {
    await vscode.commands.executeCommand('agentRuns.goToRun');
  }
}
