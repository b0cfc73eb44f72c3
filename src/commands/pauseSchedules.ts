import * as vscode from 'vscode';
import type { OzClient } from '../oz/ozClient';
import type { Schedule } from '../oz/types';
import { changeSchedules } from './changeSchedules';
import { scheduleTitle, type SchedulesDeps, whichSchedules } from './whichSchedules';

export interface PauseScheduleDeps extends SchedulesDeps {
  client: SchedulesDeps['client'] & Pick<OzClient, 'pauseSchedule' | 'resumeSchedule'>;
}

/**
 * Lets the times of schedules pass without a run.
 * @throws ApiProblem when one schedule cannot be paused
 */
export async function pauseSchedule(deps: PauseScheduleDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const schedules = await schedulesThatAre(true, deps, argument, selected);
  const paused = await changeSchedules(deps, schedules, t('Pausing…'), (id, signal) =>
    deps.client.pauseSchedule(id, signal),
  );
  const [only] = paused;
  if (only) {
    const words =
      paused.length === 1 ? t('“{0}” is paused.', scheduleTitle(only)) : t('{0} schedules are paused.', paused.length);
    vscode.window.setStatusBarMessage(words, 5000);
  }
}

/**
 * Lets schedules go on with their next times; what passed meanwhile is not made up for.
 * @throws ApiProblem when one schedule cannot be resumed
 */
export async function resumeSchedule(deps: PauseScheduleDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const schedules = await schedulesThatAre(false, deps, argument, selected);
  const resumed = await changeSchedules(deps, schedules, t('Resuming…'), (id, signal) =>
    deps.client.resumeSchedule(id, signal),
  );
  const [only] = resumed;
  if (only) {
    const words =
      resumed.length === 1
        ? t('“{0}” goes on with its next time.', scheduleTitle(only))
        : t('{0} schedules go on with their next times.', resumed.length);
    vscode.window.setStatusBarMessage(words, 5000);
  }
}

/** The ones that there is something to be done with: of several, those that are so already are no concern of the command. */
async function schedulesThatAre(
  enabled: boolean,
  deps: PauseScheduleDeps,
  argument: unknown,
  selected: unknown,
): Promise<Schedule[]> {
  const { t } = vscode.l10n;
  const isFit = (schedule: Schedule): boolean => schedule.enabled === enabled;
  const placeHolder = enabled ? t('Pause which schedules?') : t('Resume which schedules?');
  const schedules = await whichSchedules(deps, argument, selected, { placeHolder, isFit, many: true });
  const fit = (schedules ?? []).filter(isFit);
  const [first] = schedules ?? [];
  if (first && fit.length === 0) {
    const title = scheduleTitle(first);
    const words = enabled ? t('“{0}” is paused already.', title) : t('“{0}” is not paused.', title);
    const many = enabled ? t('These schedules are paused already.') : t('None of these schedules is paused.');
    void vscode.window.showInformationMessage(schedules?.length === 1 ? words : many);
  }
  return fit;
}
