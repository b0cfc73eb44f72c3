import * as vscode from 'vscode';
import { skillPage, type SkillPlace, skillPlace } from '../model/skillSpec';
import type { Run } from '../oz/types';
import { openUrl } from '../platform/openUrl';
import { findSkillFile } from '../platform/skillFiles';
import { type KnownRuns, whichRun } from './pickRun';
import { readRun, type ReadRunsDeps } from './readRuns';

export interface ShowSkillDeps extends ReadRunsDeps {
  runs: KnownRuns;
  /** The skill's file in the workspace, if it is there; looked for by Git unless a test says. */
  findSkillFile?: (place: SkillPlace) => Promise<vscode.Uri | undefined>;
}

/**
 * Opens the skill that a run follows: its file in the workspace, else its page on GitHub.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function showSkill(deps: ShowSkillDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runId = await whichRun(
    deps.runs,
    argument,
    t('Show the skill of which run?'),
    (run) => placeOf(run) !== undefined,
  );
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  const place = placeOf(run);
  if (!place) {
    const words = run.agent_skill?.bundled_skill_id
      ? t('This skill is a part of the service: there is no file of it to show.')
      : t('This run follows no skill, or one whose place is not known.');
    void vscode.window.showInformationMessage(words);
    return;
  }
  const options = { location: vscode.ProgressLocation.Window, title: t('Looking for the skill…') };
  const file = await vscode.window.withProgress(options, () => (deps.findSkillFile ?? findSkillFile)(place));
  if (file) {
    await vscode.window.showTextDocument(file);
  } else {
    await openUrl(skillPage(place));
  }
}

function placeOf({ agent_config: config, agent_skill: skill }: Run): SkillPlace | undefined {
  return skillPlace(config?.skill_spec ?? '') ?? skillPlace(skill?.full_path ?? '');
}
