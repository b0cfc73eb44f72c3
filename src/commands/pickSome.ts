import * as vscode from 'vscode';

export interface PickQuestion<T> {
  placeHolder: string;
  /** What is checked at first where several may be picked. The first of them is the active line. */
  chosen: readonly T[];
  /** Several may be picked. */
  many: boolean;
}

/**
 * One item that a person picks, or several; undefined when the list was dismissed. Enter takes what is checked, or else the
 * active line: the first that fits what is typed.
 */
export async function pickSome<T extends vscode.QuickPickItem>(
  items: readonly T[],
  { placeHolder, chosen, many }: PickQuestion<T>,
): Promise<T[] | undefined> {
  const pick = vscode.window.createQuickPick<T>();
  pick.placeholder = placeHolder;
  pick.matchOnDescription = true;
  pick.canSelectMany = many;
  pick.items = items;
  // By itself VS Code makes no line active where several can be checked.
  pick.activeItems = (chosen.length > 0 ? chosen : items).slice(0, 1);
  if (many) {
    pick.selectedItems = chosen;
    pick.onDidChangeValue((value) => {
      const first = items.find((item) => fits(item, value));
      pick.activeItems = first ? [first] : [];
    });
  }
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const picked = pick.selectedItems.length > 0 ? pick.selectedItems : pick.activeItems;
        if (picked.length > 0) {
          resolve([...picked]);
        }
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** As VS Code shows a line for what is typed. */
function fits({ label, description = '' }: vscode.QuickPickItem, value: string): boolean {
  const typed = value.trim().toLowerCase();
  return [label, description].some((text) => text.toLowerCase().includes(typed));
}
