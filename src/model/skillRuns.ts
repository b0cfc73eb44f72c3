import type { Run } from '../oz/types';
import type { Disposable } from './emitter';
import type { RunStore, RunsChange } from './runStore';
import { timeOf } from './serviceTime';
import { specKey } from './skillSpec';

export type KnownRuns = Pick<RunStore, 'all' | 'get' | 'onDidChange'>;

/** When each skill was last run, as far as the runs known here tell: sooner than the service's list of skills does. */
export class SkillRuns implements Disposable {
  readonly #runs: KnownRuns;
  readonly #later: (specs: readonly string[]) => void;
  readonly #subscription: Disposable;
  /** When the newest known run of a skill was created, as the service wrote it. */
  readonly #newest = new Map<string, string>();

  /** @param later called with the skills of runs that are newer than those known before */
  constructor(runs: KnownRuns, later: (specs: readonly string[]) => void) {
    this.#runs = runs;
    this.#later = later;
    for (const run of runs.all()) {
      this.#note(run);
    }
    this.#subscription = runs.onDidChange((change) => {
      this.#noteAll(change);
    });
  }

  /** The later one of when the skill was run by the runs known here, and of `listed`. */
  lastRun(spec: string, listed: string | null | undefined): string | null | undefined {
    const known = this.#newest.get(specKey(spec));
    return timeOf(known) > timeOf(listed) ? known : listed;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #noteAll({ ids }: RunsChange): void {
    if (ids.size === 0) {
      // All were dropped.
      this.#newest.clear();
    }
    const specs = [...ids].flatMap((id) => this.#note(this.#runs.get(id)));
    if (specs.length > 0) {
      this.#later(specs);
    }
  }

  /** Answers the skill of the run, if none of its known runs is newer. */
  #note(run: Run | undefined): string[] {
    const spec = run?.agent_config?.skill_spec;
    if (!spec || timeOf(run.created_at) <= timeOf(this.#newest.get(specKey(spec)))) {
      return [];
    }
    this.#newest.set(specKey(spec), run.created_at);
    return [spec];
  }
}
