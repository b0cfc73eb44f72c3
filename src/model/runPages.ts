import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { ListRunsQuery, Run, RunPage } from '../oz/types';
import { timeOf } from './serviceTime';

const pageSize = 100;
/** A head that changed by more pages than this leaves a gap, which "Load more" fills. */
const maxHeadPages = 5;
/** Runs that one "Load more" reads at most to get past what is known or not wanted. */
const maxMoreRuns = 10_000;
/** `updated_after` is strict and the service's clocks are several: ask from a little earlier. */
const overlap = 2000;

const sorted = { sort_by: 'updated_at', sort_order: 'desc' } satisfies ListRunsQuery;

/** The changes that were read without a gap, from `since` to `covered`: the service's time in milliseconds since 1970. */
export interface ReadSpan {
  /** 0: from the beginning. */
  readonly since: number;
  readonly covered: number;
}

/** Takes in what was read; answers how many of the runs were not known. `isHistory`: found by reading on into the past. */
export type Adopt = (runs: readonly Run[], isHistory?: boolean) => number;

/**
 * Reads the list of runs, which moves while it is read: what is updated goes to its head and pushes the rest down. Keeps
 * no runs, only how far they were read at both ends.
 */
export class RunPages {
  readonly #client: Pick<OzClient, 'listRuns'>;
  readonly #query: ListRunsQuery & { limit: number };
  /** The newest time that a list told: everything up to it was read. Runs known from elsewhere must not move it. */
  #covered: number | undefined;
  #since = 0;
  #hasMore = false;
  /** Where older runs begin; without it they are looked for from the newest on. */
  #cursor: string | undefined;
  #usedCursors = new Set<string>();
  #passedOver = 0;

  /** @param part which of the runs to read, all unless said, and how many on a page */
  constructor(client: Pick<OzClient, 'listRuns'>, part: ListRunsQuery = {}) {
    this.#client = client;
    this.#query = { limit: pageSize, ...part, ...sorted };
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** Undefined until the head was read. */
  get span(): ReadSpan | undefined {
    return this.#covered === undefined ? undefined : { since: this.#since, covered: this.#covered };
  }

  /**
   * Goes on from what was read elsewhere, by whoever adopted the runs of that span. False when changes may lie between it
   * and what was read here: then the head is still to be read.
   */
  join({ since, covered }: ReadSpan): boolean {
    if (this.#covered === undefined) {
      this.#covered = covered;
      this.#since = since;
      this.#hasMore = since > 0;
      return true;
    }
    const joins = since === 0 || since <= this.#covered - overlap || covered <= this.#covered;
    if (joins) {
      this.#covered = Math.max(this.#covered, covered);
    }
    return joins;
  }

  /** The run changed after everything that was read at the head. */
  isAhead(run: Run): boolean {
    return this.#covered !== undefined && timeOf(run.updated_at) > this.#covered - overlap;
  }

  reset(): void {
    this.#covered = undefined;
    this.#continueAt(undefined);
  }

  /**
   * Reads from the newest on until it meets what was read before, or for five pages. Then it answers the time (ms since 1970)
   * from which on everything is known again: what changed between there and the last reading is not.
   * @param isAsked a person asks for it: the service is asked also while it is known to be down
   */
  async readHead(adopt: Adopt, signal: AbortSignal, isAsked = false): Promise<number | undefined> {
    const covered = this.#covered;
    let page = await this.#read(undefined, signal, isAsked);
    const head = newest(page.runs);
    let since = this.#since;
    if (covered === undefined) {
      this.#continueAt(page.nextCursor);
      since = page.nextCursor === undefined ? 0 : oldest(page.runs) + 1;
    }
    adopt(page.runs);
    let gap: number | undefined;
    const cursors = new Set<string>();
    while (covered !== undefined && oldest(page.runs) > covered - overlap && isNew(page.nextCursor, cursors)) {
      if (cursors.size + 1 === maxHeadPages) {
        this.#continueAt(page.nextCursor);
        gap = oldest(page.runs);
        since = gap + 1;
        break;
      }
      cursors.add(page.nextCursor);
      page = await this.#read(page.nextCursor, signal);
      adopt(page.runs);
    }
    // Last: after a failure on the way the next reading has to come down as far as this one should have.
    this.#covered = head;
    this.#since = since;
    return gap;
  }

  /** Reads what changed since the last reading, usually nothing or one small page; else as `readHead`. */
  async readChanges(adopt: Adopt, signal: AbortSignal): Promise<number | undefined> {
    if (!this.#covered) {
      return this.readHead(adopt, signal);
    }
    const after = new Date(Math.max(0, this.#covered - overlap)).toISOString();
    const page = await this.#client.listRuns({ ...this.#query, updated_after: after }, signal);
    signal.throwIfAborted();
    if (page.nextCursor !== undefined) {
      return this.readHead(adopt, signal);
    }
    this.#covered = Math.max(this.#covered, newest(page.runs));
    adopt(page.runs);
    return undefined;
  }

  /**
   * Reads on at the old end until a page brought enough: something new, unless said. A stale cursor starts again from the
   * newest. The list ends when there is no further cursor, when a cursor comes again, and when more was passed over than
   * the known runs.
   * @throws ApiProblem
   */
  async readMore(
    adopt: Adopt,
    knownRuns: () => number,
    signal: AbortSignal,
    isEnough = (found: number): boolean => found > 0,
  ): Promise<void> {
    const { limit } = this.#query;
    let restarted = false;
    for (let read = 0; this.#hasMore && read < maxMoreRuns; read += limit) {
      let page: RunPage;
      let isNewest = this.#cursor === undefined;
      try {
        page = await this.#read(this.#cursor, signal);
      } catch (error) {
        if (restarted || !ApiProblem.is(error) || error.kind !== 'invalid') {
          throw error;
        }
        restarted = true;
        isNewest = true;
        page = await this.#read(undefined, signal);
        this.#continueAt(undefined);
      }
      const found = adopt(page.runs);
      this.#passedOver = found > 0 ? 0 : this.#passedOver + (page.runs.length || limit);
      if (!isNew(page.nextCursor, this.#usedCursors) || this.#passedOver > knownRuns() + limit) {
        this.#continueAt(undefined);
        return;
      }
      this.#usedCursors.add(page.nextCursor);
      this.#cursor = page.nextCursor;
      this.#hasMore = true;
      // What is new there was not what was asked for: something older.
      if (!isNewest && isEnough(found)) {
        return;
      }
    }
  }

  async #read(cursor: string | undefined, signal: AbortSignal, isAsked = false): Promise<RunPage> {
    const query = cursor === undefined ? this.#query : { ...this.#query, cursor };
    const page = await this.#client.listRuns(query, signal, isAsked);
    signal.throwIfAborted();
    return page;
  }

  #continueAt(cursor: string | undefined): void {
    this.#hasMore = cursor !== undefined;
    this.#cursor = cursor;
    this.#usedCursors = new Set(cursor === undefined ? [] : [cursor]);
    this.#passedOver = 0;
  }
}

function isNew(cursor: string | undefined, used: ReadonlySet<string>): cursor is string {
  return cursor !== undefined && !used.has(cursor);
}

function newest(runs: readonly Run[]): number {
  return runs.reduce((time, run) => Math.max(time, timeOf(run.updated_at)), 0);
}

function oldest(runs: readonly Run[]): number {
  return runs.reduce((time, run) => Math.min(time, timeOf(run.updated_at)), Infinity);
}
