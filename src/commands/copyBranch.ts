import * as vscode from 'vscode';
import { pullRequestsOf } from '../model/pullRequests';
import { plain } from '../platform/plainText';
import { artifactPlaces } from './artifactFiles';
import { copyLines } from './copyLines';
import type { CopyFromRunsDeps } from './copyPrompt';
import { whichRuns } from './pickRun';
import { readRuns } from './readRuns';

/** What nobody sees, or what would make two lines of one: a name is pasted into a terminal. */
const deceiving = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Copies the names of the branches that the runs made, one a line; none that is made to deceive.
 * @param argument `{ runId }`, with `artifact` for one of its pull requests by its place in the run's list
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
  const runs = await readRuns(deps, runIds);
  const [place] = artifactPlaces(argument);
  const shown = place
    ? runs.map((run) => ({ ...run, artifacts: run.artifacts?.slice(place.artifact, place.artifact + 1) }))
    : runs;
  const all = shown.flatMap(pullRequestsOf).map(({ branch }) => branch);
  const named = [...new Set(all)].filter(Boolean);
  const branches = named.filter((branch) => !deceiving.test(branch));
  const [bad] = named.filter((branch) => !branches.includes(branch));
  if (bad !== undefined) {
    const words = t('Not copied, since it has characters that cannot be seen: {0}', plain(bad, 120));
    void vscode.window.showWarningMessage(words);
  }
  if (named.length === 0) {
    void vscode.window.showInformationMessage(
      t('There is no branch to copy: no pull request came of this, or not yet.'),
    );
    return;
  }
  const [first] = branches;
  if (first !== undefined) {
    const words =
      branches.length === 1 ? t('Branch “{0}” copied', plain(first, 60)) : t('{0} branches copied', branches.length);
    await copyLines(branches, words);
  }
}
