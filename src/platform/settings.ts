import * as vscode from 'vscode';
import { product } from '../product';

/**
 * The settings that decide where the key is sent. Their scope is `application`, and only the user's own value is read, so
 * that no workspace can redirect the key.
 */
export interface ServiceSettings {
  baseUrl: string;
  webUrl: string;
}

export function serviceSettings(): ServiceSettings {
  return { baseUrl: userValue('baseUrl') || product.baseUrl, webUrl: userValue('webUrl') || product.webUrl };
}

function userValue(name: keyof ServiceSettings): string {
  const value: unknown = vscode.workspace.getConfiguration('agentRuns').inspect(name)?.globalValue;
  return typeof value === 'string' ? value.trim() : '';
}

/** The key goes to another address from now on. What a workspace says changes nothing. */
export function onDidChangeBaseUrl(listener: () => void): vscode.Disposable {
  let { baseUrl } = serviceSettings();
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('agentRuns.baseUrl') && baseUrl !== serviceSettings().baseUrl) {
      ({ baseUrl } = serviceSettings());
      listener();
    }
  });
}
