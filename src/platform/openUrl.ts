import * as vscode from 'vscode';
import { plain } from './plainText';

const schemes: readonly string[] = ['https:', 'http:', 'mailto:'];

/**
 * Opens an address of the service or of a run, if it is a web or mail address; other schemes could start programs.
 * VS Code itself shows the address first, unless a person trusts its host. Says so when it opens nothing.
 */
export async function openUrl(text: string | undefined): Promise<void> {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !schemes.includes(url.protocol)) {
    const words = text
      ? vscode.l10n.t('This is not a web address, so it is not opened: {0}', plain(text, 200))
      : vscode.l10n.t('There is no web address to open.');
    void vscode.window.showWarningMessage(words);
    return;
  }
  // As text: a Uri decodes what an address inside the address needs encoded (microsoft/vscode#85930).
  await vscode.env.openExternal(url.href as unknown as vscode.Uri);
}
