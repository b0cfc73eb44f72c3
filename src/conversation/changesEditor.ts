import * as vscode from 'vscode';
import type { ReadOnlyText } from '../platform/readOnlyText';

/** Opens the changes of several files in VS Code's editor for such. */
export async function openChangesEditor(
  changes: readonly { path: string; before: string; after: string }[],
  texts: Pick<ReadOnlyText, 'add'>,
): Promise<void> {
  const resources = changes.map(({ path, before, after }) => {
    // The editor names each by its path.
    const name = path.replace(/^\/+/, '') || 'change.txt';
    // A file that is new or gone has one side only.
    const [left, right] = [before, after].map((text) => (text === '' ? undefined : texts.add(name, text)));
    return [right ?? left, left, right];
  });
  const title = vscode.l10n.t('Edited by the agent');
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}
