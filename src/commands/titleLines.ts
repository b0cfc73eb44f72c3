import * as vscode from 'vscode';
import type { Run } from '../oz/types';
import { runTitle } from '../platform/words';

const mostLines = 6;

/** The titles of runs for a dialog, one a line; of many the first ones. */
export function titleLines(runs: readonly Run[]): string {
  return bulletLines(runs.map((run) => runTitle(run, 80)));
}

/** Titles for a dialog, one a line; of many the first ones. */
export function bulletLines(titles: readonly string[]): string {
  const shown = titles.length > mostLines ? titles.slice(0, mostLines - 1) : titles;
  const rest = titles.length - shown.length;
  return [...shown.map((title) => `• ${title}`), ...(rest > 0 ? [vscode.l10n.t('and {0} more', rest)] : [])].join('\n');
}
