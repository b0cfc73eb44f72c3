import * as vscode from 'vscode';
import type { FilteredRuns } from '../model/filteredRuns';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { plain } from '../platform/plainText';
import { notOnGitHubWords } from './openSkill';
import { withProgressIfSlow } from './progress';
import { whichSkill, type WhichSkillDeps } from './whichSkill';

export interface ShowSkillRunsDeps extends WhichSkillDeps {
  filtered: Pick<FilteredRuns, 'setFilter'>;
  runs: { all(): Iterable<Run> };
  client: Pick<OzClient, 'listRuns'>;
  /** Brings the list of runs to the screen. */
  showRuns: () => PromiseLike<unknown>;
}

/** Shows the runs of a skill, and nothing else, in the Runs view; of one without runs it says so, and the view stays as it is. */
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
  if (!(await mayHaveRuns(deps, id))) {
    void vscode.window.showInformationMessage(t('The skill {0} has no runs yet.', plain(name, 80)));
    return;
  }
  deps.filtered.setFilter({ skill: { id, name } });
  await deps.showRuns();
}

/** True too where the service could not be asked: the view says that better. */
async function mayHaveRuns({ runs, client }: ShowSkillRunsDeps, spec: string): Promise<boolean> {
  if ([...runs.all()].some(({ agent_config: config }) => config?.skill_spec === spec)) {
    return true;
  }
  try {
    const page = await withProgressIfSlow(vscode.l10n.t('Looking for runs of the skill…'), (signal) =>
      client.listRuns({ skill_spec: spec, limit: 1 }, signal),
    );
    return page.runs.length > 0;
  } catch (error) {
    if (!ApiProblem.is(error)) {
      throw error;
    }
    return true;
  }
}
