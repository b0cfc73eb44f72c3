import assert from 'node:assert/strict';
import { sharedContract } from '../../local-oz/contract';
import { loneConversationId } from '../../local-oz/scenarios/demo';
import type { LocalOz } from '../../local-oz/server';
import { call, get, type CallOptions } from './call';
import { useLocalOz } from './localOz';

interface Example {
  path: string;
  status: number;
  options?: CallOptions;
}

/** A good call to each operation, made of what the demo scenario has. */
const examples: Record<string, (oz: LocalOz) => Example> = {
  'GET /agent': () => ({ path: '/agent?repo=acme/storefront&sort_by=last_run&refresh=true', status: 200 }),
  'POST /agent/run': () => ({ path: '/agent/run', status: 200, options: { body: { prompt: 'Hello' } } }),
  'POST /agent/runs': () => ({ path: '/agent/runs', status: 200, options: { body: { prompt: 'Hello' } } }),
  'GET /agent/runs': () => ({ path: '/agent/runs?limit=5', status: 200 }),
  'GET /agent/runs/{runId}': (oz) => ({ path: `/agent/runs/${runIn(oz, 'SUCCEEDED')}`, status: 200 }),
  'GET /agent/runs/{runId}/conversation': (oz) => ({
    path: `/agent/runs/${runIn(oz, 'SUCCEEDED')}/conversation`,
    status: 200,
  }),
  'GET /agent/runs/{runId}/transcript': (oz) => ({
    path: `/agent/runs/${runIn(oz, 'SUCCEEDED')}/transcript`,
    status: 302,
  }),
  'POST /agent/runs/{runId}/cancel': (oz) => ({ path: `/agent/runs/${runIn(oz, 'INPROGRESS')}/cancel`, status: 200 }),
  'POST /agent/runs/{runId}/followups': (oz) => ({
    path: `/agent/runs/${runIn(oz, 'BLOCKED')}/followups`,
    status: 200,
    options: { body: { message: 'Yes, go on' } },
  }),
  'GET /agent/conversations/{conversation_id}': (oz) => ({
    path: `/agent/conversations/${oz.run(runIn(oz, 'SUCCEEDED')).conversation_id ?? ''}`,
    status: 200,
  }),
  'GET /agent/sessions/{sessionUuid}/redirect': (oz) => ({
    path: `/agent/sessions/${oz.run(runIn(oz, 'SUCCEEDED')).session_id ?? ''}/redirect`,
    status: 200,
  }),
  'GET /agent/schedules': () => ({ path: '/agent/schedules', status: 200 }),
  'POST /agent/schedules': () => ({
    path: '/agent/schedules',
    status: 201,
    options: { body: { name: 'Often', cron_schedule: '*/5 * * * *', prompt: 'Look' } },
  }),
  'GET /agent/schedules/{scheduleId}': () => ({ path: '/agent/schedules/sched-flaky', status: 200 }),
  'PUT /agent/schedules/{scheduleId}': () => ({
    path: '/agent/schedules/sched-flaky',
    status: 200,
    options: { body: { name: 'Flaky', cron_schedule: '0 1 * * *', enabled: true, prompt: 'Look' } },
  }),
  'DELETE /agent/schedules/{scheduleId}': () => ({ path: '/agent/schedules/sched-flaky', status: 200 }),
  'POST /agent/schedules/{scheduleId}/pause': () => ({ path: '/agent/schedules/sched-flaky/pause', status: 200 }),
  'POST /agent/schedules/{scheduleId}/resume': () => ({ path: '/agent/schedules/sched-flaky/resume', status: 200 }),
  'GET /agent/environments': () => ({ path: '/agent/environments?sort_by=name', status: 200 }),
  'GET /agent/models': () => ({ path: '/agent/models', status: 200 }),
  'GET /agent/artifacts/{artifactUid}': (oz) => ({
    path: `/agent/artifacts/${[...oz.state.artifacts.keys()][0] ?? ''}`,
    status: 200,
  }),
  'GET /agent/identities': () => ({ path: '/agent/identities', status: 200 }),
  'POST /agent/identities': () => ({ path: '/agent/identities', status: 201, options: { body: { name: 'Tester' } } }),
  'PUT /agent/identities/{uid}': () => ({
    path: '/agent/identities/agent-oncall',
    status: 200,
    options: { body: { name: 'On call' } },
  }),
  'DELETE /agent/identities/{uid}': () => ({ path: '/agent/identities/agent-oncall', status: 204 }),
  'POST /agent/messages': (oz) => ({
    path: '/agent/messages',
    status: 200,
    options: {
      body: {
        to: [runIn(oz, 'INPROGRESS')],
        subject: 'Ready',
        body: 'The branch is there.',
        sender_run_id: runIn(oz, 'SUCCEEDED'),
      },
    },
  }),
  'GET /agent/messages/{runId}': (oz) => ({
    path: `/agent/messages/${runIn(oz, 'INPROGRESS')}?unread=true&limit=10`,
    status: 200,
  }),
  'POST /agent/messages/{messageId}/read': (oz) => ({ path: `/agent/messages/${messageIn(oz)}/read`, status: 200 }),
  'POST /agent/messages/{messageId}/delivered': (oz) => ({
    path: `/agent/messages/${messageIn(oz)}/delivered`,
    status: 204,
  }),
  'GET /agent/events': (oz) => ({ path: `/agent/events?run_ids=${runIn(oz, 'INPROGRESS')}&since=0`, status: 200 }),
  'POST /agent/events/{runId}': (oz) => ({
    path: `/agent/events/${runIn(oz, 'INPROGRESS')}`,
    status: 200,
    options: { body: { event_type: 'run_succeeded' } },
  }),
};

