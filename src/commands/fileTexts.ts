import * as vscode from 'vscode';
import { mostFileBytes, mostFiles, type PromptFile } from '../model/filePrompt';
import { textOfBytes } from '../model/textOfBytes';
import { filesOfFolder, sizeOfFile, typeOf } from '../platform/folderFiles';

/** A file or folder that a person chose. */
export interface ChosenFile {
  uri: vscode.Uri;
  isFolder: boolean;
  /** Its path in the workspace, or its name alone: what is around the workspace is nobody's business. */
  shown: string;
  /** It has changes that were not saved. */
  isDirty: boolean;
}

export type UnreadReason = 'binary' | 'unreadable' | 'tooMuch' | 'empty';

export type ReadTexts = { files: PromptFile[]; size: number } | { unread: UnreadReason; name: string };

/** The files and folders that a command of the explorer or the editor is for; files in chosen folders come with those. */
export async function chosenFiles(argument: unknown, selected: unknown): Promise<ChosenFile[]> {
  const isUri = (one: unknown): one is vscode.Uri => one instanceof vscode.Uri;
  const clicked = isUri(argument) ? [argument] : [];
  const several = Array.isArray(selected) ? selected.filter(isUri) : [];
  const inEditor = vscode.window.activeTextEditor?.document.uri;
  const uris = several.length > 0 ? several : clicked.length > 0 ? clicked : inEditor ? [inEditor] : [];
  const all = await Promise.all([...new Map(uris.map((uri) => [uri.toString(), uri])).values()].map(chosenFile));
  const isWithin = ({ uri }: ChosenFile, other: ChosenFile): boolean =>
    other.isFolder && other.uri.scheme === uri.scheme && uri.path.startsWith(`${other.uri.path}/`);
  return all.filter((file) => !all.some((other) => isWithin(file, other)));
}

async function chosenFile(uri: vscode.Uri): Promise<ChosenFile> {
  const isFolder = ((await typeOf(uri)) & vscode.FileType.Directory) !== 0;
  const inside = vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri, false) : undefined;
  const dirty = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
  const isDirty = dirty.some(({ uri: { path } }) => path === uri.path || (isFolder && path.startsWith(`${uri.path}/`)));
  return { uri, isFolder, shown: inside ?? uri.path.slice(uri.path.lastIndexOf('/') + 1), isDirty };
}

/** How much there is to send: of more files than fit, only that. */
export async function whatIsIn(files: readonly ChosenFile[]): Promise<{ count: number; size: number }> {
  const all = (await allFiles(files)).slice(0, mostFiles + 1);
  const sizes = await Promise.all(all.map(({ uri }) => sizeOf(uri)));
  return { count: all.length, size: sizes.reduce((sum, size) => sum + size, 0) };
}

async function sizeOf(uri: vscode.Uri): Promise<number> {
  const open = openDocument(uri);
  return open ? Buffer.byteLength(open.getText()) : sizeOfFile(uri);
}

/** The texts of files and of all files in folders, as they are in the editor; else the first reason why not. */
export async function readTexts(chosen: readonly ChosenFile[]): Promise<ReadTexts> {
  const all = await allFiles(chosen);
  const first = chosen[0]?.shown ?? '';
  const { count, size: expected } = await whatIsIn(chosen);
  if (count > mostFiles || expected > mostFileBytes) {
    return { unread: 'tooMuch', name: first };
  }
  const files: PromptFile[] = [];
  let size = 0;
  for (const { uri, shown } of all) {
    const text = await textOf(uri);
    if (typeof text !== 'string') {
      return { unread: text.unread, name: shown };
    }
    size += Buffer.byteLength(text);
    files.push({ path: shown, text, languageId: openDocument(uri)?.languageId ?? endingOf(shown) });
  }
  if (files.every(({ text }) => text === '')) {
    return { unread: 'empty', name: first };
  }
  return size > mostFileBytes ? { unread: 'tooMuch', name: first } : { files, size };
}

async function allFiles(chosen: readonly ChosenFile[]): Promise<{ uri: vscode.Uri; shown: string }[]> {
  const found = await Promise.all(
    chosen.map(async ({ uri, shown, isFolder }) =>
      isFolder
        ? (await filesOfFolder(uri)).map((name) => ({
            uri: vscode.Uri.joinPath(uri, ...name.split('/')),
            shown: `${shown}/${name}`,
          }))
        : [{ uri, shown }],
    ),
  );
  return found.flat();
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

async function textOf(uri: vscode.Uri): Promise<string | { unread: UnreadReason }> {
  const open = openDocument(uri);
  if (open) {
    return open.getText();
  }
  try {
    return textOfBytes(await vscode.workspace.fs.readFile(uri)) ?? { unread: 'binary' };
  } catch {
    return { unread: 'unreadable' };
  }
}

/** Stands for the language where no editor knows it. */
function endingOf(path: string): string {
  return /\.([\w+-]{1,12})$/.exec(path)?.[1] ?? '';
}
