import type { Clock } from '../oz/clock';
import type { ApiProblem, ProblemKind } from '../oz/problems';
import type { Run } from '../oz/types';
import type { Disposable, Event } from './emitter';
import { asProblem, type LoadStatus, problemIn } from './loadStatus';
import { isActive } from './runTime';

interface PolledStore {
  readonly status: LoadStatus;
  readonly activeCount: number;
  readonly followed: Iterable<string>;
  readonly onDidChange: Event<unknown>;
  readonly onDidFollow: Event<string>;
  get(runId: string): Run | undefined;
  poll(): Promise<void>;
  readRun(runId: string): Promise<void>;
}

/** Milliseconds between two rounds. */
const activePace = 5000;
const idlePace = 30_000;
/** The pauses after the first, second, … round that failed; the last one goes on. Each is shortened by up to a half. */
const backoff = [10_000, 20_000, 40_000, 80_000, 120_000];
/** Timers count in 31 bits; a longer wait is looked at again after this. */
const maxTimer = 60 * 60_000;

/** The run is gone or not ours: asking again gives the same. */
const final: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['notFound', 'forbidden', 'invalid', 'unsupported']);

/**
 * Keeps the runs fresh with one chain of timers and one request at a time: every 5 s while a run is active, else every
 * 30 s, and never while the list is hidden and no run is followed. Failures lengthen the pause; a refused or missing key
 * ends it until `restart`.
 */
export class Poller implements Disposable {
  readonly #store: PolledStore;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #subscriptions: Disposable[];
  readonly #lost = new Set<string>();
  #visible = false;
  #isRunning = false;
  /** Counts the restarts: what a round before one found out says nothing any more. */
  #restarts = 0;
  #isStopped = false;
  #isDisposed = false;
  #failures = 0;
  #lastRound = -Infinity;
  #lastList = -Infinity;
  #notBefore = -Infinity;
  #cancelTimer: () => void = () => undefined;

  /** `random` answers 0 to under 1. */
  constructor(store: PolledStore, clock: Clock, random: () => number = Math.random) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random;
    this.#subscriptions = [
      store.onDidFollow((runId) => {
        this.#lost.delete(runId);
        this.#lastRound = -Infinity;
        this.#schedule();
      }),
      // The first active run quickens the pace, the last one slows it.
      store.onDidChange(() => {
        this.#schedule();
      }),
    ];
  }

  /** Whether somebody can see the list of runs. When they come to see it and it is stale, it is read at once. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible && this.#clock.now() - this.#lastList >= this.#pace()) {
      this.#lastRound = -Infinity;
    }
    this.#schedule();
  }

  /** After the key or the base URL changed: asks anew, at once. */
  restart(): void {
    this.#restarts += 1;
    this.#lost.clear();
    this.#lastList = -Infinity;
    this.#goOn(-Infinity);
  }

  /** The list was read well for somebody else: nothing keeps this from asking either. */
  resume(): void {
    this.#lastList = this.#clock.now();
    this.#goOn(this.#lastList);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTimer();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  #goOn(lastRound: number): void {
    this.#isStopped = false;
    this.#failures = 0;
    this.#notBefore = -Infinity;
    this.#lastRound = lastRound;
    this.#schedule();
  }

  #followed(): string[] {
    return [...this.#store.followed].filter((runId) => !this.#lost.has(runId));
  }

  #pace(): number {
    const isBusy =
      (this.#visible && this.#store.activeCount > 0) ||
      this.#followed().some((runId) => isActive(this.#store.get(runId)?.state ?? 'QUEUED'));
    return isBusy ? activePace : idlePace;
  }

  #schedule(): void {
    this.#cancelTimer();
    if (this.#isRunning || this.#isStopped || this.#isDisposed || (!this.#visible && this.#followed().length === 0)) {
      return;
    }
    const wait = Math.max(this.#lastRound + this.#pace(), this.#notBefore) - this.#clock.now();
    this.#cancelTimer = this.#clock.after(Math.min(Math.max(wait, 0), maxTimer), () => {
      if (wait > maxTimer) {
        this.#schedule();
      } else {
        void this.#round();
      }
    });
  }

  async #round(): Promise<void> {
    const restarts = this.#restarts;
    this.#isRunning = true;
    const problem = await this.#read().catch(asProblem);
    this.#isRunning = false;
    if (restarts === this.#restarts) {
      this.#note(problem);
    }
    this.#schedule();
  }

  #note(problem: ApiProblem | undefined): void {
    const now = this.#clock.now();
    this.#lastRound = now;
    if (!problem) {
      this.#failures = 0;
    } else if (problem.kind === 'noKey' || problem.kind === 'keyRefused') {
      this.#isStopped = true;
    } else {
      const pause = backoff[Math.min(this.#failures, backoff.length - 1)] ?? 0;
      this.#failures += 1;
      this.#notBefore = now + Math.max(pause * (1 - this.#random() / 2), problem.facts.retryAfter ?? 0);
    }
  }

  /** The list if it is seen, then the followed runs. The first problem ends the round. */
  async #read(): Promise<ApiProblem | undefined> {
    if (this.#visible) {
      this.#lastList = this.#clock.now();
      await this.#store.poll();
      const problem = problemIn(this.#store.status);
      if (problem) {
        return problem;
      }
    }
    for (const runId of this.#followed()) {
      try {
        await this.#store.readRun(runId);
      } catch (error) {
        const problem = asProblem(error);
        if (!final.has(problem.kind)) {
          return problem;
        }
        this.#lost.add(runId);
      }
    }
    return undefined;
  }
}
