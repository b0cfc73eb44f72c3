import type { Run } from '../oz/types';
import { type Disposable, Emitter, type Event } from './emitter';
import { RunFamilies } from './runFamilies';
import type { RunsChange, RunStore } from './runStore';
import { isActive } from './runTime';
import type { SeenRuns } from './seenRuns';
import { timeOf } from './serviceTime';
import { type Row, SortedRows } from './sortedRows';

/** Where a run is listed: in a group, on a local day (`day/2026-11-22`, `day/` without a time), or under its parent. */
export type Place = GroupPlace | `run/${string}`;
export type GroupPlace = 'needsYou' | 'active' | `day/${string}`;

export interface GroupsChange {
  /** Runs whose own row may look different. */
  rows: ReadonlySet<string>;
  /** Places whose list is another one. */
  places: ReadonlySet<Place>;
  /** A group came or went. */
  groups: boolean;
}

type Store = Pick<RunStore, 'get' | 'isLookedAt'> & { onDidChange: Event<RunsChange>; onDidLook: Event<string> };
type Seen = Pick<SeenRuns, 'note' | 'noteHistory' | 'needsYou' | 'look' | 'forgetSession' | 'onDidChange'>;

interface Change extends GroupsChange {
  rows: Set<string>;
  places: Set<Place>;
}

/**
 * The known runs as an inbox: *Needs you*, *Active*, then the others by day. Each run is listed once:
 * - under its parent when that one is known, unless it is blocked: then a person has to find it. What else becomes of a
 *   sub-run is its parent's business. Runs whose parents go round in a circle are listed as if they had none.
 * - else in a group. *Active* is sorted by start, so that rows do not move at every sign of life, the others by last change,
 *   as the service pages them.
 * Kept up by what changed, so that one changed run among 100,000 costs a few comparisons.
 */
export class RunGroups implements Disposable {
  readonly #store: Store;
  readonly #seen: Seen;
  readonly #changed = new Emitter<GroupsChange>();
  readonly #subscriptions: Disposable[];
  readonly #lists = new Map<Place, SortedRows>();
  readonly #where = new Map<string, { place: Place; row: Row }>();
  readonly #families: RunFamilies;

  readonly onDidChange = this.#changed.event;

  constructor(store: Store, seen: Seen) {
    this.#store = store;
    this.#seen = seen;
    this.#families = new RunFamilies((runId) => store.get(runId));
    this.#subscriptions = [
      store.onDidChange((change) => {
        if (change.structural && change.ids.size === 0) {
          this.#clear();
        } else {
          this.#update(change.ids, change.isHistory);
        }
      }),
      seen.onDidChange((runId) => {
        this.#update([runId], false);
      }),
      store.onDidLook((runId) => {
        const run = store.get(runId);
        if (run) {
          seen.look(run);
        }
      }),
    ];
  }

  /** The groups with runs, in the order they are shown. */
  groups(): GroupPlace[] {
    const days = [...this.#lists.keys()].filter((place) => place.startsWith('day/')) as GroupPlace[];
    const first = (['needsYou', 'active'] as const).filter((place) => this.#lists.has(place));
    return [...first, ...days.sort().reverse()];
  }

  runs(place: Place): string[] {
    return this.#lists.get(place)?.ids() ?? [];
  }

  count(place: Place): number {
    return this.#lists.get(place)?.size ?? 0;
  }

  placeOf(runId: string): Place | undefined {
    return this.#where.get(runId)?.place;
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
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#changed.dispose();
  }

  #clear(): void {
    this.#lists.clear();
    this.#where.clear();
    this.#families.clear();
    this.#seen.forgetSession();
    this.#changed.fire({ rows: new Set(), places: new Set(), groups: true });
  }

  #update(ids: Iterable<string>, isHistory: boolean): void {
    const change: Change = { rows: new Set(), places: new Set(), groups: false };
    for (const id of ids) {
      const run = this.#store.get(id);
      if (!run) {
        continue;
      }
      this.#seen.note(run);
      if (this.#store.isLookedAt(id)) {
        this.#seen.look(run);
      }
      const isNew = !this.#where.has(id);
      if (isHistory && isNew) {
        this.#seen.noteHistory(run);
      }
      this.#families.note(run);
      this.#list(run, change);
      // Its sub-runs that were there before it had no parent to be listed under.
      for (const childId of isNew ? this.#families.childrenOf(id) : []) {
        const child = this.#store.get(childId);
        if (child) {
          this.#list(child, change);
        }
      }
    }
    this.#changed.fire(change);
  }

  #list(run: Run, change: Change): void {
    const id = run.run_id;
    const before = this.#where.get(id);
    const place = this.#placeFor(run);
    const row: Row = { id, at: timeOf(place === 'active' ? run.created_at : run.updated_at) };
    change.rows.add(id);
    if (before?.place === place && before.row.at === row.at) {
      return;
    }
    this.#where.set(id, { place, row });
    const list = this.#lists.get(place) ?? this.#newList(place, change);
    if (before?.place === place) {
      if (list.remove(before.row) !== list.add(row)) {
        change.places.add(place);
      }
      return;
    }
    if (before) {
      this.#takeOut(before.row, before.place, change);
    }
    list.add(row);
    change.places.add(place);
  }

  #placeFor(run: Run): Place {
    const parent = run.state === 'BLOCKED' ? undefined : this.#families.parentOf(run);
    if (parent !== undefined) {
      return `run/${parent}`;
    }
    if (this.#seen.needsYou(run)) {
      return 'needsYou';
    }
    return isActive(run.state) ? 'active' : `day/${dayOf(timeOf(run.updated_at))}`;
  }

  #takeOut(row: Row, place: Place, change: Change): void {
    const list = this.#lists.get(place);
    list?.remove(row);
    change.places.add(place);
    if (list?.size === 0) {
      this.#lists.delete(place);
      noteCameOrWent(place, change);
    }
  }

  #newList(place: Place, change: Change): SortedRows {
    const list = new SortedRows();
    this.#lists.set(place, list);
    noteCameOrWent(place, change);
    return list;
  }
}

/** A group is a row of its own; a run with its first or without its last sub-run looks different. */
function noteCameOrWent(place: Place, change: Change): void {
  if (place.startsWith('run/')) {
    change.rows.add(place.slice('run/'.length));
  } else {
    change.groups = true;
  }
}

/** The local day of a time in milliseconds since 1970 as `2026-11-22`; empty for no time. */
export function dayOf(time: number): string {
  if (time === 0) {
    return '';
  }
  const date = new Date(time);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** Whole local days from `day` to the day of `now` (ms since 1970): 0 for today, 1 for yesterday, negative ahead. */
export function daysAgo(day: string, now: number): number {
  // As dates without a zone: a day with a clock change is as long as any other.
  return Math.round((Date.parse(dayOf(now)) - Date.parse(day)) / (24 * 60 * 60 * 1000));
}
