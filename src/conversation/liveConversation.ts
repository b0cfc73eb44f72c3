import { readConversation, type Entry, type Pending } from '../model/conversation';
import { Emitter, type Disposable, type Event } from '../model/emitter';
import { asProblem } from '../model/loadStatus';
import { hasEnded, isActive } from '../model/runTime';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, type ProblemKind } from '../oz/problems';
import type { Run } from '../oz/types';

export interface LiveDeps {
  client: Pick<OzClient, 'getRun' | 'getRunConversation'>;
  runs: {
    get(runId: string): Run | undefined;
    put(run: Run): void;
    /** Keeps the run fresh until the answer is disposed. */
    follow(runId: string): Disposable;
    look(runId: string): Disposable;
    onDidChange: Event<unknown>;
  };
  clock: Clock;
  log: { error(line: string, error?: unknown): void };
}

/** What came of reading the conversation. What was once known of it stays: a later problem stands beside it. */
export type Reading = 'first' | 'good' | 'none' | 'unsupported' | 'failed';

/** Milliseconds between two readings of a run that works, and of one that has not begun. */
const livePace = 4000;
const waitingPace = 15_000;
/** A reading may take this part of the time: a long conversation is read less often. */
const readingShare = 0.1;
const slowestPace = 60_000;
/** The pauses after the first, second, … reading that failed. */
const backoff = [5000, 10_000, 20_000, 40_000, 60_000];

/** Asking again gives the same until something else changes. */
const lasting: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'noKey',
  'keyRefused',
  'forbidden',
  'notFound',
  'unsupported',
  'invalid',
]);

/**
 * A run and its conversation, kept up to date while somebody looks at it. One reading is under way at a time; what was
 * read stays when a later reading fails.
 */
export class LiveConversation implements Disposable {
  #run: Run | undefined;
  /** The list of runs knows it. */
  #isListed: boolean;
  #answer: unknown;
  #entries: readonly Entry[] = [];
  #reading: Reading = 'first';
  #problem: ApiProblem | undefined;
  /** Why the run itself is not known. */
  #runProblem: ApiProblem | undefined;
  #visible = false;
  #underWay = false;
  #again = false;
  #failures = 0;
  #pace = livePace;
  #cancelTimer: () => void = () => undefined;
  #following: Disposable | undefined;
  #looking: Disposable | undefined;
  readonly #abort = new AbortController();
  readonly #changed = new Emitter<void>();
  readonly #subscription: Disposable;

  /** The run, its conversation or what is known about their reading changed. */
  readonly onDidChange = this.#changed.event;

