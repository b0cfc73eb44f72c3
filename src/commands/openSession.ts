import * as vscode from 'vscode';
import { hasLiveSession } from '../model/runTime';
import type { OzClient } from '../oz/ozClient';
import { openUrl } from '../platform/openUrl';
import { type KnownRuns, whichRun } from './pickRun';

export interface OpenSessionDeps {
  runs: KnownRuns;
  client: Pick<OzClient, 'getRun'>;
}

/**
 * Opens the agent's live session in the browser.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function openSession({ runs, client }: OpenSessionDeps, argument?: unknown): Promise<void> {
  const placeHolder = vscode.l10n.t('Open the session of which run?');
  const runId = await whichRun(runs, argument, placeHolder, hasLiveSession);
  if (runId === undefined) {
    return;
  }
  // The link appears some time after the run does.
  const link = runs.get(runId)?.session_link ?? (await client.getRun(runId)).session_link;
  if (link) {
    await openUrl(link);
  } else {
    void vscode.window.showInformationMessage(vscode.l10n.t('This run has no session to open, or not yet.'));
  }
}
