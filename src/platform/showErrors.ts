import * as vscode from 'vscode';
import { helpForCode } from '../model/errorHelp';
import { isOfKey, isOnTheWay } from '../model/loadStatus';
import { ApiProblem } from '../oz/problems';
import { helpButton } from './errorWords';
import type { Log } from './log';
import { openUrl } from './openUrl';
import { plain } from './plainText';
import { problemWords } from './problemWords';

/** What VS Code passes: a menu of rows the row that it was opened on, and then all the selected ones. */
export type Command = (argument?: unknown, selected?: unknown) => unknown;

/**
 * The command with an end for whatever it throws: a person reads what happened and gets the one button that helps; the log
 * has the rest.
 * @param id of the command, as it is registered
 */
export function showingErrors(id: string, command: Command, log: ProblemLog): Command {
  return async (argument, selected) => {
    try {
      return await command(argument, selected);
    } catch (error) {
      // Not waited for: whoever runs a command waits for its end, not until a person has read a message.
      const again = (): unknown => vscode.commands.executeCommand(id, argument, selected);
      showError(id, error, log, again).catch((failed: unknown) => {
        log.error(id, failed);
      });
      return undefined;
    }
  };
}

/**
 * Does what a person asked for by other means than a command, with the same end for whatever it throws.
 * @param name of the part, for the log
 */
export function attempt(name: string, work: () => Promise<unknown>, log: ProblemLog): void {
  const again = (): void => {
    attempt(name, work, log);
  };
  work()
    .catch((error: unknown) => showError(name, error, log, again))
    .catch((failed: unknown) => {
      log.error(name, failed);
    });
}

/** Where what is thrown is written, and what a person may look at then. */
export type ProblemLog = Pick<Log, 'error' | 'show'>;

interface Help {
  button: string;
  act: () => unknown;
}

async function showError(id: string, error: unknown, log: ProblemLog, again: () => unknown): Promise<void> {
  if (error instanceof vscode.CancellationError || (ApiProblem.is(error) && error.kind === 'aborted')) {
    return;
  }
  log.error(id, error);
  const showLog: Help = {
    button: vscode.l10n.t('Show Log'),
    act: () => {
      log.show();
    },
  };
  const problem = ApiProblem.is(error) ? error : undefined;
  const buttons = [(problem && helpFor(problem, again)) ?? showLog];
  const traceId = problem?.facts.traceId;
  if (traceId !== undefined) {
    buttons.push({ button: vscode.l10n.t('Copy Trace ID'), act: command('copyTraceId', { traceId }) });
  }
  if (problem && isOnTheWay(problem)) {
    buttons.push({ button: vscode.l10n.t('Diagnose Connection…'), act: command('diagnoseConnection') });
  }
  const words = problem
    ? problemWords(problem)
    : vscode.l10n.t('Agent Runs could not do that: {0}', plain(error instanceof Error ? error.message : String(error)));
  const clicked = await vscode.window.showErrorMessage(words, ...buttons.map(({ button }) => button));
  await buttons.find(({ button }) => button === clicked)?.act();
}

function command(name: string, ...args: unknown[]): () => unknown {
  return () => vscode.commands.executeCommand(`agentRuns.${name}`, ...args);
}

/** The next step after a problem, when there is a better one than reading the log. */
function helpFor(problem: ApiProblem, again: () => unknown): Help | undefined {
  const { t } = vscode.l10n;
  if (problem.kind === 'notOz') {
    return { button: t('Open Settings'), act: command('openServiceSettings') };
  }
  const { code, retryable, authUrl } = problem.facts;
  const help = helpForCode(code, retryable) ?? (isOfKey(problem) ? 'key' : undefined);
  switch (help) {
    case undefined:
      return undefined;
    case 'retry':
      return { button: t('Try Again'), act: again };
    default: {
      const { button, command } = helpButton(help);
      const isAddressKnown = help === 'connect' && authUrl !== undefined;
      return { button, act: () => (isAddressKnown ? openUrl(authUrl) : vscode.commands.executeCommand(command)) };
    }
  }
}
