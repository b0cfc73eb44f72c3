import type { Clock } from '../oz/clock';
import type { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { type Disposable, disposeAll, type Event } from './emitter';
import { asProblem, isLasting, isOfKey, type LoadStatus, problemIn } from './loadStatus';
import { type Audience, paceFor } from './pollPace';
import type { RoundNote } from './sharedBeat';
import type { SharedRounds } from './sharedRounds';

interface PolledStore {
  readonly status: LoadStatus;
  readonly followed: Iterable<string>;
  readonly isAnyLookedAt: boolean;
  readonly onDidChange: Event<unknown>;
  readonly onDidFollow: Event<string>;
  readonly onDidLook: Event<string>;
  activeIds(): Iterable<string>;
  get(runId: string): Run | undefined;
  poll(): Promise<void>;
  readRun(runId: string): Promise<void>;
}

export interface PollerOptions {
  /** Answers 0 to under 1. */
  random?: () => number;
  /** What the windows of this machine share; without it each one asks for itself. */
  shared?: Pick<SharedRounds, 'round' | 'publish'>;
  isWatched?: Audience['isWatched'];
}

/** The pauses after the first, second, … round that failed; the last one goes on. Each is shortened by up to a half. */
const backoff = [10_000, 20_000, 40_000, 80_000, 120_000];
/** While another window asks: when to look what came of it. */
const lookAgain = 1000;
/** A window that only looked comes this much later and up to twice as late, so that the one that asked goes on asking. */
const politeness = 300;
/** Timers count in 31 bits; a longer wait is looked at again after this. */
const maxTimer = 60 * 60_000;

const start: RoundNote = { at: -Infinity, failures: 0, notBefore: -Infinity };

/**
 * Keeps the runs fresh with one chain of timers and one request at a time, the same one for whatever is seen, followed or
 * watched: what changed in the list. Only a followed run that is not known is read by itself, once. Failures lengthen the
 * pause; a refused or missing key ends it until `restart`.
 */
export class Poller implements Disposable {
  readonly #store: PolledStore;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #shared: PollerOptions['shared'];
  readonly #isWatched: Audience['isWatched'];
  readonly #subscriptions: Disposable[];
  /** Followed runs that are not to be had. */
  readonly #lost = new Set<string>();
  #visible = false;
  #focused = true;
  #isRunning = false;
  /** Counts the restarts: what a round before one found out says nothing any more. */
  #restarts = 0;
  #isStopped = false;
  #isDisposed = false;
  #last = start;
  /** Another window was asking a moment ago: not before this time. */
  #busyUntil = -Infinity;
  /** Milliseconds that another window is let go ahead. */
  #politeness = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(store: PolledStore, clock: Clock, { random, shared, isWatched }: PollerOptions = {}) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random ?? Math.random;
    this.#shared = shared;
    this.#isWatched = isWatched ?? (() => false);
    const reschedule = (): void => {
      this.#schedule();
    };
    this.#subscriptions = [
      store.onDidFollow((runId) => {
        this.#lost.delete(runId);
        this.#schedule();
      }),
      store.onDidLook(reschedule),
      // The first active run quickens the pace, the last one slows it.
      store.onDidChange(reschedule),
    ];
  }

  /** Whether somebody can see the list of runs. When they come to see it and it is stale, it is read at once. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#schedule();
  }

  /** Whether a person works in this window. */
  setFocused(focused: boolean): void {
    this.#focused = focused;
    this.#schedule();
  }

  /** `isWatched` may answer otherwise from now on. */
  watchedChanged(): void {
    this.#schedule();
  }

  /** After the key or the base URL changed: asks anew, at once. */
  restart(): void {
    this.#restarts += 1;
    this.#lost.clear();
    this.#goOn(start);
  }

  /** The list was read well for somebody else: nothing keeps this from asking either. */
  resume(): void {
    const note = { at: this.#clock.now(), failures: 0, notBefore: -Infinity };
    this.#goOn(note);
    void this.#shared?.publish(note);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTimer();
    disposeAll(this.#subscriptions);
  }

  #goOn(last: RoundNote): void {
    this.#isStopped = false;
    this.#busyUntil = -Infinity;
    this.#politeness = 0;
    this.#last = last;
    this.#schedule();
  }

  #pace(): number | undefined {
    const isSeen = this.#visible || this.#store.isAnyLookedAt;
    const followed = [...this.#store.followed].filter((runId) => !this.#lost.has(runId));
    return paceFor({ isSeen, isFocused: this.#focused, followed, isWatched: this.#isWatched }, this.#store);
  }

  /** A followed run that has to be read by itself. */
  #unread(): string | undefined {
    return [...this.#store.followed].find((runId) => !this.#store.get(runId) && !this.#lost.has(runId));
  }

  #roundAt(): number {
    const pace = this.#pace();
    const { at, notBefore } = this.#last;
    return pace === undefined ? Infinity : Math.max(Math.max(at + pace, notBefore) + this.#politeness, this.#busyUntil);
  }

  #nextAt(): number {
    return Math.min(this.#roundAt(), this.#unread() === undefined ? Infinity : this.#last.notBefore);
  }

  #schedule(): void {
    this.#cancelTimer();
    if (this.#isRunning || this.#isStopped || this.#isDisposed) {
      return;
    }
    const now = this.#clock.now();
    this.#last = notAfter(this.#last, now);
    this.#busyUntil = Math.min(this.#busyUntil, now + lookAgain);
    const wait = this.#nextAt() - now;
    if (wait < Infinity) {
      this.#cancelTimer = this.#clock.after(Math.min(Math.max(wait, 0), maxTimer), () => {
        this.#wake();
      });
    }
  }

  /** Things may stand otherwise than when the timer was set. */
  #wake(): void {
    const now = this.#clock.now();
    if (this.#roundAt() <= now) {
      void this.#run(() => this.#round());
    } else if (this.#nextAt() <= now) {
      void this.#run(() => this.#readUnread());
    } else {
      this.#schedule();
    }
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.#isRunning = true;
    await work();
    this.#isRunning = false;
    this.#schedule();
  }

  async #round(): Promise<void> {
    const restarts = this.#restarts;
    const poll = (last?: RoundNote): Promise<RoundNote> => this.#poll(last);
    const alone = async () => ({ kind: 'own', note: await poll() }) as const;
    const pace = this.#pace() ?? 0;
    const isFresh = ({ at, notBefore }: RoundNote): boolean => Math.max(at + pace, notBefore) > this.#clock.now();
    const round = await (this.#shared?.round(isFresh, poll).catch(alone) ?? alone());
    if (restarts !== this.#restarts) {
      return;
    }
    if (round.kind === 'busy') {
      this.#busyUntil = this.#clock.now() + lookAgain;
    } else {
      this.#note(round.note);
      this.#politeness = round.kind === 'shared' ? politeness * (1 + this.#random()) : 0;
    }
  }

  /** `last` is the last round of any window. */
  async #poll(last: RoundNote | undefined): Promise<RoundNote> {
    const problem = await this.#store.poll().then(() => problemIn(this.#store.status), asProblem);
    const at = this.#clock.now();
    const { failures } = last && last.at > this.#last.at ? last : this.#last;
    return problem ? this.#failed(at, failures, problem) : { at, failures: 0, notBefore: -Infinity };
  }

  #failed(at: number, before: number, problem: ApiProblem): RoundNote {
    const pause = (backoff[Math.min(before, backoff.length - 1)] ?? 0) * (1 - this.#random() / 2);
    const notBefore = at + Math.max(pause, problem.facts.retryAfter ?? 0);
    return { at, failures: before + 1, notBefore, problem: problem.facts };
  }

  #note(note: RoundNote): void {
    this.#last = note;
    this.#isStopped = isOfKey(note.problem);
  }

  async #readUnread(): Promise<void> {
    const runId = this.#unread();
    if (runId === undefined) {
      return;
    }
    const restarts = this.#restarts;
    const problem = await this.#store.readRun(runId).then(() => undefined, asProblem);
    if (restarts !== this.#restarts) {
      return;
    }
    if (problem && !isLasting(problem)) {
      this.#note({ ...this.#failed(this.#clock.now(), this.#last.failures, problem), at: this.#last.at });
    } else if (!this.#store.get(runId)) {
      this.#lost.add(runId);
    }
  }
}

/** The same note when the clock was set back behind it: the wait begins anew instead of lasting until the clock is there. */
function notAfter(note: RoundNote, now: number): RoundNote {
  const ahead = note.at - now;
  return ahead > 0 ? { ...note, at: now, notBefore: note.notBefore - ahead } : note;
}
