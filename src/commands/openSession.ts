import * as vscode from 'vscode';
import { hasLiveSession } from '../model/runTime';
import type { OzClient } from '../oz/ozClient';
import type { Run } from '../oz/types';
import { openUrl } from '../platform/openUrl';
import { isNotTooMany } from './isNotTooMany';
import { type KnownRuns, whichRuns } from './pickRun';
import { withProgress } from './progress';

export interface OpenSessionDeps {
  runs: KnownRuns;
  client: Pick<OzClient, 'getRun'>;
}

/**
 * Opens the agents' live sessions in the browser.
 * @throws ApiProblem when a run's link is not known here and cannot be read
 */
export async function openSession(deps: OpenSessionDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const question = { placeHolder: t('Open the session of which run?'), isFit: hasLiveSession };
  const runIds = await whichRuns(deps.runs, argument, selected, question);
  if (!runIds) {
    return;
  }
  const links = (await linksOf(deps, runIds)).filter((link) => link !== undefined);
  const without = runIds.length - links.length;
  if (without > 0) {
    const words =
      runIds.length === 1
        ? t('This run has no session to open, or not yet.')
        : t('{0} of the {1} runs have no session to open, or not yet.', without, runIds.length);
    void vscode.window.showInformationMessage(words);
  }
  if (await isNotTooMany(links.length)) {
    for (const link of links) {
      await openUrl(link);
    }
  }
}

/** The link appears some time after the run does, so a run without one is read anew. */
async function linksOf({ runs, client }: OpenSessionDeps, runIds: readonly string[]): Promise<(string | undefined)[]> {
  const known = (runId: string): string | undefined => linkOf(runs.get(runId));
  if (runIds.every(known)) {
    return runIds.map(known);
  }
  return withProgress(vscode.l10n.t('Looking for the session…'), async (signal) => {
    const links: (string | undefined)[] = [];
    for (const runId of runIds) {
      links.push(known(runId) ?? linkOf(await client.getRun(runId, signal)));
    }
    return links;
  });
}

function linkOf(run: Run | undefined): string | undefined {
  return run?.session_link === '' ? undefined : run?.session_link;
}
