import * as vscode from 'vscode';
import { scheduleName } from '../model/scheduleName';
import { showRunsOf, type ShowRunsOfDeps } from './showRunsOf';
import { scheduleTitle, type SchedulesDeps, whichSchedule } from './whichSchedules';

export interface ShowScheduleRunsDeps extends SchedulesDeps, ShowRunsOfDeps {
  client: SchedulesDeps['client'] & ShowRunsOfDeps['client'];
}

/** Shows the runs of a schedule, and nothing else, in the Runs view. */
export async function showScheduleRuns(deps: ShowScheduleRunsDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const schedule = await whichSchedule(deps, argument, t('Show the past runs of which schedule?'));
  if (schedule) {
    await showRunsOf(
      deps,
      'schedule',
      { id: schedule.id, name: scheduleName(schedule) },
      {
        looking: t('Looking for runs of the schedule…'),
        none: t('The schedule “{0}” has no runs yet.', scheduleTitle(schedule)),
      },
    );
  }
}
