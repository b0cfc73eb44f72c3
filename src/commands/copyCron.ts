import * as vscode from 'vscode';
import { copyLines } from './copyLines';
import { type SchedulesDeps, whichSchedules } from './whichSchedules';

/** Copies when schedules run, one a line. */
export async function copyCron(deps: SchedulesDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const placeHolder = t('Copy the cron expression of which schedule?');
  const schedules = await whichSchedules(deps, argument, selected, { placeHolder });
  if (schedules && schedules.length > 0) {
    const words =
      schedules.length === 1 ? t('Cron expression copied') : t('{0} cron expressions copied', schedules.length);
    await copyLines(
      schedules.map(({ cron_schedule: cron }) => cron),
      words,
    );
  }
}
