import * as vscode from 'vscode';
import { errorCodeIn, helpForCode } from '../model/errorHelp';
import type { Schedule } from '../oz/types';
import { errorSentence, helpButton } from '../platform/errorWords';
import { plain, plainLines } from '../platform/plainText';

/** Why a schedule could not start its last run; a click does what helps. */
export function spawnErrorItem(schedule: Schedule): vscode.TreeItem {
  const error = schedule.last_spawn_error ?? '';
  const code = errorCodeIn(error);
  const { button, command } = spawnFix(code);
  const item = new vscode.TreeItem(plain(error, 200));
  item.description = button;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('testing.iconErrored'));
  item.tooltip = [plainLines(error, 12, 2000), errorSentence(code), vscode.l10n.t('A click: {0}', button)]
    .filter(Boolean)
    .join('\n');
  item.contextValue = 'note';
  item.command = { command, title: button, arguments: [{ scheduleId: schedule.id }] };
  item.accessibilityInformation = { label: [plain(error, 200), button].join(', ') };
  return item;
}

/** The same help as for a run where it is the account's; else it is the schedule that can be changed. */
function spawnFix(code: string | undefined): { button: string; command: string } {
  const { t } = vscode.l10n;
  const help = helpForCode(code);
  switch (help) {
    case 'topUp':
    case 'connect':
    case 'environment':
      return helpButton(help);
    case 'retry':
      return { button: t('Run Schedule Now'), command: 'agentRuns.runScheduleNow' };
    case 'key':
    case 'browser':
      return { button: t('Open in Browser'), command: 'agentRuns.openScheduleInBrowser' };
    case undefined:
      return { button: t('Edit Schedule…'), command: 'agentRuns.editSchedule' };
  }
}
