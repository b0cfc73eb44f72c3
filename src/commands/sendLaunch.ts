import * as vscode from 'vscode';
import type { Launched } from '../model/launcher';
import { markOf } from '../model/launchMatch';
import type { Launches } from '../model/launches';
import { ApiProblem } from '../oz/problems';
import type { LaunchRequest } from '../oz/types';
import { askAfterFailure } from './launchFailure';
import { withProgressIfSlow } from './progress';
import { tellLaunched } from './tellLaunched';

export interface SendLaunchDeps {
  /** Without `twin` nobody is asked whether they want another one: they said so already. */
  launcher: Pick<Launches, 'launch' | 'once'> & Partial<Pick<Launches, 'twin'>>;
  /** Asks before something is spent, where a person wants that. */
  confirm?: (request: LaunchRequest) => Promise<boolean>;
  openConversation: (runId: string) => Promise<void>;
}

export interface SendHow {
  /** Names what was clicked on: a double click launches the same thing once. */
  key?: string;
  /** A person wrote something for it, which may be kept nowhere else; true unless said. */
  isTyped?: boolean;
  /** The id of a launch whose place this one takes. */
  replaces?: string;
}

/**
 * Sends a launch and opens its conversation. After a failure a person decides: false when the launch sheet is wanted again,
 * true when this is over; `onLaunched` is called once when the run exists, which may be later.
 */
export async function sendLaunch(
  deps: SendLaunchDeps,
  request: LaunchRequest,
  onLaunched: () => void,
  progressTitle = vscode.l10n.t('Launching the run…'),
  { key, ...how }: SendHow = {},
): Promise<boolean> {
  let isTold = false;
  const tellOnce = (): void => {
    if (!isTold) {
      isTold = true;
      onLaunched();
    }
  };
  let isStopped = false;
  // The click is answered by the launch's row.
  const send = (): Promise<Launched> =>
    withProgressIfSlow(progressTitle, (signal) => {
      signal.addEventListener('abort', () => {
        isStopped = true;
      });
      return deps.launcher.launch(request, signal, { ...how, onLaunched: tellOnce });
    });
  const begin = async (): Promise<Launched | undefined> => {
    const isWanted =
      (how.replaces !== undefined || (await wantsAnother(deps, request))) && (await (deps.confirm?.(request) ?? true));
    return isWanted ? send() : undefined;
  };
  // A click on the same thing with other words is another launch.
  const { isFirst, outcome } =
    key === undefined
      ? { isFirst: true, outcome: begin() }
      : deps.launcher.once(`${key} ${markOf(JSON.stringify(request)).sha256}`, begin);
  let sending: PromiseLike<Launched | undefined> = outcome;
  for (;;) {
    let launched: Launched | undefined;
    try {
      launched = await sending;
    } catch (error) {
      if (!isFirst) {
        return true;
      }
      const next = ApiProblem.is(error) ? await askAfterFailure(error, request) : undefined;
      if (next === undefined) {
        throw error;
      }
      if (next !== 'send') {
        return next === 'leave';
      }
      isStopped = false;
      sending = send();
      continue;
    }
    if (!launched || !isFirst) {
      // Who clicked first hears of it.
      return !isFirst;
    }
    tellOnce();
    tellLaunched(launched, isStopped);
    await deps.openConversation(launched.run.run_id);
    return true;
  }
}

/** The same words may have made a run already, whose answer is still missing. */
async function wantsAnother({ launcher }: SendLaunchDeps, request: LaunchRequest): Promise<boolean> {
  const { t } = vscode.l10n;
  if (!launcher.twin?.(request)) {
    return true;
  }
  const another: vscode.MessageItem = { title: t('Launch Another One') };
  const detail = t(
    'It stands in the Runs view: whether its run exists is not known yet. Another launch makes a second run.',
  );
  const question = t('The same was launched a moment ago. Launch it once more?');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, another)) === another;
}
