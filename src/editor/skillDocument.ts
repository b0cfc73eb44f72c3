import * as vscode from 'vscode';
import { skillFileName } from '../model/skillSpec';

/** Every SKILL.md of whatever language: newer editors have one of their own for it. */
export const skillSelector: vscode.DocumentFilter = { pattern: `**/${skillFileName}` };

/** True for a SKILL.md that is a file: not for an older version of one, as a comparison shows it. */
export function isSkill({ uri }: vscode.TextDocument): boolean {
  const isFile = uri.scheme === 'file' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return isFile && uri.path.endsWith(`/${skillFileName}`);
}

/** The name of the folder that a skill's file is in. */
export function folderNameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-2) ?? '';
}
