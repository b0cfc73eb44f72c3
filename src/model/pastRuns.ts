import type { OzClient } from '../oz/ozClient';
import type { ApiProblem } from '../oz/problems';
import type { Run, RunPage } from '../oz/types';
import { asProblem } from './loadStatus';
import { timeOf } from './serviceTime';

const pageSize = 20;

/** The runs that one schedule started, newest first, as far as they were read. */
export class PastRuns {
  readonly #client: Pick<OzClient, 'listRuns'>;
  readonly #scheduleId: string;
  readonly #runs = new Map<string, Run>();
  /** Undefined until somebody asks for them. */
  #sorted: readonly Run[] | undefined;
  #cursor: string | undefined;
  #isLoading = false;
  #problem: ApiProblem | undefined;
  #wasRead = false;

  constructor(client: Pick<OzClient, 'listRuns'>, scheduleId: string) {
    this.#client = client;
    this.#scheduleId = scheduleId;
  }

  get runs(): readonly Run[] {
    this.#sorted ??= [...this.#runs.values()].sort((a, b) => timeOf(b.created_at) - timeOf(a.created_at));
    return this.#sorted;
  }

  get(runId: string): Run | undefined {
    return this.#runs.get(runId);
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** Whether they were ever read. */
  get wasRead(): boolean {
    return this.#wasRead;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** What kept the last reading from succeeding. */
  get problem(): ApiProblem | undefined {
    return this.#problem;
  }

  /** Reads the newest, and forgets the older ones when runs between were not read. Never rejects. */
  readNewest(signal: AbortSignal): Promise<void> {
    return this.#read(async () => {
      const page = await this.#page(undefined, signal);
      if (!this.#wasRead || !page.runs.some((run) => this.#runs.has(run.run_id))) {
        this.#runs.clear();
        this.#cursor = page.nextCursor;
        this.#wasRead = true;
      }
      this.#adopt(page.runs);
    }, signal);
  }

  /** Reads older ones; the newest when nothing was read yet or the cursor went stale. Never rejects. */
  async readMore(signal: AbortSignal): Promise<void> {
    const cursor = this.#cursor;
    if (!this.#wasRead || cursor === undefined) {
      return this.readNewest(signal);
    }
    await this.#read(async () => {
      const page = await this.#page(cursor, signal);
      const known = this.#runs.size;
      this.#adopt(page.runs);
      this.#cursor = page.nextCursor === cursor || this.#runs.size === known ? undefined : page.nextCursor;
    }, signal);
    if (this.#problem?.kind === 'invalid') {
      this.#wasRead = false;
      return this.readNewest(signal);
    }
    return undefined;
  }

  async #read(reading: () => Promise<void>, signal: AbortSignal): Promise<void> {
    this.#isLoading = true;
    this.#problem = undefined;
    try {
      await reading();
    } catch (error) {
      this.#problem = signal.aborted ? undefined : asProblem(error);
    } finally {
      this.#isLoading = false;
    }
  }

  async #page(cursor: string | undefined, signal: AbortSignal): Promise<RunPage> {
    const page = await this.#client.listRuns(
      {
        schedule_id: this.#scheduleId,
        sort_by: 'created_at',
        sort_order: 'desc',
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      },
      signal,
    );
    signal.throwIfAborted();
    return page;
  }

  #adopt(runs: readonly Run[]): void {
    this.#sorted = undefined;
    for (const run of runs) {
      this.#runs.set(run.run_id, run);
    }
  }
}
