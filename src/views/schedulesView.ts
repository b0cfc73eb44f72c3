import * as vscode from 'vscode';
import { type Disposable, disposeAll } from '../model/emitter';
import { FreshSchedules, type WindowFocus } from '../model/freshSchedules';
import type { HealthReading } from '../model/healthReading';
import { problemIn } from '../model/loadStatus';
import type { ScheduleStore } from '../model/scheduleStore';
import type { Clock } from '../oz/clock';
import { windowFocus } from '../platform/windowFocus';
import { FocusedRow } from './focusedRow';
import { LoadingBar } from './loadingBar';
import type { SchedulesElement, SchedulesTree } from './schedulesTree';
import { showStatus } from './viewStatus';

const viewId = 'agentRuns.schedules';

type View = Pick<
  vscode.TreeView<SchedulesElement>,
  | 'visible'
  | 'onDidChangeVisibility'
  | 'onDidExpandElement'
  | 'onDidCollapseElement'
  | 'selection'
  | 'onDidChangeSelection'
  | 'message'
  | 'description'
  | 'reveal'
  | 'dispose'
>;

/** The Schedules view around its rows. While somebody can see it, it is read once a minute, less often while nobody works in the window. */
export class SchedulesView implements vscode.Disposable {
  readonly #tree: SchedulesTree;
  readonly #store: ScheduleStore;
  readonly #reading: Pick<HealthReading, 'setVisible' | 'recheck'>;
  readonly #view: View;
  readonly #focused: FocusedRow<SchedulesElement>;
  readonly #fresh: FreshSchedules;
  readonly #loadingBar = new LoadingBar(viewId);
  readonly #subscriptions: Disposable[];

  constructor(
    tree: SchedulesTree,
    store: ScheduleStore,
    clock: Clock,
    reading: Pick<HealthReading, 'setVisible' | 'recheck'>,
    view: View = vscode.window.createTreeView(viewId, {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
    }),
    focus: WindowFocus = windowFocus,
  ) {
    this.#tree = tree;
    this.#store = store;
    this.#reading = reading;
    this.#view = view;
    this.#focused = new FocusedRow(view, scheduleOf);
    this.#fresh = new FreshSchedules(store, clock, focus, () => {
      tree.recheck();
      reading.recheck();
    });
    this.#subscriptions = [
      this.#view,
      this.#fresh,
      this.#view.onDidChangeVisibility(() => {
        tree.recheck();
        this.#setVisible();
      }),
      this.#view.onDidExpandElement(({ element }) => {
        void store.open(element.scheduleId);
      }),
      this.#view.onDidCollapseElement(({ element }) => {
        store.close(element.scheduleId);
      }),
      store.onDidChange(() => {
        this.#showStatus();
      }),
      store.onDidChangeStatus(() => {
        this.#showStatus();
        reading.recheck();
      }),
    ];
    this.#setVisible();
    this.#showStatus();
  }

  /** Reads the schedules, and the past runs on screen, for a person who waits for it. */
  async refresh(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId } }, () =>
      this.#store.refresh({ everything: true, isAsked: true }),
    );
    this.#reading.recheck();
  }

  /** Whether a person has the schedule selected before their eyes. */
  isLookedAt(scheduleId: string): boolean {
    return this.#view.visible && this.#view.selection.some((element) => element.scheduleId === scheduleId);
  }

  /** The schedules whose rows are selected. */
  selected(): string[] {
    return this.#view.selection.flatMap((element) => scheduleOf(element) ?? []);
  }

  /** The schedules that a key means; none on a row of something else, undefined on no row. */
  underKeys(): Promise<string[] | undefined> {
    return this.#focused.meant();
  }

  /**
   * Brings the view to the screen, with the schedule's row selected and open. False when there is no such schedule.
   * @throws ApiProblem when it is not known and the schedules cannot be read
   */
  async reveal(scheduleId: string): Promise<boolean> {
    await vscode.commands.executeCommand(`${viewId}.focus`);
    if (!this.#store.get(scheduleId)) {
      await this.refresh();
    }
    const row = this.#tree.rowOf(scheduleId);
    const problem = problemIn(this.#store.status);
    if (!row && problem) {
      throw problem;
    }
    if (row) {
      await this.#view.reveal(row, { focus: true, select: true, expand: true });
    }
    return row !== undefined;
  }

  dispose(): void {
    this.#loadingBar.dispose();
    disposeAll(this.#subscriptions);
  }

  #setVisible(): void {
    this.#reading.setVisible(this.#view.visible);
    this.#fresh.setVisible(this.#view.visible);
  }

  #showStatus(): void {
    showStatus(this.#view, viewId, this.#loadingBar, this.#store);
  }
}

function scheduleOf(element: SchedulesElement): string | undefined {
  return element.kind === 'schedule' ? element.scheduleId : undefined;
}
