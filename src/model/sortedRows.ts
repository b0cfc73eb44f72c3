export interface Row {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Rows with the newest first; rows of the same time by id, so that the order never depends on how they arrived. */
export class SortedRows {
  readonly #rows: Row[] = [];

  get size(): number {
    return this.#rows.length;
  }

  ids(): string[] {
    return this.#rows.map((row) => row.id);
  }

  /** Where the row is now. */
  add(row: Row): number {
    const index = this.#indexOf(row);
    this.#rows.splice(index, 0, row);
    return index;
  }

  /** Where the row was. It has to be there. */
  remove(row: Row): number {
    const index = this.#indexOf(row);
    this.#rows.splice(index, 1);
    return index;
  }

  /** By halving: 17 comparisons in 100,000 rows. */
  #indexOf(row: Row): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#rows[middle];
      if (other && isBefore(other, row)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Sorted rows of which each is found by its id. */
export class RowsById {
  readonly #sorted = new SortedRows();
  readonly #rows = new Map<string, Row>();

  ids(): string[] {
    return this.#sorted.ids();
  }

  /** `at`: milliseconds since 1970; undefined takes the row out. */
  set(id: string, at: number | undefined): void {
    const before = this.#rows.get(id);
    if (before?.at === at) {
      return;
    }
    if (before) {
      this.#sorted.remove(before);
      this.#rows.delete(id);
    }
    if (at !== undefined) {
      const row = { id, at };
      this.#sorted.add(row);
      this.#rows.set(id, row);
    }
  }
}

function isBefore(a: Row, b: Row): boolean {
  return a.at === b.at ? a.id < b.id : a.at > b.at;
}
