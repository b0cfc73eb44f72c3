import * as vscode from 'vscode';
import { type NotCancellable, whyNotCancellable } from '../model/cancelGate';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, type ProblemKind } from '../oz/problems';
import type { Run } from '../oz/types';
import { problemWords } from '../platform/problemWords';
import { runTitle } from '../platform/words';
import { type KnownRuns, whichRun } from './pickRun';

export interface CancelRunDeps {
  runs: KnownRuns & { put(run: Run): void };
  client: Pick<OzClient, 'cancelRun' | 'getRun'>;
}

/** These are about the run's state or kind. */
const refusals: readonly ProblemKind[] = ['conflict', 'invalid', 'unsupported'];

/**
 * Cancels a run after asking once.
 * @throws ApiProblem for what is not about this run's state or kind
 */
export async function cancelRun({ runs, client }: CancelRunDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runId = await whichRun(runs, argument, t('Cancel which run?'), (run) => !whyNotCancellable(run));
  if (runId === undefined) {
    return;
  }
  const run = runs.get(runId) ?? (await client.getRun(runId));
  const reason = whyNotCancellable(run);
  if (reason) {
    void vscode.window.showInformationMessage(whyWords(reason));
    return;
  }
  const title = runTitle(run, 80);
  const cancel: vscode.MessageItem = { title: t('Cancel Run') };
  const keep: vscode.MessageItem = { title: t('Keep It Running'), isCloseAffordance: true };
  const detail = t('The agent stops where it is. Runs that it has started go on.');
  const answer = await vscode.window.showWarningMessage(
    t('Cancel the run "{0}"?', title),
    { modal: true, detail },
    cancel,
    keep,
  );
  if (answer !== cancel) {
    return;
  }
  for (;;) {
    const problem = await tryToCancel(client, runId);
    // Whatever came of it, the list shows what the service says then.
    const reading = readAgain({ runs, client }, runId);
    if (problem && !refusals.includes(problem.kind)) {
      throw problem;
    }
    const fresh = await reading;
    if (problem?.kind !== 'conflict') {
      const why = problem?.kind === 'unsupported' ? 'elsewhere' : fresh && whyNotCancellable(fresh);
      const refusal = problem && (why ? whyWords(why) : problemWords(problem));
      void vscode.window.showInformationMessage(refusal ?? t('The run "{0}" is cancelled.', title));
      return;
    }
    const again = t('Try Again');
    const words = t('The run is being prepared and cannot be cancelled right now. It can be in a moment.');
    if ((await vscode.window.showWarningMessage(words, again)) !== again) {
      return;
    }
  }
}

/** The run as the service has it now, if it can be read. */
async function readAgain({ runs, client }: CancelRunDeps, runId: string): Promise<Run | undefined> {
  const fresh = await client.getRun(runId).catch(() => undefined);
  if (fresh) {
    runs.put(fresh);
  }
  return fresh;
}

/** What the service or the way to it had against it; undefined when the run was cancelled. */
async function tryToCancel(client: Pick<OzClient, 'cancelRun'>, runId: string): Promise<ApiProblem | undefined> {
  const title = vscode.l10n.t('Cancelling the run…');
  try {
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      client.cancelRun(runId),
    );
    return undefined;
  } catch (error) {
    if (ApiProblem.is(error)) {
      return error;
    }
    throw error;
  }
}

function whyWords(why: NotCancellable): string {
  const { t } = vscode.l10n;
  switch (why) {
    case 'ended':
      return t('This run has already ended: there is nothing to cancel.');
    case 'blocked':
      return t('This run waits for an answer and does not work: there is nothing to cancel.');
    case 'elsewhere':
      return t(
        'This run does not run in the cloud, so it cannot be cancelled from here. Stop it where it was started.',
      );
  }
}
