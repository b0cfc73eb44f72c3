import type { Entry } from '../model/conversation';
import type { ConversationChunks } from '../model/conversationChunks';
import type { FirstPlace } from './firstScreen';
import type { Anchor, FromPage, ToPage } from './protocol';
import type { EntryAt, KeptReading, ReadingMemory } from './readingMemory';

/** Where reading goes on, for a page that has nothing of its own from before. */
export interface ReadingStart {
  anchor: Anchor | null;
  following: boolean;
  folded: readonly string[];
  unfolded: readonly string[];
  seen: string | null;
}

/** What came since somebody last saw the end: a line stands before its first entry. */
export interface NewEntries {
  id: string;
  count: number;
}

/** Where somebody reads one conversation, and what they have not seen of it. */
export class PageReading {
  /** Entries that were seen before the page was shown; unknown until the conversation is here. */
  #seen: number | undefined;
  #new: NewEntries | undefined;
  /** Whatever arrives from now on arrives while somebody looks. */
  #isSettled = false;
  #isVisible = false;
  /** Reading goes on there as soon as the conversation is here. */
  #awaited: Anchor | null = null;

  /** @param key names the conversation in the memory */
  constructor(
    private readonly key: string,
    private readonly memory: Pick<ReadingMemory, 'get' | 'set'>,
    private readonly chunks: ConversationChunks,
  ) {}

  /** Entries that were seen before the page was shown. */
  get seen(): number {
    return this.#seen ?? 0;
  }

  get newEntries(): NewEntries | undefined {
    return this.#new;
  }

  /** A page is about to be shown: what it finds unseen is what it begins with. */
  begin(): ReadingStart | null {
    this.#seen = undefined;
    this.#new = undefined;
    this.#isSettled = false;
    const kept = this.#kept;
    if (!kept) {
      return null;
    }
    this.chunks.fold(kept.folded);
    const { anchor, following, folded, unfolded, seen } = kept;
    return { anchor: anchor && (this.#shown(anchor) ?? anchor), following, folded, unfolded, seen: seen?.id ?? null };
  }

  /** Where the first screen is. @param isActive the run works: whoever sees it first sees its end */
  first(isActive: boolean): FirstPlace {
    const kept = this.#kept;
    if (kept?.following ?? isActive) {
      return 'end';
    }
    return (kept?.anchor && this.#shown(kept.anchor)) ?? 'start';
  }

  /** The conversation may have changed. @param isUpToDate it is as the service has it */
  update(isUpToDate: boolean): void {
    const { entries } = this.chunks;
    if (entries.length === 0 || this.#isSettled) {
      return;
    }
    const { seen } = this.#kept ?? { seen: null };
    // Of a conversation that is read for the first time, nothing is news.
    this.#seen ??= seen ? Math.min(this.#placeOf(seen), entries.length - 1) + 1 : entries.length;
    const first = this.chunks.next(this.#seen - 1, 1, () => true);
    this.#showNew(first && { id: first.id, count: entries.length - this.#seen });
    this.#isSettled = isUpToDate || seen === null;
  }

  /** @param isUpToDate the conversation is as the service has it: nothing came while the page was hidden */
  setVisible(visible: boolean, isUpToDate: boolean): void {
    if (visible && !this.#isVisible) {
      this.#isSettled = isUpToDate;
    }
    this.#isVisible = visible;
  }

  /** The page is there, and reading goes on at this place. */
  ready(anchor: Anchor | null): void {
    this.#awaited = anchor;
  }

  /** What brings the page to where reading goes on, once. */
  *goOn(): Iterable<ToPage> {
    const awaited = this.#awaited;
    if (awaited === null || this.chunks.entries.length === 0) {
      return;
    }
    this.#awaited = null;
    const kept = this.#kept?.anchor;
    const place = this.chunks.placeOf(awaited.id) ?? (kept?.id === awaited.id ? kept.place : undefined);
    const found = place === undefined ? undefined : this.#shown({ ...awaited, place });
    if (found) {
      yield { type: 'reveal', chunk: this.chunks.chunkAt(found.place), id: found.id, offset: found.offset };
    }
  }

  /** The first shown entry after the last one that was seen. */
  firstNew(seen: string | null): Entry | undefined {
    return this.chunks.next(seen === null ? -1 : (this.chunks.placeOf(seen) ?? -1), 1, () => true);
  }

  note({ anchor, following, seen, unfolded }: Extract<FromPage, { type: 'reading' }>): void {
    if (anchor?.id !== this.#awaited?.id) {
      this.#awaited = null;
    }
    const kept = this.#kept;
    this.memory.set(this.key, {
      anchor: anchor && { ...anchor, place: this.#noted(anchor.id, kept?.anchor) },
      following,
      seen: seen === null ? null : { id: seen, place: this.#noted(seen, kept?.seen) },
      folded: kept?.folded ?? [],
      unfolded,
    });
  }

  noteFolded(folded: readonly string[]): void {
    const nothing = { anchor: null, following: false, seen: null, unfolded: [] };
    this.memory.set(this.key, { ...nothing, ...this.#kept, folded });
  }

  #showNew(found: NewEntries | undefined): void {
    if (found?.id !== this.#new?.id || found?.count !== this.#new?.count) {
      for (const { id } of [this.#new, found].filter((one) => one !== undefined)) {
        this.chunks.renew(id);
      }
      this.#new = found;
    }
  }

  get #kept(): KeptReading | undefined {
    return this.memory.get(this.key);
  }

  #noted(id: string, before: EntryAt | null | undefined): number {
    return this.chunks.placeOf(id) ?? (before?.id === id ? before.place : 0);
  }

  #placeOf({ id, place }: EntryAt): number {
    return this.chunks.placeOf(id) ?? place;
  }

  /** The same place as it is now: the entry, or the step that hides it, or the entry that stands where it stood. */
  #shown(at: Anchor & EntryAt): (Anchor & EntryAt) | undefined {
    const { entries } = this.chunks;
    const entry = entries[Math.min(this.#placeOf(at), entries.length - 1)];
    const step = entry?.within.find((id) => this.chunks.isFolded(id));
    const id = step ?? entry?.id;
    const place = id === undefined ? undefined : this.chunks.placeOf(id);
    return id === undefined || place === undefined ? undefined : { id, place, offset: id === at.id ? at.offset : 0 };
  }
}
