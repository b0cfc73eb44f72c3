import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Run } from '../oz/types';
import { type Disposable, disposeAll, Emitter, type Event } from './emitter';
import { FilteredReading } from './filteredReading';
import type { LoadStatus } from './loadStatus';
import {
  type FilterFacts,
  isEmptyFilter,
  isSameFilter,
  matches,
  needsLocalMatching,
  parseFilter,
  queryOf,
  type RunFilter,
} from './runFilter';
import { RunPages } from './runPages';
import type { RunsChange, RunStore } from './runStore';
import type { Memento } from './memento';

type Store = Pick<
  RunStore,
  'status' | 'hasMore' | 'loadingMore' | 'all' | 'get' | 'putHistory' | 'refresh' | 'loadMore'
> & {
  readonly onDidChange: Event<RunsChange>;
  readonly onDidChangeStatus: Event<undefined>;
};
type Facts = FilterFacts & { readonly onDidChange: Event<undefined> };

const storageKey = 'agentRuns.filter';
/** Runs on a page when the service cannot tell which of them match. */
const widePage = 500;

/**
 * Which of the known runs a person wants to see, and the reading of more of those. What the filter asks for goes into the
 * store as history and stays fresh there with all others: nothing is polled under a filter.
 *
 * Everything but the text is judged here, as the service would. The text is the service's matter: a run is shown when it was
 * in an answer, or when it changed since it was asked and has all words in it.
 */
export class FilteredRuns implements Disposable {
  readonly #client: Pick<OzClient, 'listRuns'>;
  readonly #store: Store;
  readonly #facts: Facts;
  readonly #memento: Memento;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed = new Emitter<undefined>();
  readonly #statusChanged = new Emitter<undefined>();
  readonly #subscriptions: Disposable[];
  #filter: RunFilter;
  #isFiltered: boolean;
  #reading: FilteredReading;
  /** What the filter goes by, as of the last change that was told. */
  #known: FilterFacts;
  #now: number;

  /** Other runs are shown, and not because runs changed: everything is to be grouped anew. */
  readonly onDidChange = this.#changed.event;
  /** `status`, `hasMore`, `loadingMore` or what is lacking changed. */
  readonly onDidChangeStatus = this.#statusChanged.event;

