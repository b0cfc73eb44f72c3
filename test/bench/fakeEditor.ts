// As much of the editor's API as the Schedules view needs to be counted without an editor.
type Listener<T> = (value: T) => unknown;

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): { dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class TreeItem {
  constructor(
    public label: string,
    public collapsibleState = 0,
  ) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const env = { language: 'en' };
export const l10n = {
  t: (text: string, ...parts: unknown[]): string =>
    text.replace(/\{(\d)\}/g, (_, index: string) => String(parts[Number(index)])),
};
export const commands = { executeCommand: (): Promise<void> => Promise.resolve() };
const windowState = new EventEmitter<{ focused: boolean }>();
export const window = {
  state: { focused: false },
  onDidChangeWindowState: windowState.event,
  showWarningMessage: (): Promise<undefined> => Promise.resolve(undefined),
  withProgress: (_options: unknown, work: () => Promise<unknown>): Promise<unknown> => work(),
};

/** Somebody works in all windows, or in none. */
export function setFocused(focused: boolean): void {
  window.state.focused = focused;
  windowState.fire({ focused });
}

export const workspace = {
  getConfiguration: (): { get: () => undefined } => ({ get: () => undefined }),
};
