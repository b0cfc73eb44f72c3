import type { Clock } from '../oz/clock';
import type { Run } from '../oz/types';
import type { Disposable } from './emitter';
import { isLasting } from './loadStatus';
import { isActive } from './runTime';
import type { ScheduleStore } from './scheduleStore';

export interface HealthReadingDeps {
  store: Pick<ScheduleStore, 'ids' | 'get' | 'pastRuns' | 'areRunsStale' | 'readNewestRuns' | 'status' | 'onDidChange'>;
  runs: { get(runId: string): Run | undefined };
  clock: Clock;
}

/** Two requests at a time; a screen full at once, then one for every pause (ms): a long list costs little at any moment. */
const atOnce = 2;
const burst = 12;
const pause = 2000;
/** Milliseconds: after a failure, and until a run that went on when it was read is looked at again. */
const afterFailure = 60_000;
const activePause = 5 * 60_000;
/** Milliseconds that a tooltip waits for what it is to say. */
const patience = 1000;

/** Reads the newest runs of the schedules while their rows are seen: of each once, and again when it has started a run. */
export class HealthReading implements Disposable {
  readonly #deps: HealthReadingDeps;
  readonly #subscription: Disposable;
  readonly #readAt = new Map<string, number>();
  /** The one that a person looks at, until it is read: it comes first. */
  #wanted: string | undefined;
  #isVisible = false;
  #open = 0;
  #tokens = burst;
  #filledAt: number;
  #notBefore = -Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(deps: HealthReadingDeps) {
    this.#deps = deps;
    this.#filledAt = deps.clock.now();
    this.#subscription = deps.store.onDidChange(({ structural }) => {
      if (structural) {
        this.#forgetMissing();
      }
      this.recheck();
    });
  }

  /** Whether somebody can see the rows. */
  setVisible(visible: boolean): void {
    this.#isVisible = visible;
    this.recheck();
  }

  /** A person points at this row. Settles when its past runs were read once, or that takes too long. Never rejects. */
  want(scheduleId: string): Promise<void> {
    const { store, clock } = this.#deps;
    const isOver = (): boolean => {
      const past = store.pastRuns(scheduleId);
      return past !== undefined && (past.wasRead || past.problem !== undefined);
    };
    if (this.#needs(scheduleId)) {
      this.#wanted = scheduleId;
      this.recheck();
    }
    if (isOver()) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        subscription.dispose();
        resolve();
      };
      const cancel = clock.after(patience, done);
      const subscription = store.onDidChange(() => {
        if (isOver()) {
          done();
        }
      });
    });
  }

  /** Time has passed, or things stand otherwise. */
  recheck(): void {
    this.#cancelTimer();
    if (!this.#isVisible || this.#deps.store.status.kind !== 'ready') {
      return;
    }
    while (this.#open < atOnce) {
      const id = this.#next();
      if (id === undefined) {
        return;
      }
      const wait = Math.max(this.#notBefore - this.#deps.clock.now(), this.#untilToken());
      if (wait > 0) {
        this.#cancelTimer = this.#deps.clock.after(wait, () => {
          this.recheck();
        });
        return;
      }
      this.#tokens -= 1;
      void this.#read(id);
    }
  }

  dispose(): void {
    this.#isVisible = false;
    this.#cancelTimer();
    this.#subscription.dispose();
  }

  #next(): string | undefined {
    const { store } = this.#deps;
    const wanted = this.#wanted;
    if (wanted !== undefined && this.#needs(wanted)) {
      return wanted;
    }
    // The one that was not read for longest: those that start often would never let the others have a turn.
    const readAt = (id: string | undefined): number =>
      id === undefined ? Infinity : (this.#readAt.get(id) ?? -Infinity);
    return store
      .ids()
      .reduce<string | undefined>(
        (oldest, id) => (readAt(id) < readAt(oldest) && this.#needs(id) ? id : oldest),
        undefined,
      );
  }

  #forgetMissing(): void {
    for (const id of this.#readAt.keys()) {
      if (!this.#deps.store.get(id)) {
        this.#readAt.delete(id);
      }
    }
  }

  #needs(id: string): boolean {
    const { store, runs, clock } = this.#deps;
    const past = store.pastRuns(id);
    if (!past) {
      return store.get(id) !== undefined;
    }
    if (past.isLoading) {
      return false;
    }
    if (store.areRunsStale(id)) {
      return true;
    }
    if (past.problem) {
      return !isLasting(past.problem);
    }
    const [newest] = past.runs;
    const isActiveStill = newest && isActive((runs.get(newest.run_id) ?? newest).state);
    const age = clock.now() - (this.#readAt.get(id) ?? -Infinity);
    return isActiveStill === true && age >= activePause;
  }

  /** Milliseconds; 0 when there is one. */
  #untilToken(): number {
    const now = this.#deps.clock.now();
    const gained = Math.max(0, Math.floor((now - this.#filledAt) / pause));
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#filledAt = this.#tokens === burst ? now : this.#filledAt + gained * pause;
    return this.#tokens > 0 ? 0 : this.#filledAt + pause - now;
  }

  async #read(id: string): Promise<void> {
    const { store, clock } = this.#deps;
    this.#open += 1;
    this.#wanted = this.#wanted === id ? undefined : this.#wanted;
    this.#readAt.set(id, clock.now());
    await store.readNewestRuns(id);
    this.#open -= 1;
    const problem = store.pastRuns(id)?.problem;
    if (problem && !isLasting(problem)) {
      this.#notBefore = clock.now() + Math.max(afterFailure, problem.facts.retryAfter ?? 0);
    }
    this.recheck();
  }
}
