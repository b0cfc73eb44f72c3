import { type Row, SortedRows } from './sortedRows';

/** Where a run is listed: in a group, on a local day (`day/2026-11-22`, `day/` without a time), or under its parent. */
export type Place = GroupPlace | `run/${string}`;
export type GroupPlace = 'pinned' | 'needsYou' | 'active' | `day/${string}`;

/** Gathers what is another one than before. */
export interface Change {
  /** Runs whose own row may look different. */
  rows: Set<string>;
  /** Places whose list is another one. */
  places: Set<Place>;
  /** A group came or went. */
  groups: boolean;
}

/** The lists of runs by their place. A list without runs is none. */
export class RunLists {
  readonly #lists = new Map<Place, SortedRows>();
  readonly #where = new Map<string, { place: Place; row: Row }>();

  /** How many runs are listed. */
  get size(): number {
    return this.#where.size;
  }

  has(runId: string): boolean {
    return this.#where.has(runId);
  }

  placeOf(runId: string): Place | undefined {
    return this.#where.get(runId)?.place;
  }

  /** In the order they are shown. */
  groups(): GroupPlace[] {
    const days = [...this.#lists.keys()].filter((place) => place.startsWith('day/')) as GroupPlace[];
    const first = (['pinned', 'needsYou', 'active'] as const).filter((place) => this.#lists.has(place));
    return [...first, ...days.sort().reverse()];
  }

  runs(place: Place): string[] {
    return this.#lists.get(place)?.ids() ?? [];
  }

  count(place: Place): number {
    return this.#lists.get(place)?.size ?? 0;
  }

  /** Lists the run there and nowhere else, or not at all. */
  put(row: Row, place: Place | undefined, change: Change): void {
    const before = this.#where.get(row.id);
    if (before && before.place === place) {
      this.#move(before.row, row, place, change);
      return;
    }
    if (before) {
      this.#takeOut(before.row, before.place, change);
    }
    if (place) {
      this.#putIn(row, place, change);
    }
  }

  clear(): void {
    this.#lists.clear();
    this.#where.clear();
  }

  #move(before: Row, row: Row, place: Place, change: Change): void {
    const list = this.#lists.get(place);
    if (!list || before.at === row.at) {
      return;
    }
    this.#where.set(row.id, { place, row });
    if (list.remove(before) !== list.add(row)) {
      change.places.add(place);
    }
  }

  #putIn(row: Row, place: Place, change: Change): void {
    const list = this.#lists.get(place) ?? new SortedRows();
    this.#lists.set(place, list);
    this.#where.set(row.id, { place, row });
    list.add(row);
    change.places.add(place);
    if (list.size === 1) {
      noteCameOrWent(place, change);
    }
  }

  #takeOut(row: Row, place: Place, change: Change): void {
    const list = this.#lists.get(place);
    this.#where.delete(row.id);
    list?.remove(row);
    change.places.add(place);
    if (list?.size === 0) {
      this.#lists.delete(place);
      noteCameOrWent(place, change);
    }
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
