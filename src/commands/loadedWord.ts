import * as vscode from 'vscode';

/** How many of the runs that are known here; the service may have more. Nothing for none. */
export function loadedWord(count: number): string {
  return count === 0 ? '' : vscode.l10n.t('{0} loaded', count);
}
