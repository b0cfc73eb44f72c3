import type { Entry } from '../model/conversation';
import type { ConversationChunks } from '../model/conversationChunks';
import type { Disposable } from '../model/emitter';
import { sameEntry } from '../model/sameEntry';
import { inTurns, type TurnOptions } from '../model/inTurns';
import { TextSearch, type TextHit } from '../model/textSearch';
import { visibleText } from '../platform/plainText';
import { rawText } from './blockText';
import { apart, folded, isExact } from './foundText';
import type { FoundPlace, ToPage } from './protocol';
import { numberWord, type RenderContext } from './renderContext';
import { searchedTexts, type TextPlace } from './searchedTexts';

export interface FindDeps {
  chunks: ConversationChunks;
  context: RenderContext;
  post: (message: ToPage) => void;
  /** Sees to it that no folded step hides the entry. */
  unfoldAround: (entry: Entry) => void;
  turns: Omit<TurnOptions, 'signal'>;
}

/** Where a text is looked for first. */
interface FindStart {
  /** An entry. */
  from: string | null;
  /** Hits in what is seen of that entry that come before. */
  above: number;
}

interface Wish extends FindStart {
  step: -1 | 0 | 1;
}

/** Finding in a conversation: what is looked for, the hits, and the one that is shown. Costs nothing until it is used. */
export class ConversationFind implements Disposable {
  readonly #search: TextSearch<Entry, TextPlace>;
  /** Undefined while nobody looks for anything. */
  #query: string | undefined;
  /** Where to go as soon as the texts are prepared. */
  #wish: Wish | undefined;
  /** The hit that is shown, by its number in its entry. */
  #current: { id: string; number: number } | undefined;
  #isPrepared = false;
  #stop: AbortController | undefined;

  constructor(private readonly deps: FindDeps) {
    this.#search = new TextSearch<Entry, TextPlace>({
      id: (entry) => entry.id,
      isSame: sameEntry,
      texts: (entry) => searchedTexts(entry, deps.context),
      fold: folded,
      separator: apart,
    });
  }

  /** Looks for a text, and goes to a hit. An empty text has none, but prepares for the next one. */
  find(text: string, step: -1 | 0 | 1, { from, above }: FindStart): void {
    const isNew = this.#query !== text;
    if (isNew) {
      this.#current = undefined;
    }
    this.#query = text;
    this.#wish = text === '' ? undefined : { step: isNew ? 0 : step, from, above };
    this.#answer();
    if (!this.#isPrepared && !this.#stop) {
      void this.#prepare(from);
    }
  }

  /** The conversation changed: the hits are counted again, and the one that is shown stays. */
  changed(): void {
    if (this.#query !== undefined) {
      void this.#prepare(this.#current?.id ?? null);
    }
  }

  /** Nobody looks for anything any more. */
  dispose(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#query = undefined;
    this.#wish = undefined;
    this.#current = undefined;
    this.#isPrepared = false;
    this.#search.clear();
  }

  /** Makes the texts of all entries, those from one on first, and answers as soon as it can. */
  async #prepare(from: string | null): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#isPrepared = false;
    const { chunks, turns } = this.deps;
    const work = this.#search.prepare(chunks.entries, from === null ? 0 : chunks.placeOf(from));
    const pause = (): Promise<void> => {
      if (this.#wish && this.#count() > 0 && this.#place(this.#wish)) {
        this.#answer();
      }
      return turns.pause();
    };
    try {
      await inTurns(work, { now: turns.now, pause, signal: stop.signal });
    } catch (error) {
      if (!stop.signal.aborted) {
        throw error;
      }
    }
    if (!stop.signal.aborted) {
      this.#stop = undefined;
      this.#isPrepared = true;
      this.#answer();
    }
  }

  #count(): number {
    const query = this.#query ?? '';
    return this.#search.search(query, isExact(query));
  }

  #answer(): void {
    const { chunks, post, unfoldAround } = this.deps;
    const hits = this.#count();
    const wish = this.#wish;
    const at = this.#place(wish);
    if (this.#isPrepared || at) {
      this.#wish = undefined;
    }
    const entry = at && chunks.entries[at.place];
    this.#current = at && entry ? { id: entry.id, number: at.number } : this.#isPrepared ? undefined : this.#current;
    if (entry && wish) {
      unfoldAround(entry);
    }
    const shown = at && this.#search.countBefore(at.place) + at.number + 1;
    const place = at && entry && wish ? this.#found(entry, at) : null;
    post({ type: 'found', words: this.#words(hits, shown), hits: this.#isPrepared ? hits : null, place });
  }

  /** The hit to be shown, if there is any. */
  #place(wish: Wish | undefined): { place: number; number: number } | undefined {
    const { chunks } = this.deps;
    const search = this.#search;
    const current = this.#current;
    const place = current && chunks.placeOf(current.id);
    if (place !== undefined && current && current.number < search.count(place)) {
      const number = current.number + (wish?.step ?? 0);
      if (number >= 0 && number < search.count(place)) {
        return { place, number };
      }
    }
    if (!wish) {
      return undefined;
    }
    const { step, from, above } = wish;
    const start = place ?? (from === null ? undefined : chunks.placeOf(from)) ?? 0;
    const direction = step < 0 ? -1 : 1;
    // From the current hit on, its own entry comes last; else what is left of the one that is in view comes first.
    const isFirst = place === undefined && step >= 0;
    const number = isFirst ? this.#numberBelow(start, above) : Infinity;
    if (number < search.count(start)) {
      return { place: start, number };
    }
    const next = search.next(isFirst && above === 0 ? start : start + direction, direction);
    return next === undefined ? undefined : { place: next, number: step < 0 ? search.count(next) - 1 : 0 };
  }

  /** The number of an entry's first hit after as many in what is seen of it. */
  #numberBelow(place: number, above: number): number {
    const isLast = (hit: TextHit<TextPlace>): boolean => {
      const { block, isHidden } = hit.found.place;
      return block === null && !isHidden && hit.nth === above - 1;
    };
    for (let number = above; number > 0 && number <= this.#search.count(place); number++) {
      const hit = this.#search.hit(place, number - 1);
      if (hit && isLast(hit)) {
        return number;
      }
    }
    return 0;
  }

  #found(entry: Entry, { place, number }: { place: number; number: number }): FoundPlace | null {
    const hit = this.#search.hit(place, number);
    if (!hit) {
      return null;
    }
    const { block, raw, isHidden } = hit.found.place;
    const nth = isHidden ? null : raw ? this.#nthInRaw(hit) : hit.nth;
    return { chunk: this.deps.chunks.chunkAt(place), id: entry.id, block, raw, nth };
  }

  /** The number of a hit in a value that only the block as the service sent it shows. */
  #nthInRaw({ found, offset }: TextHit<TextPlace>): number | null {
    const block = this.deps.chunks.findBlock(found.place.block ?? '');
    const raw = block ? visibleText(rawText(block)) : '';
    const start = raw.indexOf(JSON.stringify(found.text).slice(1, -1));
    return start < 0
      ? null
      : this.#search.countIn(raw.slice(0, start)) + this.#search.countIn(found.text.slice(0, offset));
  }

  #words(hits: number, shown: number | undefined): string {
    const { context } = this.deps;
    const { translate: t } = context;
    if (this.#query === '') {
      return '';
    }
    if (!this.#isPrepared) {
      return hits === 0 ? t('Searching…') : t('{0}+ so far', numberWord(hits, context));
    }
    return hits === 0
      ? t('No results')
      : t('{0} of {1}', shown === undefined ? '?' : numberWord(shown, context), numberWord(hits, context));
  }
}
