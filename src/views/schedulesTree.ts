import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { type Disposable, disposeAll } from '../model/emitter';
import type { HealthReading } from '../model/healthReading';
import type { PersonsZone } from '../model/personsZone';
import type { RunStore } from '../model/runStore';
import type { ScheduleHealths } from '../model/scheduleHealths';
import type { SchedulesChange, ScheduleStore } from '../model/scheduleStore';
import type { Clock } from '../oz/clock';
import type { Run, Schedule } from '../oz/types';
import { problemWords } from '../platform/problemWords';
import { ChangedElements } from './changedElements';
import { loadMoreItem } from './loadMoreItem';
import { noteItem } from './noteItem';
import { runTooltip } from './runItem';
import {
  exactMoment,
  pastRunDescription,
  pastRunItem,
  pastRunLabel,
  scheduleDescription,
  scheduleItem,
  scheduleTooltip,
  type Times,
} from './scheduleItem';
import { noteFor, type NoteKind } from './scheduleNotes';
import { spawnErrorItem } from './spawnErrorItem';

/** Plain data, so that a menu can pass an element to a command as it is. */
export type SchedulesElement =
  | { kind: 'schedule'; id: string; scheduleId: string }
  | { kind: 'run'; id: string; scheduleId: string; runId: string }
  | { kind: NoteKind; id: string; scheduleId: string };

export interface SchedulesTreeDeps {
  store: ScheduleStore;
  runs: Pick<RunStore, 'onDidChange'>;
  healths: ScheduleHealths;
  catalog: Catalog;
  clock: Pick<Clock, 'now'>;
  /** The time by the service's clock, in milliseconds since 1970: its times are compared with no other. */
  serverNow: () => number;
  /** Reads the past runs of the schedules in sight. */
  reading: Pick<HealthReading, 'want'>;
  zone: PersonsZone;
}

