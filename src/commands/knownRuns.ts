import * as vscode from 'vscode';
import { problemIn } from '../model/loadStatus';
import type { Run } from '../oz/types';
import type { KnownRuns } from './pickRun';

/**
 * Every run known, in no order. The list is read first when nobody has looked at it yet.
 * @throws ApiProblem when that went wrong and there is none
 */
export async function knownRuns(runs: Pick<KnownRuns, 'all' | 'refresh' | 'status'>): Promise<Run[]> {
  const known = [...runs.all()];
  if (known.length > 0) {
    return known;
  }
  await vscode.window.withProgress({ location: { viewId: 'agentRuns.runs' } }, () => runs.refresh());
  const read = [...runs.all()];
  const problem = problemIn(runs.status);
  if (problem && read.length === 0) {
    throw problem;
  }
  return read;
}
