import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import { HeldIds } from './heldIds';
import { type LoadStatus, statusAfter } from './loadStatus';
import { RunPages } from './runPages';
import { isActive } from './runTime';
import { timeOf } from './serviceTime';
import { SharedCall } from './sharedCall';

export interface RunsChange {
  /** Runs that are new or have another content. */
  ids: ReadonlySet<string>;
  /** Runs were added, or all were dropped: then `ids` is empty. */
  structural: boolean;
  /** The new ones were found by reading on into the past: their state is not news. */
  isHistory: boolean;
}

/** Not every change is known to move `updated_at`, so the head is read in full this often (ms). */
const headInterval = 5 * 60_000;

/** The runs known. What is on hand stays when reading fails: `status` tells about the reading, never about the data. */
export class RunStore implements Disposable {
  readonly #client: Pick<OzClient, 'listRuns' | 'getRun'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #pages: RunPages;
  readonly #runs = new Map<string, Run>();
  readonly #followed = new HeldIds();
  readonly #lookedAt = new HeldIds();
  readonly #changed = new Emitter<RunsChange>();
  readonly #statusChanged = new Emitter<undefined>();
  readonly #followedChanged = new Emitter<string>();
  readonly #looked = new Emitter<string>();
  #status: LoadStatus = { kind: 'starting' };
  #lastGood: number | undefined;
  #lastHead = -Infinity;
  #activeCount = 0;
  #abort = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #refreshing = new SharedCall<boolean>();
  readonly #loadingMore = new SharedCall<void>();

  readonly onDidChange = this.#changed.event;
  /** `status`, `hasMore` or `loadingMore` changed. */
  readonly onDidChangeStatus = this.#statusChanged.event;
  /** The id of a run that is followed from now on. */
  readonly onDidFollow = this.#followedChanged.event;
  /** The id of a run that a person has on the screen from now on. */
  readonly onDidLook = this.#looked.event;

  constructor(client: Pick<OzClient, 'listRuns' | 'getRun'>, clock: Pick<Clock, 'now'>) {
    this.#client = client;
    this.#clock = clock;
    this.#pages = new RunPages(client);
  }

  get status(): LoadStatus {
    return this.#status;
  }

  get size(): number {
    return this.#runs.size;
  }

  /** How many of the known runs are active. */
  get activeCount(): number {
    return this.#activeCount;
  }

  get hasMore(): boolean {
    return this.#pages.hasMore;
  }

  get loadingMore(): boolean {
    return this.#loadingMore.isUnderWay;
  }

  get followed(): Iterable<string> {
    return this.#followed.ids;
  }

  isLookedAt(runId: string): boolean {
    return this.#lookedAt.has(runId);
  }

  get(runId: string): Run | undefined {
    return this.#runs.get(runId);
  }

  /** Every run known, in no order. */
  all(): Iterable<Run> {
    return this.#runs.values();
  }

  /** Adopts a run read or made elsewhere, unless a newer copy is known. Its times have to be the service's. */
  put(run: Run): void {
    this.#adopt([run]);
  }

  /** Reads the newest runs. Never rejects: what went wrong is in `status`. A second call joins the first. */
  async refresh(): Promise<void> {
    await this.#refreshing.join(() => this.#inTurn((signal) => this.#readHead(signal)));
  }

