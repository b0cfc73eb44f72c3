import * as vscode from 'vscode';
import { memberOf } from '../oz/json';
import { plain } from '../platform/plainText';
import { type KnownRuns, whichRun } from './pickRun';
import { readRun, type ReadRunsDeps } from './readRuns';

export interface ShowScheduleDeps extends ReadRunsDeps {
  runs: KnownRuns;
  /** Shows the schedule in its view; false when it is not there. */
  revealSchedule: (scheduleId: string) => Promise<boolean>;
}

/**
 * Shows the schedule that launched a run, or one that the argument names: `{ scheduleId }`.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function showSchedule(deps: ShowScheduleDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const scheduleId = memberOf(argument, 'scheduleId');
  if (typeof scheduleId === 'string' && memberOf(argument, 'runId') === undefined) {
    await deps.revealSchedule(scheduleId);
    return;
  }
  const runId = await whichRun(deps.runs, argument, t('Show the schedule of which run?'), (run) =>
    Boolean(run.schedule),
  );
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  const schedule = run.schedule;
  if (!schedule) {
    void vscode.window.showInformationMessage(t('No schedule launched this run.'));
  } else if (!(await deps.revealSchedule(schedule.schedule_id))) {
    const name = plain(schedule.schedule_name || schedule.schedule_id, 80);
    const words = t('The schedule “{0}” is not in the list: it may be deleted, or not yours to see.', name);
    void vscode.window.showInformationMessage(words);
  }
}
