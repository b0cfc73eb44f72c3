import * as vscode from 'vscode';
import type { ApiKey } from '../platform/apiKey';
import { product } from '../product';

/** Deletes the stored key, and says which key is used from now on. */
export async function signOut({ apiKey }: { apiKey: Pick<ApiKey, 'signOut' | 'inUse'> }): Promise<void> {
  await apiKey.signOut();
  const words = (await apiKey.inUse())
    ? vscode.l10n.t('No API key is stored now. The one in the environment variable {0} is used.', product.keyVariable)
    : vscode.l10n.t('Signed out: the API key was deleted from this computer.');
  void vscode.window.showInformationMessage(words);
}
