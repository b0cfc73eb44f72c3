import type { Block, Entry } from './conversation';
import { sameEntry } from './sameEntry';

/** A message chunk travels at once, so it is bounded by count and by size. */
export const chunkLimits = {
  /** Entries of a chunk, except where the next one would not fit its size. */
  entries: 40,
  /** Characters of source: shown as nodes it is at most three times as much, so a chunk stays under 64 KB. */
  size: 18_000,
  /** Characters of one block that are shown: a longer one shows its head and its tail. */
  block: 64_000,
} as const;

interface Chunk {
  start: number;
  end: number;
  /** Changes whenever what the chunk shows changes. */
  version: number;
  lines: number;
}

/** What the page needs to know of a chunk that it does not have: its version and about how many lines tall it is. */
export type ChunkSize = [version: number, lines: number];

/**
 * The entries of a conversation cut into chunks. Cuts depend on what stands before them only, so a conversation that
 * grows changes its last chunks and no others. Folding a step hides entries without moving the cuts.
 */
export class ConversationChunks {
  #entries: readonly Entry[] = [];
  #chunks: Chunk[] = [];
  #places = new Map<string, number>();
  #folded = new Set<string>();
  #versions = 0;
  /** Of each entry the version of its chunk that brought it as it is. */
  #broughtBy: number[] = [];

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Takes a new reading; chunks that show the same keep their version. Returns whether anything changed. */
  update(entries: readonly Entry[]): boolean {
    const before = { entries: this.#entries, chunks: this.#chunks, broughtBy: this.#broughtBy };
    this.#entries = entries;
    this.#places = new Map(entries.map((entry, index) => [entry.id, index]));
    this.#broughtBy = [];
    this.#chunks = cut(entries).map(([start, end], index) => {
      const old = before.chunks[index];
      const version = this.#versions + 1;
      let same = old?.start === start && old.end === end;
      for (let place = start; place < end; place++) {
        const [entry, other] = [entries[place], before.entries[place]];
        const wasHere = old !== undefined && place >= old.start && place < old.end;
        const broughtBy = wasHere && entry && other && sameEntry(entry, other) ? before.broughtBy[place] : undefined;
        same &&= broughtBy !== undefined;
        this.#broughtBy.push(broughtBy ?? version);
      }
      if (old && same) {
        return old;
      }
      this.#versions = version;
      return { start, end, version, lines: this.#lines(start, end) };
    });
    return (
      this.#chunks.length !== before.chunks.length ||
      this.#chunks.some((chunk, index) => chunk !== before.chunks[index])
    );
  }

