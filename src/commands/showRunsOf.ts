import * as vscode from 'vscode';
import type { FilteredRuns } from '../model/filteredRuns';
import { namedIn } from '../model/filterValues';
import { type Named, queryOf } from '../model/runFilter';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { withProgressIfSlow } from './progress';

export interface ShowRunsOfDeps {
  filtered: Pick<FilteredRuns, 'setFilter'>;
  runs: { all(): Iterable<Run> };
  client: Pick<OzClient, 'listRuns'>;
  /** Brings the list of runs to the screen. */
  showRuns: () => PromiseLike<unknown>;
}

/** Shows the runs of one thing, and nothing else, in the Runs view; where there are none it says so, and the view stays as it is. */
export async function showRunsOf(
  deps: ShowRunsOfDeps,
  member: 'skill' | 'schedule',
  value: Named,
  words: { looking: string; none: string },
): Promise<void> {
  if (!(await mayHaveRuns(deps, member, value, words.looking))) {
    void vscode.window.showInformationMessage(words.none);
    return;
  }
  deps.filtered.setFilter({ [member]: value });
  await deps.showRuns();
}

/** True too where the service could not be asked: the view says that better. */
async function mayHaveRuns(
  { runs, client }: ShowRunsOfDeps,
  member: 'skill' | 'schedule',
  value: Named,
  looking: string,
): Promise<boolean> {
  if ([...runs.all()].some((run) => namedIn(run, member)?.id === value.id)) {
    return true;
  }
  try {
    const query = { ...queryOf({ [member]: value }, undefined, 0), limit: 1 };
    const page = await withProgressIfSlow(looking, (signal) => client.listRuns(query, signal));
    return page.runs.length > 0;
  } catch (error) {
    if (!ApiProblem.is(error)) {
      throw error;
    }
    return true;
  }
}
