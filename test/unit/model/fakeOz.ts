import { ApiProblem, type ProblemKind } from '../../../src/oz/problems';
import type { ListRunsQuery, Run, RunPage } from '../../../src/oz/types';

export function run(id: string, updated: string | number, members: Partial<Run> = {}): Run {
  const time = typeof updated === 'number' ? new Date(updated).toISOString() : updated;
  return {
    run_id: id,
    title: `Title of ${id}`,
    prompt: 'Do it',
    state: 'SUCCEEDED',
    created_at: time,
    updated_at: time,
    ...members,
  } as Run;
}

export function problem(kind: ProblemKind, facts: { retryAfter?: number } = {}): ApiProblem {
  return new ApiProblem({ kind, message: kind, ...facts });
}

/** A list of runs as the service keeps it: sorted, in pages by cursor, and moving whenever a test says so. */
export class FakeOz {
  readonly runs = new Map<string, Run>();
  readonly calls: ListRunsQuery[] = [];
  readonly reads: string[] = [];
  /** Thrown instead of the next answers, in turn. */
  failures: ApiProblem[] = [];
  /** Answers wait for this. */
  gate: Promise<void> = Promise.resolve();
  /** Called before each answer is made, so that the list can change between any two of them. */
  beforeAnswer: () => void = () => undefined;
  /** The most runs on a page, however many are asked for. */
  mostOnPage = Infinity;
  /** A cursor says how many runs lie before it, or which run does. */
  cursors: 'positions' | 'runs' = 'positions';
  /** How many requests were open at the same time at most. */
  mostAtOnce = 0;
  #open = 0;
  #cursorAge = 0;

  constructor(...runs: Run[]) {
    this.set(...runs);
  }

  set(...runs: Run[]): void {
    for (const item of runs) {
      this.runs.set(item.run_id, item);
    }
  }

  /** The cursors given out so far are refused from now on. */
  expireCursors(): void {
    this.#cursorAge += 1;
  }

  async listRuns(query: ListRunsQuery): Promise<RunPage> {
    this.calls.push(query);
    await this.#answer();
    const { cursor, updated_after: after } = query;
    const limit = Math.min(query.limit ?? 20, this.mostOnPage);
    const key = query.sort_by === 'created_at' ? 'created_at' : 'updated_at';
    const place = (item: Run): string => `${item[key]} ${item.run_id}`;
    const isBefore = (one: string, other: string): boolean => (query.sort_order === 'asc' ? one < other : one > other);
    const sorted = [...this.runs.values()]
      .filter((item) => after === undefined || item.updated_at > after)
      .filter((item) => this.#suits(item, query))
      .sort((a, b) => (isBefore(place(a), place(b)) ? -1 : 1));
    const [age, position] = cursor?.split('|') ?? [String(this.#cursorAge), ''];
    if (age !== String(this.#cursorAge)) {
      throw problem('invalid');
    }
    const found =
      this.cursors === 'runs' ? sorted.findIndex((item) => isBefore(position ?? '', place(item))) : Number(position);
    const start = cursor === undefined ? 0 : found;
    const page = sorted.slice(start, start + limit);
    const last = page.at(-1);
    const next = this.cursors === 'runs' && last ? place(last) : start + limit;
    return {
      runs: page,
      ...(start + limit < sorted.length ? { nextCursor: `${this.#cursorAge}|${next}` } : {}),
    };
  }

  async getRun(runId: string): Promise<Run> {
    this.reads.push(runId);
    await this.#answer();
    const found = this.runs.get(runId);
    if (!found) {
      throw problem('notFound');
    }
    return found;
  }

  #suits(item: Run, query: ListRunsQuery): boolean {
    const is = (wanted: string | undefined, value: string | undefined): boolean =>
      wanted === undefined || wanted === value;
    return (
      (!query.state || query.state.some((state) => state === item.state)) &&
      is(query.source, item.source) &&
      is(query.creator, item.creator?.uid) &&
      is(query.schedule_id, item.schedule?.schedule_id) &&
      (query.created_after === undefined || item.created_at > query.created_after) &&
      (query.q === undefined || item.title.includes(query.q)) &&
      (query.ancestor_run_id === undefined || this.#isBelow(item, query.ancestor_run_id))
    );
  }

  #isBelow({ parent_run_id: parent }: Run, ancestor: string): boolean {
    const above = parent === undefined ? undefined : this.runs.get(parent);
    return parent === ancestor || (above !== undefined && this.#isBelow(above, ancestor));
  }

  async #answer(): Promise<void> {
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    await this.gate;
    this.#open -= 1;
    this.beforeAnswer();
    const failure = this.failures.shift();
    if (failure) {
      throw failure;
    }
  }
}
