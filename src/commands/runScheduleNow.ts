import * as vscode from 'vscode';
import { hiddenIn } from '../model/runAgain';
import { launchOf } from '../model/scheduleDrafts';
import type { Schedule } from '../oz/types';
import { readFresh } from './changeSchedules';
import type { LaunchSheetDeps } from './launchSheet';
import { leftOutWord } from './leftOutWords';
import { changeAndLaunch } from './runAgainWithChanges';
import { sendLaunch } from './sendLaunch';
import { scheduleTitle, type SchedulesDeps, whichSchedule } from './whichSchedules';

export interface RunScheduleNowDeps extends SchedulesDeps, LaunchSheetDeps {
  client: SchedulesDeps['client'] & LaunchSheetDeps['client'];
}

/**
 * Launches what a schedule's runs do, as it is on the service now.
 * @throws ApiProblem when it cannot be read
 */
export async function runScheduleNow(deps: RunScheduleNowDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const known = await whichSchedule(deps, argument, t('Run which schedule now?'));
  const schedule = known && (await readFresh(deps, known));
  if (!schedule) {
    return;
  }
  const remarks = hiddenIn(schedule.agent_config ?? {}).map(leftOutWord);
  if (remarks.length > 0 && !(await isSure(schedule, remarks))) {
    return;
  }
  const title = scheduleTitle(schedule);
  const request = launchOf(schedule);
  const isOver = await sendLaunch(
    deps,
    request,
    () => {
      // A toast is cut at its end.
      const words = t('Launched separately, not among the past runs: “{0}”', title);
      void vscode.window.showInformationMessage(words);
    },
    t('Launching “{0}” as a run of its own…', title),
    { key: `schedule ${schedule.id}`, isTyped: false },
  );
  if (!isOver) {
    const about = { title: t('Run Now: {0}', title), draftOf: `schedule ${schedule.id}`, like: request, remarks };
    await changeAndLaunch(deps, about);
  }
}

async function isSure(schedule: Schedule, remarks: readonly string[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const launch: vscode.MessageItem = { title: t('Run Now') };
  const detail = remarks.join('\n\n');
  const question = t('Run “{0}” now?', scheduleTitle(schedule));
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, launch)) === launch;
}
