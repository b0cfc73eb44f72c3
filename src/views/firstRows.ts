import * as vscode from 'vscode';
import type { Event } from '../model/emitter';
import type { LoadStatus } from '../model/loadStatus';

interface Reading {
  readonly status: LoadStatus;
  readonly onDidChangeStatus: Event<undefined>;
}

/**
 * The same tree, but VS Code's question for the first rows waits for them. An empty answer at once would cost two more turns
 * through a window that is busy opening the view: the news that there are rows, and the second question.
 */
export class FirstRows<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly #tree: vscode.TreeDataProvider<T>;
  readonly #reading: Reading;
  readonly #changed = new vscode.EventEmitter<T | T[] | undefined>();
  readonly #subscription: vscode.Disposable | undefined;
  #waiting = 0;
  #wasAsked = false;
  /** Once only: a person who changes the filter sees what is on hand at once. */
  #wereThere = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(tree: vscode.TreeDataProvider<T>, reading: Reading) {
    this.#tree = tree;
    this.#reading = reading;
    this.#subscription = tree.onDidChangeTreeData?.((elements) => {
      // Whoever waits for the first rows gets those of that moment, and who has not asked yet will.
      if (this.#wasAsked && this.#waiting === 0) {
        this.#changed.fire(elements ?? undefined);
      }
    });
  }

  getChildren(element?: T): vscode.ProviderResult<T[]> {
    this.#wasAsked = true;
    return element === undefined && this.#isAwaited() ? this.#whenAnswered() : this.#tree.getChildren(element);
  }

  getTreeItem(element: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#tree.getTreeItem(element);
  }

  getParent(element: T): vscode.ProviderResult<T> {
    return this.#tree.getParent?.(element);
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    element: T,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#tree.resolveTreeItem?.(item, element, token);
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }

  #isAwaited(): boolean {
    if (!this.#wereThere) {
      const { kind } = this.#reading.status;
      const rows = this.#tree.getChildren();
      this.#wereThere = (kind !== 'starting' && kind !== 'loading') || (Array.isArray(rows) && rows.length > 0);
    }
    return !this.#wereThere;
  }

  async #whenAnswered(): Promise<T[]> {
    this.#waiting += 1;
    await new Promise<void>((resolve) => {
      const subscription = this.#reading.onDidChangeStatus(() => {
        if (!this.#isAwaited()) {
          subscription.dispose();
          resolve();
        }
      });
    });
    this.#waiting -= 1;
    return (await this.#tree.getChildren()) ?? [];
  }
}
