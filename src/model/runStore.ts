import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { type Disposable, Emitter, type Event } from './emitter';
import { HeldIds } from './heldIds';
import { ListReading, type ReadHead } from './listReading';
import { isOfKey, type LoadStatus } from './loadStatus';
import { NewestCopies } from './newestCopies';
import type { Adopt } from './runPages';

export interface RunsChange {
  /** Runs that are new or have another content. */
  ids: ReadonlySet<string>;
  /** Runs were added, or all were dropped: then `ids` is empty. */
  structural: boolean;
  /** The new ones were found by reading on into the past: their state is not news. */
  isHistory: boolean;
}

/** The runs known. What is on hand stays when reading fails: `status` tells about the reading, never about the data. */
export class RunStore implements Disposable {
  readonly #client: Pick<OzClient, 'listRuns' | 'getRun'>;
  readonly #list: ListReading;
  readonly #runs = new NewestCopies();
  readonly #followed = new HeldIds();
  readonly #lookedAt = new HeldIds();
  readonly #changed = new Emitter<RunsChange>();
  readonly #followedChanged = new Emitter<string>();
  readonly #looked = new Emitter<string>();

  readonly onDidChange = this.#changed.event;
  /** `status`, `hasMore` or `loadingMore` changed. */
  readonly onDidChangeStatus: Event<undefined>;
  /** The id of a run that is followed from now on. */
  readonly onDidFollow = this.#followedChanged.event;
  /** The id of a run that a person has on the screen from now on. */
  readonly onDidLook = this.#looked.event;

  constructor(client: Pick<OzClient, 'listRuns' | 'getRun'>, clock: Pick<Clock, 'now'>) {
    this.#client = client;
    this.#list = new ListReading(client, clock, this.#runs, this.#adopt);
    this.onDidChangeStatus = this.#list.onDidChangeStatus;
  }

  get status(): LoadStatus {
    return this.#list.status;
  }

  /** When the list was last read well, in milliseconds since 1970. */
  get lastGood(): number | undefined {
    return this.#list.lastGood;
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
    return this.#list.hasMore;
  }

  get loadingMore(): boolean {
    return this.#list.loadingMore;
  }

  /** Runs that were active before a gap are still to be read: the next `poll` goes on with them. */
  get isBehind(): boolean {
    return this.#list.isBehind;
  }

  get followed(): Iterable<string> {
    return this.#followed.ids;
  }

  get lookedAt(): Iterable<string> {
    return this.#lookedAt.ids;
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
    this.#list.adoptHistory(runs);
  }

  /** Undefined until the newest runs were read. */
  get head(): ReadHead | undefined {
    return this.#list.head;
  }

  /**
   * Adopts the newest runs as another window of this machine read them: all that changed in the span of `head`, or those of
   * them that are not known to be here. False when changes may lie between them and what was read here.
   */
  adoptHead(runs: readonly Run[], head: ReadHead): boolean {
    const joins = this.#list.join(head);
    this.#adopt(runs);
    if (joins) {
      this.#list.noteHead(head.lastHead);
    }
    return joins;
  }

  /** What is known was read at `at` (ms since 1970), by a window that may be gone: it stands until the first reading here. */
  remember(at: number): void {
    this.#list.remember(at);
  }

  /** How a reading by another window went, at `at` (ms since 1970), unless the list was read here since. */
  adoptOutcome(at: number, problem: ApiProblem | undefined): void {
    this.#list.adoptOutcome(at, problem);
  }

  /**
   * Reads the newest runs for a person who asks for it, also while the service is known to be down. Never rejects: what went
   * wrong is in `status`. A second call joins the first.
   */
  async refresh(): Promise<void> {
    await this.#list.refresh();
  }

  /** Reads what changed since the last reading. Never rejects. */
  async poll(): Promise<void> {
    await this.#list.poll();
  }

  /**
   * Reads older runs. A second call joins the first.
   * @throws ApiProblem
   */
  async loadMore(): Promise<void> {
    await this.#list.loadMore();
  }

  /**
   * Reads one run; with `isHistory` because of its place in a family, not because something became of it.
   * @throws ApiProblem
   */
  async readRun(runId: string, { isHistory = false } = {}): Promise<void> {
    const { signal } = this.#list;
    try {
      const run = await this.#client.getRun(runId, signal);
      if (!signal.aborted) {
        (isHistory ? this.#list.adoptHistory : this.#adopt)([run]);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (ApiProblem.is(error) && isOfKey(error)) {
        this.#list.noteKeyProblem(error);
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
    this.#list.reset();
    this.#runs.clear();
    this.#changed.fire({ ids: new Set(), structural: true, isHistory: false });
    this.#list.starting();
  }

  dispose(): void {
    this.#list.dispose();
    this.#changed.dispose();
    this.#followedChanged.dispose();
    this.#looked.dispose();
  }

  readonly #adopt: Adopt = (runs, isHistory = false) => {
    const { changed, added } = this.#runs.adopt(runs);
    if (changed.size > 0) {
      this.#changed.fire({ ids: changed, structural: added > 0, isHistory });
    }
    return added;
  };
}
