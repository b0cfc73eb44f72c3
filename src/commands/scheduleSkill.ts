import * as vscode from 'vscode';
import { Emitter } from '../model/emitter';
import type { ScheduleForm } from '../model/scheduleForm';
import { skillPlace, specKey } from '../model/skillSpec';
import type { Clock } from '../oz/clock';
import { launchSettings } from '../platform/launchSettings';
import type { AnswerParts } from './launchAnswer';
import { LaunchChoices } from './launchChoices';
import { LaunchMemory } from './launchMemory';
import { notOnGitHubWords } from './openSkill';
import type { OpenScheduleDeps } from './openScheduleForm';
import { withProgressIfSlow } from './progress';
import { whichSkill, type WhichSkillDeps } from './whichSkill';
import { isWorkspaceTrusted } from './workspaceTrust';

export interface ScheduleSkillDeps extends WhichSkillDeps, OpenScheduleDeps {
  catalog: AnswerParts['catalog'];
  clock: Pick<Clock, 'after'>;
  /** Of the workspace: the last answers to a launch. */
  memento: vscode.Memento;
}

/** Milliseconds that the form waits at most for what the lists say; a person can choose there, too. */
const patience = 3000;

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
  const choices = await withProgressIfSlow(t('Looking up environments and models…'), () => likelyChoices(deps, spec));
  await deps.openSchedule({ draft: { name, skill: spec, ...choices }, from: `skill ${specKey(spec)}` });
}

async function likelyChoices(
  { catalog, clock, memento }: ScheduleSkillDeps,
  spec: string,
): Promise<Partial<ScheduleForm>> {
  const changed = new Emitter<undefined>();
  const choices = new LaunchChoices({
    catalog,
    last: new LaunchMemory(memento).choices,
    lastWords: '',
    settings: launchSettings(),
    repository: () => skillPlace(spec)?.repository,
    needsRepository: true,
    hasPictures: () => false,
    changed,
  });
  await new Promise<void>((resolve) => {
    const stop = clock.after(patience, resolve);
    const end = (): void => {
      if (!choices.isLoading) {
        stop();
        resolve();
      }
    };
    changed.event(end);
    end();
  });
  const environment = choices.environment.choice.id;
  const model = choices.model.choice.id;
  return { ...(environment !== undefined && { environment }), ...(model !== undefined && { model }) };
}