  constructor(
    readonly runId: string,
    private readonly deps: LiveDeps,
  ) {
    this.#run = deps.runs.get(runId);
    this.#isListed = this.#run !== undefined;
    this.#subscription = deps.runs.onDidChange(() => {
      this.#runChanged();
    });
  }

  get run(): Run | undefined {
    return this.#run;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** A run that nobody knows has no conversation either: that is a failure, not a conversation still to come. */
  get reading(): Reading {
    return this.#reading === 'none' && this.#runProblem ? 'failed' : this.#reading;
  }

  get problem(): ApiProblem | undefined {
    return this.#runProblem ?? this.#problem;
  }

  /** The service is working on the run. */
  get isActive(): boolean {
    return this.#run !== undefined && isActive(this.#run.state);
  }

  /** Reads the conversation, and the run unless it is known. Never rejects: what went wrong is in `problem`. */
  async read(): Promise<void> {
    if (this.#underWay) {
      this.#again = true;
      return;
    }
    this.#underWay = true;
    this.#again = false;
    this.#cancelTimer();
    const started = this.deps.clock.now();
    // Both at once; the conversation's answer decides about the page.
    const run = this.#run ? undefined : this.#readRun();
    try {
      this.#take(await this.deps.client.getRunConversation(this.runId, this.#abort.signal));
    } catch (error) {
      this.#fail(error);
    }
    await run;
    this.#underWay = false;
    if (this.#abort.signal.aborted) {
      return;
    }
    this.#pace = Math.min(slowestPace, Math.max(livePace, (this.deps.clock.now() - started) / readingShare));
    this.#changed.fire();
    this.#schedule();
  }

  /** Whether somebody looks. Nothing is read for a page that is hidden. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) {
      return;
    }
    this.#visible = visible;
    this.#follow();
    if (!visible) {
      this.#cancelTimer();
    } else if (this.#reading !== 'first' && !this.#isOver()) {
      void this.read();
    }
  }

  dispose(): void {
    this.#abort.abort();
    this.#cancelTimer();
    this.#following?.dispose();
    this.#looking?.dispose();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Nothing is expected to come any more, and what came is here. */
  #isOver(): boolean {
    return this.#run !== undefined && hasEnded(this.#run.state) && !this.#again && this.problem === undefined;
  }

  #take(answer: unknown): void {
    this.#answer = answer;
    this.#lay();
    this.#reading = 'good';
    this.#problem = undefined;
    this.#failures = 0;
  }

  #lay(): void {
    if (this.#answer !== undefined) {
      this.#entries = readConversation(this.#answer, this.#pending()).entries;
    }
  }

  #pending(): Pending {
    const state = this.#run?.state;
    return state === 'BLOCKED' ? 'waiting' : state !== undefined && hasEnded(state) ? 'unanswered' : 'running';
  }

  #fail(error: unknown): void {
    if (!ApiProblem.is(error)) {
      this.deps.log.error('The conversation could not be shown', error);
    }
    const problem = asProblem(error);
    if (problem.kind === 'aborted') {
      return;
    }
    this.#problem = problem;
    this.#failures++;
    if (this.#reading === 'good') {
      return;
    }
    if (problem.kind === 'notFound') {
      this.#reading = 'none';
    } else if (problem.kind === 'unsupported') {
      this.#reading = 'unsupported';
    } else if (this.#reading === 'first') {
      this.#reading = 'failed';
    }
  }

  async #readRun(): Promise<void> {
    try {
      const run = await this.deps.client.getRun(this.runId, this.#abort.signal);
      if (!this.#abort.signal.aborted) {
        this.deps.runs.put(run);
        this.#adopt(this.deps.runs.get(this.runId) ?? run);
      }
    } catch (error) {
      this.#runProblem = ApiProblem.is(error) && error.kind !== 'aborted' ? error : undefined;
    }
  }

  #runChanged(): void {
    const before = this.#run;
    const run = this.deps.runs.get(this.runId);
    const wasForgotten = this.#isListed && !run;
    this.#isListed = run !== undefined;
    if (wasForgotten) {
      // The key changed or is gone: what is on the page stays, and reading tells what the new key may see.
      this.#readSoon();
    }
    if (!run || run === before) {
      return;
    }
    const hasKeyAgain = this.problem?.kind === 'noKey' || this.problem?.kind === 'keyRefused';
    this.#adopt(run);
    const moved = before?.updated_at !== run.updated_at || before.state !== run.state;
    if (moved || hasKeyAgain) {
      this.#readSoon();
    }
    this.#changed.fire();
  }

  /** At once while somebody looks, else when the panel is shown. */
  #readSoon(): void {
    this.#again = true;
    if (this.#visible) {
      void this.read();
    }
  }

  #adopt(run: Run): void {
    const before = this.#pending();
    this.#run = run;
    this.#runProblem = undefined;
    if (before !== this.#pending()) {
      this.#lay();
    }
    this.#follow();
  }

  /**
   * A run that works is followed while its panel is open, since the panel's icon shows its state; it is looked at only while
   * the panel is seen.
   */
  #follow(): void {
    const { runs } = this.deps;
    this.#following = held(this.#following, this.#visible || this.isActive, () => runs.follow(this.runId));
    this.#looking = held(this.#looking, this.#visible, () => runs.look(this.runId));
  }

  #schedule(): void {
    this.#cancelTimer();
    if (!this.#visible) {
      return;
    }
    if (this.#again) {
      void this.read();
      return;
    }
    const pause = this.#pause();
    if (pause !== undefined) {
      this.#cancelTimer = this.deps.clock.after(pause, () => {
        void this.read();
      });
    }
  }

  /** Milliseconds until the next reading, or undefined when only a change of the run, or a person, asks for one. */
  #pause(): number | undefined {
    const problem = this.problem;
    const waits = this.isActive && problem?.kind === 'notFound';
    if (problem && !waits) {
      const pause = backoff[Math.min(this.#failures, backoff.length) - 1] ?? livePace;
      return lasting.has(problem.kind) ? undefined : Math.max(pause, problem.facts.retryAfter ?? 0);
    }
    if (!this.isActive) {
      return undefined;
    }
    const hasBegun = this.#run?.state === 'INPROGRESS' || this.#reading === 'good';
    return hasBegun && !waits ? this.#pace : waitingPace;
  }
}

/** What is held already or is held from now on; let go when it is not wanted. */
function held(current: Disposable | undefined, isWanted: boolean, hold: () => Disposable): Disposable | undefined {
  if (isWanted) {
    return current ?? hold();
  }
  current?.dispose();
  return undefined;
}
