import * as vscode from 'vscode';
import { back } from './askText';

export interface Item extends vscode.QuickPickItem {
  /** Names the item across renderings; unused in separators. */
  id: string;
}

export interface ItemQuestion<T extends Item> {
  title: string;
  placeholder: string;
  step?: number;
  totalSteps?: number;
  canGoBack: boolean;
  /** Asked again whenever `changed` says so; the active item stays active. */
  items: () => (T | Item)[];
  isBusy?: () => boolean;
  /** The item that Enter alone takes; by default the first one. */
  activeId?: string;
  /** Registers the function that renders the items again; the answer ends that. */
  changed?: (render: () => void) => () => void;
  /** True when the item was dealt with and the list stays; it may say why in the placeholder. */
  staysFor?: (item: T, say: (words: string) => void) => boolean;
}

export function separator(label: string): Item {
  return { id: '', label, kind: vscode.QuickPickItemKind.Separator };
}

/** One item that a person chose; undefined when the list was dismissed. */
export async function chooseItem<T extends Item>(question: ItemQuestion<T>): Promise<T | typeof back | undefined> {
  const pick = vscode.window.createQuickPick<T | Item>();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  pick.step = question.step;
  pick.totalSteps = question.totalSteps;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.buttons = question.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  const render = (): void => {
    const items = question.items();
    const activeId = pick.activeItems[0]?.id ?? question.activeId ?? items[0]?.id;
    pick.items = items;
    pick.activeItems = items.filter(({ id, kind }) => id === activeId && kind !== vscode.QuickPickItemKind.Separator);
    pick.busy = question.isBusy?.() ?? false;
  };
  render();
  const stopListening = question.changed?.(render);
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const item = pick.selectedItems[0] as T | undefined;
        const say = (words: string): void => {
          pick.placeholder = words;
          pick.value = '';
        };
        if (item && !question.staysFor?.(item, say)) {
          resolve(item);
        }
      });
      pick.onDidTriggerButton(() => {
        resolve(back);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    stopListening?.();
    pick.dispose();
  }
}
