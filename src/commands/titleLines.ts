import * as vscode from 'vscode';
import type { Run } from '../oz/types';
import { runTitle } from '../platform/words';

const mostLines = 6;

/** The titles of runs for a dialog, one a line; of many the first ones. */
export function titleLines(runs: readonly Run[]): string {
  const shown = runs.length > mostLines ? runs.slice(0, mostLines - 1) : runs;
  const rest = runs.length - shown.length;
  return [
    ...shown.map((run) => `• ${runTitle(run, 80)}`),
    ...(rest > 0 ? [vscode.l10n.t('and {0} more', rest)] : []),
  ].join('\n');
}
