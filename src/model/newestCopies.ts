import type { Run } from '../oz/types';
import { isActive } from './runTime';
import { timeOf } from './serviceTime';

/** The newest known copy of each run, and which of them are active. */
export class NewestCopies {
  readonly #runs = new Map<string, Run>();
  readonly #active = new Set<string>();

  get size(): number {
    return this.#runs.size;
  }

  /** The ids of the active ones. */
  get active(): ReadonlySet<string> {
    return this.#active;
  }

  get(runId: string): Run | undefined {
    return this.#runs.get(runId);
  }

  /** In no order. */
  all(): Iterable<Run> {
    return this.#runs.values();
  }

  /** Takes in what is newer than what is known; answers which runs have another content now, and how many are new. */
  adopt(runs: readonly Run[]): { changed: Set<string>; added: number } {
    const changed = new Set<string>();
    let added = 0;
    for (const run of runs) {
      const known = this.#runs.get(run.run_id);
      if (known && !supersedes(run, known)) {
        continue;
      }
      this.#runs.set(run.run_id, run);
      if (isActive(run.state)) {
        this.#active.add(run.run_id);
      } else {
        this.#active.delete(run.run_id);
      }
      added += known ? 0 : 1;
      changed.add(run.run_id);
    }
    return { changed, added };
  }

  clear(): void {
    this.#runs.clear();
    this.#active.clear();
  }
}

/** A copy of the same time counts as the newer one when it differs: not every change moves `updated_at`. */
function supersedes(run: Run, known: Run): boolean {
  const difference = timeOf(run.updated_at) - timeOf(known.updated_at);
  return difference > 0 || (difference === 0 && JSON.stringify(run) !== JSON.stringify(known));
}
