import * as vscode from 'vscode';
import type { LoadStatus } from '../model/loadStatus';
import { ApiProblem } from '../oz/problems';
import { causeWord, problemWords } from '../platform/problemWords';

/** The values of the context keys `agentRuns.runs.status` and `agentRuns.schedules.status`: which welcome text fits. */
export type ViewStatus = 'starting' | 'noKey' | 'keyRefused' | 'unreachable' | 'notOz' | 'failed' | 'empty' | 'ready';

/** `rows`: how many are on hand. */
export function viewStatus(status: LoadStatus, rows: number): ViewStatus {
  switch (status.kind) {
    case 'starting':
    case 'loading':
      return 'starting';
    case 'noKey':
      return 'noKey';
    case 'ready':
      return rows === 0 ? 'empty' : 'ready';
    case 'failed':
      switch (status.problem.kind) {
        case 'noKey':
        case 'keyRefused':
        case 'unreachable':
        case 'notOz':
          return status.problem.kind;
        case 'timeout':
          return 'unreachable';
        case 'notFound':
          // Every Oz has the list: what has none is something else.
          return 'notOz';
        default:
          return 'failed';
      }
  }
}

/**
 * What is wrong, said above the rows. A view without rows has a welcome text instead, which a message would hide: there the
 * cause stands beside the title.
 */
export function statusText(status: LoadStatus, rows: number): { message?: string; description?: string } {
  const problem = problemIn(status);
  if (!problem) {
    return {};
  }
  if (rows === 0) {
    return problem.kind === 'noKey' || problem.kind === 'keyRefused' ? {} : { description: causeWord(problem) };
  }
  const lastGood = status.kind === 'failed' ? status.lastGood : undefined;
  return {
    message:
      lastGood === undefined
        ? problemWords(problem)
        : `${problemWords(problem)} ${vscode.l10n.t('The list is as of {0}.', shortTime.format(lastGood))}`,
  };
}

function problemIn(status: LoadStatus): ApiProblem | undefined {
  switch (status.kind) {
    case 'failed':
      return status.problem;
    case 'noKey':
      return new ApiProblem({ kind: 'noKey', message: '' });
    default:
      return undefined;
  }
}

const shortTime = new Intl.DateTimeFormat(vscode.env.language, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
