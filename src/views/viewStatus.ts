import * as vscode from 'vscode';
import { type LoadStatus, problemIn } from '../model/loadStatus';
import { setContextKey } from '../platform/contextKeys';
import { dateFormat } from '../platform/formats';
import { causeWord, problemWords } from '../platform/problemWords';
import type { LoadingBar } from './loadingBar';

type View = Pick<vscode.TreeView<unknown>, 'message' | 'description'>;

/** Shows how reading goes: above the rows, beside the title, by the moving bar, and by the welcome text that fits. */
export function showStatus(
  view: View,
  viewId: `agentRuns.${string}`,
  loadingBar: LoadingBar,
  { status, size }: { readonly status: LoadStatus; readonly size: number },
): void {
  const { message, description } = statusText(status, size);
  if (view.message !== message) {
    view.message = message;
  }
  if (view.description !== description) {
    view.description = description;
  }
  loadingBar.set(status.kind === 'loading');
  setContextKey(`${viewId}.status`, viewStatus(status, size));
}

/** The values of the context keys `agentRuns.runs.status` and `agentRuns.schedules.status`: which welcome text fits. */
type ViewStatus = 'starting' | 'noKey' | 'keyRefused' | 'unreachable' | 'notOz' | 'failed' | 'empty' | 'ready';

/** `rows`: how many are on hand. */
function viewStatus(status: LoadStatus, rows: number): ViewStatus {
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
function statusText(status: LoadStatus, rows: number): { message?: string; description?: string } {
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
        : `${problemWords(problem)} ${vscode.l10n.t('The list is as of {0}.', shortTime(lastGood))}`,
  };
}

const shortTime = dateFormat({
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
