import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

export interface LongText {
  /** What the editor is called; also a file's name. */
  name: string;
  /** What it begins with. */
  text: string;
  /** Said while it is written. */
  words: string;
  /** Hears of every change, so that nothing typed is lost. */
  onChange: (text: string) => void;
}

/**
 * Has a person write a longer text in an editor, until they save or close it; the answer is what they wrote.
 * @param folder for the file that is written in: with one that can be saved no editor asks where to
 */
export async function writeInEditor(folder: vscode.Uri, { name, text, words, onChange }: LongText): Promise<string> {
  const own = vscode.Uri.joinPath(folder, randomUUID());
  const uri = vscode.Uri.joinPath(own, `${name}.md`);
  let written = text.trim();
  const take = (now: string): void => {
    written = now.trim();
    onChange(written);
  };
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
          take(document.getText());
        }
      }),
      vscode.workspace.onWillSaveTextDocument(({ document: saved, reason }) => {
        // The editor may save by itself while somebody is still writing.
        isManual ||= saved === document && reason === vscode.TextDocumentSaveReason.Manual;
      }),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (saved === document && isManual) {
          take(document.getText());
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
    const last = document.lineAt(document.lineCount - 1).range.end;
    await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(last, last) });
    // Progress goes away by itself, unlike a message.
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: words }, () => end);
  } finally {
    vscode.Disposable.from(...listening).dispose();
  }
  await vscode.window.tabGroups.close(tabsOf(uri));
  await vscode.workspace.fs.delete(own, { recursive: true });
  return written;
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => isOf(tab, uri));
}

function isOf({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}
