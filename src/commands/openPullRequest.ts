import * as vscode from 'vscode';
import { pullRequestName } from '../model/pullRequestName';
import { pullRequestsOf } from '../model/pullRequests';
import { openUrl } from '../platform/openUrl';
import { plain } from '../platform/plainText';
import { runTitle } from '../platform/words';
import type { CopyFromRunsDeps } from './copyPrompt';
import { isNotTooMany } from './isNotTooMany';
import { whichRuns } from './pickRun';
import { pickSome } from './pickSome';
import { readRuns } from './readRuns';

/**
 * Opens the pull requests that came of the runs in the browser; where there are several, those that a person picks.
 * @throws ApiProblem when a run is not known here and cannot be read
 */
export async function openPullRequest(deps: CopyFromRunsDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(deps.runs, argument, selected, {
    placeHolder: t('Open the pull request of which run?'),
    isFit: (run) => pullRequestsOf(run).length > 0,
  });
  if (!runIds) {
    return;
  }
  const items = (await readRuns(deps, runIds)).flatMap((run) =>
    pullRequestsOf(run).map(({ url, branch }) => ({
      label: plain(pullRequestName(url) ?? url, 120),
      description: plain(branch, 80),
      detail: runTitle(run),
      url,
    })),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t('No pull request came of this, or not yet.'));
    return;
  }
  const placeHolder = t('Open which pull requests?');
  const picked = items.length === 1 ? items : await pickSome(items, { placeHolder, chosen: items, many: true });
  if (picked && (await isNotTooMany(picked.length))) {
    for (const { url } of picked) {
      await openUrl(url);
    }
  }
}
