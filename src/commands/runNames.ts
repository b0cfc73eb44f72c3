import * as vscode from 'vscode';
import { runTitle } from '../platform/words';
import type { KnownRuns } from './pickRun';

/** The title of the run in quotes; of several the first one's, and how many more there are. */
export function runNames(runs: Pick<KnownRuns, 'get'>, runIds: readonly string[]): string {
  const { t } = vscode.l10n;
  const [first = ''] = runIds;
  const title = runTitle(runs.get(first) ?? { run_id: first, title: '', prompt: '' }, 40);
  return runIds.length > 1 ? t('“{0}” and {1} more', title, runIds.length - 1) : t('“{0}”', title);
}
