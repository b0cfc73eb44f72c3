import * as vscode from 'vscode';
import type { Emitter } from '../model/emitter';
import { back } from './askText';

export interface Item extends vscode.QuickPickItem {
  /** Names the item across renderings; unused in separators. */
  id: string;
}

/** A button in the title beside the arrow back; the list stays. */
export interface TitleButton {
  button: vscode.QuickInputButton;
  click: () => void;
}

export interface ItemQuestion<T extends Item> {
  title: string;
  placeholder: string;
  /** What is typed at first. */
  value?: string;
  step?: number;
  totalSteps?: number;
  canGoBack: boolean;
  titleButtons?: readonly TitleButton[];
  /** Asked again whenever `changed` says so; the active item stays active. */
  items: () => (T | Item)[];
  isBusy?: () => boolean;
  /** The item that Enter alone takes; by default the first one. */
  activeId?: string;
  /** Registers the function that renders the items again; the answer ends that. */
  changed?: (render: () => void) => () => void;
  /**
   * Hears of every change of what is typed. The items are then those that fit, in their order, each with `alwaysShow`: VS
   * Code leaves both alone.
   */
  onType?: (value: string) => void;
  /** True, or the item that is active then, when one was dealt with and the list stays; it may say why in the placeholder. */
  staysFor?: (item: T, say: (words: string) => void) => boolean | { activeId: string };
  /** Hears of a click on one of an item's own buttons; the list stays, unless it answers `choose`: the item is chosen then. */
  onButton?: (item: T, button: vscode.QuickInputButton) => unknown;
}

export function separator(label: string): Item {
  return { id: '', label, kind: vscode.QuickPickItemKind.Separator };
}

function isSeparator({ kind }: vscode.QuickPickItem): boolean {
  return kind === vscode.QuickPickItemKind.Separator;
}

/** Whether a list that is filtered by a text has an item for sure. One that it leaves out cannot be active: then none would be. */
function isListed({ label, description = '' }: vscode.QuickPickItem, text: string): boolean {
  return [label, description].some((words) => words.toLowerCase().includes(text.trim().toLowerCase()));
}

/** The first item that can be chosen, at a place or after it. */
function firstItem<T extends Item>(items: readonly T[], at: number): T | undefined {
  return items.find((item, index) => index >= at && !isSeparator(item)) ?? items.find((item) => !isSeparator(item));
}

/** Has the items rendered again whenever this is told. */
export function rendersWith(changed: Emitter<undefined>): ItemQuestion<Item>['changed'] {
  return (render) => {
    const listening = changed.event(render);
    return () => {
      listening.dispose();
    };
  };
}

/** Milliseconds in which nobody has seen, and chosen from, a list that changed by itself. */
const unseenFor = 300;

/** One item that a person chose; undefined when the list was dismissed. */
export async function chooseItem<T extends Item>(question: ItemQuestion<T>): Promise<T | typeof back | undefined> {
  const pick = vscode.window.createQuickPick<T | Item>();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  pick.value = question.value ?? '';
  pick.step = question.step;
  pick.totalSteps = question.totalSteps;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  const titleButtons = question.titleButtons ?? [];
  pick.buttons = [
    ...(question.canGoBack ? [vscode.QuickInputButtons.Back] : []),
    ...titleButtons.map(({ button }) => button),
  ];
  pick.keepScrollPosition = true;
  if (question.onType) {
    // It is no part of the API yet, but there (microsoft/vscode#73904); without it the best match comes first.
    Reflect.set(pick, 'sortByLabel', false);
  }
  /** What stood there before something else than the person changed it, and when that was. */
  let before: { items: readonly Item[]; at: number } = { items: [], at: -Infinity };
  /** Active only since what should be was not there: that may come while nobody has moved. */
  let standIn: string | undefined;
  /** What was typed meanwhile may leave out the item that was made active: then none is, and Enter would do nothing. */
  let mayBeHidden = false;
  const render = (isOther = false, activeId?: string): void => {
    before = { items: [], at: -Infinity };
    const active = isOther ? undefined : pick.activeItems[0];
    const current = active?.id === standIn ? undefined : active?.id;
    const wanted = activeId ?? (isOther ? undefined : (current ?? question.activeId));
    const at = active ? pick.items.indexOf(active) : 0;
    const items = question.items();
    // What came in the place of an item that went is active in its stead.
    const next = items.find((item) => item.id === wanted && !isSeparator(item)) ?? firstItem(items, at);
    standIn = wanted !== undefined && wanted === question.activeId && next?.id !== wanted ? next?.id : undefined;
    pick.items = items;
    if (!next || question.onType || isListed(next, pick.value)) {
      pick.activeItems = next ? [next] : [];
    }
    mayBeHidden = next !== undefined;
    pick.busy = question.isBusy?.() ?? false;
  };
  render();
  const stopListening = question.changed?.(() => {
    const { items } = pick;
    render();
    before = { items, at: performance.now() };
  });
  /** VS Code names items by their places: what was meant in the list before would be taken from the new one. */
  const isMeant = (item: T): boolean => {
    const meant = before.items[pick.items.indexOf(item)];
    return performance.now() - before.at > unseenFor || meant === undefined || meant.id === item.id;
  };
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const item = pick.selectedItems[0] as T | undefined;
        if (item && !isMeant(item)) {
          return;
        }
        const say = (words: string): void => {
          pick.placeholder = words;
          pick.value = '';
        };
        const stays = item && question.staysFor?.(item, say);
        if (item && !stays) {
          resolve(item);
        } else if (item) {
          render(false, typeof stays === 'object' ? stays.activeId : undefined);
        }
      });
      pick.onDidChangeValue((value) => {
        if (question.onType) {
          question.onType(value);
          render(true);
        } else if (mayBeHidden) {
          mayBeHidden = false;
          // The first one that is left becomes active.
          pick.items = [...pick.items];
        }
      });
      pick.onDidTriggerItemButton(({ item, button }) => {
        if (question.onButton?.(item as T, button) === 'choose') {
          resolve(item as T);
        }
      });
      pick.onDidTriggerButton((button) => {
        const own = titleButtons.find((one) => one.button === button);
        if (own) {
          own.click();
          render();
        } else {
          resolve(back);
        }
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
