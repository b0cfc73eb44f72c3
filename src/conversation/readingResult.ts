import { readEntries, type Entry, type Pending } from '../model/conversation';
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
    this.#entries = await entriesOf(answer, pending);
    this.#answer = answer;
    this.#reading = 'good';
    this.#problem = undefined;
    this.#failures = 0;
  }

  /**
   * Lays the entries anew, in turns too. False when there is nothing to lay, or something else was read meanwhile.
   * @param pending what actions without a result are waiting for
   */
  async lay(pending: () => Pending): Promise<boolean> {
    const answer = this.#answer;
    const entries = answer === undefined ? [] : await entriesOf(answer, pending);
    if (answer === undefined || this.#answer !== answer) {
      return false;
    }
    this.#entries = entries;
    return true;
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

async function entriesOf(answer: unknown, pending: () => Pending): Promise<Entry[]> {
  let [taken, entries]: [Pending | undefined, Entry[]] = [undefined, []];
  while (taken !== pending()) {
    taken = pending();
    // The turns before and after belong to its JSON and to what is shown of it.
    await hostTurns.pause();
    entries = await inTurns(readEntries(answer, taken), hostTurns);
    await hostTurns.pause();
  }
  return entries;
}
