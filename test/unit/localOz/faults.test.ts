import assert from 'node:assert/strict';
import type { Run } from '../../local-oz/state';
import { call } from './call';
import { useLocalOz } from './localOz';

describe('local Oz: faults', () => {
  const local = useLocalOz();

  const retryAfterOf = async (what: string): Promise<[number, string | null]> => {
    const { status, headers } = await call(local(), what);
    return [status, headers.get('retry-after')];
  };

  it('answer with a status, and with the time to wait', async () => {
    local().faults.add({ fault: 'status', status: 429, retryAfter: '30', count: 1 });
    assert.deepEqual(await retryAfterOf('GET /agent/runs'), [429, '30']);
    assert.deepEqual(await retryAfterOf('GET /agent/runs'), [200, null]);
    for (const status of [401, 403, 500, 503]) {
      const stop = local().faults.add({ fault: 'status', status });
      const reply = await call(local(), 'GET /agent/runs');
      assert.equal(reply.status, status);
      assert.equal((reply.body as { status: number }).status, status);
      stop();
    }
  });

  it('answer in the plain form of the gateway', async () => {
    local().faults.add({ fault: 'status', status: 401, plain: true });
    const { status, body } = await call(local(), 'GET /agent/runs');
    assert.deepEqual([status, body], [401, { error: 'Unauthorized' }]);
  });

  it('ask to connect GitHub, although the key is good', async () => {
    local().faults.add({ fault: 'externalAuth', method: 'POST', path: '/agent/runs' });
    const { status, body } = await call(local(), 'POST /agent/runs', { body: { prompt: 'x' } });
    const { type, auth_url, inaccessible_repos } = body as Record<string, unknown>;
    assert.equal(status, 401);
    assert.ok(String(type).endsWith('/external-authentication-required/'));
    assert.ok(URL.canParse(String(auth_url)));
    assert.deepEqual(inaccessible_repos, ['acme/infra']);
  });

  it('answer with a page, as a captive portal does', async () => {
    local().faults.add({ fault: 'html' });
    const { status, headers } = await call(local(), 'GET /agent/runs');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
  });

  it('apply to their path, method and number of times only', async () => {
    local().faults.add({ fault: 'status', status: 500, path: '/agent/runs/*', method: 'GET', count: 2 });
    const [id = ''] = local().state.runs.keys();
    const statuses: number[] = [];
    for (const what of [
      'GET /agent/runs',
      `GET /agent/runs/${id}`,
      'GET /agent/models',
      `POST /agent/runs/${id}/cancel`,
      `GET /agent/runs/${id}/conversation`,
      `GET /agent/runs/${id}`,
    ]) {
      statuses.push((await call(local(), what)).status);
    }
    assert.deepEqual(statuses, [200, 500, 200, 200, 500, 200]);
  });

  it('break the connection before anything is done', async () => {
    local().faults.add({ fault: 'reset' });
    const before = local().state.runs.size;
    await assert.rejects(call(local(), 'POST /agent/runs', { body: { prompt: 'x' } }));
    assert.equal(local().state.runs.size, before);
  });

  it('break the connection after a run was made', async () => {
    local().faults.add({ fault: 'commitThenDrop', method: 'POST' });
    const before = local().state.runs.size;
    await assert.rejects(call(local(), 'POST /agent/runs', { body: { prompt: 'x' } }));
    assert.equal(local().state.runs.size, before + 1);
    assert.deepEqual(
      local().log.map(({ status, fault }) => [status, fault]),
      [[undefined, 'commitThenDrop']],
    );
  });

  it('cut the body, or the JSON in it', async () => {
    local().faults.add({ fault: 'truncate', count: 1 });
    await assert.rejects(call(local(), 'GET /agent/runs'));
    local().faults.add({ fault: 'malformedJson', count: 1 });
    const { status, body } = await call(local(), 'GET /agent/runs');
    assert.equal(status, 200);
    assert.equal(typeof body, 'string');
  });

  it('send headers and then nothing', async () => {
    local().faults.add({ fault: 'stall' });
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${local().key}` };
    const response = await fetch(`${local().baseUrl}/agent/runs`, { headers, signal: abort.signal });
    assert.equal(response.status, 200);
    const body = response.text();
    abort.abort();
    await assert.rejects(body);
  });

  it('wait, and then answer or fail as usual', async () => {
    local().faults.add({ fault: 'latency', ms: 1 });
    local().faults.add({ fault: 'status', status: 503, count: 1 });
    assert.equal((await call(local(), 'GET /agent/runs')).status, 503);
    assert.equal((await call(local(), 'GET /agent/runs')).status, 200);
  });

  it('answer as a newer service would', async () => {
    local().faults.add({ fault: 'newerService' });
    const { runs } = (await call(local(), 'GET /agent/runs?limit=8')).body as {
      runs: (Run & Record<string, unknown>)[];
    };
    const states: string[] = runs.map(({ state }) => state);
    const sources: unknown[] = runs.map(({ source }) => source);
    assert.ok(states.includes('HIBERNATING'));
    assert.ok(sources.includes('CARRIER_PIGEON'));
    assert.ok(JSON.stringify(runs).includes('HOLOGRAM'));
    assert.ok(runs.some(({ creator }) => creator === undefined));
    assert.ok(runs.every((run) => 'x_new_member' in run));
    const run = [...local().state.runs.values()].find(({ item }) => item.title.startsWith('Keep the cart'));
    const { body } = await call(local(), `GET /agent/runs/${run?.item.run_id ?? ''}/conversation`);
    for (const word of ['telepathy', 'hologram', 'narrator', 'pondering'])
      assert.ok(JSON.stringify(body).includes(word), word);
  });

  it('do not hide a request that breaks openapi.yaml', async () => {
    local().faults.add({ fault: 'status', status: 503 });
    await call(local(), 'GET /agent/runs?page=2');
    assert.equal(local().takeViolations().length, 1);
  });

  it('apply to the storage too', async () => {
    const artifact = [...local().state.artifacts.values()].find(({ kind }) => kind === 'FILE');
    const { body } = await call(local(), `GET /agent/artifacts/${artifact?.uid ?? ''}`);
    const { download_url: url } = (body as { data: { download_url: string } }).data;
    local().faults.add({ fault: 'status', status: 503, path: '/objects/*', count: 1 });
    assert.equal((await fetch(url)).status, 503);
    assert.equal((await fetch(url)).status, 200);
  });

  it('are over when they are cleared', async () => {
    local().faults.add({ fault: 'status', status: 503 });
    local().faults.clear();
    assert.equal((await call(local(), 'GET /agent/runs')).status, 200);
  });
});
