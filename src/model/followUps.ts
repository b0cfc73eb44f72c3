import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Disposable } from './emitter';
import type { FollowUp } from './followUp';
import { arrivedIn, messagesLike, type UserMessage } from './followUpArrivals';
import { FollowUpList } from './followUpList';
import { FollowUpLook } from './followUpLook';
import { afterFailure } from './followUpVerdict';
import { asProblem } from './loadStatus';
import type { Memento } from './memento';

export interface FollowUpsOptions {
  /** Of the workspace. */
  memento: Memento;
  client: Pick<OzClient, 'followUp' | 'getRunConversation' | 'serverNow'>;
  clock: Clock;
  /** Answers 0 to under 1. */
  random?: () => number;
  /** True for the first window of this machine that claims the name. */
  claim: (name: string) => Promise<boolean>;
  /** The service has one for this run: what becomes of that shows soon. */
  onSent?: (runId: string) => void;
}

/** Milliseconds that one is shown as sent while the conversation does not show it: longer where its run has not begun. */
const shownSent = 600_000;
const shownPending = 24 * 60 * 60 * 1000;

/**
 * The follow-ups that are not yet known to be in their conversations, of all runs, kept in the workspace. They go out one at
 * a time for each run, in the order in which they were written. None is sent twice unless a person says so, and none is
 * dropped but by a person: what cannot be sent waits, and what may have arrived is looked for in the conversation.
 */
export class FollowUps implements Disposable {
  readonly #options: FollowUpsOptions;
  readonly #random: () => number;
  readonly #list: FollowUpList;
  readonly #look: FollowUpLook;
  /** Runs for which one is about to go out, or on its way. */
  readonly #busy = new Set<string>();
  #cancelTimer: () => void = () => undefined;
  #isDisposed = false;

  /** The id of a run whose follow-ups are others or stand otherwise. */
  readonly onDidChange;

