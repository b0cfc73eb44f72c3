import type { Event } from '../model/emitter';
import type { FilteredRuns } from '../model/filteredRuns';
import type { LoadStatus } from '../model/loadStatus';
import type { RunStore } from '../model/runStore';

/** How reading what the list shows goes: as reading the runs at all, and when that goes well as it does under the filter. */
export class ListReading {
  readonly #store: Pick<RunStore, 'status'>;
  readonly #filtered: Pick<FilteredRuns, 'status'>;

  readonly onDidChangeStatus: Event<undefined>;

  constructor(
    store: Pick<RunStore, 'status' | 'onDidChangeStatus'>,
    filtered: Pick<FilteredRuns, 'status' | 'onDidChangeStatus'>,
  ) {
    this.#store = store;
    this.#filtered = filtered;
    this.onDidChangeStatus = (listener) => {
      const subscriptions = [store.onDidChangeStatus(listener), filtered.onDidChangeStatus(listener)];
      return {
        dispose: () => {
          subscriptions.forEach((subscription) => {
            subscription.dispose();
          });
        },
      };
    };
  }

  get status(): LoadStatus {
    return this.#store.status.kind === 'ready' ? this.#filtered.status : this.#store.status;
  }
}
