import * as vscode from 'vscode';

interface Revealed {
  element: unknown;
  options: unknown;
}

/** As much of a tree view as the views use; a test shows and hides it. It asks for no rows. */
export class FakeTreeView<T = unknown> {
  readonly #visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  readonly #expanded = new vscode.EventEmitter<vscode.TreeViewExpansionEvent<T>>();
  readonly #collapsed = new vscode.EventEmitter<vscode.TreeViewExpansionEvent<T>>();
  readonly #selected = new vscode.EventEmitter<vscode.TreeViewSelectionChangeEvent<T>>();
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly onDidExpandElement = this.#expanded.event;
  readonly onDidCollapseElement = this.#collapsed.event;
  readonly onDidChangeSelection = this.#selected.event;
  readonly revealed: Revealed[] = [];
  selection: readonly T[] = [];
  visible = false;
  message?: string;
  description?: string;
  badge?: vscode.ViewBadge;

  show(visible: boolean): void {
    this.visible = visible;
    this.#visibility.fire({ visible });
  }

  expand(element: T): void {
    this.#expanded.fire({ element });
  }

  collapse(element: T): void {
    this.#collapsed.fire({ element });
  }

  reveal(element: unknown, options: unknown): Promise<void> {
    this.revealed.push({ element, options });
    return Promise.resolve();
  }

  dispose(): void {
    this.#visibility.dispose();
    this.#expanded.dispose();
    this.#collapsed.dispose();
    this.#selected.dispose();
  }
}

/** What a row says, whichever form its label has. */
export function labelOf({ label }: vscode.TreeItem): string {
  return typeof label === 'string' ? label : (label?.label ?? '');
}

/** The tooltip, which is always plain text. */
export function tooltipOf({ tooltip }: vscode.TreeItem): string {
  if (typeof tooltip === 'object') {
    throw new Error('The tooltip is Markdown');
  }
  return tooltip ?? '';
}
