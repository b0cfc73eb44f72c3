import * as vscode from 'vscode';
import { type FolderEntry, mostSupportingFiles, type SupportingFiles, supportingFiles } from '../model/supportingFiles';
import { gitApi } from './gitExtension';
import { gitRunner } from './runGit';

/** The files beside a skill's own, in its folder and below. Never throws. */
export function filesBeside(skill: vscode.Uri): Promise<SupportingFiles> {
  const own = skill.path.slice(skill.path.lastIndexOf('/') + 1);
  return supportingFiles(entriesIn(vscode.Uri.joinPath(skill, '..')), own);
}

/**
 * The files in a folder and below it by their paths from it, without links, what Git ignores and what nobody wrote: the
 * first 500. Never throws.
 */
export async function filesOfFolder(folder: vscode.Uri): Promise<readonly string[]> {
  const listed = (await listedByGit(folder).catch(() => undefined))?.slice(0, mostSupportingFiles);
  if (!listed) {
    return (await supportingFiles(entriesIn(folder), '')).names;
  }
  const isPlain = await Promise.all(
    listed.map((name) => typeOf(inFolder(folder, name)).then((type) => type === vscode.FileType.File)),
  );
  return listed.filter((_, index) => isPlain[index]);
}

async function listedByGit(folder: vscode.Uri): Promise<string[] | undefined> {
  const api = folder.scheme === 'file' && vscode.workspace.isTrusted ? await gitApi() : undefined;
  if (!api) {
    return undefined;
  }
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { code, stdout } = await gitRunner(api.git.path, process.env)(args, folder.fsPath, AbortSignal.timeout(10_000));
  // A file with conflicts is listed once for each side.
  return code === 0 ? [...new Set(stdout.split('\0').filter(Boolean))].sort() : undefined;
}

function entriesIn(root: vscode.Uri): (path: string) => Promise<FolderEntry[]> {
  return async (path) => {
    const folder = inFolder(root, path);
    const entries = (await vscode.workspace.fs.readDirectory(folder)).slice(0, mostSupportingFiles + 2);
    return Promise.all(
      entries.map(async ([name, type]): Promise<FolderEntry> => {
        // A link has both its own sign and that of what it leads to.
        const kind = type === vscode.FileType.File ? 'file' : type === vscode.FileType.Directory ? 'folder' : 'other';
        return { name, kind, size: kind === 'file' ? await sizeOfFile(inFolder(folder, name)) : 0 };
      }),
    );
  };
}

function inFolder(folder: vscode.Uri, path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, ...path.split('/').filter(Boolean));
}

/** Bytes; 0 where nobody can tell. */
export async function sizeOfFile(file: vscode.Uri): Promise<number> {
  return vscode.workspace.fs.stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** `Unknown` for what is not there. */
export async function typeOf(file: vscode.Uri): Promise<vscode.FileType> {
  return vscode.workspace.fs.stat(file).then(
    ({ type }) => type,
    () => vscode.FileType.Unknown,
  );
}
