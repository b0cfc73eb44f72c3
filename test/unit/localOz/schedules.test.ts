import assert from 'node:assert/strict';
import type { Run, Schedule } from '../../local-oz/state';
import { call, get } from './call';
import { useLocalOz } from './localOz';

const HOUR = 3_600_000;

const goingEnvironment = {
  uid: 'env-going',
  config: {},
  last_updated: '',
  setup_failed: false,
  scope: { type: 'User' as const },
};

describe('local Oz: schedules', () => {
  const local = useLocalOz({ scenario: 'empty' });

  async function create(body: object): Promise<Schedule> {
    const reply = await call(local(), 'POST /agent/schedules', {
      body: { name: 'Hourly', cron_schedule: '0 * * * *', prompt: 'Look', ...body },
    });
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    return reply.body as Schedule;
  }

  const read = (id: string): Promise<Schedule> => get<Schedule>(local(), `/agent/schedules/${id}`);
  const runs = async (id: string): Promise<Run[]> =>
    (await get<{ runs: Run[] }>(local(), `/agent/runs?limit=500&schedule_id=${id}`)).runs;

  it('start runs at their times, in UTC, and say when the next one is', async () => {
    const { id, history } = await create({});
    assert.equal(history?.next_run, '2026-03-18T15:00:00.000Z');
    assert.equal(history.last_ran, null);
    local().clock.advance(3 * HOUR);
    const started = await runs(id);
    assert.deepEqual(
      started.map(({ created_at }) => created_at),
      ['2026-03-18T17:00:00.000Z', '2026-03-18T16:00:00.000Z', '2026-03-18T15:00:00.000Z'],
    );
    const [newest] = started;
    assert.ok(newest);
    assert.deepEqual(newest.schedule, { schedule_id: id, schedule_name: 'Hourly', cron_schedule: '0 * * * *' });
    assert.equal(newest.source, 'SCHEDULED_AGENT');
    const after = await read(id);
    assert.deepEqual(after.history, { last_ran: '2026-03-18T17:00:00.000Z', next_run: '2026-03-18T18:00:00.000Z' });
  });

  it('say when one last started, or when one last ended well', async () => {
    local().state.lastRanIs = 'succeeded';
    const { id } = await create({});
    local().clock.advance(HOUR);
    const [first] = await runs(id);
    assert.ok(first);
    local().setState(first.run_id, 'SUCCEEDED');
    local().clock.advance(HOUR);
    const [second] = await runs(id);
    assert.ok(second);
    local().setState(second.run_id, 'FAILED');
    const expected = { last_ran: first.created_at, next_run: '2026-03-18T17:00:00.000Z' };
    assert.deepEqual((await read(id)).history, expected);
    const { schedules } = await get<{ schedules: Schedule[] }>(local(), '/agent/schedules');
    assert.deepEqual(
      schedules.map(({ history }) => history),
      [expected],
    );
  });

  it('start nothing while paused, and do not catch up', async () => {
    const { id } = await create({});
    const paused = await call(local(), `POST /agent/schedules/${id}/pause`);
    assert.equal((paused.body as Schedule).enabled, false);
    assert.equal((paused.body as Schedule).history?.next_run, null);
    local().clock.advance(5 * HOUR);
    assert.equal((await runs(id)).length, 0);
    const resumed = await call(local(), `POST /agent/schedules/${id}/resume`);
    assert.equal((resumed.body as Schedule).history?.next_run, '2026-03-18T20:00:00.000Z');
    local().clock.advance(HOUR);
    assert.equal((await runs(id)).length, 1);
  });

  it('start nothing once deleted', async () => {
    const { id } = await create({});
    assert.deepEqual((await call(local(), `DELETE /agent/schedules/${id}`)).body, { success: true });
    local().clock.advance(2 * HOUR);
    assert.equal((await runs(id)).length, 0);
    assert.equal((await call(local(), `GET /agent/schedules/${id}`)).status, 404);
    assert.equal((await call(local(), `DELETE /agent/schedules/${id}`)).status, 404);
  });

  it('are replaced as a whole: what a PUT leaves out is gone', async () => {
    const created = await create({ agent_config: { model_id: 'auto', name: 'hourly' }, metadata: { a: 1 } });
    const { id, created_at } = created;
    local().state.schedules.set(id, { ...created, ...{ brand_new: 1, timezone: 'UTC' } });
    local().clock.advance(1000);
    const body = { name: 'Daily', cron_schedule: '0 9 * * *', enabled: true, prompt: 'Look again', timezone: 'CET' };
    const { status } = await call(local(), `PUT /agent/schedules/${id}`, { body });
    assert.equal(status, 200);
    const changed = await read(id);
    assert.equal(changed.agent_config, undefined);
    const all = changed as Schedule & Record<string, unknown>;
    assert.deepEqual([all.metadata, all.brand_new, all.timezone], [undefined, undefined, 'CET']);
    assert.equal(changed.created_at, created_at);
    assert.ok(changed.updated_at > created_at);
    assert.equal(changed.history?.next_run, '2026-03-19T09:00:00.000Z');
    local().clock.advance(HOUR);
    assert.equal((await runs(id)).length, 0);
  });

  it('refuse a cron expression that is not five fields', async () => {
    for (const cron of ['nonsense', '* * * * * *', '@daily', '61 * * * *', '* * * *', '']) {
      const body = { name: 'x', cron_schedule: cron, prompt: 'x' };
      assert.equal((await call(local(), 'POST /agent/schedules', { body })).status, 400, cron);
    }
    assert.equal(local().state.schedules.size, 0);
    const { id } = await create({});
    const body = { name: 'x', cron_schedule: 'x', enabled: false, prompt: 'x' };
    assert.equal((await call(local(), `PUT /agent/schedules/${id}`, { body })).status, 400);
    assert.equal((await read(id)).name, 'Hourly');
  });

  it('need a name and something to do', async () => {
    for (const body of [
      { name: ' ', cron_schedule: '0 * * * *', prompt: 'x' },
      { name: 'x', cron_schedule: '0 * * * *' },
    ]) {
      assert.equal((await call(local(), 'POST /agent/schedules', { body })).status, 400);
    }
  });

  it('say why they could not start a run, and forget it when they could', async () => {
    const { environments } = local().state;
    environments.push({ ...goingEnvironment });
    const { id } = await create({ agent_config: { environment_id: goingEnvironment.uid } });
    environments.pop();
    local().clock.advance(HOUR);
    assert.ok((await read(id)).last_spawn_error);
    assert.equal((await runs(id)).length, 0);
    const body = { name: 'Hourly', cron_schedule: '0 * * * *', enabled: true, prompt: 'Look' };
    await call(local(), `PUT /agent/schedules/${id}`, { body });
    local().clock.advance(HOUR);
    assert.equal((await read(id)).last_spawn_error, null);
  });

  it('say who paused or resumed them', async () => {
    const { id } = await create({});
    for (const act of ['pause', 'resume']) {
      const stored = local().state.schedules.get(id);
      assert.ok(stored);
      local().state.schedules.set(id, { ...stored, updated_by: { type: 'user', uid: 'somebody else' } });
      await call(local(), `POST /agent/schedules/${id}/${act}`);
      assert.equal((await read(id)).updated_by?.uid, local().state.caller.uid, act);
    }
  });

  it('are not given an environment that is not there', async () => {
    const body = { name: 'x', cron_schedule: '0 * * * *', prompt: 'x', agent_config: { environment_id: 'gone' } };
    assert.equal((await call(local(), 'POST /agent/schedules', { body })).status, 404);
    const { id } = await create({});
    const { status } = await call(local(), `PUT /agent/schedules/${id}`, { body: { ...body, enabled: true } });
    assert.equal(status, 404);
    assert.equal((await read(id)).name, 'Hourly');
  });

  it('show no secret of an MCP server where they are told so', async () => {
    const servers = { db: { command: 'run-db', args: ['x'], env: { TOKEN: 's3cret' } } };
    const { id } = await create({ agent_config: { mcp_servers: servers } });
    const end = local().faults.add({ fault: 'hiddenSecrets', path: '/agent/schedules*' });
    const hidden = { db: { ...servers.db, env: { TOKEN: '***' } } };
    assert.deepEqual((await read(id)).agent_config?.mcp_servers, hidden);
    end();
    assert.deepEqual((await read(id)).agent_config?.mcp_servers, servers);
  });

  it('are listed by name', async () => {
    for (const name of ['b', 'C', 'a']) await create({ name });
    const { schedules } = await get<{ schedules: Schedule[] }>(local(), '/agent/schedules');
    assert.deepEqual(
      schedules.map(({ name }) => name),
      ['a', 'b', 'C'],
    );
  });
});
