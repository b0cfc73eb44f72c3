import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { ListRunsQuery, Run, RunPage } from '../oz/types';
import { timeOf } from './serviceTime';

const pageSize = 100;
/** A head that changed by more pages than this leaves a gap, which "Load more" fills. */
const maxHeadPages = 5;
/** Pages that one "Load more" reads at most to get past runs that are known. */
const maxMorePages = 50;
/** `updated_after` is strict and the service's clocks are several: ask from a little earlier. */
const overlap = 2000;

const sorted = { sort_by: 'updated_at', sort_order: 'desc', limit: pageSize } satisfies ListRunsQuery;

/** Takes in what was read; answers how many of the runs were not known. */
export type Adopt = (runs: readonly Run[]) => number;

/**
 * Reads the list of runs, which moves while it is read: what is updated goes to its head and pushes the rest down. Keeps
 * no runs, only how far they were read at both ends.
 */
export class RunPages {
  readonly #client: Pick<OzClient, 'listRuns'>;
  /** The newest time that a list told: everything up to it was read. Runs known from elsewhere must not move it. */
  #covered: number | undefined;
  #cursor: string | undefined;
  #usedCursors = new Set<string>();
  #passedOver = 0;

  constructor(client: Pick<OzClient, 'listRuns'>) {
    this.#client = client;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  reset(): void {
    this.#covered = undefined;
    this.#continueAt(undefined);
  }

  /** Reads from the newest on until it meets what was read before, or for five pages. */
  async readHead(adopt: Adopt, signal: AbortSignal): Promise<void> {
    const covered = this.#covered;
    let page = await this.#read(undefined, signal);
    const head = newest(page.runs);
    if (covered === undefined) {
      this.#continueAt(page.nextCursor);
    }
    adopt(page.runs);
    const cursors = new Set<string>();
    while (covered !== undefined && oldest(page.runs) > covered && isNew(page.nextCursor, cursors)) {
      if (cursors.size + 1 === maxHeadPages) {
        this.#continueAt(page.nextCursor);
        break;
      }
      cursors.add(page.nextCursor);
      page = await this.#read(page.nextCursor, signal);
      adopt(page.runs);
    }
    // Last: after a failure on the way the next reading has to come down as far as this one should have.
    this.#covered = head;
  }

  /** Reads what changed since the last reading, usually nothing or one small page. */
  async readChanges(adopt: Adopt, signal: AbortSignal): Promise<void> {
    if (!this.#covered) {
      return this.readHead(adopt, signal);
    }
    const after = new Date(Math.max(0, this.#covered - overlap)).toISOString();
    const page = await this.#client.listRuns({ ...sorted, updated_after: after }, signal);
    signal.throwIfAborted();
    if (page.nextCursor !== undefined) {
      return this.readHead(adopt, signal);
    }
    this.#covered = Math.max(this.#covered, newest(page.runs));
    adopt(page.runs);
    return undefined;
  }

  /**
   * Reads on at the old end until something new was found. A stale cursor starts again from the newest. The list ends when
   * there is no further cursor, when a cursor comes again, and when more was passed over than the known runs.
   * @throws ApiProblem
   */
  async readMore(adopt: Adopt, knownRuns: () => number, signal: AbortSignal): Promise<void> {
    let restarted = false;
    for (let pages = 0; this.#cursor !== undefined && pages < maxMorePages; pages += 1) {
      let page: RunPage;
      try {
        page = await this.#read(this.#cursor, signal);
      } catch (error) {
        if (restarted || !ApiProblem.is(error) || error.kind !== 'invalid') {
          throw error;
        }
        restarted = true;
        page = await this.#read(undefined, signal);
        this.#continueAt(undefined);
      }
      const found = adopt(page.runs);
      this.#passedOver = found > 0 ? 0 : this.#passedOver + (page.runs.length || pageSize);
      if (!isNew(page.nextCursor, this.#usedCursors) || this.#passedOver > knownRuns() + pageSize) {
        this.#continueAt(undefined);
        return;
      }
      this.#usedCursors.add(page.nextCursor);
      this.#cursor = page.nextCursor;
      if (found > 0) {
        return;
      }
    }
  }

  async #read(cursor: string | undefined, signal: AbortSignal): Promise<RunPage> {
    const page = await this.#client.listRuns(cursor === undefined ? sorted : { ...sorted, cursor }, signal);
    signal.throwIfAborted();
    return page;
  }

  #continueAt(cursor: string | undefined): void {
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
