import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { components } from '../../../src/oz/openapi';
import type { Run } from '../../local-oz/state';
import { call, get } from './call';
import { useLocalOz } from './localOz';

type Page = components['schemas']['ListRunsResponse'];

describe('local Oz: the list of runs', () => {
  const local = useLocalOz();

  const list = async (query: string): Promise<Run[]> =>
    (await get<Page>(local(), `/agent/runs?limit=500&${query}`)).runs;
  const all = (): Run[] => [...local().state.runs.values()].map(({ item }) => item);
  const ids = (runs: Run[]): string[] => runs.map(({ run_id }) => run_id).sort();
  const day = (ago: number): string => new Date(local().clock.now() - ago * 86_400_000).toISOString();

  /** Asks with `query`, and expects exactly the runs that `test` chooses, at least one of them. */
  async function expect(query: string, test: (run: Run) => boolean): Promise<void> {
    const expected = all().filter(test);
    assert.ok(expected.length > 0 && expected.length < all().length, `${query} would choose ${expected.length}`);
    assert.deepEqual(ids(await list(query)), ids(expected), query);
  }

  it('is filtered by every parameter', async () => {
    const spec = 'acme/storefront:.agents/skills/triage-flaky-tests/SKILL.md';
    const encoded = encodeURIComponent(spec);
    await expect('state=FAILED', ({ state }) => state === 'FAILED');
    await expect('state=FAILED&state=BLOCKED', ({ state }) => state === 'FAILED' || state === 'BLOCKED');
    await expect('source=SLACK', ({ source }) => source === 'SLACK');
    await expect('creator=sa-acme-bot', ({ creator }) => creator?.uid === 'sa-acme-bot');
    await expect('environment_id=env-infra', ({ agent_config }) => agent_config?.environment_id === 'env-infra');
    await expect('model_id=claude-sonnet-5', ({ agent_config }) => agent_config?.model_id === 'claude-sonnet-5');
    await expect(`skill=${encoded}`, ({ agent_config }) => agent_config?.skill_spec === spec);
    await expect(`skill_spec=${encoded}`, ({ agent_config }) => agent_config?.skill_spec === spec);
    await expect('schedule_id=sched-reconcile', ({ schedule }) => schedule?.schedule_id === 'sched-reconcile');
    await expect('execution_location=LOCAL', ({ execution_location }) => execution_location === 'LOCAL');
    await expect(`created_after=${day(1)}`, ({ created_at }) => created_at > day(1));
    await expect(`created_before=${day(1)}`, ({ created_at }) => created_at < day(1));
    for (const type of ['PLAN', 'PULL_REQUEST', 'SCREENSHOT', 'FILE'] as const) {
      await expect(
        `artifact_type=${type}`,
        ({ artifacts }) => artifacts?.some((one) => one.artifact_type === type) ?? false,
      );
    }
    await expect('state=SUCCEEDED&source=API', ({ state, source }) => state === 'SUCCEEDED' && source === 'API');
  });

  it('is filtered by the name of the configuration', async () => {
    await call(local(), 'POST /agent/runs', { body: { prompt: 'x', config: { name: 'nightly' } } });
    await expect('name=nightly', ({ agent_config }) => agent_config?.name === 'nightly');
  });

  it('takes updated_after strictly', async () => {
    const [newest, second] = await list('');
    assert.ok(newest && second && newest.updated_at > second.updated_at);
    assert.deepEqual(ids(await list(`updated_after=${second.updated_at}`)), [newest.run_id]);
  });

  it('finds the runs below a run at any depth', async () => {
    const parent = all().find(({ title }) => title === 'Add Apple Pay to the checkout sheet');
    const below = await list(`ancestor_run_id=${parent?.run_id ?? ''}`);
    assert.equal(below.length, 6);
    assert.ok(below.some(({ title }) => title === 'Check the certificate chain'));
    assert.equal((await call(local(), 'GET /agent/runs?ancestor_run_id=nobody')).status, 400);
  });

  it('searches title, prompt and skill, also with a letter too many', async () => {
    const titles = async (query: string): Promise<string[]> =>
      (await list(`q=${encodeURIComponent(query)}`)).map(({ title }) => title);
    assert.deepEqual(await titles('SESSION cart'), ['Keep the cart when a session expires']);
    assert.deepEqual(await titles('expirres'), ['Keep the cart when a session expires']);
    assert.deepEqual(await titles('provider sends again'), ['Fix the double charge on retried webhooks']);
    assert.ok((await titles('terraform-drift')).every((title) => title === 'Terraform drift check'));
    assert.deepEqual(await titles('zzzzzz'), []);
  });

  it('is in the order that was asked for, runs without a skill last', async () => {
    const order = async <T>(query: string, of: (run: Run) => T): Promise<T[]> => (await list(query)).map(of);
    const ascending = (values: string[]): string[] => [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    for (const [name, of] of [
      ['updated_at', (run: Run) => run.updated_at],
      ['created_at', (run: Run) => run.created_at],
      ['title', (run: Run) => run.title.toLowerCase()],
    ] as const) {
      const up = await order(`sort_by=${name}&sort_order=asc`, of);
      assert.deepEqual(up, ascending(up));
      assert.deepEqual(await order(`sort_by=${name}&sort_order=desc`, of), ascending(up).reverse());
    }
    assert.deepEqual(
      await order('', (run) => run.run_id),
      await order('sort_by=updated_at&sort_order=desc', (run) => run.run_id),
    );
    for (const direction of ['asc', 'desc']) {
      const skills = await order(`sort_by=agent&sort_order=${direction}`, (run) => run.agent_skill?.name ?? '');
      const named = skills.filter((name) => name !== '');
      assert.deepEqual(
        skills.slice(0, named.length),
        direction === 'asc' ? ascending(named) : ascending(named).reverse(),
      );
    }
  });

  it('gives every run once over all pages, whatever the order and the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('updated_at', 'created_at', 'title', 'agent'),
        fc.constantFrom('asc', 'desc'),
        fc.integer({ min: 1, max: 70 }),
        async (sort, order, limit) => {
          const query = `sort_by=${sort}&sort_order=${order}`;
          const found: Run[] = [];
          let cursor = '';
          do {
            const page = await get<Page>(local(), `/agent/runs?${query}&limit=${limit}${cursor}`);
            assert.ok(page.runs.length <= limit);
            assert.equal(page.page_info.has_next_page, page.page_info.next_cursor !== undefined);
            found.push(...page.runs);
            cursor = page.page_info.next_cursor === undefined ? '' : `&cursor=${page.page_info.next_cursor}`;
          } while (cursor !== '');
          assert.deepEqual(found, await list(query));
        },
      ),
      { numRuns: 12 },
    );
  });

  it('refuses a cursor of another order', async () => {
    const { page_info } = await get<Page>(local(), '/agent/runs?limit=5&sort_by=title');
    const cursor = page_info.next_cursor ?? '';
    const status = async (query: string): Promise<number> =>
      (await call(local(), `GET /agent/runs?limit=5&${query}`)).status;
    assert.equal(await status(`sort_by=title&cursor=${cursor}`), 200);
    assert.equal(await status(`cursor=${cursor}`), 400);
    assert.equal(await status(`sort_by=title&sort_order=asc&cursor=${cursor}`), 400);
    assert.equal(await status('cursor=nonsense'), 400);
  });

  it('has 20 runs on a page unless asked otherwise', async () => {
    assert.equal((await get<Page>(local(), '/agent/runs')).runs.length, 20);
  });
});
