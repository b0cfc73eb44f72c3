import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { dayOf, type GroupPlace, type GroupsChange, type Place, type RunGroups } from '../model/runGroups';
import type { RunStore } from '../model/runStore';
import type { Clock } from '../oz/clock';
import { artifactItem } from './artifactItem';
import { ChangedElements } from './changedElements';
import { dayWord } from './dayWords';
import { loadMoreItem } from './loadMoreItem';
import { runDescription, runItem, runTooltip } from './runItem';

/** Plain data, so that a menu can pass an element to a command as it is. */
export type RunsElement = GroupElement | RunElement | ArtifactElement | { kind: 'loadMore'; id: string };

interface GroupElement {
  kind: 'group';
  id: string;
  place: GroupPlace;
}

interface RunElement {
  kind: 'run';
  id: string;
  parentId: string;
  runId: string;
}

interface ArtifactElement {
  kind: 'artifact';
  id: string;
  parentId: string;
  runId: string;
  artifact: number;
}

/** Families deeper than this are not kept up as they change. */
const maxDepth = 100;

type Store = Pick<RunStore, 'get' | 'size' | 'hasMore' | 'loadingMore' | 'onDidChangeStatus'>;

/**
 * The rows of the Runs view, straight from the store. The same row is the same object each time. A run that moves to
 * another place is another row there (its id is its path): VS Code cannot follow one row from place to place.
 */
