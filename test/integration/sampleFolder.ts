import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/** The sample project that is open as the workspace. */
export const root = (): string => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri.fsPath;
};

export const uriOf = (...parts: string[]): vscode.Uri => vscode.Uri.file(path.join(root(), ...parts));

/** An editor of a file as it is on the disk: VS Code may not have heard yet what changed there. */
export async function showFile(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  return editor;
}

export function git(...args: string[]): string {
  const own = ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', '-c', 'commit.gpgSign=false'];
  return execFileSync('git', [...own, ...args], { cwd: root(), encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** As the workspace was: one commit on `main`, pushed. */
export async function restore(): Promise<void> {
  // What follows throws changes away: never those of a repository that the workspace is only a part of.
  assert.equal(await fs.realpath(git('rev-parse', '--show-toplevel')), await fs.realpath(root()));
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  git('checkout', '--quiet', '--force', 'main');
  git('reset', '--quiet', '--hard', 'origin/main');
  git('clean', '--quiet', '--force', '-d');
}

/** The workspace is not trusted while the work is done. */
export async function untrusted(work: () => Promise<void>): Promise<void> {
  const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
  assert.ok(trusted);
  Object.defineProperty(vscode.workspace, 'isTrusted', { get: () => false, configurable: true });
  try {
    await work();
  } finally {
    Object.defineProperty(vscode.workspace, 'isTrusted', trusted);
  }
}
