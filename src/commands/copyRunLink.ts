import * as vscode from 'vscode';
import { runPage } from '../product';
import { copyLines } from './copyLines';
import type { RunLinkDeps } from './openInBrowser';
import { whichRuns } from './pickRun';

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
    await copyLines(links, links.length === 1 ? t('Link to the run copied') : t('{0} links copied', links.length));
  }
}
