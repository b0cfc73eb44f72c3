import * as vscode from 'vscode';
import { type Disposable, disposeAll } from '../model/emitter';
import { EveryMinute } from '../model/everyMinute';
import type { FilteredRuns } from '../model/filteredRuns';
import type { PinnedRuns } from '../model/pinnedRuns';
import type { RunGroups } from '../model/runGroups';
import type { RunStore } from '../model/runStore';
import type { SeenRuns } from '../model/seenRuns';
import type { Clock } from '../oz/clock';
import { setContextKey } from '../platform/contextKeys';
import { filterWords } from './filterWords';
import { FirstRows } from './firstRows';
import { FocusedRow } from './focusedRow';
import { ListReading } from './listReading';
import { LoadingBar } from './loadingBar';
import type { RunsElement } from './runsElements';
import type { RunsTree } from './runsTree';
import { showStatus } from './viewStatus';

const viewId = 'agentRuns.runs';
/** Milliseconds after which reading more is worth a word. */
const longSearch = 2000;

type View = Pick<
  vscode.TreeView<RunsElement>,
  | 'visible'
  | 'onDidChangeVisibility'
  | 'onDidExpandElement'
  | 'onDidChangeSelection'
  | 'selection'
  | 'message'
  | 'description'
  | 'badge'
  | 'reveal'
  | 'dispose'
>;

export interface RunsViewDeps {
  tree: RunsTree;
  runs: Pick<RunStore, 'status' | 'onDidChangeStatus'>;
  filtered: Pick<
    FilteredRuns,
    | 'filter'
    | 'isFiltered'
    | 'lacksMe'
    | 'lacksRepository'
    | 'status'
    | 'hasMore'
    | 'refresh'
    | 'loadMore'
    | 'recheck'
    | 'onDidChangeStatus'
  >;
  groups: RunGroups;
  seen: Pick<SeenRuns, 'recheck'>;
  pinned: Pick<PinnedRuns, 'recheck'>;
  poller: { setVisible(visible: boolean): void; setFocused(focused: boolean): void; resume(): void };
  clock: Clock;
  /** A person opened the row of this run. */
  onExpand: (runId: string) => void;
  /** VS Code's own unless said. */
  view?: View;
}

/** The Runs view around its rows: badge, message, what the welcome text goes by, and who is polled for. */
export class RunsView implements vscode.Disposable {
  readonly #deps: RunsViewDeps;
  readonly #view: View;
  readonly #focused: FocusedRow<RunsElement>;
  readonly #reading: ListReading;
  readonly #minutes: EveryMinute;
  readonly #loadingBar = new LoadingBar(viewId);
  readonly #subscriptions: Disposable[];

