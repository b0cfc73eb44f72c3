import * as vscode from 'vscode';
import { isSameRepository, type SkillPlace } from '../model/skillSpec';
import { repositoryOf } from './repository';

/** The file of a skill in the workspace's folders, when one of them is of its repository and has it. Never throws. */
export async function findSkillFile({ repository, path }: SkillPlace): Promise<vscode.Uri | undefined> {
  if (path === undefined) {
    return undefined;
  }
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const found = await repositoryOf(uri);
    if (found?.gitHub && isSameRepository(found.gitHub, repository)) {
      // A folder may be some way down in its repository.
      const up = (found.path ?? '')
        .split('/')
        .filter(Boolean)
        .map(() => '..');
      const file = vscode.Uri.joinPath(uri, ...up, ...path.split('/'));
      if (await isFile(file)) {
        return file;
      }
    }
  }
  return undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
