import { ApiProblem, type ProblemFacts, type ProblemKind } from '../../../src/oz/problems';
import type { LaunchAnswer, LaunchRequest, ListRunsQuery, Run, RunPage } from '../../../src/oz/types';
import type { FakeClock } from '../fakeClock';

/** What becomes of the next launch. */
export interface Fate {
  /** The service makes a run. */
  makes: boolean;
  /** What the answer says; none is a good one. */
  problem?: Partial<ProblemFacts> & { kind: ProblemKind };
  /** Milliseconds before a byte is sent. */
  waits?: number;
  /** Milliseconds from then until the answer is there. */
  takes?: number;
  /** Milliseconds until the list shows the run. */
  shownAfter?: number;
}

export const good: Fate = { makes: true };
export const lost: Fate = { makes: true, problem: { kind: 'outcomeUnknown' } };
export const failed = (kind: ProblemKind, facts: Partial<ProblemFacts> = {}): Fate => ({
  makes: false,
  problem: { kind, ...facts },
});

/** Milliseconds by which the service's clock is ahead. */
const skew = 3_600_000;

/** A service that notes which runs it made, and fails as it is asked to. */
export class FakeLaunchService {
  /** For each launch in its turn; then all are good. */
  fates: Fate[] = [];
  readonly made: { run: Run; request: LaunchRequest; shownAt: number }[] = [];
  /** Launches of which a byte was sent. */
  sent = 0;
  listProblem: ProblemKind | undefined;
  /** Hears of each launch before a byte of it is sent. */
  onSend: (request: LaunchRequest) => void = () => undefined;

  constructor(private readonly clock: FakeClock) {}

  serverNow(): number {
    return this.clock.now() + skew;
  }

  /** Somebody launches the same from elsewhere. */
  make(request: LaunchRequest, uid = 'me', shownAfter = 0): Run {
    const id = `run ${this.made.length}`;
    const at = new Date(this.serverNow()).toISOString();
    const run: Run = {
      ...{ ...idsOf(id), title: '', state: 'QUEUED' },
      ...{ prompt: request.prompt ?? '', created_at: at, updated_at: at, creator: { type: 'user', uid } },
    };
    this.made.push({ run, request, shownAt: this.clock.now() + shownAfter });
    return run;
  }

  /** @param isGone whether the process that asks has ended meanwhile: it sends nothing then, and hears nothing */
  async createRun(request: LaunchRequest, signal?: AbortSignal, isGone = () => false): Promise<LaunchAnswer> {
    const { makes, problem, waits = 0, takes = 0, shownAfter = 0 } = this.fates.shift() ?? good;
    await this.#pass(waits, signal, 'aborted');
    if (isGone()) {
      return new Promise(() => undefined);
    }
    this.onSend(request);
    this.sent += 1;
    const run = makes ? this.make(request, 'me', shownAfter) : undefined;
    await this.#pass(takes, signal, 'outcomeUnknown');
    if (problem) {
      throw new ApiProblem({ message: '', ...problem });
    }
    return { ...idsOf(run?.run_id ?? ''), state: 'QUEUED' };
  }

  getRun(runId: string): Promise<Run> {
    const found = this.#shown().find((run) => run.run_id === runId);
    return found ? Promise.resolve(found) : Promise.reject(new ApiProblem({ kind: 'notFound', message: '' }));
  }

  listRuns(query: ListRunsQuery): Promise<RunPage> {
    if (this.listProblem) {
      return Promise.reject(new ApiProblem({ kind: this.listProblem, message: '' }));
    }
    const after = Date.parse(query.created_after ?? '') || 0;
    const runs = this.#shown().filter((run) => Date.parse(run.created_at) > after);
    return Promise.resolve({ runs: query.sort_order === 'desc' ? runs.reverse() : runs });
  }

  #shown(): Run[] {
    return this.made.filter(({ shownAt }) => shownAt <= this.clock.now()).map(({ run }) => run);
  }

  /** Time, or the end that a cancel makes of it. */
  async #pass(ms: number, signal: AbortSignal | undefined, kind: ProblemKind): Promise<void> {
    const cancelled = (): ApiProblem => new ApiProblem({ kind, code: 'aborted', message: '' });
    if (signal?.aborted) {
      throw cancelled();
    }
    if (ms > 0) {
      await new Promise<void>((resolve, reject) => {
        const stop = this.clock.after(ms, resolve);
        signal?.addEventListener('abort', () => {
          stop();
          reject(cancelled());
        });
      });
    }
  }
}

function idsOf(id: string) {
  return { run_id: id, task_id: id };
}
