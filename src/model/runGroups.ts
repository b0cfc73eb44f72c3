import type { Run } from '../oz/types';
import { type Disposable, disposeAll, Emitter, type Event } from './emitter';
import type { FilteredRuns } from './filteredRuns';
import { dayOf } from './localDay';
import type { PinnedRuns } from './pinnedRuns';
import { type Family, type Part, RunFamilies } from './runFamilies';
import { type Change, type GroupPlace, type Place, RunLists } from './runLists';
import type { RunsChange, RunStore } from './runStore';
import { isActive } from './runTime';
import type { SeenRuns } from './seenRuns';
import { timeOf } from './serviceTime';
import { RowsById } from './sortedRows';

/** Which rows and lists may look different, see `Change`. */
export interface GroupsChange {
  readonly rows: ReadonlySet<string>;
  readonly places: ReadonlySet<Place>;
  readonly groups: boolean;
}

type Store = Pick<RunStore, 'get' | 'all' | 'isLookedAt' | 'lookedAt'> & {
  onDidChange: Event<RunsChange>;
  onDidLook: Event<string>;
};
type Seen = Pick<SeenRuns, 'note' | 'noteHistory' | 'needsYou' | 'look' | 'forgetHistory' | 'onDidChange'>;
type Pinned = Pick<PinnedRuns, 'has' | 'onDidChange'>;
type Shown = Pick<FilteredRuns, 'isShown' | 'onDidChange'>;

/**
 * The known runs as an inbox: *Pinned*, *Needs you*, *Active*, then the others by day. Each run that is shown is listed once:
 * - in *Pinned*, when a person put it there;
 * - under its parent, when that one is shown, unless it is blocked: then a person has to find it. What else becomes of a
 *   sub-run is its parent's business.
 * - else in a group. What needs you and the days are sorted by last change, as the service pages them, everything else by
 *   start, so that rows do not move at every sign of life.
 * Kept up by what changed, so that one changed run among 100,000 costs a few comparisons.
 */
export class RunGroups implements Disposable {
  readonly #store: Store;
  readonly #seen: Seen;
  readonly #pinned: Pinned;
  readonly #shown: Shown;
  readonly #changed = new Emitter<GroupsChange>();
  readonly #subscriptions: Disposable[];
  readonly #lists = new RunLists();
  readonly #families = new RunFamilies();
  #needing = new RowsById();
  #isFocused = true;

  readonly onDidChange = this.#changed.event;

