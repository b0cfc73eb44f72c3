import { readConversation, readEntries, type Entry, type Pending } from '../model/conversation';
import { hostTurns, inTurns } from '../model/inTurns';
import type { ApiProblem } from '../oz/problems';

/** What came of reading the conversation. What was once known of it stays: a later problem stands beside it. */
export type Reading = 'first' | 'good' | 'none' | 'unsupported' | 'failed';

/** What is known of a conversation after all its readings. */
export class ReadingResult {
  #answer: unknown;
  #entries: readonly Entry[] = [];
  #reading: Reading = 'first';
  #problem: ApiProblem | undefined;
  #failures = 0;

  /** As the service sent it the last time; undefined before. */
  get answer(): unknown {
    return this.#answer;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get reading(): Reading {
    return this.#reading;
  }

  /** What went wrong the last time. */
  get problem(): ApiProblem | undefined {
    return this.#problem;
  }

  /** Readings that failed since the last one that did not. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Takes what the service sent. It is read in turns: nothing else in the extension host waits for a long one.
   * @param pending what actions without a result are waiting for; that can change meanwhile
   */
  async take(answer: unknown, pending: () => Pending): Promise<void> {
    let [taken, entries]: [Pending | undefined, Entry[]] = [undefined, []];
    while (taken !== pending()) {
      taken = pending();
      // The turns before and after belong to its JSON and to what is shown of it.
      await hostTurns.pause();
      entries = await inTurns(readEntries(answer, taken), hostTurns);
      await hostTurns.pause();
    }
    this.#answer = answer;
    this.#entries = entries;
    this.#reading = 'good';
    this.#problem = undefined;
    this.#failures = 0;
  }

  /** Lays the entries anew. @param pending what actions without a result are waiting for */
  lay(pending: Pending): void {
    if (this.#answer !== undefined) {
      this.#entries = readConversation(this.#answer, pending).entries;
    }
  }

  fail(problem: ApiProblem): void {
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
}
