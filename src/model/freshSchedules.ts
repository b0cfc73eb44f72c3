import type { Clock } from '../oz/clock';
import type { Disposable } from './emitter';
import { isKeyBad } from './loadStatus';
import type { ScheduleStore } from './scheduleStore';

/** How often they are read while they are seen, in milliseconds. */
const minute = 60_000;

/** Reads the schedules while something is seen that shows them: their view, or a page. */
export class FreshSchedules implements Disposable {
  readonly #subscription: Disposable;
  #stop: () => void = () => undefined;
  #isVisible = false;

  /** @param onMinute hears of each minute that passes while they are seen */
  constructor(
    private readonly store: Pick<ScheduleStore, 'refresh' | 'restsUntil' | 'status' | 'onDidChangeStatus'>,
    private readonly clock: Clock,
    private readonly onMinute: () => void,
  ) {
    this.#subscription = store.onDidChangeStatus(() => {
      if (store.status.kind === 'starting') {
        this.#read();
      }
    });
  }

  setVisible(visible: boolean): void {
    if (visible === this.#isVisible) {
      return;
    }
    this.#isVisible = visible;
    this.#stop();
    if (visible) {
      this.#read();
      this.#wait();
    }
  }

  dispose(): void {
    this.setVisible(false);
    this.#subscription.dispose();
  }

  #wait(): void {
    this.#stop = this.clock.after(minute, () => {
      this.#wait();
      this.#read();
      this.onMinute();
    });
  }

  /** A refused or missing key is not tried again until the store starts anew. */
  #read(): void {
    const { status, restsUntil } = this.store;
    if (this.#isVisible && !isKeyBad(status) && this.clock.now() >= restsUntil) {
      void this.store.refresh();
    }
  }
}
