import * as vscode from 'vscode';
import { promptOf } from '../model/runAgain';
import { copyLines } from './copyLines';
import { type KnownRuns, whichRuns } from './pickRun';
import { readRuns, type ReadRunsDeps } from './readRuns';
import { runNames } from './runNames';

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
  const told = (await readRuns(deps, runIds))
    .map((run) => ({ runId: run.run_id, prompt: promptOf(run) || run.prompt }))
    .filter(({ prompt }) => prompt.trim());
  const prompts = told.map(({ prompt }) => prompt);
  if (prompts.length === 0) {
    void vscode.window.showInformationMessage(t('There is no prompt to copy: the agent was given a skill only.'));
    return;
  }
  const names = runNames(
    deps.runs,
    told.map(({ runId }) => runId),
  );
  const words =
    prompts.length === 1 ? t('Prompt of {0} copied', names) : t('{0} prompts copied: {1}', prompts.length, names);
  await copyLines(prompts, words);
}
