import * as vscode from 'vscode';
import { type NotFollowable, whyNotFollowable } from '../model/followUpGate';
import type { OzClient } from '../oz/ozClient';
import type { Run } from '../oz/types';
import { sourceWord } from '../platform/words';
import { type KnownRuns, whichRun } from './pickRun';
import { readRun } from './readRuns';

export interface FollowUpDeps {
  runs: KnownRuns;
  client: Pick<OzClient, 'getRun'>;
  /** Opens the run's conversation with the keyboard in the box under it. */
  answer: (runId: string) => Promise<void>;
}

/**
 * Lets a person give a run another message, in the box under its conversation.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function followUp(deps: FollowUpDeps, argument?: unknown): Promise<void> {
  const isFit = (run: Run): boolean => !whyNotFollowable(run);
  const runId = await whichRun(deps.runs, argument, vscode.l10n.t('Follow up on which run?'), isFit);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  const why = whyNotFollowable(run);
  if (why) {
    await explain(run, why);
  } else {
    await deps.answer(run.run_id);
  }
}

async function explain(run: Run, why: NotFollowable): Promise<void> {
  const { t } = vscode.l10n;
  const browser = t('Open in Browser');
  const words =
    why === 'local'
      ? t("This run works on somebody's own machine: answer it there.")
      : t('A run that was started by {0} takes no follow-up.', sourceWord(run.source));
  if ((await vscode.window.showInformationMessage(words, browser)) === browser) {
    await vscode.commands.executeCommand('agentRuns.openInBrowser', { runId: run.run_id });
  }
}
