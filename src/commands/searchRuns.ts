import * as vscode from 'vscode';
import type { FilteredRuns } from '../model/filteredRuns';
import { problemIn } from '../model/loadStatus';
import type { Clock } from '../oz/clock';
import { problemWords } from '../platform/problemWords';
import { product } from '../product';
import { typingRest } from '../model/runSearch';

export interface SearchRunsDeps {
  filtered: Pick<FilteredRuns, 'filter' | 'setFilter' | 'status' | 'onDidChangeStatus'>;
  clock: Pick<Clock, 'after'>;
  /** Brings the list of runs to the screen. */
  showRuns: () => PromiseLike<unknown>;
}

/** Filters the list by a text while it is typed: Enter keeps that, Escape brings back what was there before. */
export async function searchRuns(deps: SearchRunsDeps): Promise<void> {
  await deps.showRuns();
  await askForText(deps, false);
}

/** As `searchRuns`, with the list on the screen already. Going back keeps what is typed. */
export async function askForText(
  { filtered, clock }: Omit<SearchRunsDeps, 'showRuns'>,
  canGoBack: boolean,
): Promise<void> {
  const { t } = vscode.l10n;
  const before = filtered.filter.text ?? '';
  const apply = (text: string): void => {
    if (text !== (filtered.filter.text ?? '')) {
      filtered.setFilter({ ...filtered.filter, text: text === '' ? undefined : text });
    }
  };
  const box = vscode.window.createInputBox();
  box.title = t('Search Runs');
  box.placeholder = t('Words of the title, the prompt or the skill');
  box.prompt = t('{0} searches all runs while you type.', product.service);
  box.value = before;
  box.ignoreFocusOut = true;
  box.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  let stopWaiting: (() => void) | undefined;
  const showStatus = (): void => {
    const problem = filtered.filter.text === undefined ? undefined : problemIn(filtered.status);
    box.busy = filtered.status.kind === 'loading';
    box.validationMessage = problem && problemWords(problem);
  };
  showStatus();
  const listening = filtered.onDidChangeStatus(showStatus);
  try {
    const kept = await new Promise<string>((resolve) => {
      box.onDidChangeValue((value) => {
        stopWaiting?.();
        stopWaiting = clock.after(typingRest, () => {
          apply(value.trim());
        });
      });
      box.onDidAccept(() => {
        resolve(box.value.trim());
      });
      box.onDidTriggerButton(() => {
        resolve(box.value.trim());
      });
      box.onDidHide(() => {
        resolve(before);
      });
      box.show();
    });
    stopWaiting?.();
    apply(kept);
  } finally {
    listening.dispose();
    box.dispose();
  }
}