  constructor(deps: RunsViewDeps) {
    const { tree, runs, filtered, groups } = deps;
    this.#deps = deps;
    this.#reading = new ListReading(runs, filtered);
    const rows = new FirstRows(tree, this.#reading);
    this.#view =
      deps.view ??
      vscode.window.createTreeView(viewId, { treeDataProvider: rows, showCollapseAll: true, canSelectMany: true });
    this.#focused = new FocusedRow(this.#view, runOf);
    this.#minutes = new EveryMinute(deps.clock, () => {
      this.#recheck();
    });
    this.#subscriptions = [
      this.#view,
      rows,
      this.#view.onDidChangeVisibility(() => {
        this.#recheck();
        this.#showVisibility();
      }),
      this.#view.onDidExpandElement(({ element }) => {
        if (element.kind === 'run') {
          deps.onExpand(element.runId);
        }
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          this.#recheck();
        }
        this.#showFocus(focused);
      }),
      this.#reading.onDidChangeStatus(() => {
        this.#showStatus();
      }),
      groups.onDidChange(() => {
        this.#showBadge();
        this.#showStatus();
      }),
      tree.onDidChangeTreeData(() => {
        this.#showBadge();
        this.#showStatus();
      }),
    ];
    this.#showFocus(vscode.window.state.focused);
    this.#showVisibility();
    this.#showStatus();
  }

  /** The runs whose rows are selected, in the order of the rows. */
  selected(): string[] {
    return this.#view.selection.flatMap((element) => runOf(element) ?? []);
  }

  /** The runs that a key means; none on a row of something else, undefined on no row. */
  underKeys(): Promise<string[] | undefined> {
    return this.#focused.meant();
  }

  /** Reads the list for a person who waits for it. */
  async refresh(): Promise<void> {
    const { filtered, runs, poller } = this.#deps;
    await vscode.window.withProgress({ location: { viewId } }, () => filtered.refresh());
    if (runs.status.kind === 'ready') {
      poller.resume();
    }
  }

  /**
   * Reads older runs, and leads on to the first of them.
   * @throws ApiProblem
   */
  async loadMore(): Promise<void> {
    const { groups, tree } = this.#deps;
    const last = groups.lastRun();
    await this.#loadMore();
    if (last !== undefined) {
      const next = tree.rowOf(groups.runAfter(last) ?? last);
      await this.#reveal(next, { focus: true, select: false });
    }
  }

  /**
   * Shows where the run is listed, if the list is on the screen; what a person works in keeps the focus. False for a run that
   * cannot be shown, because of the filter or otherwise.
   * @param expand shows its sub-runs too
   */
  async reveal(runId: string, expand = false): Promise<boolean> {
    return this.#reveal(this.#deps.tree.rowOf(runId), { focus: false, select: true, expand });
  }

  /** The same for a launch whose run is not known yet. */
  async revealLaunch(launchId: string): Promise<void> {
    await this.#reveal(this.#deps.tree.rowOfLaunch(launchId), { focus: false, select: true });
  }

  dispose(): void {
    this.#minutes.set(false);
    this.#loadingBar.dispose();
    disposeAll(this.#subscriptions);
  }

  /** Finding more that fit a filter can take many requests: then it says so, and can be ended. */
  async #loadMore(): Promise<void> {
    const { filtered, clock } = this.#deps;
    const stop = new AbortController();
    const loading = filtered.loadMore(stop.signal);
    const stopWaiting = clock.after(longSearch, () => {
      const options = {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Looking for more runs that fit the filter…'),
        cancellable: true,
      };
      void vscode.window.withProgress(options, (_progress, token) => {
        token.onCancellationRequested(() => {
          stop.abort();
        });
        return loading.catch(() => undefined);
      });
    });
    await loading.finally(stopWaiting);
  }

  async #reveal(
    row: RunsElement | undefined,
    options: { focus: boolean; select: boolean; expand?: boolean },
  ): Promise<boolean> {
    if (!row || !this.#view.visible) {
      return false;
    }
    // The row may move while VS Code looks for it: then it stays where it is.
    await this.#view.reveal(row, options).then(undefined, () => undefined);
    return true;
  }

  /** What came with time, or was done in another window. */
  #recheck(): void {
    const { tree, filtered, seen, pinned } = this.#deps;
    filtered.recheck();
    seen.recheck();
    pinned.recheck();
    tree.recheck();
  }

  #showFocus(isFocused: boolean): void {
    this.#deps.poller.setFocused(isFocused);
    this.#deps.groups.setFocused(isFocused);
  }

  #showVisibility(): void {
    this.#minutes.set(this.#view.visible);
    this.#deps.poller.setVisible(this.#view.visible);
  }

  #showStatus(): void {
    const { filtered, tree } = this.#deps;
    const { filter: wanted, isFiltered, hasMore, lacksMe, lacksRepository } = filtered;
    const filter = isFiltered ? { words: filterWords(wanted), hasMore, lacksMe, lacksRepository } : undefined;
    const { status } = this.#reading;
    showStatus(this.#view, viewId, this.#loadingBar, { status, size: tree.size, filter });
    setContextKey(`${viewId}.filtered`, isFiltered);
  }

  #showBadge(): void {
    const value = this.#deps.tree.needing;
    if ((this.#view.badge?.value ?? 0) === value) {
      return;
    }
    const tooltip = value === 1 ? vscode.l10n.t('1 run needs you') : vscode.l10n.t('{0} runs need you', value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}

function runOf(element: RunsElement): string | undefined {
  return element.kind === 'run' ? element.runId : undefined;
}
