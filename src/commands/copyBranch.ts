import * as vscode from 'vscode';
import { pullRequestsOf } from '../model/pullRequests';
import { copyLines } from './copyLines';
import type { CopyFromRunsDeps } from './copyPrompt';
import { whichRuns } from './pickRun';
import { readRuns } from './readRuns';

/**
 * Copies the names of the branches that the runs made, one a line.
 * @throws ApiProblem when a run is not known here and cannot be read
 */
export async function copyBranch(deps: CopyFromRunsDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(deps.runs, argument, selected, {
    placeHolder: t('Copy the branch of which run?'),
    isFit: (run) => pullRequestsOf(run).some(({ branch }) => branch !== ''),
  });
  if (!runIds) {
    return;
  }
  const all = (await readRuns(deps, runIds)).flatMap(pullRequestsOf).map(({ branch }) => branch);
  const branches = [...new Set(all)].filter(Boolean);
  if (branches.length === 0) {
    void vscode.window.showInformationMessage(
      t('There is no branch to copy: no pull request came of this, or not yet.'),
    );
    return;
  }
  await copyLines(branches, branches.length === 1 ? t('Branch copied') : t('{0} branches copied', branches.length));
}
