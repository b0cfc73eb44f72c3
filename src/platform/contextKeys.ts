import * as vscode from 'vscode';

const current = new Map<string, string>();

/** Sets a `when` clause key that starts with `agentRuns.`; a value that is already set costs nothing. A list is for `in`. */
export function setContextKey(name: `agentRuns.${string}`, value: string | number | boolean | readonly string[]): void {
  const known = JSON.stringify(value);
  if (current.get(name) === known) {
    return;
  }
  current.set(name, known);
  void vscode.commands.executeCommand('setContext', name, value);
}
