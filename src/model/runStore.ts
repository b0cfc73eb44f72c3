import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import { HeldIds } from './heldIds';
import { asProblem, isLasting, type LoadStatus, statusAfter } from './loadStatus';
import { NewestCopies } from './newestCopies';
import { type Adopt, type ReadSpan, RunPages } from './runPages';
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

/** How far the newest runs are known. */
export interface ReadHead extends ReadSpan {
  /** When they were last read in full, whatever changed: milliseconds since 1970 of this machine. */
  readonly lastHead: number;
}

/** Not every change is known to move `updated_at`, so the head is read in full this often (ms). */
const headInterval = 5 * 60_000;

/** Active runs that are read one by one after a gap, at most. */
const maxReread = 50;

/** The runs known. What is on hand stays when reading fails: `status` tells about the reading, never about the data. */
export class RunStore implements Disposable {
  readonly #client: Pick<OzClient, 'listRuns' | 'getRun'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #pages: RunPages;
  readonly #runs = new NewestCopies();
  readonly #followed = new HeldIds();
  readonly #lookedAt = new HeldIds();
  readonly #changed = new Emitter<RunsChange>();
  readonly #statusChanged = new Emitter<undefined>();
  readonly #followedChanged = new Emitter<string>();
  readonly #looked = new Emitter<string>();
  #status: LoadStatus = { kind: 'starting' };
  #lastGood: number | undefined;
  #lastOutcome = -Infinity;
  #lastHead = -Infinity;
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

  /** When the list was last read well, in milliseconds since 1970. */
  get lastGood(): number | undefined {
    return this.#lastGood;
  }

  get size(): number {
    return this.#runs.size;
  }

  /** How many of the known runs are active. */
  get activeCount(): number {
    return this.#runs.active.size;
  }

  activeIds(): Iterable<string> {
    return this.#runs.active;
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

  get isAnyLookedAt(): boolean {
    return this.#lookedAt.size > 0;
  }

  isLookedAt(runId: string): boolean {
    return this.#lookedAt.has(runId);
  }

  get(runId: string): Run | undefined {
    return this.#runs.get(runId);
  }

  /** Every run known, in no order. */
  all(): Iterable<Run> {
    return this.#runs.all();
  }

  /** Adopts a run read or made elsewhere, unless a newer copy is known. Its times have to be the service's. */
  put(run: Run): void {
    this.#adopt([run]);
  }

  /** Adopts runs that were found by reading into the past, by whatever question. */
  putHistory(runs: readonly Run[]): void {
    this.#adoptHistory(runs);
  }

  /** Undefined until the newest runs were read. */
  get head(): ReadHead | undefined {
    const span = this.#pages.span;
    return span && { ...span, lastHead: Math.max(0, this.#lastHead) };
  }

  /**
   * Adopts the newest runs as another window of this machine read them: all that changed in the span of `head`, or those of
   * them that are not known to be here. False when changes may lie between them and what was read here.
   */
  adoptHead(runs: readonly Run[], head: ReadHead): boolean {
    const joins = this.#pages.join(head);
    this.#adopt(runs);
    if (joins) {
      this.#lastHead = Math.max(this.#lastHead, head.lastHead);
    }
    return joins;
  }

  /** What is known was read at `at` (ms since 1970), by a window that may be gone: it stands until the first reading here. */
  remember(at: number): void {
    this.#lastGood ??= at;
    this.#statusChanged.fire(undefined);
  }

  /** How a reading by another window went, at `at` (ms since 1970), unless the list was read here since. */
  adoptOutcome(at: number, problem: ApiProblem | undefined): void {
    // A later one than now was noted before the clock was set back.
    if (at > this.#lastOutcome || this.#lastOutcome > this.#clock.now()) {
      this.#noteOutcome(at, problem);
    }
  }

  /** Reads the newest runs. Never rejects: what went wrong is in `status`. A second call joins the first. */
  async refresh(): Promise<void> {
    await this.#refreshing.join(() => this.#inTurn((signal) => this.#readHead(signal)));
  }

  /** Reads what changed since the last reading. Never rejects. */
  async poll(): Promise<void> {
    await this.#inTurn((signal) =>
      Math.abs(this.#clock.now() - this.#lastHead) >= headInterval
        ? this.#readHead(signal)
        : this.#read((adopt) => this.#pages.readChanges(adopt, signal), signal),
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
   * Reads one run; with `isHistory` because of its place in a family, not because something became of it.
   * @throws ApiProblem
   */
  async readRun(runId: string, { isHistory = false } = {}): Promise<void> {
    const { signal } = this.#abort;
    try {
      const run = await this.#client.getRun(runId, signal);
      if (!signal.aborted) {
        (isHistory ? this.#adoptHistory : this.#adopt)([run]);
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
    this.#lastGood = undefined;
    this.#lastOutcome = -Infinity;
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
    const isGood = await this.#read((adopt) => this.#pages.readHead(adopt, signal), signal);
    if (isGood) {
      this.#lastHead = started;
    }
    return isGood;
  }

  async #readMore(signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      await this.#pages.readMore(this.#adoptHistory, () => this.#runs.size, signal);
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    }
  }

  /** True when it went well. */
  async #read(reading: (adopt: Adopt) => Promise<number | undefined>, signal: AbortSignal): Promise<boolean> {
    try {
      signal.throwIfAborted();
      if (this.#status.kind === 'starting' || this.#status.kind === 'noKey') {
        this.#setStatus({ kind: 'loading' });
      }
      const gap = await reading(this.#adopt);
      if (gap !== undefined) {
        await this.#readActiveBefore(gap, signal);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#noteOutcome(this.#clock.now(), asProblem(error));
      }
      return false;
    }
    this.#noteOutcome(this.#clock.now(), undefined);
    return true;
  }

  /** So much changed since the last reading that not all of it was read: those that were active then may have ended. */
  async #readActiveBefore(time: number, signal: AbortSignal): Promise<void> {
    const runs = [...this.activeIds()].flatMap((id) => this.#runs.get(id) ?? []);
    for (const run of runs.filter(({ updated_at: at }) => timeOf(at) < time).slice(0, maxReread)) {
      try {
        this.#adopt([await this.#client.getRun(run.run_id, signal)]);
      } catch (error) {
        if (!isLasting(asProblem(error))) {
          throw error;
        }
      }
    }
  }

  #noteOutcome(at: number, problem: ApiProblem | undefined): void {
    this.#lastOutcome = at;
    if (problem) {
      this.#setStatus(statusAfter(problem, this.#lastGood));
    } else {
      this.#lastGood = at;
      this.#setStatus({ kind: 'ready' });
    }
  }

  #setStatus(status: LoadStatus): void {
    this.#status = status;
    this.#statusChanged.fire(undefined);
  }

  /** What changed since the list was last read is news wherever it is found: the next reading brings the same copy. */
  readonly #adoptHistory = (runs: readonly Run[]): number => {
    const isNews = (run: Run): boolean => this.#pages.isAhead(run);
    return (
      this.#adopt(runs.filter(isNews)) +
      this.#adopt(
        runs.filter((run) => !isNews(run)),
        true,
      )
    );
  };

  readonly #adopt = (runs: readonly Run[], isHistory = false): number => {
    const { changed, added } = this.#runs.adopt(runs);
    if (changed.size > 0) {
      this.#changed.fire({ ids: changed, structural: added > 0, isHistory });
    }
    return added;
  };
}
