import * as vscode from 'vscode';
import { type Candidate, mostAttachments, mostBytesEach, mostBytesInAll, type Refusal } from '../model/attachment';
import { plain } from '../platform/plainText';
import { sizeWord } from '../platform/words';

/** What can be told of files without reading them. */
export function candidatesOf(uris: readonly vscode.Uri[]): Promise<Candidate[]> {
  const isRefused = (uri: vscode.Uri): boolean =>
    !vscode.workspace.isTrusted && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return Promise.all(
    uris.map(async (uri) => ({
      uri: uri.toString(),
      name: fileName(uri),
      size: isRefused(uri) ? 'notTrusted' : await sizeOrRefusal(uri),
    })),
  );
}

async function sizeOrRefusal(uri: vscode.Uri): Promise<number | Refusal> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    // A device or a pipe is neither: reading it might never end.
    return type & vscode.FileType.File ? size : type & vscode.FileType.Directory ? 'folder' : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Why a file stays out, in a few words. */
export function whyWords(refusal: Refusal): string {
  const { t } = vscode.l10n;
  switch (refusal) {
    case 'folder':
      return t('a folder');
    case 'unreadable':
      return t('cannot be read');
    case 'notTrusted':
      return t('this workspace is not trusted');
    case 'tooBig':
      return t('larger than {0}', sizeWord(mostBytesEach));
    case 'tooBigTogether':
      return t('more than {0} together', sizeWord(mostBytesInAll));
    case 'tooMany':
      return t('more than {0} files', mostAttachments);
  }
}

/** Without its folders. */
export function fileName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that a file is in, which tells it from others of its name. */
export function placeOf(uri: vscode.Uri): string {
  // Of the file, not of its folder: the workspace's own folder would be named with all that it is in.
  const path = vscode.workspace.asRelativePath(uri);
  return plain(path.slice(0, Math.max(0, path.lastIndexOf('/'), path.lastIndexOf('\\'))), 120);
}

/** The files of all tabs that stand for one, each once. */
export function openFiles(): vscode.Uri[] {
  const schemes = new Set(['file', ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  const found = new Map<string, vscode.Uri>();
  for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    if (
      (input instanceof vscode.TabInputText ||
        input instanceof vscode.TabInputCustom ||
        input instanceof vscode.TabInputNotebook) &&
      schemes.has(input.uri.scheme)
    ) {
      found.set(input.uri.toString(), input.uri);
    }
  }
  return [...found.values()];
}
