import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { type Disposable, disposeAll } from '../model/emitter';
import type { FilteredRuns } from '../model/filteredRuns';
import { dayOf } from '../model/localDay';
import type { PinnedRuns } from '../model/pinnedRuns';
import type { Launches } from '../model/launches';
import type { GroupsChange, RunGroups } from '../model/runGroups';
import type { GroupPlace } from '../model/runLists';
import type { RunStore } from '../model/runStore';
import type { SeenRuns } from '../model/seenRuns';
import type { Clock } from '../oz/clock';
import type { Run } from '../oz/types';
import { artifactItem } from './artifactItem';
import { ChangedElements } from './changedElements';
import { groupItem } from './groupItem';
import { launchItem } from './launchItem';
import { loadMoreItem, searchedWords } from './loadMoreItem';
import { PendingRows } from './pendingRows';
import { runDescription, runItem, runTooltip } from './runItem';
import { type RunElement, type RunsElement, RunsElements } from './runsElements';

export interface RunsTreeDeps {
  runs: Pick<RunStore, 'get' | 'size'>;
  groups: RunGroups;
  filtered: Pick<
    FilteredRuns,
    'filter' | 'isFiltered' | 'hasMore' | 'loadingMore' | 'searchedUntil' | 'onDidChangeStatus'
  >;
  seen: Pick<SeenRuns, 'needsYou'>;
  pinned: Pick<PinnedRuns, 'has'>;
  catalog: Catalog;
  clock: Pick<Clock, 'now'>;
  launches: Pick<Launches, 'all' | 'find' | 'needing' | 'recheck' | 'onDidChange'>;
}

