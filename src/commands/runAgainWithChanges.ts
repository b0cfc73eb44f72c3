import * as vscode from 'vscode';
import { canRunAgain, requestFor } from '../model/runAgain';
import { skillPlace } from '../model/skillSpec';
import type { LaunchRequest } from '../oz/types';
import { runTitle } from '../platform/words';
import { launchSheet, type LaunchSheetDeps } from './launchSheet';
import { leftOutWords } from './leftOutWords';
import { type KnownRuns, whichRun } from './pickRun';
import { readRun, type ReadRunsDeps } from './readRuns';
import { typeAndLaunch } from './typeAndLaunch';

export interface RunAgainDeps extends LaunchSheetDeps, ReadRunsDeps {
  runs: KnownRuns;
  client: LaunchSheetDeps['client'] & ReadRunsDeps['client'];
}

/**
 * Launches a run like another one, after a person changed what they like. What they typed is kept for the next time.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function runAgainWithChanges(deps: RunAgainDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runId = await whichRun(deps.runs, argument, t('Run which one again, with changes?'), canRunAgain);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  if (!canRunAgain(run)) {
    void vscode.window.showInformationMessage(cannotWords());
    return;
  }
  await changeAndLaunch(deps, {
    title: t('Run Again: {0}', runTitle(run, 60)),
    draftOf: `again ${run.run_id}`,
    like: requestFor(run),
    remarks: leftOutWords(run),
  });
}

/** Asks what to change of a launch, and launches it. */
export async function changeAndLaunch(
  deps: LaunchSheetDeps,
  about: { title: string; draftOf: string; like: LaunchRequest; remarks?: string[] },
): Promise<void> {
  const { skill } = about.like;
  const rest = { prompt: (typed: string): string => typed, place: skillPlace(skill ?? '')?.repository, notes: [] };
  if (skill) {
    await launchSheet(deps, { ...about, ...rest, skill, isTypedOptional: true, defaultTitle: '' });
  } else {
    const question = vscode.l10n.t('What should the agent do?');
    await typeAndLaunch(deps, about, question, () => Promise.resolve(rest));
  }
}

/** Why a run cannot be launched anew from here. */
export function cannotWords(): string {
  return vscode.l10n.t(
    "This run worked on somebody's own machine or was told nothing, so it cannot run again in the cloud.",
  );
}
