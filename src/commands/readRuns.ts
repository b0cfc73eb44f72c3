import * as vscode from 'vscode';
import type { OzClient } from '../oz/ozClient';
import type { Run } from '../oz/types';
import type { KnownRuns } from './pickRun';
import { withProgress } from './progress';

export interface ReadRunsDeps {
  runs: Pick<KnownRuns, 'get'>;
  client: Pick<OzClient, 'getRun'>;
}

/**
 * The runs as they are known here, or else as the service has them.
 * @throws ApiProblem when one of them cannot be read
 */
export async function readRuns({ runs, client }: ReadRunsDeps, runIds: readonly string[]): Promise<Run[]> {
  const known = runIds.map((runId) => runs.get(runId)).filter((run) => run !== undefined);
  if (known.length === runIds.length) {
    return known;
  }
  const title = runIds.length === 1 ? vscode.l10n.t('Reading the run…') : vscode.l10n.t('Reading the runs…');
  return withProgress(title, async (signal) => {
    const read: Run[] = [];
    for (const runId of runIds) {
      read.push(runs.get(runId) ?? (await client.getRun(runId, signal)));
    }
    return read;
  });
}

/** @throws ApiProblem when it is not known here and cannot be read */
export async function readRun(deps: ReadRunsDeps, runId: string): Promise<Run | undefined> {
  return (await readRuns(deps, [runId]))[0];
}
