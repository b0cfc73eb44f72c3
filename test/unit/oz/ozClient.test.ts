import assert from 'node:assert/strict';
import { fetch as undiciFetch, MockAgent } from 'undici';
import { OzClient } from '../../../src/oz/ozClient';
import { FakeClock } from '../fakeClock';
import { base, canary, headersOf, json, kindFrom, noRuns, problemFrom, scripted } from './testClient';

const weekly = { name: 'x', cron_schedule: '0 9 * * 1' };

/** Addresses and paths, on a mock of the network instead of a mock of `fetch`. */
describe('OzClient on the wire', () => {
  let agent: MockAgent;
  let client: OzClient;
  let baseUrl: string;

  beforeEach(() => {
    agent = new MockAgent();
    agent.disableNetConnect();
    baseUrl = base;
    client = new OzClient({
      baseUrl: () => baseUrl,
      key: () => Promise.resolve(canary),
      fetch: (url, init) => undiciFetch(url as string, { ...init, dispatcher: agent } as object) as never,
      clock: new FakeClock(),
    });
  });

  afterEach(async () => {
    agent.assertNoPendingInterceptors();
    await agent.close();
  });

  function answer(method: string, path: string, body: unknown): void {
    agent
      .get('https://oz.test')
      .intercept({ method, path, headers: { authorization: `Bearer ${canary}` } })
      .reply(200, JSON.stringify(body), { headers: { 'content-type': 'application/json; charset=utf-8' } });
  }

  it('asks for each thing at its place, signed', async () => {
    answer('GET', '/api/v1/agent/runs?limit=5&state=BLOCKED&state=FAILED&q=a%20b%26c', noRuns);
    answer('GET', '/api/v1/agent/runs/r1', { run_id: 'r1' });
    answer('GET', '/api/v1/agent/runs/r1/conversation', { conversation_id: 'c', steps: [] });
    answer('GET', '/api/v1/agent/conversations/c%2F1', { conversation_id: 'c/1', steps: [] });
    answer('GET', '/api/v1/agent/sessions/s1/redirect', { conversation_id: 'c' });
    answer('GET', '/api/v1/agent/schedules', { schedules: [] });
    answer('GET', '/api/v1/agent/schedules/s%2F1', { id: 's/1' });
    answer('GET', '/api/v1/agent/environments', { environments: [] });
    answer('GET', '/api/v1/agent/models', { default_model_id: 'm', models: [] });
    answer('GET', '/api/v1/agent/identities', { agents: [{ uid: 'i1', name: 'Tester' }] });
    answer('GET', '/api/v1/agent?repo=acme%2Fweb&include_malformed_skills=true', { agents: [] });
    answer('GET', '/api/v1/agent/artifacts/a1', { artifact_type: 'PLAN', data: { content: 'x' } });
    await client.listRuns({ limit: 5, state: ['BLOCKED', 'FAILED'], q: 'a b&c' });
    assert.equal((await client.getRun('r1')).run_id, 'r1');
    assert.equal((await client.getRunConversation('r1')).conversation_id, 'c');
    assert.equal((await client.getConversation('c/1')).conversation_id, 'c/1');
    assert.equal(await client.sessionConversation('s1'), 'c');
    await client.listSchedules();
    assert.equal((await client.getSchedule('s/1')).id, 's/1');
    await client.listEnvironments();
    assert.equal((await client.listModels()).default_model_id, 'm');
    assert.equal((await client.listIdentities())[0]?.name, 'Tester');
    await client.listSkills({ repo: 'acme/web', include_malformed_skills: true });
    await client.getArtifact('a1');
  });

  it('sends commands', async () => {
    answer('POST', '/api/v1/agent/runs', { run_id: 'r1', state: 'QUEUED' });
    answer('POST', '/api/v1/agent/runs/r1/cancel', 'r1');
    answer('POST', '/api/v1/agent/schedules', { id: 's1' });
    answer('PUT', '/api/v1/agent/schedules/s%2F1', { id: 's/1' });
    answer('POST', '/api/v1/agent/schedules/s%2F1/pause', { id: 's/1', enabled: false });
    answer('POST', '/api/v1/agent/schedules/s%2F1/resume', { id: 's/1', enabled: true });
    answer('DELETE', '/api/v1/agent/schedules/s%2F1', { success: true });
    answer('POST', '/api/v1/agent/identities', { uid: 'i1' });
    answer('PUT', '/api/v1/agent/identities/i%2F1', { uid: 'i/1' });
    answer('DELETE', '/api/v1/agent/identities/i1', '');
    answer('POST', '/api/v1/agent/runs/r1/followups', { outcome: 'queued_prompt' });
    assert.equal((await client.createRun({ prompt: 'x' })).run_id, 'r1');
    await client.cancelRun('r1');
    assert.equal((await client.createSchedule({ ...weekly, enabled: true })).id, 's1');
    assert.equal((await client.updateSchedule('s/1', { ...weekly, enabled: true })).id, 's/1');
    assert.equal((await client.pauseSchedule('s/1')).enabled, false);
    assert.equal((await client.resumeSchedule('s/1')).enabled, true);
    await client.deleteSchedule('s/1');
    assert.equal((await client.createIdentity('Tester')).uid, 'i1');
    assert.equal((await client.renameIdentity('i/1', 'Tester')).uid, 'i/1');
    await client.deleteIdentity('i1');
    assert.equal(await client.followUp('r1', 'go on'), 'queued_prompt');
  });

  it('takes base URLs with and without a slash or a path', async () => {
    for (const [url, path] of [
      ['https://oz.test', '/agent/models'],
      ['https://oz.test/', '/agent/models'],
      ['https://oz.test/a/b//', '/a/b/agent/models'],
      [' https://oz.test/api/v1?x=1#y ', '/api/v1/agent/models'],
    ] as const) {
      answer('GET', path, { models: [] });
      baseUrl = url;
      await client.listModels();
    }
  });

  it('keeps ids inside their segment of the path', async () => {
    answer('GET', '/api/v1/agent/runs/a%2F..%2Fb%3Fc%23d%25', { run_id: 'x' });
    await client.getRun('a/../b?c#d%');
    for (const id of ['', '.', '..', '\ud800']) {
      assert.equal(await kindFrom(client.getRun(id)), 'invalid');
      assert.equal(await kindFrom(client.getConversation(id)), 'invalid');
      assert.equal(await kindFrom(client.deleteSchedule(id)), 'invalid');
      assert.equal(await kindFrom(client.sessionConversation(id)), 'invalid');
    }
  });
});