  /** @param memento of the workspace: the filter is remembered there */
  constructor(
    client: Pick<OzClient, 'listRuns'>,
    store: Store,
    facts: Facts,
    memento: Memento,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#client = client;
    this.#store = store;
    this.#facts = facts;
    this.#memento = memento;
    this.#clock = clock;
    this.#filter = parseFilter(memento.get(storageKey));
    this.#isFiltered = !isEmptyFilter(this.#filter);
    this.#known = this.#lookAround();
    this.#now = clock.now();
    this.#reading = this.#newReading();
    this.#subscriptions = [
      store.onDidChange((change) => {
        this.#noteRuns(change);
      }),
      store.onDidChangeStatus(() => {
        this.#followStore();
      }),
      facts.onDidChange(() => {
        this.#noteFacts();
      }),
    ];
  }

  get filter(): RunFilter {
    return this.#filter;
  }

  get isFiltered(): boolean {
    return this.#isFiltered;
  }

  /** Only own runs are wanted, and whose they are is not known: nothing matches. */
  get lacksMe(): boolean {
    return this.#filter.mine === true && this.#known.uid === undefined;
  }

  /** Only runs about this repository are wanted, and none is open here, or Git has not found it yet: nothing matches. */
  get lacksRepository(): boolean {
    return this.#filter.thisRepository === true && this.#known.repositories.length === 0;
  }

  /** How reading under the filter goes; without one, how reading goes at all. */
  get status(): LoadStatus {
    if (!this.#isFiltered) {
      return this.#store.status;
    }
    return this.#matchesNothing ? { kind: 'ready' } : this.#reading.status;
  }

  get hasMore(): boolean {
    return this.#isFiltered ? !this.#matchesNothing && this.#reading.hasMore : this.#store.hasMore;
  }

  get loadingMore(): boolean {
    return this.#isFiltered ? this.#reading.loadingMore : this.#store.loadingMore;
  }

  /** How far back the service was asked under the filter, in milliseconds since 1970. */
  get searchedUntil(): number | undefined {
    return this.#isFiltered ? this.#reading.searchedUntil : undefined;
  }

  /** Shows other runs from now on, and reads the first page of them. Typing may call it for every letter. */
  setFilter(filter: RunFilter): void {
    const wanted = parseFilter(filter);
    if (isSameFilter(wanted, this.#filter)) {
      return;
    }
    this.#filter = wanted;
    this.#isFiltered = !isEmptyFilter(wanted);
    void this.#memento.update(storageKey, this.#isFiltered ? wanted : undefined);
    this.#startOver();
  }

  /** Whether a known run is to be seen. The answer changes only with the run or with `onDidChange`. */
  isShown(run: Run): boolean {
    if (!this.#isFiltered) {
      return true;
    }
    const { text } = this.#filter;
    return (
      matches(run, this.#filter, this.#known, this.#now) && (text === undefined || this.#reading.isFoundBy(text, run))
    );
  }

  /** Time went by, a minute or so: runs may have grown too old for `created`. */
  recheck(): void {
    if (this.#filter.created) {
      const shown = this.#countShown();
      this.#now = this.#clock.now();
      if (shown !== this.#countShown()) {
        this.#changed.fire(undefined);
      }
    }
  }

  /** Reads the newest runs, and those under the filter. Never rejects: what went wrong is in the store's status or here. */
  async refresh(): Promise<void> {
    await this.#store.refresh();
    if (this.#canRead()) {
      await this.#reading.readNewest();
    }
  }

  /**
   * Reads older runs until one more is shown, the list ends, 10,000 were passed over, or `signal` ends it. A second call joins
   * the first.
   * @throws ApiProblem
   */
  async loadMore(signal?: AbortSignal): Promise<void> {
    await (this.#isFiltered ? this.#reading.readMore(signal) : this.#store.loadMore());
  }

  /**
   * Another key or base URL: what was read is forgotten, the filter stays, and the store's next reading leads to the first
   * here. It also happens when the store forgets.
   */
  reset(): void {
    this.#startOver({ isRead: false });
  }

  dispose(): void {
    this.#reading.dispose();
    disposeAll(this.#subscriptions);
    this.#changed.dispose();
    this.#statusChanged.dispose();
  }

  #startOver({ isRead = true } = {}): void {
    this.#reading.dispose();
    this.#known = this.#lookAround();
    this.#now = this.#clock.now();
    this.#reading = this.#newReading();
    // Before it is told, so that no text is guessed at meanwhile.
    if (isRead) {
      this.#readIfDue();
    }
    this.#changed.fire(undefined);
    this.#statusChanged.fire(undefined);
  }

  /** What nobody filters by is not asked for: it would be looked up. */
  #lookAround(): FilterFacts {
    const { mine, thisRepository } = this.#filter;
    return {
      uid: mine && this.#facts.uid,
      repositories: thisRepository ? this.#facts.repositories : [],
      environmentRepositories: (id) => this.#facts.environmentRepositories(id),
    };
  }

  #newReading(): FilteredReading {
    const part = queryOf(this.#filter, this.#known.uid, this.#now);
    const pages = new RunPages(this.#client, needsLocalMatching(this.#filter) ? { ...part, limit: widePage } : part);
    const reading = new FilteredReading(pages, this.#store, (run) => this.isShown(run), this.#clock);
    reading.onDidChangeStatus(() => {
      if (this.#filter.text !== undefined && !reading.wasAnswered) {
        this.#changed.fire(undefined);
      }
      this.#statusChanged.fire(undefined);
    });
    reading.onDidAnswerKnown(() => {
      if (this.#filter.text !== undefined) {
        this.#changed.fire(undefined);
      }
    });
    return reading;
  }

  get #matchesNothing(): boolean {
    return this.lacksMe || this.lacksRepository;
  }

  #canRead(): boolean {
    return this.#isFiltered && !this.#matchesNothing && this.#store.status.kind === 'ready';
  }

  /** Goes along with the store's readings: a filter has no pace, no back-off and no beginning of its own. */
  #readIfDue(): void {
    if (this.#canRead() && this.#reading.isDue) {
      void this.#reading.readNewest();
    }
  }

  #followStore(): void {
    if (!this.#isFiltered) {
      this.#statusChanged.fire(undefined);
    } else if (this.#isForSomebodyElse()) {
      // Another window learned it.
      this.#startOver();
    } else {
      this.#readIfDue();
    }
  }

  #isForSomebodyElse(): boolean {
    return this.#filter.mine === true && this.#facts.uid !== this.#known.uid;
  }

  /** Comes before those who ask `isShown` about the same change: they are made with this, so they listen later. */
  #noteRuns({ ids, structural, isHistory }: RunsChange): void {
    if (structural && ids.size === 0) {
      this.reset();
    } else if (this.#filter.text !== undefined && !isHistory) {
      this.#reading.noteLater(ids);
    }
  }

  #noteFacts(): void {
    if (this.#isForSomebodyElse()) {
      this.#startOver();
    } else if (this.#filter.thisRepository) {
      this.#known = this.#lookAround();
      this.#readIfDue();
      this.#changed.fire(undefined);
      this.#statusChanged.fire(undefined);
    }
  }

  #countShown(): number {
    let count = 0;
    for (const run of this.#store.all()) {
      count += this.isShown(run) ? 1 : 0;
    }
    return count;
  }
}
