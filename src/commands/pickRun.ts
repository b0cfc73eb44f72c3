import * as vscode from 'vscode';
import { type LoadStatus, problemIn } from '../model/loadStatus';
import { timeOf } from '../model/serviceTime';
import type { Run } from '../oz/types';
import { age, runTitle, stateWord } from '../platform/words';

export interface KnownRuns {
  get(runId: string): Run | undefined;
  all(): Iterable<Run>;
  readonly status: LoadStatus;
  /** Reads the newest runs; never rejects. */
  refresh(): Promise<void>;
}

interface RunItem extends vscode.QuickPickItem {
  runId: string;
}

/** The run that a menu, a link or another command names; undefined when it names none. */
function namedRun(argument: unknown): string | undefined {
  const runId: unknown = typeof argument === 'object' && argument !== null ? Reflect.get(argument, 'runId') : undefined;
  return typeof runId === 'string' && runId !== '' ? runId : undefined;
}

/**
 * The run that the argument names, or else the one that a person picks from those known; undefined when nobody picks.
 * @param isFit leaves out runs that the command can do nothing with
 * @throws ApiProblem when there is no list to pick from
 */
export async function whichRun(
  runs: KnownRuns,
  argument: unknown,
  placeHolder: string,
  isFit: (run: Run) => boolean = () => true,
): Promise<string | undefined> {
  const named = namedRun(argument);
  if (named !== undefined) {
    return named;
  }
  let known = [...runs.all()];
  if (known.length === 0) {
    // Nobody has looked at the list yet.
    await vscode.window.withProgress({ location: { viewId: 'agentRuns.runs' } }, () => runs.refresh());
    known = [...runs.all()];
    const problem = problemIn(runs.status);
    if (problem && known.length === 0) {
      throw problem;
    }
  }
  if (known.length === 0) {
    void offerNewRun();
    return undefined;
  }
  const fit = known.filter(isFit).sort((a, b) => timeOf(b.updated_at) - timeOf(a.updated_at));
  if (fit.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no run for that in the list of runs.'));
    return undefined;
  }
  const now = Date.now();
  const items = fit.map((run): RunItem => {
    const description = [stateWord(run.state), age(run.created_at, now)].filter(Boolean).join(' · ');
    return { label: runTitle(run), description, runId: run.run_id };
  });
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.runId;
}

async function offerNewRun(): Promise<void> {
  const { t } = vscode.l10n;
  const newRun = t('New Run…');
  if ((await vscode.window.showInformationMessage(t('There are no runs yet.'), newRun)) === newRun) {
    await vscode.commands.executeCommand('agentRuns.newRun');
  }
}
