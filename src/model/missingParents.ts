import type { OzClient } from '../oz/ozClient';
import type { ListRunsQuery } from '../oz/types';
import { type Disposable, disposeAll, type Event } from './emitter';
import { asProblem, isLasting } from './loadStatus';
import type { RunsChange, RunStore } from './runStore';

type Store = Pick<RunStore, 'status' | 'lastGood' | 'get' | 'putHistory' | 'readRun'> & {
  readonly onDidChange: Event<RunsChange>;
  readonly onDidChangeStatus: Event<undefined>;
};

/** Requests under way at once at most. */
const maxAtOnce = 3;
/** Parents that are asked for at most between two good readings of the list. */
const maxPerRound = 50;
/** A longer line of parents is a circle or other bad data. */
const maxDepth = 100;
/** How often one parent is asked for at most when asking fails. */
const maxTries = 3;
/** Runs and pages of one family that are read at most. */
const maxFamily = 1000;
const maxFamilyPages = 10;

const familyQuery = { sort_by: 'updated_at', sort_order: 'desc', limit: 500 } satisfies ListRunsQuery;

/**
 * Reads the parents of sub-runs that are on no page read so far, so that families nest at any depth. Each is asked for once,
 * unless asking failed for a moment, and only while the list can be read too.
 */
export class MissingParents implements Disposable {
  readonly #client: Pick<OzClient, 'listRuns'>;
  readonly #store: Store;
  readonly #subscriptions: Disposable[];
  /** How often each parent was asked for. */
  readonly #tries = new Map<string, number>();
  /** The parents still to be asked for, with how far each is above a run that was found without. */
  readonly #waiting = new Map<string, number>();
  readonly #depths = new Map<string, number>();
  readonly #families = new Map<string, Promise<void>>();
  #familiesUnderWay = 0;
  #underWay = 0;
  #isPaused = false;
  /** The last good reading of the list, and how many may still be asked for until the next. */
  #round: number | undefined;
  #left = maxPerRound;
  #abort = new AbortController();

  constructor(client: Pick<OzClient, 'listRuns'>, store: Store) {
    this.#client = client;
    this.#store = store;
    this.#subscriptions = [
      store.onDidChange((change) => {
        if (change.structural && change.ids.size === 0) {
          this.#forget();
        } else {
          this.#note(change.ids);
        }
      }),
      store.onDidChangeStatus(() => {
        this.#isPaused = false;
        if (store.lastGood !== this.#round) {
          this.#round = store.lastGood;
          this.#left = maxPerRound;
        }
        this.#readWaiting();
      }),
    ];
  }

  /** Reads the runs below this one, at any depth, once; a failure is tried again at the next call. Never rejects. */
  async readFamily(runId: string): Promise<void> {
    const known = this.#families.get(runId);
    if (known) {
      return known;
    }
    const { signal } = this.#abort;
    const reading = this.#readFamily(runId, signal).catch((error: unknown) => {
      if (!signal.aborted && !isLasting(asProblem(error))) {
        this.#families.delete(runId);
      }
    });
    this.#families.set(runId, reading);
    return reading;
  }

  dispose(): void {
    this.#forget();
    disposeAll(this.#subscriptions);
  }

  /** Ends what is under way. What comes after that is dropped by the store, or here. */
  #forget(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#tries.clear();
    this.#waiting.clear();
    this.#depths.clear();
    this.#families.clear();
    this.#isPaused = false;
  }

  #note(ids: ReadonlySet<string>): void {
    for (const id of ids) {
      const parent = this.#store.get(id)?.parent_run_id;
      const depth = (this.#depths.get(id) ?? 0) + 1;
      if (parent && depth <= maxDepth && this.#isMissing(parent)) {
        this.#waiting.set(parent, depth);
      }
    }
    this.#readWaiting();
  }

  #isMissing(runId: string): boolean {
    return !this.#store.get(runId) && !this.#tries.has(runId);
  }

  #readWaiting(): void {
    const canRead = this.#store.status.kind === 'ready' && !this.#isPaused;
    // A family that is being read has most parents of its runs in it.
    if (!canRead || this.#familiesUnderWay > 0) {
      return;
    }
    for (const [runId, depth] of this.#waiting) {
      if (this.#underWay >= maxAtOnce || this.#left === 0) {
        return;
      }
      this.#waiting.delete(runId);
      if (!this.#store.get(runId)) {
        void this.#readParent(runId, depth);
      }
    }
  }

  async #readParent(runId: string, depth: number): Promise<void> {
    const { signal } = this.#abort;
    const tries = (this.#tries.get(runId) ?? 0) + 1;
    this.#tries.set(runId, tries);
    this.#depths.set(runId, depth);
    this.#underWay += 1;
    this.#left -= 1;
    try {
      await this.#store.readRun(runId, { isHistory: true });
    } catch (error) {
      if (!signal.aborted && !isLasting(asProblem(error))) {
        // Whatever it is may hold for all: they wait for the next good reading of the list.
        this.#isPaused = true;
        if (tries < maxTries) {
          this.#waiting.set(runId, depth);
        }
      }
    } finally {
      this.#underWay -= 1;
    }
    this.#readWaiting();
  }

  async #readFamily(runId: string, signal: AbortSignal): Promise<void> {
    this.#familiesUnderWay += 1;
    try {
      const query = { ...familyQuery, ancestor_run_id: runId };
      let page = await this.#client.listRuns(query, signal);
      let left = maxFamily;
      for (let pages = 1; ; pages += 1) {
        signal.throwIfAborted();
        this.#store.putHistory(page.runs.slice(0, left));
        left -= page.runs.length;
        if (page.nextCursor === undefined || left <= 0 || pages === maxFamilyPages) {
          break;
        }
        page = await this.#client.listRuns({ ...query, cursor: page.nextCursor }, signal);
      }
    } finally {
      this.#familiesUnderWay -= 1;
    }
    this.#readWaiting();
  }
}
