/** A text in which something can be found, and where it stands. */
export interface SearchedText<P> {
  place: P;
  text: string;
  /** The hits before it are seen elsewhere, too, and count there. */
  from: number;
}

export interface TextHit<P> {
  found: SearchedText<P>;
  /** Its position in that text. */
  offset: number;
  /** Its number among all hits in texts of the same place, those before `from` included, from 0. */
  nth: number;
}

interface Prepared<E, P> {
  item: E;
  texts: readonly SearchedText<P>[];
  /** The texts from where their hits count, one after the other. */
  exact: string;
  folded: string;
}

export interface TextSearchOptions<E, P> {
  id: (item: E) => string;
  /** Whether two items have the same texts. */
  isSame: (a: E, b: E) => boolean;
  texts: (item: E) => readonly SearchedText<P>[];
  /** Makes lower case of a text, of the same length. */
  fold: (text: string) => string;
  /** Stands between two texts; nothing that is looked for holds it. */
  separator: string;
}

/**
 * Finds a text in many items. Each item's texts are made once, as long as it stays the same; of hits only their number in
 * each item is kept.
 */
export class TextSearch<E, P> {
  #known = new Map<string, Prepared<E, P>>();
  #all: (Prepared<E, P> | undefined)[] = [];
  #counts = new Uint32Array();
  #query = '';
  #isExact = false;

  constructor(private readonly options: TextSearchOptions<E, P>) {}

  /**
   * Takes the items to search in. Yields after each, since making the texts of many takes long; those that it came to count
   * already. What was made is kept when it is not gone on with.
   * @param first the position to begin at
   */
  *prepare(items: readonly E[], first = 0): Iterable<undefined> {
    const { id, isSame } = this.options;
    const all = Array.from<unknown, Prepared<E, P> | undefined>(items, () => undefined);
    this.#all = all;
    for (const place of [...all.keys()].map((index) => (index + first) % all.length)) {
      const item = items[place];
      if (item !== undefined) {
        const old = this.#known.get(id(item));
        const prepared = old && (old.item === item || isSame(old.item, item)) ? old : this.#prepared(item);
        prepared.item = item;
        this.#known.set(id(item), prepared);
        all[place] = prepared;
        yield undefined;
      }
    }
    this.#known = new Map(all.flatMap((prepared) => (prepared ? [[id(prepared.item), prepared]] : [])));
  }

  /** Counts the hits of a text, which are any number and do not overlap. An empty text has none. */
  search(query: string, isExact: boolean): number {
    const { fold } = this.options;
    this.#query = isExact ? query : fold(query);
    this.#isExact = isExact;
    this.#counts = new Uint32Array(this.#all.length);
    let hits = 0;
    this.#all.forEach((prepared, place) => {
      const count = prepared ? countHits(isExact ? prepared.exact : prepared.folded, this.#query) : 0;
      this.#counts[place] = count;
      hits += count;
    });
    return hits;
  }

  /** Hits in the item at a position. */
  count(place: number): number {
    return this.#counts[place] ?? 0;
  }

  /** Hits in all items before a position. */
  countBefore(place: number): number {
    return this.#counts.subarray(0, place).reduce((sum, count) => sum + count, 0);
  }

  /** The nearest position with hits, from `place` on in a direction and around the end, as far as items are prepared. */
  next(place: number, step: 1 | -1): number | undefined {
    const { length } = this.#counts;
    for (let passed = 0; passed < length; passed++) {
      const at = (((place + passed * step) % length) + length) % length;
      if (!this.#all[at]) {
        return undefined;
      }
      if (this.count(at) > 0) {
        return at;
      }
    }
    return undefined;
  }

  /** A hit of the item at a position, by its number there from 0. */
  hit(place: number, number: number): TextHit<P> | undefined {
    let left = number;
    const passed = new Map<P, number>();
    for (const found of this.#all[place]?.texts ?? []) {
      const text = this.#isExact ? found.text : this.options.fold(found.text);
      let nth = (passed.get(found.place) ?? 0) + countHits(text.slice(0, found.from), this.#query);
      let offset = nextHit(text, this.#query, found.from);
      for (; offset >= 0; nth++, left--) {
        if (left === 0) {
          return { found, offset, nth };
        }
        offset = nextHit(text, this.#query, offset + this.#query.length);
      }
      passed.set(found.place, nth);
    }
    return undefined;
  }

  /** Hits in another text of what is looked for now. */
  countIn(text: string): number {
    return countHits(this.#isExact ? text : this.options.fold(text), this.#query);
  }

  /** Forgets all items and what was found. */
  clear(): void {
    this.#known.clear();
    this.#all = [];
    this.#counts = new Uint32Array();
  }

  #prepared(item: E): Prepared<E, P> {
    const { texts, fold, separator } = this.options;
    const made = texts(item);
    const [first = ''] = made.map(({ text, from }) => text.slice(from));
    const exact = made.length < 2 ? first : made.map(({ text, from }) => text.slice(from)).join(separator);
    const lower = fold(exact);
    return { item, texts: made, exact, folded: lower === exact ? exact : lower };
  }
}

function nextHit(text: string, query: string, from: number): number {
  return query === '' ? -1 : text.indexOf(query, from);
}

function countHits(text: string, query: string): number {
  let count = 0;
  for (let offset = nextHit(text, query, 0); offset >= 0; offset = nextHit(text, query, offset + query.length)) {
    count++;
  }
  return count;
}