describe('OzClient', () => {
  it('knows of a session only what the answer says', async () => {
    for (const [body, expected] of [
      [{}, undefined],
      [{ conversation_id: '' }, undefined],
      [{ conversation_id: null }, undefined],
      [{ conversation_id: 7 }, undefined],
      [{ conversation_id: 'c', more: 1 }, 'c'],
    ] as const) {
      assert.equal(await scripted(json(body)).client.sessionConversation('s'), expected);
    }
    for (const body of [null, [], 'c']) {
      assert.equal(await kindFrom(scripted(json(body)).client.sessionConversation('s')), 'notOz');
    }
  });

  it('tells why a conversation is not to be had', async () => {
    for (const [status, kind] of [
      [401, 'keyRefused'],
      [403, 'forbidden'],
      [404, 'notFound'],
      [422, 'unsupported'],
    ] as const) {
      const { client, sent } = scripted(json({ error: 'x' }, status));
      assert.equal(await kindFrom(client.getConversation('c')), kind);
      assert.equal(sent.length, 1);
    }
  });

  it('asks its options at each call', async () => {
    let [baseUrl, key] = ['https://one.test', 'wk-one'];
    const { client, sent } = scripted(json(noRuns), { baseUrl: () => baseUrl, key: () => Promise.resolve(key) });
    await client.listRuns({});
    [baseUrl, key] = ['https://two.test/v1/', ' wk-two\n'];
    await client.listRuns({});
    assert.deepEqual(
      sent.map((one) => `${one.url} ${headersOf(one).get('authorization') ?? ''}`),
      ['https://one.test/agent/runs Bearer wk-one', 'https://two.test/v1/agent/runs Bearer wk-two'],
    );
  });

  it('never carries a key to an address that it was not read for', async () => {
    let baseUrl = 'https://old.test';
    const { client, sent } = scripted(json(noRuns), {
      baseUrl: () => baseUrl,
      // The setting changes while the key is being read.
      key: () => {
        baseUrl = 'https://new.test';
        return Promise.resolve('wk-new');
      },
    });
    await client.listRuns({});
    assert.deepEqual(
      sent.map((one) => one.url),
      ['https://new.test/agent/runs'],
    );
  });

  it('sends nothing without a key that can be sent', async () => {
    for (const [key, kind] of [
      [undefined, 'noKey'],
      ['', 'noKey'],
      ['  \n', 'noKey'],
      ['wk-a\nb', 'keyRefused'],
      ['wk-schlüssel', 'keyRefused'],
    ] as const) {
      const { client, sent } = scripted(json(noRuns), { key: () => Promise.resolve(key) });
      assert.equal(await kindFrom(client.listRuns({})), kind);
      assert.equal(sent.length, 0);
    }
    const { client } = scripted(json(noRuns), { key: () => Promise.reject(new Error('locked')) });
    assert.equal(await kindFrom(client.listRuns({})), 'noKey');
  });

  it('sends over http to this machine only', async () => {
    for (const baseUrl of ['http://127.0.0.1:4010', 'http://localhost:4010/api/v1', 'http://[::1]:4010']) {
      const { client, sent } = scripted(json(noRuns), { baseUrl: () => baseUrl });
      await client.listRuns({});
      assert.equal(sent.length, 1);
    }
  });

  it('sends nothing to what is no web address', async () => {
    for (const baseUrl of [
      '',
      'oz.test',
      'ftp://oz.test',
      'http://oz.test/api/v1',
      'http://127.0.0.1.oz.test',
      'http://localhost.oz.test',
      'file:///etc',
      'https://me:pass@oz.test',
      'https://',
      'x:y',
    ]) {
      const { client, sent } = scripted(json(noRuns), { baseUrl: () => baseUrl });
      const problem = await problemFrom(client.listRuns({}));
      assert.deepEqual([problem.kind, problem.facts.code], ['notOz', 'invalid_base_url'], baseUrl);
      assert.ok(!problem.message.includes('pass'));
      assert.equal(sent.length, 0);
    }
  });

  it('follows no redirect', async () => {
    const elsewhere = new Response(null, { status: 307, headers: { location: 'https://evil.test/steal?token=1' } });
    for (const call of ['listModels', 'listSchedules'] as const) {
      const { client, sent } = scripted(elsewhere);
      const problem = await problemFrom(client[call]());
      assert.deepEqual([problem.kind, problem.facts.code], ['notOz', 'redirected']);
      assert.ok(problem.message.includes('https://evil.test') && !problem.message.includes('token'));
      assert.deepEqual(
        sent.map((one) => [one.url.startsWith(base), one.init.redirect]),
        [[true, 'manual']],
      );
    }
    const { client, sent } = scripted(elsewhere);
    assert.equal(await kindFrom(client.createRun({ prompt: 'x' })), 'notOz');
    assert.equal(sent.length, 1);
  });

  it('takes nothing for an answer that the service does not give', async () => {
    const html = '<html>Sign in to the network</html>';
    for (const answer of [
      new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      new Response(html, { headers: { 'content-type': 'application/json' } }),
      new Response(html),
      new Response(''),
      new Response(null, { status: 204 }),
      json(null),
      json([]),
      json({ runs: {} }),
      new Response('{"runs":[', { headers: { 'content-type': 'application/json' } }),
    ]) {
      const { client, sent } = scripted(answer);
      assert.equal(await kindFrom(client.listRuns({})), 'notOz');
      assert.equal(sent.length, 1);
    }
  });

  it('reads JSON whatever it is called', async () => {
    for (const type of ['application/problem+json', 'text/plain', '']) {
      const { client } = scripted(
        new Response('\ufeff' + JSON.stringify(noRuns), { headers: { 'content-type': type } }),
      );
      assert.deepEqual(await client.listRuns({}), { runs: [] });
    }
  });

  it('knows the time of the service once it answered, even with an error', async () => {
    const date = 'Wed, 18 Mar 2026 14:35:00 GMT';
    const { client, clock } = scripted(json({ error: 'x' }, 400, { date }));
    assert.equal(client.serverNow(), undefined);
    await problemFrom(client.listRuns({}));
    assert.equal(client.serverNow(), Date.parse(date));
    await clock.advance(2000);
    assert.equal(client.serverNow(), Date.parse(date) + 2000);
  });

  it("does not take a captive portal's clock for the service's", async () => {
    const date = 'Sat, 21 Nov 2026 09:00:00 GMT';
    const page = new Response('<html>', { headers: { 'content-type': 'text/html', date } });
    const onTheWay = new Response(null, { status: 302, headers: { location: 'http://portal.test/', date } });
    for (const answer of [page, onTheWay]) {
      const { client } = scripted([json(noRuns, 200, { date: 'Sun, 22 Nov 2026 12:00:00 GMT' }), answer]);
      await client.listRuns({});
      const told = client.serverNow();
      assert.equal(await kindFrom(client.createRun({ prompt: 'x' })), 'notOz');
      assert.equal(client.serverNow(), told);
    }
  });

  it('logs the call without the values of its query', async () => {
    const { client, log } = scripted([json(noRuns), json({ error: 'x', trace_id: 'abc\n123' }, 404)]);
    await client.listRuns({ q: 'private words', limit: 5 });
    await problemFrom(client.getRun('r1'));
    assert.deepEqual(log, ['GET /agent/runs?q&limit 200 0 ms', 'GET /agent/runs/r1 404 notFound trace abc123 0 ms']);
  });
});
