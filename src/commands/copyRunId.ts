import * as vscode from 'vscode';
import { type KnownRuns, whichRun } from './pickRun';

export async function copyRunId({ runs }: { runs: KnownRuns }, argument?: unknown): Promise<void> {
  const runId = await whichRun(runs, argument, vscode.l10n.t('Copy the id of which run?'));
  if (runId !== undefined) {
    await vscode.env.clipboard.writeText(runId);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Run id copied'), 3000);
  }
}
