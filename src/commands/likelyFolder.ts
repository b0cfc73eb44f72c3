import { homedir } from 'node:os';
import * as vscode from 'vscode';

/** Where a person is likely to want a file: the folder that is open, else their own. */
export function likelyFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}
