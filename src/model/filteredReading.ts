import type { Clock } from '../oz/clock';
import type { Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import { isLasting, type LoadStatus, statusAfter } from './loadStatus';
import { isNamedIn, resembles } from './runFilter';
import type { RunPages } from './runPages';
import type { RunStore } from './runStore';
import { timeOf } from './serviceTime';
import { SharedCall } from './sharedCall';

/** Milliseconds after which a first page that could not be read may be tried again. */
const retryPause = 30_000;

/** Reads the runs that one filter asks the service for. Another filter gets another reading: late answers change nothing. */
export class FilteredReading implements Disposable {
  readonly #pages: RunPages;
  readonly #store: Pick<RunStore, 'get' | 'putHistory'>;
  readonly #isShown: (run: Run) => boolean;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #abort = new AbortController();
  readonly #newest = new SharedCall<void>();
  readonly #more = new SharedCall<void>();
  readonly #statusChanged = new Emitter<undefined>();
  readonly #answeredKnown = new Emitter<undefined>();
  /** Runs that changed since the service was asked. */
  readonly #later = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  #answered: Set<string> | undefined;
  #status: LoadStatus = { kind: 'starting' };
  #lastGood: number | undefined;
  #lastTry: number | undefined;
  #searchedUntil: number | undefined;

  /** `status`, `hasMore` or `loadingMore` changed. */
  readonly onDidChangeStatus = this.#statusChanged.event;
  /** There were runs in an answer that the store has and will not tell of. */
  readonly onDidAnswerKnown = this.#answeredKnown.event;

  /** @param isShown whether a known run is to be seen, by all that was answered so far */
  constructor(
    pages: RunPages,
    store: Pick<RunStore, 'get' | 'putHistory'>,
    isShown: (run: Run) => boolean,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#pages = pages;
    this.#store = store;
    this.#isShown = isShown;
    this.#clock = clock;
  }

  get status(): LoadStatus {
    return this.#status;
  }

  get hasMore(): boolean {
    return this.#pages.hasMore;
  }

  get loadingMore(): boolean {
    return this.#more.isUnderWay;
  }

  /** The oldest change looked at so far, in milliseconds since 1970. */
  get searchedUntil(): number | undefined {
    return this.#searchedUntil;
  }

  get wasAnswered(): boolean {
    return this.#answered !== undefined;
  }

  /** These runs changed: if the service was asked before, its answer does not know of that. */
  noteLater(ids: Iterable<string>): void {
    for (const id of this.#lastTry === undefined ? [] : ids) {
      this.#later.add(id);
    }
  }

  /** Whether the service finds the run by the text that it is asked for; a guess where it cannot say. */
  isFoundBy(text: string, run: Run): boolean {
    if (this.#answered?.has(run.run_id) || isNamedIn(run, text)) {
      return true;
    }
    // What is on hand stays in sight while the service cannot be asked.
    const isGuessed = this.#answered ? this.#later.has(run.run_id) : this.#status.kind !== 'loading';
    return isGuessed && resembles(run, text);
  }

  /** The first page is not there and may be asked for. */
  get isDue(): boolean {
    const status = this.#status;
    if (status.kind === 'failed') {
      return !isLasting(status.problem) && this.#clock.now() - (this.#lastTry ?? -Infinity) >= retryPause;
    }
    return status.kind === 'starting' || status.kind === 'noKey';
  }

  /** Reads the newest. Never rejects: what went wrong is in `status`. A second call joins the first. */
  async readNewest(): Promise<void> {
    if (this.#status.kind === 'starting' || this.#status.kind === 'noKey') {
      this.#setStatus({ kind: 'loading' });
    }
    await this.#newest.join(() => this.#inTurn(() => this.#readHead()));
  }

  /**
   * Reads older ones until one more is shown, the list ends, 10,000 were passed over, or `signal` ends it. A second call joins
   * the first.
   * @throws ApiProblem
   */
  async readMore(signal: AbortSignal | undefined): Promise<void> {
    const more = this.#more.join(() => this.#inTurn(() => this.#readOn(signal)));
    this.#statusChanged.fire(undefined);
    try {
      await more;
    } finally {
      this.#statusChanged.fire(undefined);
    }
  }

  /** Ends what is under way. */
  dispose(): void {
    this.#abort.abort();
    this.#statusChanged.dispose();
    this.#answeredKnown.dispose();
  }

  /** One at a time, as in the store. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #readHead(): Promise<void> {
    const { signal } = this.#abort;
    this.#lastTry = this.#clock.now();
    try {
      signal.throwIfAborted();
      await this.#pages.readHead((runs) => this.#adopt(runs).added, signal);
      this.#lastGood = this.#clock.now();
      this.#setStatus({ kind: 'ready' });
    } catch (error) {
      if (!signal.aborted) {
        this.#setStatus(statusAfter(error, this.#lastGood));
      }
    }
  }

  async #readOn(wanted: AbortSignal | undefined): Promise<void> {
    const signal = wanted ? AbortSignal.any([this.#abort.signal, wanted]) : this.#abort.signal;
    let shown = 0;
    const adopt = (runs: readonly Run[]): number => {
      const page = this.#adopt(runs);
      shown += page.shown;
      return page.added;
    };
    try {
      signal.throwIfAborted();
      await this.#pages.readMore(
        adopt,
        () => this.#answered?.size ?? 0,
        signal,
        () => shown > 0,
      );
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    }
  }

  /** How many of the runs were in no answer before, and how many more of them are shown now. */
  #adopt(runs: readonly Run[]): { added: number; shown: number } {
    const knewSome = runs.some(({ run_id: id }) => this.#store.get(id));
    const shown = this.#countShown(runs);
    const answered = (this.#answered ??= new Set());
    const size = answered.size;
    for (const run of runs) {
      answered.add(run.run_id);
      const at = timeOf(run.updated_at);
      if (at > 0) {
        this.#searchedUntil = Math.min(this.#searchedUntil ?? at, at);
      }
    }
    this.#store.putHistory(runs);
    const added = answered.size - size;
    if (knewSome && added > 0) {
      this.#answeredKnown.fire(undefined);
    }
    return { added, shown: this.#countShown(runs) - shown };
  }

  /** By the store's copies, which may be newer. */
  #countShown(runs: readonly Run[]): number {
    const known = runs.map(({ run_id: id }) => this.#store.get(id));
    return known.filter((run) => run && this.#isShown(run)).length;
  }

  #setStatus(status: LoadStatus): void {
    this.#status = status;
    this.#statusChanged.fire(undefined);
  }
}
