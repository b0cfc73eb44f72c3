import * as vscode from 'vscode';
import { copyLines } from './copyLines';
import { type KnownRuns, whichRuns } from './pickRun';

/** Copies the ids of the runs, one a line. */
export async function copyRunId({ runs }: { runs: KnownRuns }, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(runs, argument, selected, { placeHolder: t('Copy the id of which run?') });
  if (runIds) {
    await copyLines(runIds, runIds.length === 1 ? t('Run id copied') : t('{0} run ids copied', runIds.length));
  }
}