/** The rows of the Schedules view: schedules, and below each its past runs, read when it is opened first. */
export class SchedulesTree implements vscode.TreeDataProvider<SchedulesElement>, vscode.Disposable {
  readonly #store: ScheduleStore;
  readonly #healths: ScheduleHealths;
  readonly #catalog: Catalog;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #serverNow: () => number;
  readonly #reading: Pick<HealthReading, 'want'>;
  readonly #zone: PersonsZone;
  readonly #changed = new ChangedElements<SchedulesElement>();
  readonly #elements = new Map<string, SchedulesElement>();
  /** What the rows that VS Code asked for say: it stops being true as time passes. */
  readonly #shown = new Map<SchedulesElement, string>();
  readonly #subscriptions: Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor({ store, runs, healths, catalog, clock, serverNow, reading, zone }: SchedulesTreeDeps) {
    this.#store = store;
    this.#healths = healths;
    this.#catalog = catalog;
    this.#clock = clock;
    this.#serverNow = serverNow;
    this.#reading = reading;
    this.#zone = zone;
    this.#subscriptions = [
      store.onDidChange((change) => {
        this.#note(change);
      }),
      runs.onDidChange(() => {
        this.recheck();
      }),
      catalog.onDidChange(() => {
        this.recheck();
      }),
      zone.onDidChange(() => {
        this.recheck();
      }),
    ];
  }

  getChildren(element?: SchedulesElement): SchedulesElement[] {
    if (!element) {
      return this.#store.ids().map((scheduleId) => this.#element({ kind: 'schedule', id: scheduleId, scheduleId }));
    }
    return element.kind === 'schedule' ? this.#childrenOf(element.scheduleId) : [];
  }

  getParent(element: SchedulesElement): SchedulesElement | undefined {
    return element.kind === 'schedule' ? undefined : this.rowOf(element.scheduleId);
  }

  /** Where a schedule is listed; undefined for one that is not known. */
  rowOf(scheduleId: string): SchedulesElement | undefined {
    return this.#store.get(scheduleId) && this.#element({ kind: 'schedule', id: scheduleId, scheduleId });
  }

  getTreeItem(element: SchedulesElement): vscode.TreeItem {
    this.#shown.set(element, this.#words(element));
    const item = this.#item(element);
    item.id = element.id;
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, element: SchedulesElement): Promise<vscode.TreeItem> {
    const { kind, scheduleId } = element;
    const run = kind === 'run' ? this.#run(element) : undefined;
    if (run) {
      const times = this.#times();
      item.tooltip = runTooltip(run, this.#catalog, times.now, (iso) => exactMoment(iso, times));
    } else if (kind === 'schedule') {
      await this.#reading.want(scheduleId);
      const schedule = this.#store.get(scheduleId);
      item.tooltip = schedule && scheduleTooltip(schedule, this.#healths.of(schedule), this.#times());
    }
    return item;
  }

  /** What the row of a schedule says beside its name. */
  wordsOf(schedule: Schedule): string {
    return scheduleDescription(schedule, this.#healths.of(schedule), this.#times());
  }

  /** Tells about the rows whose words are not true any more. */
  recheck(): void {
    for (const [element, words] of this.#shown) {
      if (this.#words(element) !== words) {
        this.#changed.add(element);
      }
    }
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    this.#changed.dispose();
  }

  #times(): Times {
    return { now: this.#clock.now(), serverNow: this.#serverNow(), zone: this.#zone };
  }

  #note({ ids, structural }: SchedulesChange): void {
    if (structural) {
      this.#elements.clear();
      this.#shown.clear();
      this.#changed.addEverything();
      return;
    }
    for (const id of ids) {
      const element = this.#elements.get(id);
      if (element) {
        this.#changed.add(element);
      }
    }
  }

  #childrenOf(scheduleId: string): SchedulesElement[] {
    const past = this.#store.pastRuns(scheduleId);
    // The change that this makes must not come from within the call.
    queueMicrotask(() => void this.#store.open(scheduleId));
    const row = (kind: NoteKind): SchedulesElement => this.#element({ kind, id: `${scheduleId}/${kind}`, scheduleId });
    return [
      ...(this.#store.get(scheduleId)?.last_spawn_error ? [row('spawnError')] : []),
      ...(past?.runs ?? []).map(({ run_id: runId }) =>
        this.#element({ kind: 'run', id: `${scheduleId}/run/${runId}`, scheduleId, runId }),
      ),
      ...noteFor(past).map(row),
    ];
  }

  /** The object that stands for this row already, or this one from now on. */
  #element(element: SchedulesElement): SchedulesElement {
    const known = this.#elements.get(element.id);
    if (!known) {
      this.#elements.set(element.id, element);
    }
    return known ?? element;
  }

  #item(element: SchedulesElement): vscode.TreeItem {
    const { id, scheduleId } = element;
    const { t } = vscode.l10n;
    const now = this.#clock.now();
    switch (element.kind) {
      case 'schedule': {
        const schedule = this.#store.get(scheduleId);
        return schedule ? scheduleItem(schedule, this.#healths.of(schedule), this.#times()) : new vscode.TreeItem('');
      }
      case 'run': {
        const run = this.#run(element);
        if (!run) {
          return new vscode.TreeItem('');
        }
        const environment = run.agent_config?.environment_id;
        if (environment !== undefined) {
          this.#catalog.lookUp(environment);
        }
        return pastRunItem(run, { id, hasChildren: false, environments: this.#catalog, now }, this.#times());
      }
      case 'spawnError': {
        const schedule = this.#store.get(scheduleId);
        return schedule
          ? spawnErrorItem(schedule, this.#store.isChangedSinceFailure(scheduleId))
          : new vscode.TreeItem('');
      }
      case 'noRuns':
        return noteItem(t('No runs yet'), 'circle-slash');
      case 'failed': {
        const problem = this.#store.pastRuns(scheduleId)?.problem;
        const again = { command: loadMoreCommand, title: t('Try Again'), arguments: [{ scheduleId }] };
        return noteItem(problem ? problemWords(problem) : '', 'warning', again);
      }
      case 'loading':
      case 'loadMore':
        return loadMoreItem(id, element.kind === 'loading', { command: loadMoreCommand, argument: { scheduleId } });
    }
  }

  /** What is looked at to see whether a row is still true. */
  #words(element: SchedulesElement): string {
    const now = this.#clock.now();
    const schedule = element.kind === 'schedule' ? this.#store.get(element.scheduleId) : undefined;
    const run = element.kind === 'run' ? this.#run(element) : undefined;
    return [
      schedule && this.wordsOf(schedule),
      run && [pastRunLabel(run, this.#times()), pastRunDescription(run, now)].join('\n'),
    ].join('');
  }

  #run({ scheduleId, runId }: { scheduleId: string; runId: string }): Run | undefined {
    return this.#healths.run(scheduleId, runId);
  }
}

const loadMoreCommand = 'agentRuns.loadMoreScheduleRuns';
