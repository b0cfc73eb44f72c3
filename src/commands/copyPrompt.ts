import * as vscode from 'vscode';
import { promptOf } from '../model/runAgain';
import { copyLines } from './copyLines';
import { type KnownRuns, whichRuns } from './pickRun';
import { readRuns, type ReadRunsDeps } from './readRuns';

export interface CopyFromRunsDeps extends ReadRunsDeps {
  runs: KnownRuns;
}

/**
 * Copies what the agents were told, one after another.
 * @throws ApiProblem when a run is not known here and cannot be read
 */
export async function copyPrompt(deps: CopyFromRunsDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(deps.runs, argument, selected, { placeHolder: t('Copy the prompt of which run?') });
  if (!runIds) {
    return;
  }
  // Better the text of a skill than nothing: the person sees what it is.
  const prompts = (await readRuns(deps, runIds))
    .map((run) => promptOf(run) || run.prompt)
    .filter((text) => text.trim());
  if (prompts.length === 0) {
    void vscode.window.showInformationMessage(t('There is no prompt to copy: the agent was given a skill only.'));
    return;
  }
  await copyLines(prompts, prompts.length === 1 ? t('Prompt copied') : t('{0} prompts copied', prompts.length));
}
