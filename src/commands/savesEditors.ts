import * as vscode from 'vscode';
import type { GitApi, GitRepository } from '../platform/gitExtension';
import { plain } from '../platform/plainText';

/** True when no editor of this repository has anything unsaved, or a person had it saved. */
export async function savesEditors(api: Pick<GitApi, 'getRepository'>, { rootUri }: GitRepository): Promise<boolean> {
  const { t } = vscode.l10n;
  const unsaved = [...vscode.workspace.textDocuments, ...vscode.workspace.notebookDocuments].filter(
    ({ isDirty, uri }) =>
      isDirty && uri.scheme === 'file' && api.getRepository(uri)?.rootUri.toString() === rootUri.toString(),
  );
  if (unsaved.length === 0) {
    return true;
  }
  const save = t('Save and Check Out');
  const names = unsaved.slice(0, 10).map(({ uri }) => plain(vscode.workspace.asRelativePath(uri), 120));
  const detail = [...names, ...(unsaved.length > names.length ? ['…'] : [])].join('\n');
  const words = t('Some editors have text that is not saved.');
  if ((await vscode.window.showWarningMessage(words, { modal: true, detail }, save)) !== save) {
    return false;
  }
  for (const document of unsaved) {
    // False also where VS Code asked the person something and was told no.
    if (!(await document.save())) {
      return false;
    }
  }
  return true;
}
