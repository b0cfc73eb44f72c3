import * as vscode from 'vscode';
import { partsInFolder } from '../model/conversationTargets';
import { plain } from '../platform/plainText';

/**
 * Opens a file of the workspace by the path that an agent wrote, at a line from 1. Nothing outside of the workspace's folders is
 * opened. Says so when there is no such file.
 */
export async function openWorkspaceFile(path: string, line: number | undefined): Promise<void> {
  const parts = partsInFolder(path);
  for (const folder of parts ? (vscode.workspace.workspaceFolders ?? []) : []) {
    const uri = vscode.Uri.joinPath(folder.uri, ...(parts ?? []));
    if (await isFile(uri)) {
      const place = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
      await vscode.window.showTextDocument(uri, {
        preview: true,
        ...(line === undefined ? {} : { selection: new vscode.Range(place, place) }),
      });
      return;
    }
  }
  void vscode.window.showInformationMessage(
    parts
      ? vscode.l10n.t('This workspace has no file {0}.', plain(path, 120))
      : vscode.l10n.t('{0} is not a path inside this workspace, so it is not opened.', plain(path, 120)),
  );
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // There is none, or it may not be looked at.
    return false;
  }
}
