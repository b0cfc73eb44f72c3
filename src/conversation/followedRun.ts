import type { Pending } from '../model/conversation';
import type { Disposable } from '../model/emitter';
import { hasEnded, isActive } from '../model/runTime';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';

export interface FollowedRunDeps {
  client: Pick<OzClient, 'getRun'>;
  /** The list of runs. */
  runs: {
    get(runId: string): Run | undefined;
    put(run: Run): void;
    /** Keeps the run fresh until the answer is disposed. */
    follow(runId: string): Disposable;
    look(runId: string): Disposable;
  };
}

/** The run that a conversation is of, as the list of runs has it, which is asked to keep it fresh. */
export class FollowedRun implements Disposable {
  readonly #runId: string | undefined;
  readonly #deps: FollowedRunDeps;
  readonly #pendingChanged: () => void;
  #run: Run | undefined;
  /** The list of runs knows it. */
  #isListed: boolean;
  #problem: ApiProblem | undefined;
  #visible = false;
  #following: Disposable | undefined;
  #looking: Disposable | undefined;

  /**
   * @param runId none where the conversation is of no known run: then there is never any
   * @param pendingChanged hears when `pending` is another
   */
  constructor(runId: string | undefined, deps: FollowedRunDeps, pendingChanged: () => void) {
    this.#runId = runId;
    this.#deps = deps;
    this.#pendingChanged = pendingChanged;
    this.#run = this.#known();
    this.#isListed = this.#run !== undefined;
  }

  get run(): Run | undefined {
    return this.#run;
  }

  /** Why it is not known. */
  get problem(): ApiProblem | undefined {
    return this.#problem;
  }

  /** The service is working on it. */
  get isActive(): boolean {
    return this.#run !== undefined && isActive(this.#run.state);
  }

  get hasEnded(): boolean {
    return this.#run !== undefined && hasEnded(this.#run.state);
  }

  /** What actions without a result wait for. */
  get pending(): Pending {
    return this.#run?.state === 'BLOCKED' ? 'waiting' : this.hasEnded ? 'unanswered' : 'running';
  }

  /** Reads it unless it is known. Never rejects. */
  async read(signal: AbortSignal): Promise<void> {
    if (this.#runId === undefined || this.#run) {
      return;
    }
    try {
      const run = await this.#deps.client.getRun(this.#runId, signal);
      if (!signal.aborted) {
        this.#deps.runs.put(run);
        this.#adopt(this.#known() ?? run);
      }
    } catch (error) {
      this.#problem = ApiProblem.is(error) && error.kind !== 'aborted' ? error : undefined;
    }
  }

  /**
   * The list of runs changed.
   * @returns isNew: another copy of it came; isStale: its conversation may be another now
   */
  learn(): { isNew: boolean; isStale: boolean } {
    const before = this.#run;
    const run = this.#known();
    const wasForgotten = this.#isListed && !run;
    this.#isListed = run !== undefined;
    const isNew = run !== undefined && run !== before;
    if (isNew) {
      this.#adopt(run);
    }
    const moved = isNew && (before?.updated_at !== run.updated_at || before.state !== run.state);
    // Forgotten: the key changed or is gone. It stays as it was, and reading tells what the new key may see.
    return { isNew, isStale: wasForgotten || moved };
  }

  /** Whether somebody looks at the conversation. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#follow();
  }

  dispose(): void {
    this.#following?.dispose();
    this.#looking?.dispose();
  }

  #known(): Run | undefined {
    return this.#runId === undefined ? undefined : this.#deps.runs.get(this.#runId);
  }

  #adopt(run: Run): void {
    const before = this.pending;
    this.#run = run;
    this.#problem = undefined;
    if (before !== this.pending) {
      this.#pendingChanged();
    }
    this.#follow();
  }

  /**
   * A run that works is followed while its panel is open, since the panel's icon shows its state; it is looked at only while
   * the panel is seen.
   */
  #follow(): void {
    const { runs } = this.#deps;
    const runId = this.#runId;
    if (runId !== undefined) {
      this.#following = held(this.#following, this.#visible || this.isActive, () => runs.follow(runId));
      this.#looking = held(this.#looking, this.#visible, () => runs.look(runId));
    }
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
