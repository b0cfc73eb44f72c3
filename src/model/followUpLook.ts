import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { readEntries } from './conversation';
import type { Disposable } from './emitter';
import { userMessages, type UserMessage } from './followUpArrivals';
import { hostTurns, inTurns } from './inTurns';
import { asProblem, isLasting } from './loadStatus';

/** Milliseconds before each look: a run that starts again shows the message a while after it got it. */
const pauses = [1000, 4000, 10_000, 30_000];

export interface FollowUpLookOptions {
  client: Pick<OzClient, 'getRunConversation'>;
  clock: Clock;
  /** Whether there is anything to be looked for in the run's conversation. */
  isWorthwhile: (runId: string) => boolean;
  /** Hears of each look: the users' messages, or undefined where the conversation could not be read. */
  onLooked: (runId: string, messages: readonly UserMessage[] | undefined) => void;
}

/** Looks into conversations for follow-ups that may have arrived, a few times for each run. */
export class FollowUpLook implements Disposable {
  readonly #options: FollowUpLookOptions;
  readonly #stops = new Map<string, () => void>();
  /** Runs of which nothing was found out yet. */
  readonly #open = new Set<string>();
  readonly #abort = new AbortController();

  constructor(options: FollowUpLookOptions) {
    this.#options = options;
  }

  /** It is looked for, and nothing was found out yet. */
  isUnderWay(runId: string): boolean {
    return this.#open.has(runId);
  }

  /** Looks a few times. Looking that is under way begins anew. */
  begin(runId: string): void {
    this.#stops.get(runId)?.();
    this.#open.add(runId);
    this.#next(runId, 0);
  }

  dispose(): void {
    this.#abort.abort();
    for (const stop of this.#stops.values()) {
      stop();
    }
  }

  #next(runId: string, index: number): void {
    const { clock, isWorthwhile, onLooked } = this.#options;
    const pause = pauses[index];
    if (pause === undefined || !isWorthwhile(runId)) {
      this.#stops.delete(runId);
      this.#open.delete(runId);
      return;
    }
    let isStopped = false;
    const look = async (): Promise<void> => {
      const { messages, isOver } = await this.#lookOnce(runId);
      if (isStopped || this.#abort.signal.aborted) {
        return;
      }
      if (isOver || index + 1 === pauses.length) {
        this.#open.delete(runId);
      }
      onLooked(runId, messages);
      this.#next(runId, index + 1);
    };
    const cancel = clock.after(pause, () => {
      void look();
    });
    this.#stops.set(runId, () => {
      isStopped = true;
      cancel();
    });
  }

  /** Never rejects. A run that has no conversation has answered, too. */
  async #lookOnce(runId: string): Promise<{ messages?: UserMessage[]; isOver: boolean }> {
    try {
      const answer = await this.#options.client.getRunConversation(runId, this.#abort.signal);
      const entries = await inTurns(readEntries(answer, 'running'), hostTurns);
      return { messages: userMessages(entries), isOver: true };
    } catch (error) {
      return { isOver: isLasting(asProblem(error)) };
    }
  }
}
