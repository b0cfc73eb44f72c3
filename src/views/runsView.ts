import * as vscode from 'vscode';
import type { Poller } from '../model/poller';
import type { RunGroups } from '../model/runGroups';
import type { RunStore } from '../model/runStore';
import type { Clock } from '../oz/clock';
import { EveryMinute } from './everyMinute';
import { FirstRows } from './firstRows';
import { LoadingBar } from './loadingBar';
import type { RunsElement, RunsTree } from './runsTree';
import { showStatus } from './viewStatus';

const viewId = 'agentRuns.runs';

type View = Pick<
  vscode.TreeView<RunsElement>,
  'visible' | 'onDidChangeVisibility' | 'message' | 'description' | 'badge' | 'reveal' | 'dispose'
>;

/** The Runs view around its rows: badge, message, what the welcome text goes by, and who is polled for. */
export class RunsView implements vscode.Disposable {
  readonly #tree: RunsTree;
  readonly #store: RunStore;
  readonly #groups: RunGroups;
  readonly #poller: Pick<Poller, 'setVisible' | 'resume'>;
  readonly #view: View;
  readonly #minutes: EveryMinute;
  readonly #loadingBar = new LoadingBar(viewId);
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(
    tree: RunsTree,
    store: RunStore,
    groups: RunGroups,
    poller: Pick<Poller, 'setVisible' | 'resume'>,
    clock: Clock,
    view?: View,
  ) {
    this.#tree = tree;
    this.#store = store;
    this.#groups = groups;
    this.#poller = poller;
    const rows = new FirstRows(tree, store);
    this.#view = view ?? vscode.window.createTreeView(viewId, { treeDataProvider: rows, showCollapseAll: true });
    this.#minutes = new EveryMinute(clock, () => {
      tree.recheck();
    });
    this.#subscriptions = [
      this.#view,
      rows,
      this.#view.onDidChangeVisibility(() => {
        tree.recheck();
        this.#showVisibility();
      }),
      store.onDidChangeStatus(() => {
        this.#showStatus();
      }),
      groups.onDidChange(() => {
        this.#showBadge();
        this.#showStatus();
      }),
    ];
    this.#showVisibility();
    this.#showStatus();
  }

  /** Reads the list for a person who waits for it. */
  async refresh(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId } }, () => this.#store.refresh());
    if (this.#store.status.kind === 'ready') {
      this.#poller.resume();
    }
  }

  /**
   * Reads older runs, and leads on to the first of them.
   * @throws ApiProblem
   */
  async loadMore(): Promise<void> {
    const last = this.#groups.lastRun();
    await this.#store.loadMore();
    if (last !== undefined) {
      await this.#reveal(this.#groups.runAfter(last) ?? last, { focus: true, select: false });
    }
  }

  /** Shows where the run is listed, if the list is on the screen; what a person works in keeps the focus. */
  async reveal(runId: string): Promise<void> {
    await this.#reveal(runId, { focus: false, select: true });
  }

  dispose(): void {
    this.#minutes.set(false);
    this.#loadingBar.dispose();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  async #reveal(runId: string, options: { focus: boolean; select: boolean }): Promise<void> {
    const row = this.#tree.rowOf(runId);
    if (row && this.#view.visible) {
      // The row may move while VS Code looks for it: then it stays where it is.
      await this.#view.reveal(row, options).then(undefined, () => undefined);
    }
  }

  #showVisibility(): void {
    this.#minutes.set(this.#view.visible);
    this.#poller.setVisible(this.#view.visible);
  }

  #showStatus(): void {
    showStatus(this.#view, viewId, this.#loadingBar, this.#store);
  }

  #showBadge(): void {
    const value = this.#groups.count('needsYou');
    if ((this.#view.badge?.value ?? 0) === value) {
      return;
    }
    const tooltip = value === 1 ? vscode.l10n.t('1 run needs you') : vscode.l10n.t('{0} runs need you', value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}
