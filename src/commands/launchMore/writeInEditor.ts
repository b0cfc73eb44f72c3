import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * Has a person write a longer text in an editor, until they save or close it. Every change is kept at once.
 * @param folder for the file that is written in: with one that can be saved no editor asks where to
 */
export async function writeInEditor(folder: vscode.Uri, text: string, onChange: (text: string) => void): Promise<void> {
  const { t } = vscode.l10n;
  const own = vscode.Uri.joinPath(folder, randomUUID());
  const uri = vscode.Uri.joinPath(own, `${t('Base Prompt')}.md`);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  const listening: vscode.Disposable[] = [];
  // From before it is shown: nothing that is typed or saved is missed, however long showing it takes.
  const end = new Promise<void>((resolve) => {
    let isManual = false;
    listening.push(
      vscode.workspace.onDidChangeTextDocument((change) => {
        // Closing without saving takes the changes back, but what was typed stays kept.
        if (change.document === document && document.isDirty) {
          onChange(document.getText().trim());
        }
      }),
      vscode.workspace.onWillSaveTextDocument(({ document: saved, reason }) => {
        // The editor may save by itself while somebody is still writing.
        isManual ||= saved === document && reason === vscode.TextDocumentSaveReason.Manual;
      }),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (saved === document && isManual) {
          onChange(document.getText().trim());
          resolve();
        }
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some((tab) => isOf(tab, uri)) && tabsOf(uri).length === 0) {
          resolve();
        }
      }),
    );
  });
  try {
    await vscode.window.showTextDocument(document, { preview: false });
    void vscode.window.showInformationMessage(
      t('Write the base prompt, then save or close it to go on with the launch.'),
    );
    await end;
  } finally {
    vscode.Disposable.from(...listening).dispose();
  }
  await vscode.window.tabGroups.close(tabsOf(uri));
  await vscode.workspace.fs.delete(own, { recursive: true });
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => isOf(tab, uri));
}

function isOf({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}
