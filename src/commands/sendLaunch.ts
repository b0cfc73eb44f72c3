import * as vscode from 'vscode';
import { helpForCode } from '../model/errorHelp';
import type { Launched, Launcher } from '../model/launcher';
import { ApiProblem } from '../oz/problems';
import type { LaunchRequest } from '../oz/types';
import { helpButton } from '../platform/errorWords';
import { problemWords } from '../platform/problemWords';
import { product } from '../product';
import { openUrl } from '../platform/openUrl';
import { withProgress } from './progress';

export interface SendLaunchDeps {
  launcher: Pick<Launcher, 'launch'>;
  openConversation: (runId: string) => Promise<void>;
}

/** A button of the message about a failed launch, and what follows a click: sending, the launch sheet, or nothing. */
interface Help {
  button: string;
  act: () => PromiseLike<'send' | 'sheet' | 'leave'>;
}

/**
 * Sends a launch and opens its conversation. After a failure a person decides: false when the launch sheet is wanted again,
 * true when this is over; `onLaunched` is called when the run exists.
 */
export async function sendLaunch(
  deps: SendLaunchDeps,
  request: LaunchRequest,
  onLaunched: () => void,
  progressTitle = vscode.l10n.t('Launching the run…'),
): Promise<boolean> {
  for (;;) {
    let launched: Launched;
    try {
      // A cancel takes effect until the launch was sent; later the run is looked for, and cancelled like any other.
      launched = await withProgress(progressTitle, (signal) => deps.launcher.launch(request, signal));
    } catch (error) {
      const next = ApiProblem.is(error) ? await askWhatNext(error, request) : undefined;
      if (next === undefined) {
        throw error;
      }
      if (next === 'send') {
        continue;
      }
      return next === 'leave';
    }
    onLaunched();
    tell(launched);
    await deps.openConversation(launched.run.run_id);
    return true;
  }
}

function tell({ atCapacity, found }: Launched): void {
  const { t } = vscode.l10n;
  if (found) {
    void vscode.window.showInformationMessage(
      t('The answer to the launch was lost on the way, but the run was launched: here it is.'),
    );
  }
  if (atCapacity) {
    void vscode.window.showInformationMessage(
      t('{0} is running as many of your agents as it may. This run waits and starts by itself.', product.service),
    );
  }
}

async function askWhatNext(problem: ApiProblem, request: LaunchRequest): Promise<'send' | 'sheet' | 'leave'> {
  const { t } = vscode.l10n;
  if (problem.kind === 'aborted') {
    return 'sheet';
  }
  const unknown = isCancelled(problem)
    ? t('Cancelled while the launch was being sent, and no such run was found. It may still have started.')
    : t('The connection broke after the launch was sent, and no such run was found. It may still have started.');
  const words = problem.kind === 'outcomeUnknown' ? unknown : t('The launch failed. {0}', problemWords(problem));
  const helps = helpsFor(problem, request);
  const clicked = await vscode.window.showErrorMessage(words, ...helps.map(({ button }) => button));
  return helps.find(({ button }) => button === clicked)?.act() ?? 'leave';
}

/** A person stopped it on its way, though perhaps too late: `outcomeUnknown` says why as its code. */
function isCancelled({ facts }: ApiProblem): boolean {
  return facts.code === 'aborted';
}

/** The next steps after a launch failed. */
function helpsFor(problem: ApiProblem, { prompt }: LaunchRequest): Help[] {
  const { t } = vscode.l10n;
  const command = (button: string, next: 'sheet' | 'leave', ...ids: string[]): Help => ({
    button,
    act: async () => {
      for (const id of ids) {
        await vscode.commands.executeCommand(id);
      }
      return next;
    },
  });
  const again: Help = { button: t('Try Again'), act: () => Promise.resolve('send') };
  const change: Help = { button: t('Change…'), act: () => Promise.resolve('sheet') };
  const copy: Help = {
    button: t('Copy Prompt'),
    act: async () => {
      await vscode.env.clipboard.writeText(prompt ?? '');
      return 'leave';
    },
  };
  const { traceId } = problem.facts;
  const copies = [
    ...(prompt ? [copy] : []),
    ...(traceId === undefined ? [] : [command(t('Copy Trace ID'), 'leave', 'agentRuns.copyTraceId')]),
  ];
  switch (problem.kind) {
    case 'outcomeUnknown':
      return [
        command(t('Show Runs'), 'leave', 'agentRuns.runs.focus', 'agentRuns.refreshRuns'),
        { ...again, button: t('Launch Again') },
        ...copies,
      ];
    case 'noKey':
    case 'keyRefused':
      return [command(t('Set API Key…'), 'sheet', 'agentRuns.setApiKey'), ...copies];
    case 'externalAuth': {
      const { authUrl } = problem.facts;
      const connect = async (): Promise<'sheet'> => {
        await openUrl(authUrl);
        return 'sheet';
      };
      const { button, command: id } = helpButton('connect');
      return [authUrl === undefined ? command(button, 'sheet', id) : { button, act: connect }, ...copies];
    }
    case 'unreachable':
    case 'notOz':
      return [again, command(t('Open Settings'), 'sheet', 'agentRuns.openServiceSettings'), ...copies];
    default: {
      const help = helpForCode(problem.facts.code, problem.facts.retryable);
      const { button, command: id } = helpButton(help ?? 'retry');
      const isElsewhere = help !== undefined && help !== 'retry' && help !== 'browser';
      return [...(isElsewhere ? [command(button, 'sheet', id)] : []), again, change, ...copies];
    }
  }
}
