import * as vscode from 'vscode';
import { hostTurns, inTurns } from '../model/inTurns';
import { skillFileName } from '../model/skillSpec';

/** Beside what the person's `files.exclude` names. */
const excluded = ['node_modules', '.git', '.hg', '.svn'];
/** Most files that are looked at. */
const mostFiles = 20_000;
/** Most folders that are looked into where the editor cannot search. */
const mostFolders = 3000;

/** True for a path that is not looked at, whatever the settings say. */
export function isExcludedPath(path: string): boolean {
  return path.split('/').some((segment) => excluded.includes(segment));
}

/**
 * The addresses of the SKILL.md files of all workspace folders, in no order; links are followed as the editor's search does.
 */
export async function findSkillFiles(token: vscode.CancellationToken): Promise<string[]> {
  const exclude = `**/{${excluded.join(',')}}/**`;
  const found = await vscode.workspace.findFiles(`**/${skillFileName}`, exclude, mostFiles, token);
  const isFound = (folder: vscode.WorkspaceFolder): boolean => found.some((uri) => uri.scheme === folder.uri.scheme);
  const walked: vscode.Uri[] = [];
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    // Not every virtual file system can be searched.
    if (folder.uri.scheme !== 'file' && !isFound(folder)) {
      walked.push(...(await walk(folder.uri, token)));
    }
  }
  // Where names have no case, the search finds other spellings too: the service does not.
  return inTurns(addressesOf([...found, ...walked]), hostTurns);
}

function* addressesOf(files: readonly vscode.Uri[]): Iterable<string> {
  for (const uri of files) {
    if (uri.path.endsWith(`/${skillFileName}`)) {
      yield uri.toString();
    }
  }
}

/** Looks into folders one after the other, the upper ones first. Links are not followed: they could go round in circles. */
async function walk(root: vscode.Uri, token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  const folders = [root];
  for (let next = 0; next < folders.length && next < mostFolders && !token.isCancellationRequested; next += 1) {
    const folder = folders[next] ?? root;
    const entries = await vscode.workspace.fs.readDirectory(folder).then(
      (list) => list,
      () => [],
    );
    for (const [name, type] of entries) {
      if (type === vscode.FileType.Directory && !excluded.includes(name)) {
        folders.push(vscode.Uri.joinPath(folder, name));
      } else if (name === skillFileName) {
        files.push(vscode.Uri.joinPath(folder, name));
      }
    }
  }
  return files;
}
