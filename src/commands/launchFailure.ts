import * as vscode from 'vscode';
import { helpForCode } from '../model/errorHelp';
import type { ApiProblem } from '../oz/problems';
import type { LaunchRequest } from '../oz/types';
import { helpButton } from '../platform/errorWords';
import { openUrl } from '../platform/openUrl';
import { problemWords } from '../platform/problemWords';

/** A button of the message about a failed launch, and what follows a click: sending, the launch sheet, or nothing. */
interface Help {
  button: string;
  act: () => PromiseLike<'send' | 'sheet' | 'leave'>;
}

/** Says why a launch failed, and asks what to do: to send it again, to change it in the launch sheet, or nothing now. */
export async function askAfterFailure(
  problem: ApiProblem,
  request: LaunchRequest,
): Promise<'send' | 'sheet' | 'leave'> {
  const { kind, facts } = problem;
  if (kind === 'aborted' && facts.code === 'elsewhere') {
    void vscode.window.showInformationMessage(vscode.l10n.t('This launch is on its way already.'));
    return 'leave';
  }
  // A person stopped it: before anything was sent, or else what came of it is told when that is known.
  if (facts.code === 'aborted' || (kind === 'aborted' && facts.code === undefined)) {
    return kind === 'aborted' ? 'sheet' : 'leave';
  }
  const helps = helpsFor(problem, request);
  const clicked = await vscode.window.showErrorMessage(failureWords(problem), ...helps.map(({ button }) => button));
  return helps.find(({ button }) => button === clicked)?.act() ?? 'leave';
}

function failureWords(problem: ApiProblem): string {
  const { t } = vscode.l10n;
  switch (problem.kind) {
    case 'aborted':
      return t('Nothing was launched: VS Code could not store the launch, and without that it could get lost.');
    case 'outcomeUnknown':
      return t(
        'It is not known whether the run was launched: no such run was found yet. It stands in the Runs view until it is found or you decide.',
      );
    default:
      return t('The launch failed. {0} You can launch it again from the Runs view.', problemWords(problem));
  }
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
