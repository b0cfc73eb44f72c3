import assert from 'node:assert/strict';
import type { Run, RunEvent } from '../../local-oz/state';
import { call, get } from './call';
import { useLocalOz } from './localOz';

describe('local Oz: messages and events', () => {
  const local = useLocalOz();

  const idIn = async (state: string): Promise<string> =>
    (await get<{ runs: Run[] }>(local(), `/agent/runs?state=${state}`)).runs[0]?.run_id ?? '';

  it('carry a letter from run to run, until it is read', async () => {
    const [to, sender] = [await idIn('INPROGRESS'), await idIn('SUCCEEDED')];
    const letter = { to: [to], subject: 'Ready', body: 'The branch is there.', sender_run_id: sender };
    const sent = (await call(local(), 'POST /agent/messages', { body: letter })).body as { message_ids: string[] };
    const id = sent.message_ids[0] ?? '';
    const heads = await get<{ message_id: string; delivered_at: unknown; body?: string }[]>(
      local(),
      `/agent/messages/${to}`,
    );
    assert.deepEqual(
      heads.map(({ message_id, delivered_at, body }) => [message_id, delivered_at, body]),
      [[id, null, undefined]],
    );
    assert.equal((await call(local(), `POST /agent/messages/${id}/delivered`)).status, 204);
    const read = (await call(local(), `POST /agent/messages/${id}/read`)).body as {
      body: string;
      delivered_at: unknown;
    };
    assert.equal(read.body, letter.body);
    assert.ok(read.delivered_at);
    assert.deepEqual(await get(local(), `/agent/messages/${to}?unread=true`), []);
    assert.equal((await call(local(), 'POST /agent/messages/nobody/read')).status, 404);
  });

  it('are refused when somebody has finished', async () => {
    const [to, sender] = [await idIn('CANCELLED'), await idIn('SUCCEEDED')];
    const body = { to: [to], subject: 'x', body: 'x', sender_run_id: sender };
    assert.equal((await call(local(), 'POST /agent/messages', { body })).status, 422);
    assert.equal(local().state.messages.size, 0);
  });

  it('tell in order what became of runs', async () => {
    const id = await idIn('INPROGRESS');
    const events = (since: number): Promise<RunEvent[]> =>
      get<RunEvent[]>(local(), `/agent/events?run_ids=${id}&since=${since}`);
    assert.deepEqual(await events(0), []);
    const report = { event_type: 'run_blocked', ref_id: 'ref', execution_id: 'execution' };
    const { sequence } = (await call(local(), `POST /agent/events/${id}`, { body: report })).body as RunEvent;
    assert.equal(local().run(id).state, 'BLOCKED');
    await call(local(), `POST /agent/runs/${id}/followups`, { body: { message: 'Go on' } });
    local().clock.advance(60_000);
    assert.deepEqual(
      (await events(0)).map(({ event_type }) => event_type),
      ['run_blocked', 'run_in_progress', 'run_succeeded'],
    );
    assert.deepEqual(
      (await events(sequence)).map(({ event_type }) => event_type),
      ['run_in_progress', 'run_succeeded'],
    );
  });
});
