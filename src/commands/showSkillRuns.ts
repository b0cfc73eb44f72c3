import * as vscode from 'vscode';
import { plain } from '../platform/plainText';
import { notOnGitHubWords } from './openSkill';
import { showRunsOf, type ShowRunsOfDeps } from './showRunsOf';
import { whichSkill, type WhichSkillDeps } from './whichSkill';

export type ShowSkillRunsDeps = WhichSkillDeps & ShowRunsOfDeps;

/** Shows the runs of a skill, and nothing else, in the Runs view. */
export async function showSkillRuns(deps: ShowSkillRunsDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const skill = await whichSkill(deps, argument, t('Show the past runs of which skill?'));
  if (!skill) {
    return;
  }
  const { spec, name } = skill;
  if (spec === undefined) {
    const words = t('A run with its text as the prompt is not known as a run of it.');
    void vscode.window.showInformationMessage(`${notOnGitHubWords(skill)} ${words}`);
    return;
  }
  // The service compares letter by letter, and a remote's URL may have the repository's name in another case.
  const id = (await deps.cloudSkills()).bySpec(spec)?.id ?? spec;
  await showRunsOf(
    deps,
    'skill',
    { id, name },
    { looking: t('Looking for runs of the skill…'), none: t('The skill {0} has no runs yet.', plain(name, 80)) },
  );
}
