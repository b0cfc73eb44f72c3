import assert from 'node:assert/strict';
import type { components } from '../../../src/oz/openapi';
import type { LaunchRequest } from '../../local-oz/newRun';
import { allMessages } from '../../local-oz/script';
import type { Run } from '../../local-oz/state';
import { call, get } from './call';
import { useLocalOz } from './localOz';

type Conversation = components['schemas']['ConversationResponse'];
type Launched = components['schemas']['RunAgentResponse'];

describe('local Oz: runs', () => {
  const local = useLocalOz();

  async function launch(request: LaunchRequest): Promise<Run> {
    const { status, body } = await call(local(), 'POST /agent/runs', { body: request });
    assert.equal(status, 200, JSON.stringify(body));
    return get<Run>(local(), `/agent/runs/${(body as Launched).run_id}`);
  }

  /** The states that a run is seen in, second by second, until it stays in one for a minute. */
  function statesOf(id: string): string[] {
    const seen = [local().run(id).state];
    for (let quiet = 0; quiet < 60; quiet++) {
      local().clock.advance(1000);
      const { state } = local().run(id);
      if (state === seen.at(-1)) continue;
      seen.push(state);
      quiet = 0;
    }
    return seen;
  }

  const refused = async (what: string, body?: unknown): Promise<[status: number, retryable: unknown]> => {
    const reply = await call(local(), what, { body });
    return [reply.status, (reply.body as { retryable?: unknown }).retryable];
  };

  it('take a launched run through its states in 40 seconds, to a plan and a pull request', async () => {
    const run = await launch({ prompt: 'Round order totals once' });
    const begun = local().clock.now();
    assert.deepEqual(statesOf(run.run_id), ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS', 'SUCCEEDED']);
    const done = local().run(run.run_id);
    assert.equal(Date.parse(done.finished_at ?? '') - begun, 40_000);
    assert.equal(done.run_time, 'PT34S');
    assert.deepEqual(
      done.artifacts?.map(({ artifact_type }) => artifact_type),
      ['PLAN', 'PULL_REQUEST'],
    );
  });

  for (const [marker, end] of [
    ['[fail]', 'FAILED'],
    ['[error]', 'ERROR'],
    ['[block]', 'BLOCKED'],
  ]) {
    it(`end as ${end} when the prompt has ${marker}`, async () => {
      const run = await launch({ prompt: `Please ${marker}` });
      assert.equal(statesOf(run.run_id).at(-1), end);
      assert.ok(local().run(run.run_id).status_message?.message);
    });
  }

  it('say one message after the other, and move updated_at with each', async () => {
    const run = await launch({ prompt: 'Round order totals once' });
    assert.equal((await call(local(), `GET /agent/runs/${run.run_id}/conversation`)).status, 404);
    local().clock.advance(6000);
    const counts: number[] = [];
    for (let second = 0; second <= 34; second++) {
      const { steps } = await get<Conversation>(local(), `/agent/runs/${run.run_id}/conversation`);
      const messages = allMessages(steps);
      counts.push(messages.length);
      const latest = messages.reduce((most, { timestamp = '' }) => (timestamp > most ? timestamp : most), '');
      assert.equal(local().run(run.run_id).updated_at, latest);
      local().clock.advance(1000);
    }
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
    );
    assert.equal(counts[0], 1);
    assert.ok(new Set(counts).size > 10);
  });

  it('date every step by the messages in it', async () => {
    const run = await launch({ prompt: 'Round order totals once' });
    local().clock.advance(20_000);
    const { steps } = await get<Conversation>(local(), `/agent/runs/${run.run_id}/conversation`);
    const [step] = steps;
    assert.ok(step);
    const times = allMessages([step]).map(({ timestamp = '' }) => timestamp);
    assert.deepEqual([step.started_at, step.completed_at], [times.sort()[0], times.sort().at(-1)]);
  });

  it('refuse a launch that cannot work', async () => {
    const six = Array.from({ length: 6 }, () => ({ file_name: 'a.png', mime_type: 'image/png', data: 'AAAA' }));
    const cases: [request: LaunchRequest, status: number][] = [
      [{}, 400],
      [{ prompt: '  ' }, 400],
      [{ prompt: 'x', attachments: six }, 400],
      [{ prompt: 'x', parent_run_id: 'nobody' }, 400],
      [{ prompt: 'x', conversation_id: 'nobody' }, 400],
      [{ prompt: 'x', agent_identity_uid: 'nobody' }, 400],
      [{ prompt: 'x', agent_identity_uid: 'agent-default', team: false }, 400],
      [{ prompt: 'x', config: { model_id: 'nobody' } }, 400],
      [{ prompt: 'x', config: { model_id: 'claude-mythos' } }, 403],
      [{ prompt: 'x', config: { environment_id: 'nobody' } }, 403],
    ];
    const before = local().state.runs.size;
    for (const [body, status] of cases) {
      assert.equal((await call(local(), 'POST /agent/runs', { body })).status, status, JSON.stringify(body));
    }
    assert.equal(local().state.runs.size, before);
  });

  it('know a skill under all its names, and fail when it cannot be found', async () => {
    const spec = 'acme/storefront:.agents/skills/changelog/SKILL.md';
    for (const skill of [spec, 'storefront:changelog', 'acme/storefront:changelog']) {
      const run = await launch({ skill });
      assert.equal(run.agent_skill?.name, 'changelog');
      assert.equal(run.agent_config?.skill_spec, spec);
    }
    const run = await launch({ skill: 'acme/storefront:release-notes', prompt: 'x' });
    assert.deepEqual(statesOf(run.run_id), ['QUEUED', 'PENDING', 'CLAIMED', 'FAILED']);
    assert.equal(local().run(run.run_id).status_message?.error_code, 'resource_not_found');
  });

  it('fail in an environment whose setup fails', async () => {
    const run = await launch({ prompt: 'x', config: { environment_id: 'env-staging' } });
    assert.equal(statesOf(run.run_id).at(-1), 'FAILED');
    assert.equal(local().run(run.run_id).status_message?.error_code, 'environment_setup_failed');
  });

  it('wait while all places are taken', async () => {
    local().state.capacity = 0;
    const { body } = await call(local(), 'POST /agent/runs', { body: { prompt: 'x' } });
    const { run_id: id, at_capacity: atCapacity } = body as Launched;
    assert.equal(atCapacity, true);
    local().clock.advance(60_000);
    assert.equal(local().run(id).state, 'QUEUED');
    local().state.capacity = 50;
    const working = [...local().state.runs.values()].find(({ item }) => item.state === 'INPROGRESS');
    local().setState(working?.item.run_id ?? '', 'SUCCEEDED');
    assert.equal(statesOf(id).at(-1), 'SUCCEEDED');
  });

  it('continue a conversation in a new run', async () => {
    const first = await launch({ prompt: 'First' });
    statesOf(first.run_id);
    const { conversation_id } = local().run(first.run_id);
    const second = await launch({ prompt: 'Second', ...(conversation_id !== undefined && { conversation_id }) });
    statesOf(second.run_id);
    const { steps } = await get<Conversation>(local(), `/agent/runs/${second.run_id}/conversation`);
    const said = allMessages(steps).flatMap(({ role, content }) => (role === 'user' ? content : []));
    assert.deepEqual(
      said.map((block) => (block.type === 'text' ? block.text : '')),
      ['First', 'Second'],
    );
  });

  describe('cancel', () => {
    it('stops a run, its conversation and its future, and answers its id as a string', async () => {
      const run = await launch({ prompt: 'x' });
      local().clock.advance(15_000);
      const path = `/agent/runs/${run.run_id}`;
      const before = await get<Conversation>(local(), `${path}/conversation`);
      assert.equal((await call(local(), `POST ${path}/cancel`)).body, run.run_id);
      assert.equal(local().run(run.run_id).state, 'CANCELLED');
      local().clock.advance(120_000);
      assert.equal(local().run(run.run_id).state, 'CANCELLED');
      assert.deepEqual(await get(local(), `${path}/conversation`), before);
    });

    it('is refused with 409 while PENDING, which is worth repeating', async () => {
      const run = await launch({ prompt: 'x' });
      const cancel = `POST /agent/runs/${run.run_id}/cancel`;
      local().clock.advance(2500);
      assert.deepEqual(await refused(cancel), [409, true]);
      local().clock.advance(2000);
      assert.equal((await call(local(), cancel)).status, 200);
    });

    it('is refused with 400 when the run is over or blocked', async () => {
      const run = await launch({ prompt: 'x' });
      for (const state of ['SUCCEEDED', 'FAILED', 'ERROR', 'CANCELLED', 'BLOCKED'] as const) {
        local().setState(run.run_id, state);
        assert.deepEqual(await refused(`POST /agent/runs/${run.run_id}/cancel`), [400, false], state);
      }
    });

    it('is refused with 422 for runs of other places', async () => {
      const run = await launch({ prompt: 'x' });
      const kinds: Partial<Run>[] = [
        { execution_location: 'LOCAL' },
        { execution_location: 'REMOTE', source: 'GITHUB_ACTION' },
        { source: 'API', is_run_type_cancellable: false },
      ];
      for (const kind of kinds) {
        local().setState(run.run_id, 'INPROGRESS', kind);
        assert.deepEqual(await refused(`POST /agent/runs/${run.run_id}/cancel`), [422, false], JSON.stringify(kind));
      }
    });
  });

  describe('follow-ups', () => {
    const follow = async (id: string, message = 'Also update the docs'): Promise<unknown> =>
      ((await call(local(), `POST /agent/runs/${id}/followups`, { body: { message } })).body as { outcome?: unknown })
        .outcome;

    const lastWords = async (id: string): Promise<string[]> => {
      const { steps } = await get<Conversation>(local(), `/agent/runs/${id}/conversation`);
      const users = allMessages(steps).filter(({ role }) => role === 'user');
      return users.flatMap(({ content }) => content.map((block) => (block.type === 'text' ? block.text : '')));
    };

    it('restart a run that is over, under the same id', async () => {
      const run = await launch({ prompt: 'First' });
      statesOf(run.run_id);
      assert.equal(await follow(run.run_id), 'handoff_execution');
      assert.equal(local().run(run.run_id).state, 'SUCCEEDED');
      assert.deepEqual(statesOf(run.run_id), ['SUCCEEDED', 'QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS', 'SUCCEEDED']);
      assert.deepEqual(await lastWords(run.run_id), ['First', 'Also update the docs']);
    });

    it('free a run that is blocked', async () => {
      const run = await launch({ prompt: '[block]' });
      statesOf(run.run_id);
      assert.equal(await follow(run.run_id), 'queued_prompt');
      assert.deepEqual(statesOf(run.run_id), ['BLOCKED', 'PENDING', 'CLAIMED', 'INPROGRESS', 'SUCCEEDED']);
    });

    it('go into the session of a run that works', async () => {
      const run = await launch({ prompt: 'First' });
      local().clock.advance(15_000);
      assert.equal(await follow(run.run_id), 'live_session');
      assert.deepEqual(await lastWords(run.run_id), ['First', 'Also update the docs']);
    });

    it('wait for a run that has not begun', async () => {
      const run = await launch({ prompt: 'First' });
      assert.equal(await follow(run.run_id), 'queue_pending');
      statesOf(run.run_id);
      assert.deepEqual(await lastWords(run.run_id), ['First', 'Also update the docs']);
    });

    it('are refused without words, and for sources that take none', async () => {
      const run = await launch({ prompt: 'x' });
      const what = `POST /agent/runs/${run.run_id}/followups`;
      assert.deepEqual(await refused(what, { message: ' ' }), [400, false]);
      for (const source of [
        'GITHUB_ACTION',
        'GITHUB_WEBHOOK',
        'GITLAB_WEBHOOK',
        'RUN_SCORER',
        'AUTOFIX',
        'BENCHMARK_TRIAL',
      ] as const) {
        local().setState(run.run_id, 'SUCCEEDED', { source });
        assert.deepEqual(await refused(what, { message: 'x' }), [422, false], source);
      }
    });
  });

  it('of other vendors have no normalized conversation', async () => {
    const run = await launch({ prompt: 'x', config: { harness: { type: 'claude' } } });
    statesOf(run.run_id);
    const path = `/agent/runs/${run.run_id}`;
    assert.equal((await call(local(), `GET ${path}/conversation`)).status, 422);
    const { conversation_id = '' } = local().run(run.run_id);
    assert.equal((await call(local(), `GET /agent/conversations/${conversation_id}`)).status, 422);
    assert.equal((await call(local(), `GET ${path}/transcript`)).status, 302);
  });
});
