import * as vscode from 'vscode';
import { type SkillHome, skillFolders, skillHome, usualSkillFolder } from '../model/skillHome';
import { plain } from '../platform/plainText';
import type { Item } from './chooseItem';

/** A folder that a skill can be made in; its `id` is the address. */
export interface Place extends Item {
  uri: vscode.Uri;
}

/** The usual folder, and those that have skills already: of the folder that was given, or of every workspace folder. */
export async function newSkillPlaces(given: vscode.Uri | undefined): Promise<Place[]> {
  const owner = given && vscode.workspace.getWorkspaceFolder(given);
  const folders = owner ? [owner] : (vscode.workspace.workspaceFolders ?? []);
  const all = await Promise.all(
    folders.map((folder) => {
      const home = given && owner ? skillHome(given.path.slice(owner.uri.path.length)) : { base: '' };
      return placesIn(folder, home, folders.length > 1);
    }),
  );
  return all.flat();
}

async function placesIn(
  { uri, name }: vscode.WorkspaceFolder,
  { base, folder }: SkillHome,
  isOneOfSeveral: boolean,
): Promise<Place[]> {
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(uri, base, path);
  const there = await Promise.all(
    (folder === undefined ? skillFolders() : [folder]).map(async (path) => {
      const isNeeded = path === usualSkillFolder || path === folder;
      return isNeeded || (await exists(at(path))) ? [path] : [];
    }),
  );
  return there.flat().map((path) => ({
    id: at(path).toString(),
    label: `$(folder) ${plain([base, path].filter(Boolean).join('/'), 120)}`,
    description: isOneOfSeveral ? plain(name, 60) : undefined,
    uri: at(path),
  }));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
