import type { Disposable } from '../model/emitter';
import type { ScheduleStore } from '../model/scheduleStore';
import type { Clock } from '../oz/clock';

export type SchedulesRead = Pick<
  ScheduleStore,
  'get' | 'ids' | 'put' | 'refresh' | 'status' | 'lastGood' | 'onDidChange' | 'onDidChangeStatus'
>;

/** Milliseconds between two readings while a page is seen; what is younger is not read again when it comes to be seen. */
const minute = 60_000;
const freshFor = 15_000;

/** Reads the schedules while a page is seen that shows them, also where their view is folded. */
export class FreshSchedules implements Disposable {
  #stop: () => void = () => undefined;
  #isVisible = false;

  /** @param onMinute hears of each minute that passes while the page is seen */
  constructor(
    private readonly store: SchedulesRead,
    private readonly clock: Clock,
    private readonly onMinute: () => void,
  ) {}

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
  }

  #wait(): void {
    this.#stop = this.clock.after(minute, () => {
      this.#read();
      this.#wait();
      this.onMinute();
    });
  }

  /** A refused or missing key is not tried again until the store starts anew. */
  #read(): void {
    const { status, lastGood = -Infinity } = this.store;
    const isKeyBad = status.kind === 'noKey' || (status.kind === 'failed' && status.problem.kind === 'keyRefused');
    if (!isKeyBad && this.clock.now() - lastGood >= freshFor) {
      void this.store.refresh();
    }
  }
}