/** The rows of the Runs view, straight from the store. */
export class RunsTree implements vscode.TreeDataProvider<RunsElement>, vscode.Disposable {
  readonly #deps: RunsTreeDeps;
  readonly #changed = new ChangedElements<RunsElement>();
  readonly #elements: RunsElements;
  readonly #pending: PendingRows;
  /** What the rows that VS Code asked for say: it stops being true as time passes. */
  readonly #shown = new Map<RunElement, string>();
  readonly #subscriptions: Disposable[];
  #today: string;
  #hasMore = false;
  #loadMoreWords = '';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: RunsTreeDeps) {
    this.#deps = deps;
    this.#elements = new RunsElements(deps.groups);
    this.#pending = new PendingRows({ launches: deps.launches, filtered: deps.filtered, elements: this.#elements });
    this.#today = dayOf(deps.clock.now());
    this.#subscriptions = [
      deps.groups.onDidChange((change) => {
        this.#noteGroups(change);
      }),
      deps.filtered.onDidChangeStatus(() => {
        this.#noteStatus();
        this.#noteLaunches();
      }),
      deps.catalog.onDidChange(() => {
        this.recheck();
      }),
      deps.launches.onDidChange(() => {
        this.#noteLaunches();
      }),
    ];
  }

  getChildren(element?: RunsElement): RunsElement[] {
    const { groups, runs } = this.#deps;
    switch (element?.kind) {
      case undefined:
        return [
          ...this.#groups().map((place) => this.#elements.group(place)),
          ...(this.#hasMore ? [this.#elements.loadMore] : []),
        ];
      case 'group':
        return [
          ...this.#pending.at(element.place),
          ...groups.runs(element.place).map((runId) => this.#elements.run(runId, element.place)),
        ];
      case 'run': {
        const artifacts = runs.get(element.runId)?.artifacts ?? [];
        return [
          ...groups.runs(`run/${element.runId}`).map((runId) => this.#elements.run(runId, element.id)),
          ...artifacts.map((_, index) => this.#elements.artifact(element, index)),
        ];
      }
      case 'artifact':
      case 'launch':
      case 'loadMore':
        return [];
    }
  }

  getParent(element: RunsElement): RunsElement | undefined {
    return this.#elements.parentOf(element);
  }

  getTreeItem(element: RunsElement): vscode.TreeItem {
    const { filtered, runs, clock, launches } = this.#deps;
    const { id } = element;
    switch (element.kind) {
      case 'group':
        return groupItem(element.place, { id, count: this.#count(element.place), now: clock.now() });
      case 'launch': {
        const launch = launches.find(element.launchId);
        return launch ? launchItem(launch, id) : new vscode.TreeItem('');
      }
      case 'run':
        return this.#runItem(element);
      case 'artifact': {
        const artifact = runs.get(element.runId)?.artifacts?.[element.artifact];
        return artifact
          ? artifactItem(artifact, { id, runId: element.runId, index: element.artifact })
          : new vscode.TreeItem('');
      }
      case 'loadMore': {
        const item = loadMoreItem(id, filtered.loadingMore, { command: 'agentRuns.loadMoreRuns' });
        item.description = this.#searchedWords();
        return item;
      }
    }
  }

  resolveTreeItem(item: vscode.TreeItem, element: RunsElement): vscode.TreeItem {
    const run = element.kind === 'run' ? this.#deps.runs.get(element.runId) : undefined;
    if (run) {
      item.tooltip = runTooltip(run, this.#deps.catalog, this.#deps.clock.now());
    }
    return item;
  }

  /** The row of a run where it is listed now; undefined when it is not. */
  rowOf(runId: string): RunsElement | undefined {
    return this.#elements.rowOf(runId);
  }

  /** The row of a launch whose run is not known; undefined when there is none now. */
  rowOfLaunch(launchId: string): RunsElement | undefined {
    return this.#pending.find(launchId);
  }

  /** How many things need a person, shown or not. */
  get needing(): number {
    return this.#deps.groups.needing().length + this.#deps.launches.needing;
  }

  /** How many rows there are that a welcome text would stand in the place of. */
  get size(): number {
    return this.#deps.groups.size + this.#pending.size;
  }

  /** Tells about the rows whose words are not true any more, and about all when another day began. */
  recheck(): void {
    this.#deps.launches.recheck();
    this.#noteLaunches();
    const today = dayOf(this.#deps.clock.now());
    if (this.#today !== today) {
      this.#today = today;
      this.#changed.addEverything();
      return;
    }
    for (const [element, words] of this.#shown) {
      const run = this.#deps.runs.get(element.runId);
      if (!run || this.#elements.knownRowOf(element.runId) !== element) {
        this.#shown.delete(element);
      } else if (this.#words(run) !== words) {
        this.#changed.add(element);
      }
    }
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    this.#changed.dispose();
  }

  #noteGroups({ rows, places, groups }: GroupsChange): void {
    if (this.#deps.runs.size === 0) {
      this.#elements.clear();
      this.#shown.clear();
    }
    this.#noteStatus();
    if (groups) {
      this.#changed.addEverything();
      return;
    }
    for (const place of places) {
      this.#noteElement(this.#elements.knownRowAt(place));
    }
    for (const runId of rows) {
      this.#noteElement(this.#elements.knownRowOf(runId));
    }
  }

  /** Those of the runs, and those of launches. */
  #groups(): GroupPlace[] {
    const { groups } = this.#deps;
    const first = ['pinned', 'needsYou', 'active'] as const;
    const places = new Set([...groups.groups(), ...this.#pending.places()]);
    return [...new Set<GroupPlace>([...first, ...places])].filter((place) => places.has(place));
  }

  /** A launch is no run, but one that needs a person is counted as what needs them. */
  #count(place: GroupPlace): number {
    return this.#deps.groups.count(place) + (place === 'needsYou' ? this.#pending.at(place).length : 0);
  }

  #noteLaunches(): void {
    const changed = this.#pending.changed();
    if (!changed) {
      this.#changed.addEverything();
      return;
    }
    for (const row of changed) {
      this.#changed.add(row);
    }
  }

  /** Whether there is a row to load more, and what it says. */
  #noteStatus(): void {
    const { filtered, runs } = this.#deps;
    const hasMore = filtered.hasMore && runs.size > 0;
    const words = `${filtered.loadingMore} ${this.#searchedWords()}`;
    if (hasMore !== this.#hasMore) {
      this.#changed.addEverything();
    } else if (hasMore && words !== this.#loadMoreWords) {
      this.#changed.add(this.#elements.loadMore);
    }
    this.#hasMore = hasMore;
    this.#loadMoreWords = words;
  }

  /** How far a filter was looked through in vain. */
  #searchedWords(): string {
    const { filtered, groups } = this.#deps;
    const isInVain = filtered.isFiltered && groups.size === 0;
    return isInVain ? searchedWords(filtered.searchedUntil) : '';
  }

  /** Rows that VS Code never asked for have no element yet and need no word. */
  #noteElement(element: RunsElement | undefined): void {
    if (element) {
      this.#changed.add(element);
    }
  }

  #words(run: Run): string {
    const { groups, catalog, clock } = this.#deps;
    return runDescription(run, { environments: catalog, family: groups.family(run.run_id), now: clock.now() });
  }

  #runItem(element: RunElement): vscode.TreeItem {
    const { runs, groups, seen, pinned, catalog, clock } = this.#deps;
    const { id, runId } = element;
    const run = runs.get(runId);
    if (!run) {
      // The list was dropped while VS Code asked for it: the next event takes the row away.
      return new vscode.TreeItem('');
    }
    const environment = run.agent_config?.environment_id;
    if (environment !== undefined) {
      catalog.lookUp(environment);
    }
    const family = groups.family(runId);
    this.#shown.set(element, this.#words(run));
    return runItem(run, {
      id,
      hasChildren: (run.artifacts?.length ?? 0) > 0 || groups.count(`run/${runId}`) > 0,
      environments: catalog,
      family,
      isUnseen: seen.needsYou(run) || family.needsYou > 0,
      isPinned: pinned.has(runId),
      now: clock.now(),
    });
  }
}
