interface Entry {
  at: number;
  order: number;
  happen: () => void;
}

/** What is going to happen, in order of time. Nothing happens by itself: `settle` plays everything that is due. */
export class Agenda {
  readonly #entries: Entry[] = [];
  #order = 0;
  #time = -Infinity;

  at(time: number, happen: () => void): void {
    const entry = { at: time, order: this.#order++, happen };
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#entries[middle];
      if (other && isLater(entry, other)) high = middle;
      else low = middle + 1;
    }
    this.#entries.splice(low, 0, entry);
  }

  /** The time of the entry that is being played, so that what it sets off is dated right; else the last settled time. */
  get time(): number {
    return this.#time;
  }

  /** Plays all entries up to and including `now`, those too that are added meanwhile. */
  settle(now: number): void {
    for (let next = this.#entries.at(-1); next && next.at <= now; next = this.#entries.at(-1)) {
      this.#entries.pop();
      this.#time = Math.max(this.#time, next.at);
      next.happen();
    }
    this.#time = Math.max(this.#time, now);
  }
}

/** Latest first, so that the next one is taken from the end; of the same time the one added first comes first. */
function isLater(entry: Entry, other: Entry): boolean {
  return entry.at > other.at || (entry.at === other.at && entry.order > other.order);
}