  constructor(options: FollowUpsOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#list = new FollowUpList(options.memento);
    this.onDidChange = this.#list.onDidChange;
    this.#look = new FollowUpLook({
      ...options,
      isWorthwhile: (runId) => this.of(runId).some(({ state }) => state === 'unsure'),
      onLooked: (runId, messages) => {
        if (messages) {
          this.seen(runId, messages);
        }
        this.#list.touch(runId);
      },
    });
    // What was on its way when the window closed may have arrived; and the key may be another one since.
    void this.#list.update((one) => (one.state === 'sending' ? { ...one, state: 'unsure' } : one));
    this.keyChanged();
  }

  /** Those of a run that its conversation does not show yet, in their order. */
  of(runId: string): FollowUp[] {
    return this.#list.of(runId);
  }

  /** Those that may have arrived are looked for, and nothing was found out yet. */
  isLooking(runId: string): boolean {
    return this.#look.isUnderWay(runId);
  }

  /**
   * Keeps a follow-up, and sends it as soon as that is possible.
   * @param there the users' messages of the conversation now; undefined where they are not known
   */
  add(runId: string, text: string, there?: readonly UserMessage[]): void {
    const now = this.#options.clock.now();
    const before = there && messagesLike(text, there);
    const id = this.#list.newId(now);
    this.#list.add({ id, runId, text, createdAt: now, state: 'waiting', tries: 0, retryAt: now, before });
    this.#goOn();
  }

  /** Takes one out to be changed, and answers its text; undefined when it is on its way, may have arrived or is gone. */
  takeOut(id: number): string | undefined {
    const one = this.#list.find(id);
    return one && (one.state === 'waiting' || one.state === 'refused') && this.remove(id) ? one.text : undefined;
  }

  /** True unless it is on its way, or gone already. */
  remove(id: number): boolean {
    const one = this.#list.find(id);
    if (!one || one.state === 'sending') {
      return false;
    }
    void this.#list.update((other) => (other.id === id ? undefined : other));
    this.#goOn();
    return true;
  }

  /** A person wants it to be sent now; one that may have arrived is sent again for that. */
  send(id: number): void {
    const one = this.#list.find(id);
    const retryAt = this.#options.clock.now();
    if (one?.state === 'waiting') {
      void this.#list.change(id, { retryAt });
    } else if (one?.state === 'refused') {
      void this.#list.change(id, { state: 'waiting', retryAt });
    } else if (one?.state === 'unsure') {
      void this.#list.change(id, { id: this.#list.newId(retryAt), state: 'waiting', retryAt, tries: 0 });
    }
    this.#goOn();
  }

  /** The conversation of the run was read: those that it shows are done. */
  seen(runId: string, all: readonly UserMessage[]): void {
    if (this.of(runId).length === 0) {
      return;
    }
    const { client, clock } = this.#options;
    const found = this.#list.found(runId);
    const messages = all.filter(({ id }) => !found.has(id));
    const serverNow = client.serverNow();
    const ahead = serverNow === undefined ? undefined : serverNow - clock.now();
    const arrived = arrivedIn(messages, this.of(runId), ahead);
    this.#list.noteFound(runId, [...arrived.values()]);
    void this.#list.update((one) => {
      if (one.runId !== runId || this.#busy.has(runId) || one.state !== 'waiting') {
        return arrived.has(one.id) ? undefined : one;
      }
      // What is there before it was sent is not it.
      const before = messagesLike(one.text, messages);
      return before.join() === one.before?.join() ? one : { ...one, before };
    });
    if (arrived.size > 0) {
      this.#goOn();
    }
  }

  /** The service answers again: what waits for that goes out, and what may have arrived is looked for. */
  resume(): void {
    this.#hurry(({ retryAt, problem }) => retryAt !== undefined && problem?.retryAfter === undefined);
  }

  /** There is another key, or none any more. */
  keyChanged(): void {
    this.#hurry(({ retryAt }) => retryAt === undefined);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTimer();
    this.#look.dispose();
    this.#list.dispose();
  }

  #hurry(isMeant: (one: FollowUp) => boolean): void {
    const retryAt = this.#options.clock.now();
    void this.#list.update((one) => (one.state === 'waiting' && isMeant(one) ? { ...one, retryAt } : one));
    for (const runId of new Set(this.#list.all().map((one) => one.runId))) {
      this.#lookFor(runId);
    }
    this.#goOn();
  }

  /** Sends what is due, one for each run, and comes back when the next one is. */
  #goOn(): void {
    this.#cancelTimer();
    if (this.#isDisposed) {
      return;
    }
    const now = this.#options.clock.now();
    void this.#list.update((one) => (one.state === 'sent' && endOf(one) <= now ? undefined : one));
    const waitedFor = new Set<string>();
    let next = Infinity;
    for (const one of this.#list.all()) {
      if (one.state === 'sent') {
        next = Math.min(next, endOf(one));
      } else if (!waitedFor.has(one.runId)) {
        // Those behind it wait for it, whatever keeps it.
        waitedFor.add(one.runId);
        const { retryAt = Infinity } = one;
        if (one.state === 'waiting' && !this.#busy.has(one.runId)) {
          if (retryAt <= now) {
            void this.#send(one);
          } else {
            next = Math.min(next, retryAt);
          }
        }
      }
    }
    if (next < Infinity) {
      this.#cancelTimer = this.#options.clock.after(next - now, () => {
        this.#goOn();
      });
    }
  }

  async #send(one: FollowUp): Promise<void> {
    this.#busy.add(one.runId);
    try {
      if (await this.#isTaken(one)) {
        await this.#sendOnce(one);
      }
    } finally {
      this.#busy.delete(one.runId);
      this.#goOn();
    }
  }

  /** Notes that it goes out, unless something else became of it or another window sends it. */
  async #isTaken(one: FollowUp): Promise<boolean> {
    const { id, runId, tries } = one;
    // The name tells one try from the next: those before were claimed already, perhaps by a window that is gone.
    const isOurs = await this.#options.claim(`followUp ${runId} ${id} ${tries}`);
    const still = this.#list.find(id);
    if (this.#isDisposed || still?.state !== 'waiting' || still.tries !== tries) {
      return false;
    }
    if (!isOurs) {
      void this.#list.change(id, { state: 'unsure', problem: undefined });
      this.#lookFor(runId);
      return false;
    }
    const sentAt = this.#options.clock.now();
    if (!(await this.#list.change(id, { state: 'sending', sentAt, problem: undefined }))) {
      // Nobody would know later that it went out.
      this.#fail(one, new ApiProblem({ kind: 'aborted', code: 'not_stored', message: '' }));
      return false;
    }
    return !this.#isDisposed;
  }

  async #sendOnce(one: FollowUp): Promise<void> {
    const { client, clock, onSent } = this.#options;
    let outcome: string | undefined;
    try {
      outcome = await client.followUp(one.runId, one.text);
    } catch (error) {
      this.#fail(one, asProblem(error));
      return;
    }
    if (!this.#isDisposed) {
      void this.#list.change(one.id, { state: 'sent', outcome, sentAt: clock.now() });
      onSent?.(one.runId);
    }
  }

  #lookFor(runId: string): void {
    this.#look.begin(runId);
    if (this.isLooking(runId)) {
      this.#list.touch(runId);
    }
  }

  #fail({ id, runId, tries }: FollowUp, problem: ApiProblem): void {
    if (!this.#isDisposed) {
      void this.#list.change(id, afterFailure(problem, tries + 1, this.#options.clock.now(), this.#random()));
      this.#lookFor(runId);
    }
  }
}

/** When one that was sent is not shown any more. */
function endOf({ sentAt = 0, outcome }: FollowUp): number {
  return sentAt + (outcome === 'queue_pending' ? shownPending : shownSent);
}
