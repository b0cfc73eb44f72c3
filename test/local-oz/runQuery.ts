import type { operations } from '../../src/oz/openapi';
import { invalid } from './problems';
import type { OzState, Run, StoredRun } from './state';

export type RunsQuery = NonNullable<operations['listRuns']['parameters']['query']>;

interface Key {
  value: string | number;
  id: string;
}

/** A page of runs as GET /agent/runs gives it. */
export function listRuns(
  state: OzState,
  query: RunsQuery,
): { runs: Run[]; page_info: { has_next_page: boolean; next_cursor?: string } } {
  const { limit = 20, sort_by = 'updated_at', sort_order = 'desc' } = query;
  const sort = `${sort_by} ${sort_order}`;
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, sort);
  const matches = filter(state, query);
  const keyOf = KEYS[sort_by];
  // Runs without a skill come last, whatever the order.
  const compare = (a: Key, b: Key): number => {
    if (sort_by === 'agent' && (a.value === '') !== (b.value === '')) return a.value === '' ? 1 : -1;
    const order = a.value < b.value ? -1 : a.value > b.value ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
    return sort_order === 'asc' ? order : -order;
  };
  const page = new Page(limit + 1, compare);
  for (const run of state.runs.values()) {
    const key = { value: keyOf(run), id: run.item.run_id };
    if (page.takes(key) && (!after || compare(key, after) > 0) && matches(run)) page.add(key, run);
  }
  const found = page.rows();
  const last = found[limit - 1];
  const hasNext = found.length > limit && last !== undefined;
  return {
    runs: found.slice(0, limit).map(({ run }) => run.item),
    page_info: { has_next_page: hasNext, ...(hasNext && { next_cursor: writeCursor(sort, last.key) }) },
  };
}

const KEYS: Record<NonNullable<RunsQuery['sort_by']>, (run: StoredRun) => string | number> = {
  updated_at: (run) => run.updatedAt,
  created_at: (run) => run.createdAt,
  title: (run) => run.item.title.toLowerCase(),
  agent: (run) => run.item.agent_skill?.name?.toLowerCase() ?? '',
};

/** Keeps the first `size` rows of those offered: sorting 100,000 runs for a page of 100 would take too long. */
class Page {
  readonly #rows: { key: Key; run: StoredRun }[] = [];

  constructor(
    private readonly size: number,
    private readonly compare: (a: Key, b: Key) => number,
  ) {}

  takes(key: Key): boolean {
    const last = this.#rows[this.size - 1];
    return !last || this.compare(key, last.key) < 0;
  }

  add(key: Key, run: StoredRun): void {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#rows[middle];
      if (other && this.compare(key, other.key) < 0) high = middle;
      else low = middle + 1;
    }
    this.#rows.splice(low, 0, { key, run });
    if (this.#rows.length > this.size) this.#rows.pop();
  }

  rows(): readonly { key: Key; run: StoredRun }[] {
    return this.#rows;
  }
}

type Test = (run: StoredRun) => boolean;

function filter(state: OzState, query: RunsQuery): Test {
  const tests: Test[] = [];
  const add = <T>(value: T | undefined, test: (run: StoredRun, value: T) => boolean): void => {
    if (value !== undefined) tests.push((run) => test(run, value));
  };
  const time = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));
  add(query.state && new Set(query.state), ({ item }, states) => states.has(item.state));
  add(query.source, ({ item }, source) => item.source === source);
  add(query.execution_location, ({ item }, location) => item.execution_location === location);
  add(query.creator, ({ item }, uid) => item.creator?.uid === uid);
  add(query.environment_id, ({ item }, id) => item.agent_config?.environment_id === id);
  add(query.name, ({ item }, name) => item.agent_config?.name === name);
  add(query.model_id, ({ item }, id) => item.agent_config?.model_id === id);
  add(query.skill, ({ item }, spec) => item.agent_config?.skill_spec === spec);
  add(query.skill_spec, ({ item }, spec) => item.agent_config?.skill_spec === spec);
  add(query.schedule_id, ({ item }, id) => item.schedule?.schedule_id === id);
  add(query.artifact_type, ({ item }, type) => item.artifacts?.some((one) => one.artifact_type === type) ?? false);
  add(time(query.created_after), ({ createdAt }, limit) => createdAt > limit);
  add(time(query.created_before), ({ createdAt }, limit) => createdAt < limit);
  add(time(query.updated_after), ({ updatedAt }, limit) => updatedAt > limit);
  if (query.ancestor_run_id !== undefined) {
    if (!state.runs.has(query.ancestor_run_id))
      throw invalid('The ancestor run does not exist.', query.ancestor_run_id);
    const below = state.descendants(query.ancestor_run_id);
    tests.push(({ item }) => below.has(item.run_id));
  }
  const words = query.q?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  if (words.length) tests.push((run) => words.every((word) => isLike(searchText(run), word)));
  return (run) => tests.every((test) => test(run));
}

function searchText(run: StoredRun): string {
  const { title, prompt, agent_config } = run.item;
  run.searchText ??= `${title}\n${prompt}\n${agent_config?.skill_spec ?? ''}`.toLowerCase();
  return run.searchText;
}

/** Whether `text` has `word`, or has it with one letter left out: as fuzzy as a search box should be. */
function isLike(text: string, word: string): boolean {
  if (text.includes(word)) return true;
  if (word.length < 5) return false;
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1)).some((one) => text.includes(one));
}

function writeCursor(sort: string, key: Key): string {
  return Buffer.from(JSON.stringify([sort, key.value, key.id])).toString('base64url');
}

function readCursor(cursor: string, sort: string): Key {
  try {
    const [usedSort, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [
      string,
      string | number,
      string,
    ];
    if (usedSort === sort) return { value, id };
  } catch {
    // Answered below: not a cursor of this list.
  }
  throw invalid('The cursor is not valid for this sort order.');
}
