import * as vscode from 'vscode';
import type { FilteredRuns } from '../model/filteredRuns';
import { notOnGitHubWords } from './openSkill';
import { whichSkill, type WhichSkillDeps } from './whichSkill';

export interface ShowSkillRunsDeps extends WhichSkillDeps {
  filtered: Pick<FilteredRuns, 'setFilter'>;
  /** Brings the list of runs to the screen. */
  showRuns: () => PromiseLike<unknown>;
}

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
  deps.filtered.setFilter({ skill: { id, name } });
  await deps.showRuns();
}
