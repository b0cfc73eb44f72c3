import * as vscode from 'vscode';
import { pushFailure } from '../model/pushFailure';
import { repositoryName } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import type { Repository } from '../platform/repository';
import { gitWords } from '../platform/runGit';
import { withProgress } from './progress';

/** Pushes the branch. True when it went well; what Git says is shown when it did not, with the next step. */
export async function push(repository: Pick<Repository, 'push' | 'gitHub'> | undefined): Promise<boolean> {
  const { t } = vscode.l10n;
  const { push: target, gitHub } = repository ?? {};
  if (!target) {
    return false;
  }
  const title = t('Pushing {0} to {1}…', plain(target.branch, 60), plain(target.remote, 40));
  const cancelled = new Set<AbortSignal>();
  try {
    await withProgress(title, (signal) => {
      signal.addEventListener('abort', () => {
        cancelled.add(signal);
      });
      return target.run(signal);
    });
    return true;
  } catch (error) {
    if (cancelled.size > 0) {
      // The editor's Git cannot be told to stop.
      void vscode.window.showInformationMessage(t('Nobody waits for the push any more. Git may still finish it.'));
    } else {
      void tellFailure(saidBy(error), gitHub && repositoryName(gitHub));
    }
    return false;
  }
}

/** What Git printed, which the editor's Git puts beside its own words. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const stderr: unknown = Reflect.get(error, 'stderr');
  return typeof stderr === 'string' && stderr.trim() !== '' ? stderr : error.message;
}

/** Without the lines that say again where the push went. */
function withoutFrame(said: string): string {
  const lines = said.split(/\r?\n/).filter((line) => !/^(?:To |error: failed to push some refs)/.test(line.trim()));
  return lines.some((line) => line.trim() !== '') ? lines.join('\n') : said;
}

async function tellFailure(said: string, repository: string | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const output = { button: t('Show Git Output'), command: 'git.showOutput' };
  const sourceControl = { button: t('Open Source Control'), command: 'workbench.view.scm' };
  const where = plain(repository ?? 'GitHub', 80);
  const words = plain(gitWords({ code: 1, stdout: '', stderr: withoutFrame(said) }), 300);
  const [sentence, help] = ((): [string, typeof output] => {
    switch (pushFailure(said)) {
      case 'rejected':
        return [
          t('{0} has commits of this branch that are not here. Pull them, then push again.', where),
          sourceControl,
        ];
      case 'denied':
        return [t('{0} does not let you push: sign in, or push to a fork.', where), output];
      case 'refused':
        return [t('{0} did not take the push. Another branch may do.', where), output];
      case 'hook':
        return [t('A hook on this machine stopped the push. See what it printed.'), output];
      case 'unreachable':
        return [t('{0} could not be reached. Try again once you are online.', where), output];
      case 'other':
        return [t('Nothing was pushed. See what Git printed.'), output];
    }
  })();
  const message = words === '' ? sentence : t('{0} Git says: {1}', sentence, words);
  if ((await vscode.window.showErrorMessage(message, help.button)) === help.button) {
    await vscode.commands.executeCommand(help.command);
  }
}
