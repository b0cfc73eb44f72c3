import type { Memento } from '../model/memento';
import { asList, asRecord } from '../oz/json';
import type { Anchor } from './protocol';
import { anchorOf, idOf, idsOf } from './readFromPage';

/** An entry and its position from 0: where to look when the entry is not there any more. */
export interface EntryAt {
  id: string;
  place: number;
}

/** Where somebody was reading a conversation; never what they read. */
export interface KeptReading {
  /** None at the start. */
  anchor: (Anchor & EntryAt) | null;
  /** The end was being followed. */
  following: boolean;
  /** Steps that are folded, and blocks that are unfolded. */
  folded: readonly string[];
  unfolded: readonly string[];
  /** The last entry that was there when the end was in sight. */
  seen: EntryAt | null;
}

const storageKey = 'conversation.reading';
/** Conversations, and ids of a kind in each of them, that are remembered. */
const mostKept = 200;
const mostIds = 2000;

/** Where somebody was in each of the conversations that they read last, for panels that are opened again. */
export class ReadingMemory {
  #kept: Map<string, KeptReading> | undefined;

  /** @param memento the workspace's */
  constructor(private readonly memento: Memento) {}

  get(key: string): KeptReading | undefined {
    return this.#all().get(key);
  }

  /** What was read least recently is forgotten for it. */
  set(key: string, reading: KeptReading): void {
    const all = this.#all();
    const kept = { ...reading, folded: reading.folded.slice(-mostIds), unfolded: reading.unfolded.slice(-mostIds) };
    all.delete(key);
    all.set(key, kept);
    for (const oldest of [...all.keys()].slice(0, -mostKept)) {
      all.delete(oldest);
    }
    void this.memento.update(storageKey, [...all]);
  }

  #all(): Map<string, KeptReading> {
    this.#kept ??= new Map(asList(this.memento.get(storageKey)).flatMap(storedEntry));
    return this.#kept;
  }
}

/** What another version of the extension wrote may look otherwise. */
function storedEntry(value: unknown): [string, KeptReading][] {
  const [key, stored] = asList(value);
  const given = asRecord(stored);
  if (typeof key !== 'string' || !given) {
    return [];
  }
  const anchor = anchorOf(given.anchor);
  const at = entryAt(given.anchor);
  const reading: KeptReading = {
    anchor: anchor && at ? { ...anchor, ...at } : null,
    following: given.following === true,
    folded: idsOf(given.folded) ?? [],
    unfolded: idsOf(given.unfolded) ?? [],
    seen: entryAt(given.seen),
  };
  return [[key, reading]];
}

function entryAt(value: unknown): EntryAt | null {
  const given = asRecord(value);
  const id = idOf(given?.id);
  const place = given?.place;
  return id !== undefined && typeof place === 'number' && Number.isSafeInteger(place) && place >= 0
    ? { id, place }
    : null;
}
