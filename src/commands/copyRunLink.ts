import * as vscode from 'vscode';
import { runPage } from '../product';
import { copyLines } from './copyLines';
import type { RunLinkDeps } from './openInBrowser';
import { whichRuns } from './pickRun';
import { runNames } from './runNames';

/** Copies the addresses of the runs' pages of the web app, one a line. */
export async function copyRunLink(
  { runs, webUrl }: RunLinkDeps,
  argument?: unknown,
  selected?: unknown,
): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(runs, argument, selected, { placeHolder: t('Copy the link to which run?') });
  if (runIds) {
    const links = runIds.map((runId) => runPage(webUrl(), runId));
    const names = runNames(runs, runIds);
    const words = links.length === 1 ? t('Link to {0} copied', names) : t('{0} links copied: {1}', links.length, names);
    await copyLines(links, words);
  }
}