export class RunsTree implements vscode.TreeDataProvider<RunsElement>, vscode.Disposable {
  readonly #store: Store;
  readonly #groups: RunGroups;
  readonly #catalog: Catalog;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed = new ChangedElements<RunsElement>();
  readonly #loadMore = { kind: 'loadMore', id: 'loadMore' } as const;
  readonly #elements = new Map<string, RunsElement>();
  /** What the rows that VS Code asked for say: it stops being true as time passes. */
  readonly #shown = new Map<RunElement, string>();
  readonly #subscriptions: { dispose(): unknown }[];
  #today: string;
  #hasMore = false;
  #loadingMore = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: Store, groups: RunGroups, catalog: Catalog, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#groups = groups;
    this.#catalog = catalog;
    this.#clock = clock;
    this.#today = dayOf(clock.now());
    this.#subscriptions = [
      groups.onDidChange((change) => {
        this.#noteGroups(change);
      }),
      store.onDidChangeStatus(() => {
        this.#noteStatus();
      }),
      catalog.onDidChange(() => {
        this.recheck();
      }),
    ];
  }

  getChildren(element?: RunsElement): RunsElement[] {
    switch (element?.kind) {
      case undefined:
        return [
          ...this.#groups.groups().map((place) => this.#groupElement(place)),
          ...(this.#hasMore ? [this.#loadMore] : []),
        ];
      case 'group':
        return this.#groups.runs(element.place).map((runId) => this.#runElement(runId, element.place));
      case 'run':
        return [
          ...this.#groups.runs(`run/${element.runId}`).map((runId) => this.#runElement(runId, element.id)),
          ...this.#artifactElements(element),
        ];
      case 'artifact':
      case 'loadMore':
        return [];
    }
  }

  getParent(element: RunsElement): RunsElement | undefined {
    return 'parentId' in element ? this.#elements.get(element.parentId) : undefined;
  }

  getTreeItem(element: RunsElement): vscode.TreeItem {
    switch (element.kind) {
      case 'group':
        return this.#groupItem(element);
      case 'run':
        return this.#runItem(element);
      case 'artifact': {
        const artifact = this.#store.get(element.runId)?.artifacts?.[element.artifact];
        return artifact
          ? artifactItem(artifact, { id: element.id, runId: element.runId, index: element.artifact })
          : new vscode.TreeItem('');
      }
      case 'loadMore':
        return loadMoreItem(element.id, this.#loadingMore, { command: 'agentRuns.loadMoreRuns' });
    }
  }

  resolveTreeItem(item: vscode.TreeItem, element: RunsElement): vscode.TreeItem {
    const run = element.kind === 'run' ? this.#store.get(element.runId) : undefined;
    if (run) {
      item.tooltip = runTooltip(run, this.#catalog, this.#clock.now());
    }
    return item;
  }

  /** The row of a run where it is listed now; undefined when it is not. */
  rowOf(runId: string): RunsElement | undefined {
    const [place, ...runIds] = this.#pathOf(runId) ?? [];
    if (place === undefined) {
      return undefined;
    }
    return runIds.reduce<RunsElement>((parent, id) => this.#runElement(id, parent.id), this.#groupElement(place));
  }

  /** Tells about the rows whose words are not true any more, and about all when another day began. */
  recheck(): void {
    const today = dayOf(this.#clock.now());
    if (this.#today !== today) {
      this.#today = today;
      this.#changed.addEverything();
      return;
    }
    for (const [element, words] of this.#shown) {
      const run = this.#store.get(element.runId);
      if (!run || this.#elementOf(element.runId) !== element) {
        this.#shown.delete(element);
      } else if (runDescription(run, this.#catalog, this.#clock.now()) !== words) {
        this.#changed.add(element);
      }
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#changed.dispose();
  }

  #noteGroups({ rows, places, groups }: GroupsChange): void {
    if (this.#store.size === 0) {
      this.#elements.clear();
      this.#shown.clear();
    }
    if (groups) {
      this.#changed.addEverything();
      return;
    }
    for (const place of places) {
      this.#noteElement(place.startsWith('run/') ? this.#elementOf(place.slice(4)) : this.#elements.get(place));
    }
    for (const runId of rows) {
      this.#noteElement(this.#elementOf(runId));
    }
  }

  #noteStatus(): void {
    const hasMore = this.#store.hasMore && this.#store.size > 0;
    if (hasMore !== this.#hasMore) {
      this.#hasMore = hasMore;
      this.#changed.addEverything();
    }
    if (this.#store.loadingMore !== this.#loadingMore) {
      this.#loadingMore = this.#store.loadingMore;
      this.#changed.add(this.#loadMore);
    }
  }

  /** Rows that VS Code never asked for have no element yet and need no word. */
  #noteElement(element: RunsElement | undefined): void {
    if (element) {
      this.#changed.add(element);
    }
  }

  #groupElement(place: GroupPlace): RunsElement {
    return this.#element({ kind: 'group', id: place, place });
  }

  #runElement(runId: string, parentId: string): RunsElement {
    return this.#element({ kind: 'run', id: `${parentId}/${runId}`, parentId, runId });
  }

  #artifactElements({ id, runId }: RunElement): RunsElement[] {
    const artifacts = this.#store.get(runId)?.artifacts ?? [];
    return artifacts.map((_, artifact) =>
      this.#element({ kind: 'artifact', id: `${id}/artifact/${artifact}`, parentId: id, runId, artifact }),
    );
  }

  /** The object that stands for this row already, or this one from now on. */
  #element(element: RunsElement): RunsElement {
    const known = this.#elements.get(element.id);
    if (!known) {
      this.#elements.set(element.id, element);
    }
    return known ?? element;
  }

  /** The row of a run where it is listed now, if VS Code asked for it. */
  #elementOf(runId: string): RunsElement | undefined {
    const path = this.#pathOf(runId);
    return path && this.#elements.get(path.join('/'));
  }

  /** From the group down to the run. */
  #pathOf(runId: string): [GroupPlace, ...string[]] | undefined {
    const path = [runId];
    let place = this.#groups.placeOf(runId);
    while (place && !isGroup(place) && path.length < maxDepth) {
      const parentId = place.slice('run/'.length);
      path.unshift(parentId);
      place = this.#groups.placeOf(parentId);
    }
    return place && isGroup(place) ? [place, ...path] : undefined;
  }

  #groupItem({ id, place }: GroupElement): vscode.TreeItem {
    const count = this.#groups.count(place);
    const item = new vscode.TreeItem(this.#groupLabel(place), vscode.TreeItemCollapsibleState.Expanded);
    item.id = id;
    item.description = String(count);
    item.contextValue = place.startsWith('day/') ? 'group day' : `group ${place}`;
    item.tooltip = '';
    item.accessibilityInformation = {
      label:
        count === 1
          ? vscode.l10n.t('{0}, 1 run', this.#groupLabel(place))
          : vscode.l10n.t('{0}, {1} runs', this.#groupLabel(place), count),
    };
    return item;
  }

  #groupLabel(place: GroupPlace): string {
    switch (place) {
      case 'needsYou':
        return vscode.l10n.t('Needs you');
      case 'active':
        return vscode.l10n.t('Active');
      default:
        return dayWord(place.slice('day/'.length), this.#clock.now());
    }
  }

  #runItem(element: RunElement): vscode.TreeItem {
    const run = this.#store.get(element.runId);
    if (!run) {
      // The list was dropped while VS Code asked for it: the next event takes the row away.
      return new vscode.TreeItem('');
    }
    const environment = run.agent_config?.environment_id;
    if (environment !== undefined) {
      this.#catalog.lookUp(environment);
    }
    const now = this.#clock.now();
    this.#shown.set(element, runDescription(run, this.#catalog, now));
    return runItem(run, {
      id: element.id,
      hasChildren: (run.artifacts?.length ?? 0) > 0 || this.#groups.count(`run/${element.runId}`) > 0,
      environments: this.#catalog,
      now,
    });
  }
}

function isGroup(place: Place): place is GroupPlace {
  return !place.startsWith('run/');
}
