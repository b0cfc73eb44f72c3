import { type Disposable, disposeAll } from './emitter';
import { asProblem, isLasting } from './loadStatus';
import type { PinnedRuns } from './pinnedRuns';
import type { RunStore } from './runStore';

type Store = Pick<RunStore, 'get' | 'status' | 'readRun' | 'onDidChangeStatus'>;
type Pinned = Pick<PinnedRuns, 'ids' | 'onDidChange'>;

/** How often one run is asked for at most when asking fails. */
const maxTries = 3;

/**
 * Reads the pinned runs that are on no page read so far, each once and one at a time, while the list can be read too. One
 * that the service does not know may belong to another account: it stays pinned.
 */
export class MissingPins implements Disposable {
  readonly #pinned: Pinned;
  readonly #store: Store;
  readonly #tries = new Map<string, number>();
  readonly #subscriptions: Disposable[];
  #isReading = false;

  constructor(pinned: Pinned, store: Store) {
    this.#pinned = pinned;
    this.#store = store;
    this.#subscriptions = [
      store.onDidChangeStatus(() => {
        if (store.status.kind === 'starting') {
          // Another account may know what this one did not.
          this.#tries.clear();
        }
        void this.#readMissing();
      }),
      pinned.onDidChange(() => {
        void this.#readMissing();
      }),
    ];
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
  }

  async #readMissing(): Promise<void> {
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    for (let runId = this.#next(); runId !== undefined; runId = this.#next()) {
      const tries = (this.#tries.get(runId) ?? 0) + 1;
      this.#tries.set(runId, maxTries);
      try {
        await this.#store.readRun(runId, { isHistory: true });
      } catch (error) {
        if (!isLasting(asProblem(error))) {
          // Whatever it is may hold for all: they wait for the next good reading of the list.
          this.#tries.set(runId, tries);
          break;
        }
      }
    }
    this.#isReading = false;
  }

  #next(): string | undefined {
    return this.#store.status.kind === 'ready'
      ? this.#pinned.ids.find((runId) => (this.#tries.get(runId) ?? 0) < maxTries && !this.#store.get(runId))
      : undefined;
  }
}
