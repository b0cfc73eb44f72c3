import * as vscode from 'vscode';
import type { PinnedRuns } from '../model/pinnedRuns';
import { type KnownRuns, whichRuns } from './pickRun';
import { runNames } from './runNames';

export interface PinRunsDeps {
  runs: KnownRuns;
  pinned: Pick<PinnedRuns, 'has' | 'pin' | 'unpin'>;
}

/** Keeps runs on top of the list. */
export async function pinRuns({ runs, pinned }: PinRunsDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const runIds = await whichRuns(runs, argument, selected, {
    placeHolder: vscode.l10n.t('Pin which runs?'),
    isFit: ({ run_id: id }) => !pinned.has(id),
    many: true,
  });
  const dropped = pinned.pin(runIds ?? []);
  if (dropped.length > 0) {
    const words = vscode.l10n.t('There is no room for more pins. Not pinned any more: {0}', runNames(runs, dropped));
    void vscode.window.showInformationMessage(words);
  }
}

/** Lets runs go back to where they belong in the list. */
export async function unpinRuns({ runs, pinned }: PinRunsDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const runIds = await whichRuns(runs, argument, selected, {
    placeHolder: vscode.l10n.t('Unpin which runs?'),
    isFit: ({ run_id: id }) => pinned.has(id),
    many: true,
  });
  pinned.unpin(runIds ?? []);
}
