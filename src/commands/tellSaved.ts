import * as path from 'node:path';
import * as vscode from 'vscode';
import { plain } from '../platform/plainText';
import { howToReveal } from '../platform/reveal';

/** Says what was saved, and offers to open it (where it is one file) and to show it in its folder. */
export async function tellSaved(files: readonly vscode.Uri[]): Promise<void> {
  const { t } = vscode.l10n;
  const [first] = files;
  if (!first) {
    return;
  }
  const open = t('Open');
  const reveal = howToReveal(first);
  const buttons = [...(files.length === 1 ? [open] : []), ...(reveal ? [reveal.button] : [])];
  const words =
    files.length === 1
      ? t('Saved {0}.', plain(path.posix.basename(first.path), 80))
      : t('Saved {0} files in {1}.', files.length, plain(path.posix.basename(path.posix.dirname(first.path)), 80));
  const clicked = await vscode.window.showInformationMessage(words, ...buttons);
  if (clicked === open) {
    await vscode.commands.executeCommand('vscode.open', first);
  } else if (clicked !== undefined) {
    await reveal?.act();
  }
}