function runIn(oz: LocalOz, state: string): string {
  for (const { item } of oz.state.runs.values()) {
    if (item.state === state && item.conversation_id !== undefined && item.agent_config?.harness === undefined) {
      return item.run_id;
    }
  }
  throw new Error(`The scenario has no ${state} run`);
}

function messageIn(oz: LocalOz): string {
  oz.state.messages.set('message-1', {
    message_id: 'message-1',
    to: runIn(oz, 'INPROGRESS'),
    sender_run_id: runIn(oz, 'SUCCEEDED'),
    subject: 'Ready',
    body: 'The branch is there.',
    sent_at: '2026-03-18T14:00:00.000Z',
    delivered_at: null,
    read_at: null,
  });
  return 'message-1';
}

describe('local Oz: operations', () => {
  const local = useLocalOz();

  for (const [key, example] of Object.entries(examples)) {
    it(`answers ${key} as openapi.yaml says`, async () => {
      const { path, status, options } = example(local());
      const method = key.split(' ')[0] ?? '';
      const reply = await call(local(), `${method} ${path}`, options);
      assert.equal(reply.status, status, JSON.stringify(reply.body));
    });
  }

  it('leaves no operation of openapi.yaml untried', () => {
    const described = sharedContract().operations.map(({ key }) => key);
    assert.deepEqual(Object.keys(examples).sort(), described.sort());
  });

  it('dates its answers by its own clock', async () => {
    const before = (await call(local(), 'GET /agent/models')).headers.get('date');
    local().clock.advance(3_600_000);
    const after = (await call(local(), 'GET /agent/models')).headers.get('date');
    assert.equal(Date.parse(after ?? '') - Date.parse(before ?? ''), 3_600_000);
  });

  it('hides malformed skills unless they are asked for', async () => {
    const names = async (query: string): Promise<string[]> =>
      (await get<{ agents: { name: string }[] }>(local(), `/agent${query}`)).agents.map(({ name }) => name);
    assert.ok(!(await names('')).includes('load-test'));
    assert.ok((await names('?include_malformed_skills=true')).includes('load-test'));
    assert.deepEqual(await names('?repo=acme/infra'), ['terraform-drift']);
    assert.equal((await call(local(), 'GET /agent?repo=nonsense')).status, 400);
  });

  it('tells when a session has become a conversation', async () => {
    const finished = local().run(runIn(local(), 'SUCCEEDED'));
    const working = local().run(runIn(local(), 'INPROGRESS'));
    assert.deepEqual(await get(local(), `/agent/sessions/${finished.session_id ?? ''}/redirect`), {
      conversation_id: finished.conversation_id,
    });
    assert.deepEqual(await get(local(), `/agent/sessions/${working.session_id ?? ''}/redirect`), {});
    assert.deepEqual(await get(local(), '/agent/sessions/nobody/redirect'), {});
  });

  it('lets a session become a conversation when its run ends', async () => {
    const id = runIn(local(), 'INPROGRESS');
    const { session_id: session = '', conversation_id } = local().run(id);
    local().setState(id, 'SUCCEEDED');
    assert.deepEqual(await get(local(), `/agent/sessions/${session}/redirect`), { conversation_id });
  });

  it('has a conversation of no run, and says no to ids and keys that are not known', async () => {
    const lone = `/agent/conversations/${loneConversationId}`;
    const { steps } = await get<{ steps: unknown[] }>(local(), lone);
    assert.equal(steps.length, 1);
    assert.ok([...local().state.runs.values()].every(({ item }) => item.conversation_id !== loneConversationId));
    assert.equal((await call(local(), 'GET /agent/conversations/nobody')).status, 404);
    assert.equal((await call(local(), `GET ${lone}`, { headers: { authorization: 'Bearer wk-other' } })).status, 401);
  });
});
