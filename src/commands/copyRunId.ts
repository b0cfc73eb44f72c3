import * as vscode from 'vscode';
import { copyLines } from './copyLines';
import { type KnownRuns, whichRuns } from './pickRun';
import { runNames } from './runNames';

/** Copies the ids of the runs, one a line. */
export async function copyRunId({ runs }: { runs: KnownRuns }, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(runs, argument, selected, { placeHolder: t('Copy the id of which run?') });
  if (runIds) {
    const names = runNames(runs, runIds);
    const words =
      runIds.length === 1 ? t('Id of {0} copied', names) : t('{0} run ids copied: {1}', runIds.length, names);
    await copyLines(runIds, words);
  }
}
