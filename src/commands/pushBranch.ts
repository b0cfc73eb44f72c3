import * as vscode from 'vscode';
import { plain } from '../platform/plainText';
import type { Repository } from '../platform/repository';

/** Pushes the branch. True when it went well; Git's own words are shown when it did not. */
export async function push(repository: Repository | undefined): Promise<boolean> {
  const { t } = vscode.l10n;
  const title = t('Pushing {0}…', plain(repository?.branch ?? '', 60));
  try {
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, async () => {
      await repository?.push?.();
    });
    return true;
  } catch (error) {
    const reason: unknown = error instanceof Error ? (Reflect.get(error, 'stderr') ?? error.message) : error;
    void vscode.window.showErrorMessage(t('Git could not push: {0}', plain(String(reason), 300)));
    return false;
  }
}