  fold(ids: Iterable<string>): void {
    const folded = new Set(ids);
    // A set: every entry is compared with all steps that changed, and there may be thousands of both.
    const changed = new Set([...folded, ...this.#folded].filter((id) => folded.has(id) !== this.#folded.has(id)));
    this.#folded = folded;
    for (const chunk of this.#chunks) {
      const version = this.#versions + 1;
      for (let place = chunk.start; place < chunk.end; place++) {
        const entry = this.#entries[place];
        if (entry && (changed.has(entry.id) || entry.within.some((id) => changed.has(id)))) {
          this.#broughtBy[place] = version;
          chunk.version = version;
        }
      }
      if (chunk.version === version) {
        this.#versions = version;
        chunk.lines = this.#lines(chunk.start, chunk.end);
      }
    }
  }

  get folded(): string[] {
    return [...this.#folded];
  }

  /** What is shown of an entry changed, though the entry did not. */
  renew(id: string): void {
    const place = this.#places.get(id);
    const chunk = place === undefined ? undefined : this.#chunks[this.chunkAt(place)];
    if (chunk && place !== undefined) {
      chunk.version = ++this.#versions;
      this.#broughtBy[place] = chunk.version;
    }
  }

  isFolded(id: string): boolean {
    return this.#folded.has(id);
  }

  sizes(): ChunkSize[] {
    return this.#chunks.map(({ version, lines }) => [version, lines]);
  }

  /** The positions of the entries that a chunk shows; undefined when there is no such chunk. */
  shown(index: number): { version: number; places: number[] } | undefined {
    const chunk = this.#chunks[index];
    if (!chunk) {
      return undefined;
    }
    const places = Array.from({ length: chunk.end - chunk.start }, (_, offset) => chunk.start + offset);
    const isShown = (place: number): boolean => {
      const entry = this.#entries[place];
      return entry !== undefined && this.isShown(entry);
    };
    return { version: chunk.version, places: places.filter(isShown) };
  }

  /** Whoever has that version of its chunk has the entry at a position as it is. */
  isIn(version: number, place: number): boolean {
    return (this.#broughtBy[place] ?? Infinity) <= version;
  }

  find(id: string): Entry | undefined {
    return this.#entries[this.#places.get(id) ?? -1];
  }

  /** The position of an entry in the conversation. */
  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** The chunk that holds the entry at a position. */
  chunkAt(place: number): number {
    return this.#chunks.findIndex((chunk) => place < chunk.end);
  }

  /** A block by its id, which is its entry's id and its number in the message. */
  findBlock(id: string): Block | undefined {
    const entry = this.find(id.slice(0, id.indexOf('.')));
    return entry?.kind === 'message' ? entry.blocks.find((block) => block.id === id) : undefined;
  }

  /** The nearest shown entry in a direction that passes the test, starting beside `place`. */
  next(place: number, step: 1 | -1, test: (entry: Entry) => boolean): Entry | undefined {
    for (let index = place + step; index >= 0 && index < this.#entries.length; index += step) {
      const entry = this.#entries[index];
      if (entry && this.isShown(entry) && test(entry)) {
        return entry;
      }
    }
    return undefined;
  }

  /** No step around it is folded. */
  isShown(entry: Entry): boolean {
    return entry.within.every((id) => !this.#folded.has(id));
  }

  #lines(start: number, end: number): number {
    const lines = this.#entries
      .slice(start, end)
      .reduce((sum, entry) => sum + (this.isShown(entry) ? entryLines(entry) : 0), 0);
    return Math.round(lines * 10) / 10;
  }
}

/** Ranges of positions, `end` excluded. */
export function cut(entries: readonly Entry[]): [start: number, end: number][] {
  const ranges: [number, number][] = [];
  let start = 0;
  let size = 0;
  entries.forEach((entry, index) => {
    const more = entrySize(entry);
    if (index > start && (index - start >= chunkLimits.entries || size + more > chunkLimits.size)) {
      ranges.push([start, index]);
      start = index;
      size = 0;
    }
    size += more;
  });
  if (entries.length > start) {
    ranges.push([start, entries.length]);
  }
  return ranges;
}

/** Characters of source that an entry shows before anything is unfolded, markup of its own included. */
function entrySize(entry: Entry): number {
  if (entry.kind === 'step') {
    return 150 + entry.title.length + entry.summary.length;
  }
  return entry.blocks.reduce((sum, block) => sum + blockSize(block), 150);
}

function blockSize(block: Block): number {
  switch (block.kind) {
    case 'text':
      return Math.min(block.text.length, chunkLimits.block);
    case 'action':
    case 'event':
    case 'unknown':
      // One line, whatever stands behind it.
      return 250;
  }
}

/** About how many lines of text an entry is tall at 80 characters a line. */
export function entryLines(entry: Entry): number {
  if (entry.kind === 'step') {
    return 1.8 + textLines(entry.summary);
  }
  const around = entry.role === 'user' ? 3 : 0.6;
  return entry.blocks.reduce(
    (sum, block) => sum + (block.kind === 'text' ? textLines(block.text) + 0.6 : 1.45),
    around,
  );
}

function textLines(text: string): number {
  let lines = 0;
  let start = 0;
  const end = Math.min(text.length, chunkLimits.block);
  while (start < end) {
    const found = text.indexOf('\n', start);
    const stop = found < 0 ? end : Math.min(found, end);
    lines += stop === start ? 0.6 : Math.ceil((stop - start) / 80);
    start = stop + 1;
  }
  return lines;
}
