import * as vscode from 'vscode';
import { whyNotCancellable } from '../model/cancelGate';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, type ProblemKind } from '../oz/problems';
import type { Run } from '../oz/types';
import { runTitle } from '../platform/words';
import { noneWords, reasonLines, refusalWords } from './cancelWords';
import { generalProblems } from './generalProblems';
import { type KnownRuns, whichRuns } from './pickRun';
import { withProgress } from './progress';
import { readRuns } from './readRuns';
import { titleLines } from './titleLines';

export interface CancelRunDeps {
  runs: KnownRuns & { put(run: Run): void };
  client: Pick<OzClient, 'cancelRun' | 'getRun'>;
}

/** What came of one cancel: `problem` is what stood against it, `fresh` the run afterwards, if it could be read. */
interface Outcome {
  run: Run;
  problem?: ApiProblem;
  fresh?: Run;
}

/** These are about the state or the kind of one run. */
const refusals: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['conflict', 'invalid', 'unsupported']);

/**
 * Cancels runs after asking once. What the service refuses is explained, and offered again where that may help.
 * @throws ApiProblem for what is not about one run's state or kind
 */
export async function cancelRun(deps: CancelRunDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const runIds = await whichRuns(deps.runs, argument, selected, {
    placeHolder: vscode.l10n.t('Cancel which runs?'),
    isFit: (run) => !whyNotCancellable(run),
    many: true,
  });
  if (!runIds) {
    return;
  }
  const chosen = await readRuns(deps, runIds);
  const others = chosen.filter((run) => whyNotCancellable(run));
  let left = chosen.filter((run) => !whyNotCancellable(run));
  if (left.length === 0) {
    void vscode.window.showInformationMessage(noneWords(others));
  } else if (!(await isSure(left, others))) {
    return;
  }
  while (left.length > 0) {
    const outcomes = await cancelAll(deps, left);
    left = left.length === 1 ? await tellOne(outcomes) : await tellSeveral(outcomes, left);
  }
}

async function isSure(fit: readonly Run[], others: readonly Run[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const [only] = fit.length === 1 ? fit : [];
  const cancel: vscode.MessageItem = { title: only ? t('Cancel Run') : t('Cancel Runs') };
  const keep: vscode.MessageItem = {
    title: only ? t('Keep It Running') : t('Keep Them Running'),
    isCloseAffordance: true,
  };
  const detail = [
    ...(only ? [] : [titleLines(fit)]),
    only
      ? t('The agent stops where it is. Runs that it has started go on.')
      : t('The agents stop where they are. Runs that they have started go on.'),
    ...(others.length > 0 ? [[t('Not cancelled of those selected:'), ...reasonLines(others)].join('\n')] : []),
  ].join('\n\n');
  const question = only ? t('Cancel the run “{0}”?', runTitle(only, 80)) : t('Cancel {0} runs?', fit.length);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, cancel, keep)) === cancel;
}

/** One after another, until a person stops it or something happens that would happen to the rest as well. */
function cancelAll({ runs, client }: CancelRunDeps, list: readonly Run[]): Thenable<Outcome[]> {
  const { t } = vscode.l10n;
  // Not "cancelling": the button beside it is "Cancel". How far it is comes behind the words.
  const title = list.length === 1 ? t('Stopping the run…') : t('Stopping {0} runs', list.length);
  return withProgress(title, async (signal, step) => {
    const outcomes: Outcome[] = [];
    for (const run of list) {
      if (list.length > 1) {
        step(t('{0} of {1}', outcomes.length + 1, list.length));
      }
      const problem = await client.cancelRun(run.run_id, signal).then(() => undefined, problemOnly);
      // Whatever came of it, the list shows what the service says then.
      const reading = readAgain({ runs, client }, run.run_id);
      const fresh = !problem || refusals.has(problem.kind) ? await reading : undefined;
      outcomes.push({ run, problem, fresh });
      if (signal.aborted || (problem && generalProblems.has(problem.kind))) {
        break;
      }
    }
    return outcomes;
  });
}

/** The run as the service has it now, if it can be read. */
async function readAgain({ runs, client }: CancelRunDeps, runId: string): Promise<Run | undefined> {
  const fresh = await client.getRun(runId).catch(() => undefined);
  if (fresh) {
    runs.put(fresh);
  }
  return fresh;
}

function problemOnly(error: unknown): ApiProblem {
  if (ApiProblem.is(error)) {
    return error;
  }
  throw error;
}

/** Answers with the run when a person wants to try again. */
async function tellOne([outcome]: readonly Outcome[]): Promise<Run[]> {
  const { t } = vscode.l10n;
  if (!outcome) {
    return [];
  }
  const { run, problem, fresh } = outcome;
  if (!problem) {
    void vscode.window.showInformationMessage(t('Cancelled the run “{0}”.', runTitle(run, 80)));
    return [];
  }
  if (!refusals.has(problem.kind)) {
    throw problem;
  }
  const words = refusalWords(problem, fresh);
  if (problem.kind !== 'conflict') {
    void vscode.window.showInformationMessage(words);
    return [];
  }
  const again = t('Try Again');
  return (await vscode.window.showWarningMessage(words, again)) === again ? [run] : [];
}

/** Says how many are cancelled and what the others met; answers with the runs that a person wants to try again. */
async function tellSeveral(outcomes: readonly Outcome[], wanted: readonly Run[]): Promise<Run[]> {
  const { t } = vscode.l10n;
  const cancelled = outcomes.filter(({ problem }) => !problem).length;
  if (cancelled === wanted.length) {
    void vscode.window.showInformationMessage(t('{0} runs are cancelled.', cancelled));
    return [];
  }
  const reasons = new Map<string, number>();
  for (const { problem, fresh } of outcomes) {
    // Who stopped it knows why.
    if (problem && problem.kind !== 'aborted') {
      const words = refusalWords(problem, fresh);
      reasons.set(words, (reasons.get(words) ?? 0) + 1);
    }
  }
  const why = [...reasons].map(([words, count]) => (count === 1 ? words : t('{0} times: {1}', count, words)));
  const message = [t('Cancelled: {0} of {1} runs.', cancelled, wanted.length), ...why].join(' ');
  const isOver = (run: Run): boolean =>
    outcomes.some(
      (one) =>
        one.run === run && (!one.problem || one.problem.kind === 'invalid' || one.problem.kind === 'unsupported'),
    );
  const left = wanted.filter((run) => !isOver(run));
  const again = t('Try Again');
  const clicked = await vscode.window.showWarningMessage(message, ...(left.length > 0 ? [again] : []));
  return clicked === again ? left : [];
}
