import * as vscode from 'vscode';

/** Copies texts, each on a line of its own, and says so for a moment. */
export async function copyLines(lines: readonly string[], words: string): Promise<void> {
  await vscode.env.clipboard.writeText(lines.join('\n'));
  vscode.window.setStatusBarMessage(words, 3000);
}