  constructor(store: Store, seen: Seen, pinned: Pinned, shown: Shown) {
    this.#store = store;
    this.#seen = seen;
    this.#pinned = pinned;
    this.#shown = shown;
    this.#subscriptions = [
      store.onDidChange((change) => {
        if (change.structural && change.ids.size === 0) {
          this.#clear();
        } else {
          this.#update(change.ids, change.isHistory);
        }
      }),
      seen.onDidChange((runIds) => {
        this.#update(runIds);
      }),
      pinned.onDidChange((runIds) => {
        this.#update(runIds);
      }),
      shown.onDidChange(() => {
        this.#regroup();
      }),
      store.onDidLook((runId) => {
        this.#look(runId);
      }),
    ];
  }

  /** Whether a person works in this window: only then what is on its screen is looked at. True until told. */
  setFocused(isFocused: boolean): void {
    this.#isFocused = isFocused;
    for (const runId of [...this.#store.lookedAt]) {
      this.#look(runId);
    }
  }

  /** How many runs are listed. */
  get size(): number {
    return this.#lists.size;
  }

  /** The groups with runs, in the order they are shown. */
  groups(): GroupPlace[] {
    return this.#lists.groups();
  }

  runs(place: Place): string[] {
    return this.#lists.runs(place);
  }

  count(place: Place): number {
    return this.#lists.count(place);
  }

  placeOf(runId: string): Place | undefined {
    return this.#lists.placeOf(runId);
  }

  /** The runs that need you, the newest change first: all that are known, shown or not, pinned or not. */
  needing(): string[] {
    return this.#needing.ids();
  }

  /** What goes on below a run, at any depth, shown or not. A sub-run that finished well needs nobody but its parent. */
  family(runId: string): Family {
    return this.#families.below(runId);
  }

  /** The runs that this one launched itself, as far as they are known, in no order. */
  subRuns(runId: string): string[] {
    return [...this.#families.childrenOf(runId)];
  }

  /** These runs and all that are known below them. */
  withSubRuns(runIds: Iterable<string>): Set<string> {
    return new Set([...runIds].flatMap((runId) => [runId, ...this.#families.descendantsOf(runId)]));
  }

  /** The last run of the last group. */
  lastRun(): string | undefined {
    const last = this.groups().at(-1);
    return last && this.runs(last).at(-1);
  }

  /** The run listed after this one, in its group or as the first of the next group. */
  runAfter(runId: string): string | undefined {
    const groups = this.groups();
    const at = groups.findIndex((place) => place === this.placeOf(runId));
    const group = groups[at];
    if (group === undefined) {
      return undefined;
    }
    const runs = this.runs(group);
    const next = groups[at + 1];
    return runs[runs.indexOf(runId) + 1] ?? (next && this.runs(next)[0]);
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    this.#changed.dispose();
  }

  #clear(): void {
    this.#lists.clear();
    this.#families.clear();
    this.#needing = new RowsById();
    this.#seen.forgetHistory();
    this.#changed.fire({ ...noChange(), groups: true });
  }

  #look(runId: string): void {
    const run = this.#store.get(runId);
    if (run && this.#isFocused) {
      this.#seen.look(run);
    }
  }

  #regroup(): void {
    this.#lists.clear();
    const change = noChange();
    for (const run of this.#store.all()) {
      this.#list(run, change);
    }
    this.#changed.fire({ ...noChange(), groups: true });
  }

  #update(runIds: Iterable<string>, isHistory = false): void {
    const change = noChange();
    const runs = [...runIds].flatMap((runId) => this.#store.get(runId) ?? []);
    for (const run of isHistory ? runs.filter(({ run_id: id }) => !this.#families.has(id)) : []) {
      this.#seen.noteHistory(run);
    }
    this.#seen.note(runs);
    for (const run of runs) {
      const id = run.run_id;
      if (this.#store.isLookedAt(id)) {
        this.#look(id);
      }
      const isNew = !this.#families.has(id);
      this.#families.note(id, run.parent_run_id, this.#partOf(run), change.rows);
      const wasListed = this.#lists.has(id);
      this.#list(run, change);
      // Its sub-runs have a parent to be listed under from now on, or none any more.
      if (isNew || wasListed !== this.#lists.has(id)) {
        this.#listChildren(id, change);
      }
    }
    this.#changed.fire(change);
  }

  #partOf(run: Run): Part {
    if (isActive(run.state)) {
      return 'active';
    }
    return run.state !== 'SUCCEEDED' && this.#seen.needsYou(run) ? 'needsYou' : 'other';
  }

  #listChildren(runId: string, change: Change): void {
    for (const childId of this.#families.childrenOf(runId)) {
      const child = this.#store.get(childId);
      if (child) {
        this.#list(child, change);
      }
    }
  }

  #list(run: Run, change: Change): void {
    const id = run.run_id;
    const parent = this.#parentOf(id);
    const needsYou = this.#seen.needsYou(run);
    const isForYou = needsYou && (run.state === 'BLOCKED' || !parent);
    this.#needing.set(id, isForYou ? timeOf(run.updated_at) : undefined);
    const place = this.#shown.isShown(run) ? this.#placeFor(run, parent, needsYou) : undefined;
    const isByChange = place === 'needsYou' || place?.startsWith('day/');
    change.rows.add(id);
    this.#lists.put({ id, at: timeOf(isByChange ? run.updated_at : run.created_at) }, place, change);
  }

  #placeFor(run: Run, parent: Run | undefined, needsYou: boolean): Place {
    if (this.#pinned.has(run.run_id)) {
      return 'pinned';
    }
    const isBlocked = needsYou && run.state === 'BLOCKED';
    if (parent && !isBlocked && this.#shown.isShown(parent)) {
      return `run/${parent.run_id}`;
    }
    if (needsYou) {
      return 'needsYou';
    }
    return isActive(run.state) ? 'active' : `day/${dayOf(timeOf(run.updated_at))}`;
  }

  /** As far as it is known. */
  #parentOf(runId: string): Run | undefined {
    const parent = this.#families.parentOf(runId);
    return parent === undefined ? undefined : this.#store.get(parent);
  }
}

function noChange(): Change {
  return { rows: new Set(), places: new Set(), groups: false };
}
