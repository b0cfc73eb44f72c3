import * as vscode from 'vscode';
import { isNotTooMany } from './isNotTooMany';
import { type KnownRuns, whichRuns } from './pickRun';

export interface OpenConversationDeps {
  runs: KnownRuns;
  show: (runId: string) => Promise<void>;
}

/** Opens the conversation of each run, after asking when they are many. */
export async function openConversation(
  { runs, show }: OpenConversationDeps,
  argument?: unknown,
  selected?: unknown,
): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(runs, argument, selected, { placeHolder: t('Open the conversation of which run?') });
  if (runIds && (await isNotTooMany(runIds.length))) {
    for (const runId of runIds) {
      await show(runId);
    }
  }
}
