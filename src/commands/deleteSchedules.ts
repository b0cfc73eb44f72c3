import * as vscode from 'vscode';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { changeSchedules } from './changeSchedules';
import { bulletLines } from './titleLines';
import { scheduleTitle, type SchedulesDeps, whichSchedules } from './whichSchedules';

export interface DeleteScheduleDeps extends SchedulesDeps {
  client: SchedulesDeps['client'] & Pick<OzClient, 'deleteSchedule'>;
  /** Whether changes of the schedule were made in its form and are not saved. */
  hasUnsavedChanges: (scheduleId: string) => Promise<boolean>;
}

/**
 * Deletes schedules after asking once.
 * @throws ApiProblem when one schedule cannot be deleted
 */
export async function deleteSchedule(deps: DeleteScheduleDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const schedules = await whichSchedules(deps, argument, selected, {
    placeHolder: t('Delete which schedules?'),
    many: true,
  });
  if (!schedules || schedules.length === 0 || !(await isSure(deps, schedules))) {
    return;
  }
  const deleted = await changeSchedules(deps, schedules, t('Deleting…'), async (id, signal) => {
    try {
      await deps.client.deleteSchedule(id, signal);
    } catch (error) {
      // An earlier try, or somebody else, deleted it: that is what was wanted.
      if (!ApiProblem.is(error) || error.kind !== 'notFound') {
        throw error;
      }
    }
    return undefined;
  });
  const [only] = deleted;
  if (only) {
    const words =
      deleted.length === 1
        ? t('Deleted the schedule “{0}”.', scheduleTitle(only))
        : t('{0} schedules are deleted.', deleted.length);
    vscode.window.setStatusBarMessage(words, 5000);
  }
}

async function isSure({ hasUnsavedChanges }: DeleteScheduleDeps, schedules: readonly Schedule[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const [only] = schedules.length === 1 ? schedules : [];
  const unsaved = (await Promise.all(schedules.map(({ id }) => hasUnsavedChanges(id)))).filter(Boolean).length;
  const confirm: vscode.MessageItem = { title: only ? t('Delete Schedule') : t('Delete Schedules') };
  const detail = [
    ...(only ? [] : [bulletLines(schedules.map(scheduleTitle))]),
    only
      ? t('It will start no more runs. Its past runs stay. This cannot be undone.')
      : t('They will start no more runs. Their past runs stay. This cannot be undone.'),
    ...(unsaved === 0
      ? []
      : [only ? t('Its unsaved changes go too.') : t('Unsaved changes of {0} of them go too.', unsaved)]),
  ].join('\n\n');
  const question = only
    ? t('Delete the schedule “{0}”?', scheduleTitle(only))
    : t('Delete {0} schedules?', schedules.length);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, confirm)) === confirm;
}
