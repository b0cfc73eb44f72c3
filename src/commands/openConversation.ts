import * as vscode from 'vscode';
import { type KnownRuns, whichRun } from './pickRun';

export interface OpenConversationDeps {
  runs: KnownRuns;
  show: (runId: string) => Promise<void>;
}

export async function openConversation({ runs, show }: OpenConversationDeps, argument?: unknown): Promise<void> {
  const runId = await whichRun(runs, argument, vscode.l10n.t('Open the conversation of which run?'));
  if (runId !== undefined) {
    await show(runId);
  }
}
