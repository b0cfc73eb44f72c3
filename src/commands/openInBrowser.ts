import * as vscode from 'vscode';
import { runPage } from '../product';
import { openUrl } from '../platform/openUrl';
import { type KnownRuns, whichRun } from './pickRun';

export interface RunLinkDeps {
  runs: KnownRuns;
  webUrl: () => string;
}

/** Opens the run's page of the web app. */
export async function openInBrowser({ runs, webUrl }: RunLinkDeps, argument?: unknown): Promise<void> {
  const runId = await whichRun(runs, argument, vscode.l10n.t('Open which run in the browser?'));
  if (runId !== undefined) {
    await openUrl(runPage(webUrl(), runId));
  }
}
