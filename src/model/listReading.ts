import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { ApiProblem } from '../oz/problems';
import { Emitter } from './emitter';
import { asProblem, type LoadStatus, statusAfter } from './loadStatus';
import type { NewestCopies } from './newestCopies';
import { Rereads } from './rereads';
import { type Adopt, type ReadSpan, RunPages } from './runPages';
import { SharedCall } from './sharedCall';

/** How far the newest runs are known. */
export interface ReadHead extends ReadSpan {
  /** When they were last read in full, whatever changed: milliseconds since 1970 of this machine. */
  readonly lastHead: number;
}

/** Not every change is known to move `updated_at`, so the head is read in full this often (ms). */
const headInterval = 5 * 60_000;

/** Reads the list of runs into the copies known, one reading at a time, and knows how that goes and how far it came. */
export class ListReading {
  readonly #client: Pick<OzClient, 'listRuns' | 'getRun'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #runs: Pick<NewestCopies, 'get' | 'size' | 'active'>;
  readonly #adopt: Adopt;
  readonly #pages: RunPages;
  readonly #rereads = new Rereads();
  readonly #statusChanged = new Emitter<undefined>();
  #status: LoadStatus = { kind: 'starting' };
  #lastGood: number | undefined;
  #lastOutcome = -Infinity;
  #lastHead = -Infinity;
  #abort = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #refreshing = new SharedCall<boolean>();
  readonly #loadingMore = new SharedCall<void>();

  /** `status`, `hasMore` or `loadingMore` changed. */
  readonly onDidChangeStatus = this.#statusChanged.event;

  constructor(
    client: Pick<OzClient, 'listRuns' | 'getRun'>,
    clock: Pick<Clock, 'now'>,
    runs: Pick<NewestCopies, 'get' | 'size' | 'active'>,
    adopt: Adopt,
  ) {
    this.#client = client;
    this.#clock = clock;
    this.#runs = runs;
    this.#adopt = adopt;
    this.#pages = new RunPages(client);
  }

  get status(): LoadStatus {
    return this.#status;
  }

  /** When the list was last read well, in milliseconds since 1970. */
  get lastGood(): number | undefined {
    return this.#lastGood;
  }

  get hasMore(): boolean {
    return this.#pages.hasMore;
  }

  get loadingMore(): boolean {
    return this.#loadingMore.isUnderWay;
  }

  get isBehind(): boolean {
    return !this.#rereads.isEmpty;
  }

  /** Aborted once everything was forgotten. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Undefined until the newest runs were read. */
  get head(): ReadHead | undefined {
    const span = this.#pages.span;
    return span && { ...span, lastHead: Math.max(0, this.#lastHead) };
  }

  /** Goes on from what another window read. False when changes may lie between that and what was read here. */
  join(head: ReadHead): boolean {
    return this.#pages.join(head);
  }

  /** What is known now was read in full at that time. */
  noteHead(lastHead: number): void {
    this.#lastHead = Math.max(this.#lastHead, lastHead);
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

  /** The key is missing or refused, as a call for one run found. */
  noteKeyProblem(problem: ApiProblem): void {
    this.#setStatus(statusAfter(problem, this.#lastGood));
  }

  /**
   * Reads the newest runs for a person who asks for it, also while the service is known to be down. Never rejects: what went
   * wrong is in `status`. A second call joins the first.
   */
  async refresh(): Promise<void> {
    await this.#refreshing.join(() => this.#inTurn((signal) => this.#readHead(signal, true)));
  }

  /** Reads what changed since the last reading. Never rejects. */
  async poll(): Promise<void> {
    await this.#inTurn((signal) =>
      Math.abs(this.#clock.now() - this.#lastHead) >= headInterval
        ? this.#readHead(signal, false)
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

  /** What changed since the list was last read is news wherever it is found: the next reading brings the same copy. */
  readonly adoptHistory: Adopt = (runs) => {
    const news = new Set(runs.filter((run) => this.#pages.isAhead(run)));
    return (
      this.#adopt([...news]) +
      this.#adopt(
        runs.filter((run) => !news.has(run)),
        true,
      )
    );
  };

  /** Answers under way are ignored. `starting` tells it once the runs are gone, too. */
  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#turn = Promise.resolve();
    this.#refreshing.forget();
    this.#loadingMore.forget();
    this.#pages.reset();
    this.#rereads.clear();
    this.#lastGood = undefined;
    this.#lastOutcome = -Infinity;
    this.#lastHead = -Infinity;
  }

  starting(): void {
    this.#setStatus({ kind: 'starting' });
  }

  dispose(): void {
    this.#abort.abort();
    this.#statusChanged.dispose();
  }

  /** One reading of the list at a time: two would disagree about how far it was read. */
  #inTurn<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#abort;
    const result = this.#turn.then(() => work(signal));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #readHead(signal: AbortSignal, isAsked: boolean): Promise<boolean> {
    const started = this.#clock.now();
    const isGood = await this.#read(() => this.#pages.readHead(this.#adopt, signal, isAsked), signal);
    if (isGood) {
      this.#lastHead = started;
    }
    return isGood;
  }

  async #readMore(signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      await this.#pages.readMore(this.adoptHistory, () => this.#runs.size, signal);
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    }
  }

  /** True when it went well. `reading` answers the end of a gap, if it left one. */
  async #read(reading: () => Promise<number | undefined>, signal: AbortSignal): Promise<boolean> {
    try {
      signal.throwIfAborted();
      if (this.#status.kind === 'starting' || this.#status.kind === 'noKey') {
        this.#setStatus({ kind: 'loading' });
      }
      const gap = await reading();
      if (gap !== undefined) {
        this.#rereads.add(this.#runs.active, gap);
      }
      await this.#rereads.read(
        (runId) => this.#runs.get(runId),
        async (runId) => {
          const run = await this.#client.getRun(runId, signal);
          signal.throwIfAborted();
          this.#adopt([run]);
        },
      );
      signal.throwIfAborted();
    } catch (error) {
      if (!signal.aborted) {
        this.#noteOutcome(this.#clock.now(), asProblem(error));
      }
      return false;
    }
    this.#noteOutcome(this.#clock.now(), undefined);
    return true;
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
}
