import * as vscode from 'vscode';
import { dateFormat } from '../platform/formats';

/** The row behind the last run: reads on, or says that it does. */
export function loadMoreItem(
  id: string,
  isLoading: boolean,
  { command, argument }: { command: string; argument?: unknown },
): vscode.TreeItem {
  const { t } = vscode.l10n;
  const item = new vscode.TreeItem(isLoading ? t('Loading…') : t('Load More'));
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(isLoading ? 'loading~spin' : 'ellipsis');
  item.contextValue = 'loadMore';
  item.tooltip = '';
  if (!isLoading) {
    item.command = { command, title: t('Load More'), arguments: argument === undefined ? [] : [argument] };
  }
  return item;
}

const date = dateFormat({ dateStyle: 'medium' });

/** Until when (milliseconds since 1970) nothing was found; empty while nothing was looked through. */
export function searchedWords(until: number | undefined): string {
  return until === undefined ? '' : vscode.l10n.t('nothing found back to {0}', date(until));
}
