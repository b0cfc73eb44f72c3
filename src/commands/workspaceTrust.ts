import * as vscode from 'vscode';

/** True in a trusted workspace. In another one a person is told that nothing is launched from its files. */
export async function isWorkspaceTrusted(): Promise<boolean> {
  const { t } = vscode.l10n;
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = t('Manage Workspace Trust');
  const words = t('This workspace is not trusted, so nothing is launched from its files.');
  if ((await vscode.window.showWarningMessage(words, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
  return false;
}
