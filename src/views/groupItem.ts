import * as vscode from 'vscode';
import type { GroupPlace } from '../model/runLists';
import { dayWord } from './dayWords';

const { t } = vscode.l10n;

/** The row of a group of runs; one of the active has none while there are only launches. `now`: milliseconds since 1970. */
export function groupItem(place: GroupPlace, row: { id: string; count: number; now: number }): vscode.TreeItem {
  const label = groupLabel(place, row.now);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = row.id;
  item.description = row.count === 0 ? '' : String(row.count);
  item.contextValue = place.startsWith('day/') ? 'group day' : `group ${place}`;
  item.tooltip = '';
  item.accessibilityInformation = {
    label: row.count === 0 ? label : row.count === 1 ? t('{0}, 1 run', label) : t('{0}, {1} runs', label, row.count),
  };
  return item;
}

function groupLabel(place: GroupPlace, now: number): string {
  switch (place) {
    case 'pinned':
      return t('Pinned');
    case 'needsYou':
      return t('Needs you');
    case 'active':
      return t('Active');
    default:
      return dayWord(place.slice('day/'.length), now);
  }
}
