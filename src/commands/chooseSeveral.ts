import * as vscode from 'vscode';
import type { Item } from './chooseItem';

export interface SeveralQuestion {
  title: string;
  placeholder: string;
  items: readonly Item[];
  /** The ids of the items that are checked at first. */
  chosen: readonly string[];
  /** Hears at once what is checked, in the order of the items. */
  onChange: (ids: string[]) => void;
}

/** Items to check and uncheck; resolves when the list is left, whichever way. */
export async function chooseSeveral(question: SeveralQuestion): Promise<void> {
  const { items, chosen } = question;
  const idsOf = (some: readonly Item[]): string[] => items.filter((item) => some.includes(item)).map(({ id }) => id);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.buttons = [vscode.QuickInputButtons.Back];
  pick.items = items;
  pick.selectedItems = items.filter(({ id }) => chosen.includes(id));
  try {
    await new Promise<void>((resolve) => {
      let checked = idsOf(pick.selectedItems);
      pick.onDidChangeSelection((selected) => {
        // It also tells of what is checked at first.
        const now = idsOf(selected);
        if (now.join('\n') !== checked.join('\n')) {
          checked = now;
          question.onChange(now);
        }
      });
      pick.onDidAccept(() => {
        resolve();
      });
      pick.onDidTriggerButton(() => {
        resolve();
      });
      pick.onDidHide(() => {
        resolve();
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}
