import * as vscode from 'vscode';

const current = new Map<string, unknown>();

/** Sets a `when` clause key that starts with `agentRuns.`; a value that is already set costs nothing. */
export function setContextKey(name: `agentRuns.${string}`, value: string | number | boolean): void {
  if (current.get(name) === value) {
    return;
  }
  current.set(name, value);
  void vscode.commands.executeCommand('setContext', name, value);
}
