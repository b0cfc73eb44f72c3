import * as vscode from 'vscode';
import { skillPlace, specKey } from '../model/skillSpec';
import { likelyChoices, type LikelyChoicesDeps } from './likelyChoices';
import { notOnGitHubWords } from './openSkill';
import type { OpenScheduleDeps } from './openScheduleForm';
import { withProgressIfSlow } from './progress';
import { whichSkill, type WhichSkillDeps } from './whichSkill';
import { isWorkspaceTrusted } from './workspaceTrust';

export type ScheduleSkillDeps = WhichSkillDeps & OpenScheduleDeps & LikelyChoicesDeps;

/** Opens the form of a new schedule of a skill, in the environment and with the model that a launch of it would have. */
export async function scheduleSkill(deps: ScheduleSkillDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const skill = await whichSkill(deps, argument, t('Schedule which skill?'));
  if (!skill || (skill.uri && !(await isWorkspaceTrusted()))) {
    return;
  }
  const { spec, name } = skill;
  if (spec === undefined) {
    const why = t('A schedule reads the skill from GitHub at each run.');
    void vscode.window.showInformationMessage(`${notOnGitHubWords(skill)} ${why}`);
    return;
  }
  const choices = await withProgressIfSlow(t('Looking up environments and models…'), () =>
    likelyChoices(deps, skillPlace(spec)?.repository, true),
  );
  await deps.openSchedule({ draft: { name, skill: spec, ...choices }, from: `skill ${specKey(spec)}` });
}
