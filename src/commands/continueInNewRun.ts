import * as vscode from 'vscode';
import { continuationOf } from '../model/runAgain';
import { hasEnded } from '../model/runTime';
import { asRecord, asText } from '../oz/json';
import type { OzClient } from '../oz/ozClient';
import { leftOutWords } from './leftOutWords';
import type { KnownRuns } from './pickRun';
import { readRun } from './readRuns';
import { sendLaunch, type SendLaunchDeps } from './sendLaunch';

export interface ContinueDeps extends SendLaunchDeps {
  runs: Pick<KnownRuns, 'get'>;
  client: Pick<OzClient, 'getRun'>;
}

/**
 * Launches a run that goes on with another one's conversation, and opens it. True when that run exists; otherwise a person
 * was told why not.
 * @param argument `{ runId, text }`: what the new run is told
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function continueInNewRun(deps: ContinueDeps, argument?: unknown): Promise<boolean> {
  const { t } = vscode.l10n;
  const { runId: id, text: given } = asRecord(argument) ?? {};
  const [runId, text] = [asText(id), asText(given)];
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run || text === undefined) {
    return false;
  }
  // Two runs at work in one conversation would disturb each other.
  const request = hasEnded(run.state) ? continuationOf(run, text) : undefined;
  if (!request) {
    void vscode.window.showInformationMessage(t('No new run can go on with this conversation now.'));
    return false;
  }
  const remarks = leftOutWords(run);
  const start: vscode.MessageItem = { title: t('Start New Run') };
  const ask = { modal: true, detail: remarks.join('\n\n') };
  const question = t('Start a new run that goes on with the conversation?');
  if (remarks.length > 0 && (await vscode.window.showWarningMessage(question, ask, start)) !== start) {
    return false;
  }
  let isLaunched = false;
  await sendLaunch(deps, request, () => {
    isLaunched = true;
  });
  return isLaunched;
}
