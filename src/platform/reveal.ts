import * as vscode from 'vscode';

/**
 * Shows a file in the system's own file manager, or in the explorer of VS Code where the file is on another machine; undefined
 * where neither can.
 */
export function howToReveal(file: vscode.Uri): { button: string; act: () => Thenable<unknown> } | undefined {
  const { t } = vscode.l10n;
  const isHere =
    file.scheme === 'file' && vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  if (isHere) {
    return { button: t('Show in Folder'), act: () => vscode.commands.executeCommand('revealFileInOS', file) };
  }
  return vscode.workspace.getWorkspaceFolder(file)
    ? { button: t('Show in Explorer'), act: () => vscode.commands.executeCommand('revealInExplorer', file) }
    : undefined;
}
