import * as vscode from 'vscode';
import { errorCodeIn } from '../model/errorHelp';
import { type SpawnField, spawnHelp } from '../model/spawnHelp';
import type { Schedule } from '../oz/types';
import { errorSentence, helpButton } from '../platform/errorWords';
import { plain, plainLines } from '../platform/plainText';

/** Why a schedule could not start its last run; a click does what helps. @param isChanged that was changed since */
export function spawnErrorItem(schedule: Schedule, isChanged: boolean): vscode.TreeItem {
  const error = schedule.last_spawn_error ?? '';
  const { name, button, command } = spawnFix(error);
  const [label, description] = [plain(error, 200), isChanged ? vscode.l10n.t('changed since') : button];
  const item = new vscode.TreeItem(label);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(
    'warning',
    new vscode.ThemeColor(isChanged ? 'charts.yellow' : 'testing.iconErrored'),
  );
  const sentence = errorSentence(errorCodeIn(error));
  item.tooltip = [plainLines(error, 12, 2000), sentence, vscode.l10n.t('Click: {0}', button)]
    .filter(Boolean)
    .join('\n');
  item.contextValue = `spawnError fix-${name}`;
  item.command = { command, title: button, arguments: [{ kind: 'spawnError', scheduleId: schedule.id }] };
  item.accessibilityInformation = { label: [label, description].join(', ') };
  return item;
}

interface SpawnFix {
  /** As menus know it. */
  name: string;
  button: string;
  command: string;
}

/** The same help as for a run where it is the account's; else it is the schedule that can be changed. */
function spawnFix(error: string): SpawnFix {
  const { t } = vscode.l10n;
  const help = spawnHelp(error);
  switch (help) {
    case 'topUp':
    case 'connect':
    case 'environment':
      return { name: help, ...helpButton(help) };
    case 'retry':
      return { name: help, button: t('Run Now'), command: 'agentRuns.runScheduleNow' };
    case 'key':
    case 'browser':
      return { name: 'browser', button: t('Open in Browser'), command: 'agentRuns.openScheduleInBrowser' };
    default:
      return { name: 'edit', button: fieldButton(help.field), command: 'agentRuns.editSchedule' };
  }
}

function fieldButton(field: SpawnField | undefined): string {
  const { t } = vscode.l10n;
  switch (field) {
    case 'environment':
      return t('Change Environment…');
    case 'model':
      return t('Change Model…');
    case 'skill':
      return t('Change Skill…');
    case 'prompt':
      return t('Change Prompt…');
    case undefined:
      return t('Edit Schedule…');
  }
}
