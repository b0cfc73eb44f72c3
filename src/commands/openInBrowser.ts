import * as vscode from 'vscode';
import { runPage } from '../product';
import { openUrl } from '../platform/openUrl';
import { isNotTooMany } from './isNotTooMany';
import { type KnownRuns, whichRuns } from './pickRun';

export interface RunLinkDeps {
  runs: KnownRuns;
  webUrl: () => string;
}

/** Opens the runs' pages of the web app. */
export async function openInBrowser(
  { runs, webUrl }: RunLinkDeps,
  argument?: unknown,
  selected?: unknown,
): Promise<void> {
  const placeHolder = vscode.l10n.t('Open which run in the browser?');
  const runIds = await whichRuns(runs, argument, selected, { placeHolder });
  if (runIds && (await isNotTooMany(runIds.length))) {
    for (const runId of runIds) {
      await openUrl(runPage(webUrl(), runId));
    }
  }
}
