import * as vscode from 'vscode';
import { type NotCancellable, whyNotCancellable } from '../model/cancelGate';
import type { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { problemWords } from '../platform/problemWords';

/** Why nothing is cancelled, where none of the runs can be. */
export function noneWords(runs: readonly Run[]): string {
  const [only] = runs;
  const why = only && whyNotCancellable(only);
  return runs.length === 1 && why
    ? whyWords(why)
    : [vscode.l10n.t('None of the {0} runs can be cancelled.', runs.length), ...reasonLines(runs)].join(' ');
}

/** How many of the runs cannot be cancelled, for each reason. */
export function reasonLines(runs: readonly Run[]): string[] {
  const { t } = vscode.l10n;
  const count = (why: NotCancellable): number => runs.filter((run) => whyNotCancellable(run) === why).length;
  const [ended, blocked, elsewhere] = [count('ended'), count('blocked'), count('elsewhere')];
  return [
    ended > 0 ? t('Ended already: {0}.', ended) : '',
    blocked > 0 ? t('Waiting for an answer and not at work: {0}.', blocked) : '',
    elsewhere > 0 ? t('Not in the cloud, to be stopped where they were started: {0}.', elsewhere) : '',
  ].filter(Boolean);
}

/** What stood against a cancel. `fresh` is the run afterwards: what it is now says more than the service's words. */
export function refusalWords(problem: ApiProblem, fresh: Run | undefined): string {
  if (problem.kind === 'conflict') {
    return vscode.l10n.t('The run is being prepared and cannot be cancelled right now. It can be in a moment.');
  }
  const why =
    problem.kind === 'unsupported' ? 'elsewhere' : problem.kind === 'invalid' && fresh && whyNotCancellable(fresh);
  return why ? whyWords(why) : problemWords(problem);
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