  /** Reads what changed since the last reading. Never rejects. */
  async poll(): Promise<void> {
    await this.#inTurn((signal) =>
      this.#clock.now() - this.#lastHead >= headInterval
        ? this.#readHead(signal)
        : this.#read(() => this.#pages.readChanges(this.#adopt, signal), signal),
    );
  }

  /**
   * Reads older runs. A second call joins the first.
   * @throws ApiProblem
   */
  async loadMore(): Promise<void> {
    const more = this.#loadingMore.join(() => this.#inTurn((signal) => this.#readMore(signal)));
    this.#statusChanged.fire(undefined);
    try {
      await more;
    } finally {
      this.#statusChanged.fire(undefined);
    }
  }

  /**
   * Reads one run.
   * @throws ApiProblem
   */
  async readRun(runId: string): Promise<void> {
    const { signal } = this.#abort;
    try {
      const run = await this.#client.getRun(runId, signal);
      if (!signal.aborted) {
        this.#adopt([run]);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (ApiProblem.is(error) && (error.kind === 'noKey' || error.kind === 'keyRefused')) {
        this.#setStatus(statusAfter(error, this.#lastGood));
      }
      throw error;
    }
  }

  /** Keeps a run fresh, visible or not, until the answer is disposed. */
  follow(runId: string): Disposable {
    const following = this.#followed.hold(runId);
    this.#followedChanged.fire(runId);
    return following;
  }

  /** A person has the run on the screen until the answer is disposed: what becomes of it is looked at as it comes. */
  look(runId: string): Disposable {
    const looking = this.#lookedAt.hold(runId);
    this.#looked.fire(runId);
    return looking;
  }

  /** Another key or base URL: everything is forgotten, and answers under way are ignored. */
  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#turn = Promise.resolve();
    this.#refreshing.forget();
    this.#loadingMore.forget();
    this.#runs.clear();
    this.#pages.reset();
    this.#activeCount = 0;
    this.#lastGood = undefined;
    this.#lastHead = -Infinity;
    this.#changed.fire({ ids: new Set(), structural: true, isHistory: false });
    this.#setStatus({ kind: 'starting' });
  }

  dispose(): void {
    this.#abort.abort();
    this.#changed.dispose();
    this.#statusChanged.dispose();
    this.#followedChanged.dispose();
    this.#looked.dispose();
  }

  /** One reading of the list at a time: two would disagree about how far it was read. */
  #inTurn<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#abort;
    const result = this.#turn.then(() => work(signal));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #readHead(signal: AbortSignal): Promise<boolean> {
    const started = this.#clock.now();
    const isGood = await this.#read(() => this.#pages.readHead(this.#adopt, signal), signal);
    if (isGood) {
      this.#lastHead = started;
    }
    return isGood;
  }

  async #readMore(signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      await this.#pages.readMore(
        (runs) => this.#adopt(runs, true),
        () => this.#runs.size,
        signal,
      );
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    }
  }

  /** True when it went well. */
  async #read(reading: () => Promise<void>, signal: AbortSignal): Promise<boolean> {
    try {
      signal.throwIfAborted();
      if (this.#status.kind === 'starting' || this.#status.kind === 'noKey') {
        this.#setStatus({ kind: 'loading' });
      }
      await reading();
    } catch (error) {
      if (!signal.aborted) {
        this.#setStatus(statusAfter(error, this.#lastGood));
      }
      return false;
    }
    this.#lastGood = this.#clock.now();
    this.#setStatus({ kind: 'ready' });
    return true;
  }

  #setStatus(status: LoadStatus): void {
    this.#status = status;
    this.#statusChanged.fire(undefined);
  }

  readonly #adopt = (runs: readonly Run[], isHistory = false): number => {
    const changed = new Set<string>();
    let added = 0;
    for (const run of runs) {
      const known = this.#runs.get(run.run_id);
      if (known && !supersedes(run, known)) {
        continue;
      }
      this.#runs.set(run.run_id, run);
      this.#activeCount += Number(isActive(run.state)) - Number(known !== undefined && isActive(known.state));
      added += known ? 0 : 1;
      changed.add(run.run_id);
    }
    if (changed.size > 0) {
      this.#changed.fire({ ids: changed, structural: added > 0, isHistory });
    }
    return added;
  };
}

/** A copy of the same time counts as the newer one when it differs: not every change moves `updated_at`. */
function supersedes(run: Run, known: Run): boolean {
  const difference = timeOf(run.updated_at) - timeOf(known.updated_at);
  return difference > 0 || (difference === 0 && JSON.stringify(run) !== JSON.stringify(known));
}
