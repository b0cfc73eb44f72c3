import type { Run } from '../oz/types';
import { asProblem, isLasting } from './loadStatus';
import { isActive } from './runTime';
import { timeOf } from './serviceTime';

/** Runs that are read at most before the list is read again. */
const maxAtOnce = 50;
/** What holds for every call, not for one run. */
const ofAll = new Set(['noKey', 'keyRefused', 'externalAuth', 'rateLimited', 'unreachable']);

/**
 * The runs that were active when too much changed for the list to be read without a gap: they may have ended unseen. Each
 * waits until it was read by itself, turned up on the list or is refused for good.
 */
export class Rereads {
  /** From when on everything is known of the run: the service's time in milliseconds since 1970. */
  readonly #waiting = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** What changed before `time` was not read. */
  add(active: Iterable<string>, time: number): void {
    for (const runId of active) {
      this.#waiting.set(runId, time);
    }
  }

  /**
   * Reads the next of them, one after the other. What fails for a moment waits behind the others for the next call.
   * @throws when the failure is not about one run alone
   */
  async read(known: (runId: string) => Run | undefined, readRun: (runId: string) => Promise<void>): Promise<void> {
    for (const [runId, time] of this.#waiting) {
      const run = known(runId);
      if (!run || !isActive(run.state) || timeOf(run.updated_at) >= time) {
        this.#waiting.delete(runId);
      }
    }
    for (const [runId, time] of [...this.#waiting].slice(0, maxAtOnce)) {
      try {
        await readRun(runId);
        this.#waiting.delete(runId);
      } catch (error) {
        const problem = asProblem(error);
        const isForgotten = !this.#waiting.delete(runId);
        if (isLasting(problem)) {
          continue;
        }
        if (!isForgotten) {
          this.#waiting.set(runId, time);
        }
        if (ofAll.has(problem.kind)) {
          throw error;
        }
        return;
      }
    }
  }

  clear(): void {
    this.#waiting.clear();
  }
}
