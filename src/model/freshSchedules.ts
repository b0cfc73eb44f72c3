import type { Clock } from '../oz/clock';
import { type Disposable, disposeAll, type Event } from './emitter';
import { EveryMinute } from './everyMinute';
import { isKeyBad } from './loadStatus';
import type { ScheduleStore } from './scheduleStore';

/** Milliseconds that they wait longer while nobody works in the window: it is in sight, with nobody there maybe. */
const longerUnfocused = 9 * 60_000;

/** Whether a person works in this window. */
export interface WindowFocus {
  readonly isFocused: boolean;
  readonly onDidChange: Event<boolean>;
}

/** Reads the schedules once a minute while something is seen that shows them: their view, or a page. */
export class FreshSchedules implements Disposable {
  readonly #subscriptions: readonly Disposable[];
  readonly #minutes: EveryMinute;
  #isVisible = false;

  /** @param onMinute hears of each minute that passes while they are seen */
  constructor(
    private readonly store: Pick<ScheduleStore, 'refresh' | 'restsUntil' | 'status' | 'onDidChangeStatus'>,
    private readonly clock: Clock,
    private readonly focus: WindowFocus,
    onMinute: () => void,
  ) {
    this.#minutes = new EveryMinute(clock, () => {
      this.#read();
      onMinute();
    });
    this.#subscriptions = [
      store.onDidChangeStatus(() => {
        if (store.status.kind === 'starting') {
          this.#read();
        }
      }),
      focus.onDidChange(() => {
        this.#read();
      }),
    ];
  }

  setVisible(visible: boolean): void {
    if (visible === this.#isVisible) {
      return;
    }
    this.#isVisible = visible;
    this.#minutes.set(visible);
    this.#read();
  }

  dispose(): void {
    this.setVisible(false);
    disposeAll(this.#subscriptions);
  }

  /** A refused or missing key is not tried again until the store starts anew. */
  #read(): void {
    const { status, restsUntil } = this.store;
    const readsFrom = restsUntil + (this.focus.isFocused ? 0 : longerUnfocused);
    if (this.#isVisible && !isKeyBad(status) && this.clock.now() >= readsFrom) {
      void this.store.refresh();
    }
  }
}
