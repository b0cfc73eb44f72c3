import * as vscode from 'vscode';
import { isOfKey, type LoadStatus, problemIn } from '../model/loadStatus';
import { setContextKey } from '../platform/contextKeys';
import { dateFormat } from '../platform/formats';
import { causeWord, problemWords } from '../platform/problemWords';
import type { LoadingBar } from './loadingBar';

type View = Pick<vscode.TreeView<unknown>, 'message' | 'description'>;

/** What a view has to say beside its rows. */
interface Listing {
  readonly status: LoadStatus;
  /** How many rows there are. */
  readonly size: number;
  /** What keeps other rows out of sight. */
  readonly filter?:
    | {
        readonly words: string;
        readonly hasMore: boolean;
        /** Nothing can match before a person has said who they are. */
        readonly lacksMe: boolean;
        readonly lacksRepository: boolean;
      }
    | undefined;
}

/** Shows how reading goes: above the rows, beside the title, by the moving bar, and by the welcome text that fits. */
export function showStatus(
  view: View,
  viewId: `agentRuns.${string}`,
  loadingBar: LoadingBar,
  { status, size, filter }: Listing,
): void {
  const { message, cause } = problemText(status, size);
  const words = filter?.words;
  const description = words && cause ? vscode.l10n.t('{0} ({1})', words, cause) : (words ?? cause);
  if (view.message !== message) {
    view.message = message;
  }
  if (view.description !== description) {
    view.description = description;
  }
  loadingBar.set(status.kind === 'loading');
  setContextKey(`${viewId}.status`, viewStatus({ status, size, filter }));
}

/** The values of a view's context key, `agentRuns.….status`: which welcome text fits. */
type ViewStatus =
  | 'starting'
  | 'noKey'
  | 'keyRefused'
  | 'unreachable'
  | 'notOz'
  | 'failed'
  | 'empty'
  | 'whoAmI'
  | 'noRepository'
  | 'noMatch'
  | 'ready';

function viewStatus({ status, size, filter }: Listing): ViewStatus {
  switch (status.kind) {
    case 'starting':
    case 'loading':
      return 'starting';
    case 'noKey':
      return 'noKey';
    case 'ready':
      if (size > 0) {
        return 'ready';
      }
      if (!filter) {
        return 'empty';
      }
      if (filter.lacksMe || filter.lacksRepository) {
        return filter.lacksMe ? 'whoAmI' : 'noRepository';
      }
      return filter.hasMore ? 'ready' : 'noMatch';
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
function problemText(status: LoadStatus, rows: number): { message?: string; cause?: string } {
  const problem = problemIn(status);
  if (!problem) {
    return {};
  }
  if (rows === 0) {
    return isOfKey(problem) ? {} : { cause: causeWord(problem) };
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
