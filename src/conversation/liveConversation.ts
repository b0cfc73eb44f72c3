import type { Entry } from '../model/conversation';
import { type Disposable, disposeAll, Emitter, type Event } from '../model/emitter';
import { asProblem, isLasting, isOfKey, type LoadStatus } from '../model/loadStatus';
import type { Clock } from '../oz/clock';
import { ApiProblem } from '../oz/problems';
import type { Conversation, Run } from '../oz/types';
import { type ConversationSource, readSource, type SourceClient } from './conversationSource';
import { FollowedRun, type FollowedRunDeps } from './followedRun';
import { readingPause } from './readingPause';
import { type Reading, ReadingResult } from './readingResult';

export interface LiveDeps {
  client: SourceClient & FollowedRunDeps['client'];
  runs: FollowedRunDeps['runs'] & {
    onDidChange: Event<unknown>;
    /** How reading the list goes. */
    readonly status: LoadStatus;
    onDidChangeStatus: Event<unknown>;
  };
  clock: Clock;
  log: { error(line: string, error?: unknown): void };
}

/**
 * A run and its conversation, or a conversation alone, kept up to date while somebody looks at it. One reading is under way
 * at a time; what was read stays when a later reading fails.
 */
export class LiveConversation implements Disposable {
  readonly #followed: FollowedRun;
  #given: Conversation | undefined;
  readonly #result = new ReadingResult();
  #visible = false;
  #underWay = false;
  #again = false;
  /** It was read again because the service answered something else. */
  #isHurried = false;
  /** Milliseconds that the last reading took. */
  #took = 0;
  #cancelTimer: () => void = () => undefined;
  readonly #abort = new AbortController();
  readonly #changed = new Emitter<void>();
  readonly #answered = new Emitter<void>();
  readonly #subscriptions: Disposable[];

  /** The run, its conversation or what is known about their reading changed. */
  readonly onDidChange = this.#changed.event;
  /** The service answered something: what it could not be asked before may be had now. */
  readonly onDidAnswer = this.#answered.event;

  /** @param given the conversation, where it was read already: the first reading takes it */
  constructor(
    readonly source: ConversationSource,
    private readonly deps: LiveDeps,
    given?: Conversation,
  ) {
    this.#given = given;
    this.#followed = new FollowedRun(source.runId, deps, () => void this.#lay());
    this.#subscriptions = [
      deps.runs.onDidChange(() => {
        this.#runChanged();
      }),
      deps.runs.onDidChangeStatus(() => {
        this.#listWasRead();
      }),
    ];
  }

  /** None where the panel is about a conversation alone. */
  get runId(): string | undefined {
    return this.source.runId;
  }

  get run(): Run | undefined {
    return this.#followed.run;
  }

  /** The conversation as the service sent it. */
  get answer(): unknown {
    return this.#result.answer;
  }

  get entries(): readonly Entry[] {
    return this.#result.entries;
  }

  /** Where there is no run, or nobody knows it, a conversation that is missing is a failure, not one still to come. */
  get reading(): Reading {
    const isToCome = this.runId !== undefined && !this.#followed.problem;
    const { reading } = this.#result;
    return reading === 'none' && !isToCome ? 'failed' : reading;
  }

  get problem(): ApiProblem | undefined {
    return this.#followed.problem ?? this.#result.problem;
  }

  /** The conversation is as the service had it when somebody began to look, or newer. */
  get isUpToDate(): boolean {
    return !this.#underWay && this.problem === undefined;
  }

  /** The service is working on the run. */
  get isActive(): boolean {
    return this.#followed.isActive;
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
    const run = this.#followed.read(this.#abort.signal);
    const given = this.#given;
    this.#given = undefined;
    try {
      const answer = given ?? (await readSource(this.deps.client, this.source, this.#abort.signal));
      await this.#result.take(answer, () => this.#followed.pending);
    } catch (error) {
      this.#fail(error);
    }
    await run;
    this.#underWay = false;
    if (this.#abort.signal.aborted) {
      return;
    }
    this.#took = this.deps.clock.now() - started;
    this.#isHurried &&= this.problem !== undefined;
    this.#changed.fire();
    this.#schedule();
  }

  /** The service answered something else: what could not be read is read at once, but once only until a reading goes well. */
  serviceAnswered(): void {
    const { problem } = this;
    if (problem && !isLasting(problem) && !this.#isHurried) {
      this.#isHurried = true;
      this.#readSoon();
    }
    this.#answered.fire();
  }

  /** Whether somebody looks. Nothing is read for a page that is hidden. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) {
      return;
    }
    this.#visible = visible;
    this.#followed.setVisible(visible);
    if (!visible) {
      this.#cancelTimer();
    } else if (this.#result.reading !== 'first' && !this.#isOver()) {
      void this.read();
    }
  }

  dispose(): void {
    this.#abort.abort();
    this.#cancelTimer();
    disposeAll([this.#followed, ...this.#subscriptions]);
    this.#changed.dispose();
    this.#answered.dispose();
  }

  /** Nothing is expected to come any more, and what came is here. */
  #isOver(): boolean {
    return this.#followed.hasEnded && !this.#again && this.problem === undefined;
  }

  #fail(error: unknown): void {
    if (!ApiProblem.is(error)) {
      this.deps.log.error('The conversation could not be shown', error);
    }
    const problem = asProblem(error);
    if (problem.kind !== 'aborted') {
      this.#result.fail(problem);
    }
  }

  #runChanged(): void {
    const { problem } = this;
    const { isNew, isStale } = this.#followed.learn();
    // Without a run of its own, runs that arrive tell that there is a key again.
    const hasKeyAgain = (isNew || this.runId === undefined) && isOfKey(problem);
    if (isStale || hasKeyAgain) {
      this.#readSoon();
    }
    if (isNew) {
      this.#changed.fire();
    }
  }

  #listWasRead(): void {
    const { kind } = this.deps.runs.status;
    if (kind === 'ready') {
      this.serviceAnswered();
    } else if (kind === 'failed') {
      this.#isHurried = false;
    }
  }

  /** At once while somebody looks, else when the panel is shown. */
  #readSoon(): void {
    this.#again = true;
    if (this.#visible) {
      void this.read();
    }
  }

  /** What actions without a result wait for is something else now. */
  async #lay(): Promise<void> {
    const isNew = await this.#result.lay(() => this.#followed.pending);
    if (isNew && !this.#abort.signal.aborted) {
      this.#changed.fire();
    }
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
    const pause = readingPause({
      took: this.#took,
      problem: this.problem,
      failures: this.#result.failures,
      isActive: this.isActive,
      hasBegun: this.run?.state === 'INPROGRESS' || this.#result.reading === 'good',
    });
    if (pause !== undefined) {
      this.#cancelTimer = this.deps.clock.after(pause, () => {
        void this.read();
      });
    }
  }
}
