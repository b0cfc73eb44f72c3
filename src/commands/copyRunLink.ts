import * as vscode from 'vscode';
import { runPage } from '../product';
import type { RunLinkDeps } from './openInBrowser';
import { whichRun } from './pickRun';

export async function copyRunLink({ runs, webUrl }: RunLinkDeps, argument?: unknown): Promise<void> {
  const runId = await whichRun(runs, argument, vscode.l10n.t('Copy the link to which run?'));
  if (runId !== undefined) {
    await vscode.env.clipboard.writeText(runPage(webUrl(), runId));
    vscode.window.setStatusBarMessage(vscode.l10n.t('Link to the run copied'), 3000);
  }
}
