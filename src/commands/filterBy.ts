import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import type { FilteredRuns } from '../model/filteredRuns';
import type { OzClient } from '../oz/ozClient';
import { type NamedMember, namedIn } from '../model/filterValues';
import { type KnownRuns, whichRun } from './pickRun';
import { readRun } from './readRuns';

export interface FilterByDeps {
  filtered: Pick<FilteredRuns, 'filter' | 'setFilter'>;
  runs: KnownRuns;
  client: Pick<OzClient, 'getRun'>;
  catalog: Pick<Catalog, 'environmentName'>;
  /** Brings the list of runs to the screen. */
  showRuns: () => PromiseLike<unknown>;
}

/**
 * Narrows the list to the runs with the skill, environment or creator of one run. What it is filtered by already stays.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
async function filterBy(deps: FilterByDeps, member: NamedMember, words: Words, argument: unknown): Promise<void> {
  const { filtered, runs, catalog } = deps;
  const runId = await whichRun(runs, argument, words.which, (run) => namedIn(run, member) !== undefined);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  const found = namedIn(run, member);
  if (!found) {
    void vscode.window.showInformationMessage(words.none);
    return;
  }
  const name = (member === 'environment' ? catalog.environmentName(found.id) : undefined) ?? found.name;
  filtered.setFilter({ ...filtered.filter, [member]: { id: found.id, name } });
  await deps.showRuns();
}

interface Words {
  which: string;
  none: string;
}

/** Narrows the list to the runs of the same skill; which one is told by its place, not by its name. */
export function filterBySkill(deps: FilterByDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const words = { which: t('Show the runs of the same skill as which run?'), none: t('This run has no skill.') };
  return filterBy(deps, 'skill', words, argument);
}

/** Narrows the list to the runs in the same environment. */
export function filterByEnvironment(deps: FilterByDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const which = t('Show the runs in the same environment as which run?');
  return filterBy(deps, 'environment', { which, none: t('This run has no environment.') }, argument);
}

/** Narrows the list to the runs that the same person or agent started. */
export function filterByCreator(deps: FilterByDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const which = t('Show the runs by the same creator as which run?');
  return filterBy(deps, 'creator', { which, none: t('It is not known who started this run.') }, argument);
}
