import * as vscode from 'vscode';
import type { Launched } from '../model/launcher';
import type { Settled } from '../model/launchSearch';
import type { Run } from '../oz/types';
import { launchTitle, runTitle } from '../platform/words';
import { product } from '../product';

/** Says what is unusual about a run that was launched. */
export function tellLaunched({ run, atCapacity, found }: Launched, isStopped: boolean): void {
  const { t } = vscode.l10n;
  if (isStopped) {
    void tellTooLate(run);
  } else if (found) {
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

/** Says what became of a launch that nobody waited for. */
export async function tellSettled({ launch, run, why }: Settled): Promise<void> {
  const { t } = vscode.l10n;
  if (!run) {
    await tellNotFound(launch.id, launchTitle(launch.request, 60), why === 'cancelled');
  } else if (why === 'cancelled') {
    await tellTooLate(run);
  } else {
    const title = runTitle(run, 60);
    const open = t('Open Conversation');
    const words =
      why === 'closed'
        ? t('The window was closed during a launch. The run “{0}” was launched.', title)
        : t('The run “{0}” was launched after all.', title);
    if ((await vscode.window.showInformationMessage(words, open)) === open) {
      await vscode.commands.executeCommand('agentRuns.openConversation', { runId: run.run_id });
    }
  }
}

/** No run was found that came of this launch: a person decides. */
export async function tellNotFound(launchId: string, title: string, isStopped: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const [again, look] = [t('Launch Again'), t('Look Again')];
  const words = isStopped
    ? t('“{0}” was on its way when you stopped it, and no such run was found. It may still have started.', title)
    : t('No run was found that came of the launch of “{0}”. It may still have started.', title);
  const clicked = await vscode.window.showWarningMessage(words, look, again);
  if (clicked !== undefined) {
    await vscode.commands.executeCommand(`agentRuns.${clicked === look ? 'lookForLaunch' : 'retryLaunch'}`, {
      launchId,
    });
  }
}

async function tellTooLate(run: Run): Promise<void> {
  const { t } = vscode.l10n;
  const cancel = t('Cancel Run…');
  const words = t('It was too late to stop the launch: the run “{0}” was started.', runTitle(run, 60));
  if ((await vscode.window.showWarningMessage(words, cancel)) === cancel) {
    await vscode.commands.executeCommand('agentRuns.cancelRun', { runId: run.run_id });
  }
}
