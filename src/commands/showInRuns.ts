import * as vscode from 'vscode';
import { type KnownRuns, whichRun } from './pickRun';

export interface ShowInRunsDeps {
  runs: KnownRuns;
  /** Shows the run's row in the view, its sub-runs too where asked; false when it has none there. */
  revealRun: (runId: string, isOpen: boolean) => Promise<boolean>;
}

/** Shows a run and its sub-runs in the list of runs. */
export async function showInRuns({ runs, revealRun }: ShowInRunsDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runId = await whichRun(runs, argument, t('Show which run in the list?'));
  if (runId !== undefined && !(await revealRun(runId, true))) {
    void vscode.window.showInformationMessage(t('The run is not among those that the list shows at the moment.'));
  }
}
