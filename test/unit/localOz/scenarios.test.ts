import assert from 'node:assert/strict';
import type { components } from '../../../src/oz/openapi';
import { OzClock } from '../../local-oz/clock';
import { allMessages } from '../../local-oz/script';
import { startLocalOz, type LocalOz, type LocalOzOptions } from '../../local-oz/server';
import type { Run } from '../../local-oz/state';
import { call, get } from './call';

type Schemas = components['schemas'];
type Conversation = Schemas['ConversationResponse'];

const STATES = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS', 'SUCCEEDED', 'FAILED', 'BLOCKED', 'ERROR', 'CANCELLED'];

describe('local Oz: scenarios', () => {
  const started: LocalOz[] = [];

  async function start(options: LocalOzOptions): Promise<LocalOz> {
    const oz = await startLocalOz(options);
    started.push(oz);
    return oz;
  }

  afterEach(async () => {
    for (const oz of started.splice(0)) {
      await oz.close();
      oz.assertNoViolations();
    }
  });

  /** All that can be read of a service, without the ports that it listens on. */
  async function everything(oz: LocalOz): Promise<string> {
    const texts: string[] = [];
    const { runs } = await get<Schemas['ListRunsResponse']>(oz, '/agent/runs?limit=500');
    const paths = [
      '/agent',
      '/agent/schedules',
      '/agent/environments',
      '/agent/identities',
      ...runs.map(conversationPath),
    ];
    for (const path of paths)
      texts.push(JSON.stringify((await call(oz, `GET ${path}`)).body).replace(/"trace_id":"\w+"/, ''));
    return [JSON.stringify(runs), ...texts].join('\n').replaceAll(oz.webUrl, '').replaceAll(oz.storageUrl, '');
  }

  const conversationPath = ({ run_id }: Run): string => `/agent/runs/${run_id}/conversation`;

  it('are the same for the same seed, and others for another', async () => {
    const first = await everything(await start({ seed: 3 }));
    assert.equal(await everything(await start({ seed: 3 })), first);
    assert.notEqual(await everything(await start({ seed: 4 })), first);
  });

  it('are relative to the start of the clock', async () => {
    const shift = 7 * 86_400_000;
    const time = Date.parse('2026-05-06T14:30:00Z');
    const titles = async (clock: OzClock): Promise<[string, number][]> => {
      const { runs } = await get<Schemas['ListRunsResponse']>(await start({ clock }), '/agent/runs?limit=500');
      return runs.map(({ title, updated_at }) => [title, Date.parse(updated_at) - clock.now()]);
    };
    assert.deepEqual(await titles(OzClock.controlled(time)), await titles(OzClock.controlled(time + shift)));
  });

  it('empty has models and nothing else', async () => {
    const oz = await start({ scenario: 'empty' });
    for (const path of ['/agent/runs', '/agent/schedules', '/agent/environments', '/agent', '/agent/identities']) {
      const body = await get<Record<string, unknown>>(oz, path);
      assert.deepEqual(Object.values(body)[0], [], path);
    }
  });

  describe('demo', () => {
    it('has 60 runs in all nine states, on every day of the week', async () => {
      for (let day = 0; day < 7; day++) {
        const clock = OzClock.controlled(Date.parse('2026-11-16T02:30:00Z') + day * 90_000_000);
        const oz = await start({ clock });
        const runs = [...oz.state.runs.values()].map(({ item }) => item);
        assert.equal(runs.length, 60);
        assert.deepEqual(new Set(runs.map(({ state }) => state)), new Set(STATES));
        assert.ok(
          runs.every(({ created_at, updated_at }) => created_at <= updated_at && Date.parse(updated_at) <= clock.now()),
        );
      }
    });

    it('has families three levels deep, service accounts, and every kind of artifact', async () => {
      const oz = await start({});
      const runs = [...oz.state.runs.values()].map(({ item }) => item);
      const depth = (run: Run | undefined): number =>
        run?.parent_run_id === undefined ? 0 : 1 + depth(oz.run(run.parent_run_id));
      assert.equal(Math.max(...runs.map(depth)), 3);
      assert.ok(runs.some(({ creator }) => creator?.type === 'service_account'));
      const kinds = new Set(runs.flatMap(({ artifacts = [] }) => artifacts.map(({ artifact_type }) => artifact_type)));
      assert.deepEqual([...kinds].sort(), ['EXTERNAL_REFERENCE', 'FILE', 'PLAN', 'PULL_REQUEST', 'SCREENSHOT']);
    });

    it('begins with runs that look natural', async () => {
      const { runs } = await get<Schemas['ListRunsResponse']>(await start({}), '/agent/runs?limit=25');
      for (const { title } of runs) assert.match(title, /^[A-Z][\w #:’,.?-]{8,60}$/);
    });

    it('has conversations with all that is difficult to show', async () => {
      const oz = await start({});
      const { runs } = await get<Schemas['ListRunsResponse']>(oz, '/agent/runs?limit=500');
      const conversations: Conversation[] = [];
      for (const run of runs) {
        const { status, body } = await call(oz, `GET ${conversationPath(run)}`);
        if (status === 200) conversations.push(body as Conversation);
      }
      const messages = conversations.map(({ steps }) => allMessages(steps));
      const blocks = messages.flat().flatMap(({ content }) => content);
      const results = blocks.filter((block) => block.type === 'action_result');
      assert.ok(Math.max(...messages.map(({ length }) => length)) >= 200);
      assert.ok(Math.max(...results.map(({ output }) => JSON.stringify(output).length)) >= 200_000);
      assert.deepEqual(
        new Set(results.map(({ state }) => state)),
        new Set(['running', 'completed', 'failed', 'denied']),
      );
      assert.deepEqual(
        new Set(blocks.flatMap((block) => (block.type === 'action' ? [block.category] : []))),
        new Set(['command', 'files', 'search', 'integration', 'documents', 'computer', 'review', 'skill']),
      );
      assert.deepEqual(
        new Set(messages.flat().map(({ role }) => role)),
        new Set(['user', 'assistant', 'tool', 'system']),
      );
    });

    it('goes on as time passes', async () => {
      const oz = await start({});
      const active = [...oz.state.runs.values()].filter(({ item }) =>
        ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS'].includes(item.state),
      );
      oz.clock.advance(3_600_000);
      assert.deepEqual(
        active.map(({ item }) => oz.run(item.run_id).state),
        active.map(() => 'SUCCEEDED'),
      );
    });
  });

  it('scale has 100,000 runs that can all be reached and read', async () => {
    const oz = await start({ scenario: 'scale' });
    let page = await get<Schemas['ListRunsResponse']>(oz, '/agent/runs?limit=500');
    const ids = new Set<string>();
    for (let pages = 0; pages < 3; pages++) {
      for (const { run_id } of page.runs) ids.add(run_id);
      page = await get<Schemas['ListRunsResponse']>(
        oz,
        `/agent/runs?limit=500&cursor=${page.page_info.next_cursor ?? ''}`,
      );
    }
    assert.equal(ids.size, 1500);
    assert.equal(oz.state.runs.size, 100_000);
    const [run] = page.runs;
    const read = async (): Promise<unknown> =>
      (await call(oz, `GET /agent/runs/${run?.run_id ?? ''}/conversation`)).body;
    const first = await read();
    assert.ok(allMessages((first as Conversation).steps).length > 3);
    oz.clock.advance(1000);
    assert.deepEqual(await read(), first);
  }).timeout(20_000);

  it('huge has a conversation of 10,000 messages and about 10 MB', async () => {
    const oz = await start({ scenario: 'huge' });
    const { runs } = await get<Schemas['ListRunsResponse']>(oz, '/agent/runs');
    const [run] = runs;
    assert.ok(run);
    const path = conversationPath(run);
    const { body } = await call(oz, `GET ${path}`);
    assert.equal(allMessages((body as Conversation).steps).length, 10_000);
    const size = JSON.stringify(body).length;
    assert.ok(size > 9e6 && size < 12e6, `${size} characters`);
    assert.deepEqual((await call(oz, `GET ${path}`)).body, body);
  }).timeout(20_000);
});
