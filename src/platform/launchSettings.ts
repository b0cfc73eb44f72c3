import * as vscode from 'vscode';

/**
 * What launches begin with, as the settings of this workspace have it: ids or names. Empty: nothing is said. Of a workspace
 * that is not trusted VS Code leaves these out (`restrictedConfigurations`).
 */
export interface LaunchSettings {
  environment: string;
  model: string;
  identity: string;
  harness: string;
  name: string;
}

/** Nobody calls anything by more characters than these. */
const longest = 500;

export function launchSettings(): LaunchSettings {
  const section = vscode.workspace.getConfiguration('agentRuns.launch');
  const read = (name: keyof LaunchSettings): string => {
    const value: unknown = section.get(name);
    return typeof value === 'string' && value.length <= longest ? value.trim() : '';
  };
  return {
    environment: read('environment'),
    model: read('model'),
    identity: read('identity'),
    harness: read('harness'),
    name: read('name'),
  };
}

export const noLaunchSettings: LaunchSettings = { environment: '', model: '', identity: '', harness: '', name: '' };
