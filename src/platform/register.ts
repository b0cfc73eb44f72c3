import * as vscode from 'vscode';
import { ApiProblem } from '../oz/problems';
import type { Log } from './log';
import { openUrl } from './openUrl';
import { plain } from './plainText';
import { problemWords } from './problemWords';

/**
 * Registers commands by their names after `agentRuns.`. What a command throws ends here: a person reads what happened and
 * gets the one button that helps; the log has the rest.
 */
export function registerCommands(
  commands: Readonly<Record<string, (argument?: unknown) => unknown>>,
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`agentRuns.${name}`, async (argument?: unknown) => {
        try {
          return await run(argument);
        } catch (error) {
          // Not waited for: whoever runs a command waits for its end, not until a person has read a message.
          showError(name, error, log).catch((failed: unknown) => {
            log.error(`agentRuns.${name}`, failed);
          });
          return undefined;
        }
      }),
    ),
  );
}

interface Help {
  button: string;
  act: () => unknown;
}

async function showError(command: string, error: unknown, log: Log): Promise<void> {
  if (error instanceof vscode.CancellationError || (ApiProblem.is(error) && error.kind === 'aborted')) {
    return;
  }
  log.error(`agentRuns.${command}`, error);
  const showLog: Help = {
    button: vscode.l10n.t('Show Log'),
    act: () => {
      log.show();
    },
  };
  const help = (ApiProblem.is(error) ? helpFor(error) : undefined) ?? showLog;
  const words = ApiProblem.is(error)
    ? problemWords(error)
    : vscode.l10n.t('Agent Runs could not do that: {0}', plain(error instanceof Error ? error.message : String(error)));
  if ((await vscode.window.showErrorMessage(words, help.button)) === help.button) {
    await help.act();
  }
}

/** The next step after a problem, when there is a better one than reading the log. */
function helpFor(problem: ApiProblem): Help | undefined {
  const { t } = vscode.l10n;
  switch (problem.kind) {
    case 'noKey':
    case 'keyRefused':
      return { button: t('Set API Key…'), act: () => vscode.commands.executeCommand('agentRuns.setApiKey') };
    case 'notOz':
      return {
        button: t('Open Settings'),
        act: () => vscode.commands.executeCommand('agentRuns.openServiceSettings'),
      };
    case 'externalAuth': {
      const url = problem.facts.authUrl;
      return url === undefined ? undefined : { button: t('Connect…'), act: () => openUrl(url) };
    }
    default:
      return undefined;
  }
}
