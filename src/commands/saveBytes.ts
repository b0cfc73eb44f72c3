import * as vscode from 'vscode';
import { fileToSave } from '../platform/savedFile';
import { likelyFolder } from './likelyFolder';
import { tellSaved } from './tellSaved';

/**
 * Asks where to save what is in memory, writes it whole or not at all, and says so. Nothing happens when nobody says where.
 * @param name a safe name of a file, which the dialog begins with
 * @throws what the file system says
 */
export async function saveBytes(
  name: string,
  bytes: Uint8Array,
  dialog: Pick<vscode.SaveDialogOptions, 'filters' | 'saveLabel'> = {},
): Promise<void> {
  const folder = likelyFolder();
  // The dialog asks before it takes a file that exists.
  const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, name), ...dialog });
  if (!target) {
    return;
  }
  const file = fileToSave(target);
  try {
    await file.begin();
    await file.write(bytes);
    const saved = await file.finish(true);
    // Not waited for: the command is over, whenever a person reads that.
    void tellSaved([saved]);
  } finally {
    await file.discard();
  }
}
