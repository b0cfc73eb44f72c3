import * as vscode from 'vscode';
import type { HealthReading } from '../model/healthReading';
import { problemIn } from '../model/loadStatus';
import type { ScheduleStore } from '../model/scheduleStore';
import type { Clock } from '../oz/clock';
import { EveryMinute } from './everyMinute';
import { FocusedRow } from './focusedRow';
import { LoadingBar } from './loadingBar';
import type { SchedulesElement, SchedulesTree } from './schedulesTree';
import { showStatus } from './viewStatus';

const viewId = 'agentRuns.schedules';
const freshFor = 60_000;

type View = Pick<
  vscode.TreeView<SchedulesElement>,
  | 'visible'
  | 'onDidChangeVisibility'
  | 'selection'
  | 'onDidChangeSelection'
  | 'message'
  | 'description'
  | 'reveal'
  | 'dispose'
>;

/** The Schedules view around its rows. While somebody can see it, it is read once a minute. */
export class SchedulesView implements vscode.Disposable {
  readonly #tree: SchedulesTree;
  readonly #store: ScheduleStore;
  readonly #clock: Clock;
  readonly #reading: Pick<HealthReading, 'setVisible' | 'recheck'>;
  readonly #view: View;
  readonly #focused: FocusedRow<SchedulesElement>;
  readonly #minutes: EveryMinute;
  readonly #loadingBar = new LoadingBar(viewId);
  readonly #subscriptions: { dispose(): unknown }[];
  #notBefore = -Infinity;

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
  ) {
    this.#tree = tree;
    this.#store = store;
    this.#clock = clock;
    this.#reading = reading;
    this.#view = view;
    this.#focused = new FocusedRow(view, scheduleOf);
    this.#minutes = new EveryMinute(clock, () => {
      tree.recheck();
      reading.recheck();
      this.#keepFresh();
    });
    this.#subscriptions = [
      this.#view,
      this.#view.onDidChangeVisibility(() => {
        tree.recheck();
        this.#minutes.set(this.#view.visible);
        reading.setVisible(this.#view.visible);
        this.#keepFresh();
      }),
      store.onDidChange(() => {
        this.#showStatus();
      }),
      store.onDidChangeStatus(() => {
        this.#showStatus();
        reading.recheck();
        if (store.status.kind === 'starting') {
          this.#notBefore = -Infinity;
          this.#keepFresh();
        }
      }),
    ];
    this.#minutes.set(this.#view.visible);
    reading.setVisible(this.#view.visible);
    this.#showStatus();
    this.#keepFresh();
  }

  /** Reads the schedules, and the past runs on screen, for a person who waits for it. */
  async refresh(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId } }, () => this.#store.refresh(true));
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
    this.#minutes.set(false);
    this.#loadingBar.dispose();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  /** A refused or missing key is not tried again until the store starts anew. */
  #keepFresh(): void {
    const { status } = this.#store;
    const now = this.#clock.now();
    const keyIsBad = status.kind === 'noKey' || (status.kind === 'failed' && status.problem.kind === 'keyRefused');
    if (!this.#view.visible || keyIsBad || now < this.#notBefore) {
      return;
    }
    this.#notBefore = now + freshFor;
    void this.#store.refresh().then(() => {
      const after = this.#store.status;
      const asked = after.kind === 'failed' ? (after.problem.facts.retryAfter ?? 0) : 0;
      this.#notBefore = Math.max(this.#notBefore, this.#clock.now() + asked);
    });
  }

  #showStatus(): void {
    showStatus(this.#view, viewId, this.#loadingBar, this.#store);
  }
}

function scheduleOf(element: SchedulesElement): string | undefined {
  return element.kind === 'schedule' ? element.scheduleId : undefined;
}
