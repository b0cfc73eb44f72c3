import assert from 'node:assert/strict';
import type { OzClient } from '../../../src/oz/ozClient';
import { json, kindFrom, networkError, noRuns, problemFrom, scripted, type Answer } from './testClient';

const gatewayPage = new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } });
const broken = json({ type: '/errors/internal-error/', title: 'Oops', status: 500, retryable: true }, 500);
const stalled: Answer = () => new Promise<Response>(() => undefined);
const bodyStalls: Answer = () =>
  new Response(
    new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('{"runs":'));
      },
    }),
    {
      headers: { 'content-type': 'application/json' },
    },
  );

describe('a read', () => {
  it('is tried three times within a few seconds', async () => {
    for (const answer of [networkError('ECONNREFUSED'), networkError('ECONNRESET'), gatewayPage, broken]) {
      const { client, clock, sent } = scripted(answer);
      const start = clock.now();
      const kind = await clock.until(kindFrom(client.listModels()));
      assert.equal(kind, answer instanceof Error ? 'unreachable' : 'server');
      assert.equal(sent.length, 3);
      assert.equal(clock.now() - start, 1000 + 2500);
    }
  });

  it('ends well when a later try does', async () => {
    const { client, clock, sent } = scripted([networkError('ECONNRESET'), gatewayPage, json(noRuns)]);
    assert.deepEqual(await clock.until(client.listRuns({})), { runs: [] });
    assert.equal(sent.length, 3);
  });

  it('is tried once when trying again is no use', async () => {
    const notAgain = [
      json({ error: 'x' }, 400),
      json({ error: 'x' }, 401),
      json({ type: '/errors/external-authentication-required/' }, 401),
      json({ error: 'x' }, 403),
      json({ error: 'x' }, 404),
      json({ error: 'x' }, 422),
      json({ error: 'x', retryable: false }, 500),
      json({ error: 'x' }, 429, { 'x-warp-error-code': 'OUT_OF_CREDITS' }),
      networkError('CERT_HAS_EXPIRED'),
    ];
    for (const answer of notAgain) {
      const { client, clock, sent } = scripted(answer);
      await clock.until(problemFrom(client.listModels()));
      assert.equal(sent.length, 1);
    }
  });

  it('is tried three times where only one thing is broken', async () => {
    const { client, clock, sent } = scripted(({ url }) => (url.endsWith('/models') ? broken.clone() : json(noRuns)));
    const failed = kindFrom(client.listModels());
    for (let read = 0; read < 10; read++) {
      await clock.advance(500);
      await clock.until(client.listRuns({}));
    }
    assert.equal(await failed, 'server');
    assert.equal(sent.filter(({ url }) => url.endsWith('/models')).length, 3);
  });

  it('waits as long as the service asks, within its deadline', async () => {
    for (const retryAfter of ['12', 'Sun, 22 Nov 2026 12:00:12 GMT']) {
      const { client, clock, sent } = scripted([
        json({ error: 'slow down' }, 429, { 'retry-after': retryAfter }),
        json(noRuns),
      ]);
      const start = clock.now();
      await clock.until(client.listRuns({}));
      assert.equal(clock.now() - start, 12_000);
      assert.equal(sent.length, 2);
    }
  });

  it('says at once when the service asks for more than that, and so does everybody else until then', async () => {
    const { client, clock, sent } = scripted([json({ error: 'x' }, 429, { 'retry-after': '7200' }), json(noRuns)]);
    const start = clock.now();
    const first = await problemFrom(client.listRuns({}));
    assert.deepEqual([first.kind, first.facts.retryAfter], ['rateLimited', 7_200_000]);
    await clock.advance(60_000);
    const second = await problemFrom(client.listSchedules());
    assert.deepEqual([second.kind, second.facts.retryAfter], ['rateLimited', 7_140_000]);
    assert.equal(await kindFrom(client.createRun({ prompt: 'x' })), 'rateLimited');
    assert.equal(sent.length, 1);
    await clock.advance(start + 7_200_000 - clock.now());
    await client.listRuns({});
    assert.equal(sent.length, 2);
  });

  it('costs at most 20 requests in ten minutes of outage, over all callers', async function () {
    this.timeout(20_000);
    const portal = new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });
    const busy = json({}, 503, { 'retry-after': '0' });
    for (const answer of [networkError('ENOTFOUND'), broken, busy, gatewayPage, portal]) {
      const { client, clock, sent } = scripted(answer);
      const polls: ((client: OzClient) => Promise<unknown>)[] = [
        (one) => one.listRuns({ limit: 100 }),
        (one) => one.getRunConversation('r1'),
        (one) => one.listSchedules(),
        (one) => one.getRun('r1'),
      ];
      const end = clock.now() + 600_000;
      const poll = (call: (client: OzClient) => Promise<unknown>): void => {
        if (clock.now() < end) {
          void call(client).catch(() => clock.after(5000, () => { poll(call); })); // prettier-ignore
        }
      };
      polls.forEach(poll);
      await clock.advance(599_999);
      assert.ok(sent.length >= 10 && sent.length <= 20, `${sent.length} requests`);
    }
  });

  it('is there again at once when the outage is over and the probe came back', async () => {
    const { client, clock, sent } = scripted([...Array.from({ length: 3 }, () => gatewayPage), json(noRuns)]);
    const problem = await clock.until(problemFrom(client.listRuns({})));
    await clock.advance(problem.facts.retryAfter ?? 12_825);
    await clock.advance(12_825);
    await Promise.all([client.listRuns({}), client.listRuns({}), client.listRuns({})]);
    assert.equal(sent.length, 6);
  });

  it('goes out at once where a person asks for it, also while the service is known to be down', async () => {
    const calls: ((client: OzClient) => Promise<unknown>)[] = [
      (one) => one.getSchedule('s'),
      (one) => one.getWholeSchedule('s'),
      (one) => one.listSchedules(undefined, true),
      (one) => one.listRuns({}, undefined, true),
      (one) => one.pauseSchedule('s'),
      (one) => one.resumeSchedule('s'),
      (one) => one.deleteSchedule('s'),
      (one) => one.renameIdentity('i', 'n'),
      (one) => one.deleteIdentity('i'),
    ];
    for (const call of calls) {
      const { client, clock, sent } = scripted(gatewayPage);
      await clock.until(kindFrom(client.listRuns({})));
      assert.equal(await kindFrom(client.listSchedules()), 'server');
      assert.equal(sent.length, 3);
      const asked = problemFrom(call(client));
      await clock.advance(0);
      assert.equal(sent.length, 4);
      // Its repeats wait as all others do.
      const problem = await clock.until(asked);
      assert.equal(sent.length, 4);
      assert.ok((problem.facts.retryAfter ?? 0) > 8000);
    }
  });

  it('does not carry an outage over to another address', async () => {
    let baseUrl = 'https://down.test';
    const { client, clock } = scripted([...Array.from({ length: 3 }, () => gatewayPage), json(noRuns)], {
      baseUrl: () => baseUrl,
    });
    await clock.until(problemFrom(client.listRuns({})));
    baseUrl = 'https://up.test';
    assert.deepEqual(await client.listRuns({}), { runs: [] });
  });

  it('has one deadline from the call to the parsed body', async () => {
    for (const answer of [stalled, bodyStalls]) {
      const { client, clock, sent } = scripted(answer);
      const start = clock.now();
      assert.equal(await clock.until(kindFrom(client.listRuns({}))), 'timeout');
      assert.equal(clock.now() - start, 30_000);
      assert.equal(sent.length, 1);
    }
    const { client, clock } = scripted(bodyStalls);
    const start = clock.now();
    assert.equal(await clock.until(kindFrom(client.getRunConversation('r'))), 'timeout');
    assert.equal(clock.now() - start, 60_000);
    const waiting = scripted(json(noRuns), { key: () => new Promise(() => undefined) });
    assert.equal(await waiting.clock.until(kindFrom(waiting.client.listRuns({}))), 'timeout');
  });

  it('leaves no timer behind', async () => {
    const { client, clock } = scripted(json(noRuns));
    await client.listRuns({});
    assert.equal(clock.waiting, 0);
  });
});

describe('a launch', () => {
  const launch = { prompt: 'x' };

  it('is sent once, and its outcome unknown when the answer is lost', async () => {
    for (const answer of [
      networkError('ECONNRESET', 'read'),
      networkError('UND_ERR_SOCKET'),
      new TypeError('fetch failed'),
      gatewayPage,
      new Response(null, { status: 504 }),
      stalled,
      bodyStalls,
      new Response('{"run_id":', { headers: { 'content-type': 'application/json' } }),
      json({ state: 'QUEUED' }),
      new Response(null, { status: 204 }),
    ]) {
      const { client, clock, sent } = scripted(answer);
      assert.equal(await clock.until(kindFrom(client.createRun(launch))), 'outcomeUnknown');
      await clock.advance(600_000);
      assert.equal(sent.length, 1);
    }
  });

  it('keeps the facts of a lost answer', async () => {
    const { client, clock } = scripted([networkError('ECONNRESET')]);
    const lost = await clock.until(problemFrom(client.createRun(launch)));
    assert.deepEqual([lost.facts.code, lost.facts.retryable], ['ECONNRESET', false]);
    const page = await problemFrom(scripted(gatewayPage).client.createRun(launch));
    assert.deepEqual([page.facts.status, page.facts.code], [502, 'server']);
  });

  it('is refused in the words of the service, sent once', async () => {
    for (const [answer, kind] of [
      [json({ error: 'x' }, 400), 'invalid'],
      [json({ error: 'x' }, 401), 'keyRefused'],
      [json({ type: '/errors/external-authentication-required/' }, 401), 'externalAuth'],
      [json({ error: 'x' }, 403), 'forbidden'],
      [json({ type: '/errors/resource-unavailable/', retryable: true }, 429), 'rateLimited'],
      [json({ error: 'full' }, 429, { 'x-warp-error-code': 'AT_CLOUD_AGENT_CAPACITY' }), 'rateLimited'],
      [broken, 'server'],
    ] as const) {
      const { client, clock, sent } = scripted(answer);
      assert.equal(await clock.until(kindFrom(client.createRun(launch))), kind);
      assert.equal(sent.length, 1);
    }
  });

  it('is known not to have happened when there was no connection', async () => {
    for (const error of [
      networkError('ENOTFOUND'),
      networkError('ECONNREFUSED'),
      networkError('ETIMEDOUT', 'connect'),
    ]) {
      const { client, sent } = scripted(error);
      assert.equal(await kindFrom(client.createRun(launch)), 'unreachable');
      assert.equal(sent.length, 1);
    }
  });

  it('goes out while reads wait for an outage to end', async () => {
    const { client, clock, sent } = scripted([
      ...Array.from({ length: 3 }, () => gatewayPage),
      json({ run_id: 'r', state: 'QUEUED' }),
    ]);
    await clock.until(problemFrom(client.listRuns({})));
    assert.equal((await client.createRun(launch)).run_id, 'r');
    assert.equal(sent.length, 4);
  });

  it('whose agents are all busy does not hold up the reads', async () => {
    const { client } = scripted([json({}, 429, { 'x-warp-error-code': 'AT_CLOUD_AGENT_CAPACITY' }), json(noRuns)]);
    await problemFrom(client.createRun(launch));
    assert.deepEqual(await client.listRuns({}), { runs: [] });
  });
});

describe('a new schedule', () => {
  it('is sent once', async () => {
    for (const answer of [networkError('ECONNRESET'), json({ schedule: 'x' })]) {
      const { client, clock, sent } = scripted(answer);
      const call = client.createSchedule({ name: 'x', cron_schedule: '0 9 * * *', enabled: true });
      assert.equal(await clock.until(kindFrom(call)), 'outcomeUnknown');
      assert.equal(sent.length, 1);
    }
  });
});

describe('all of a schedule', () => {
  it('is sent once: somebody else may have changed it in between', async () => {
    const answers = [
      [networkError('ECONNRESET'), 'outcomeUnknown'],
      [new Response('<html></html>', { status: 502 }), 'outcomeUnknown'],
      [json({ success: true }), 'outcomeUnknown'],
      [json({}, 429, { 'retry-after': '5' }), 'rateLimited'],
      [json({ error: 'x' }, 404), 'notFound'],
    ] as const;
    for (const [answer, kind] of answers) {
      const { client, clock, sent } = scripted([answer, json({ id: 's' })]);
      const call = client.updateSchedule('s', { name: 'x', cron_schedule: '0 9 * * *', enabled: true, prompt: 'y' });
      assert.equal(await clock.until(kindFrom(call)), kind);
      assert.equal(sent.length, 1);
    }
  });
});

describe('a change of a schedule', () => {
  const changes: ((client: OzClient) => Promise<unknown>)[] = [
    (client) => client.pauseSchedule('s'),
    (client) => client.resumeSchedule('s'),
    (client) => client.deleteSchedule('s'),
  ];

  it('is repeated when its answer is lost: a second time changes nothing', async () => {
    for (const change of changes) {
      const { client, clock, sent } = scripted([networkError('ECONNRESET'), json({ id: 's' })]);
      await clock.until(change(client));
      assert.equal(sent.length, 2);
      assert.deepEqual(sent[0]?.init.body, sent[1]?.init.body);
    }
  });

  it('is not repeated when it cannot be done', async () => {
    for (const change of changes) {
      const { client, clock, sent } = scripted(json({ error: 'x' }, 404));
      assert.equal(await clock.until(kindFrom(change(client))), 'notFound');
      assert.equal(sent.length, 1);
    }
  });

  it('is none when the answer is no schedule', async () => {
    for (const change of changes.slice(0, 2)) {
      const { client, clock } = scripted(json({ success: true }));
      assert.equal(await clock.until(kindFrom(change(client))), 'notOz');
    }
  });

  it('that deletes it did not, when the answer says so', async () => {
    for (const [body, kind] of [
      [{ success: false }, 'server'],
      [{ success: true }, undefined],
      [{}, undefined],
    ] as const) {
      const { client, clock } = scripted(json(body));
      const call = client.deleteSchedule('s');
      if (kind) {
        assert.equal(await clock.until(kindFrom(call)), kind);
      } else {
        await clock.until(call);
      }
    }
  });
});

describe('a follow-up', () => {
  it('is sent once', async () => {
    const { client, clock, sent } = scripted(networkError('ECONNRESET'));
    assert.equal(await clock.until(kindFrom(client.followUp('r', 'x'))), 'outcomeUnknown');
    assert.equal(sent.length, 1);
  });

  it('needs no words in the answer', async () => {
    for (const body of [null, 'thanks', '[]', '{"outcome":1}']) {
      const { client, sent } = scripted(new Response(body, { status: 200 }));
      assert.equal(await client.followUp('r', 'x'), undefined);
      assert.equal(sent.length, 1);
    }
  });
});

describe('a cancel', () => {
  const pending = json({ type: '/errors/conflict/', title: 'Pending', status: 409, retryable: true }, 409);

  it('is repeated while the run is being prepared', async () => {
    const { client, clock, sent } = scripted([pending, pending, json('r')]);
    const start = clock.now();
    await clock.until(client.cancelRun('r'));
    assert.equal(sent.length, 3);
    assert.equal(clock.now() - start, 750 + 1500);
  });

  it('gives up after five tries', async () => {
    const { client, clock, sent } = scripted(pending);
    assert.equal(await clock.until(kindFrom(client.cancelRun('r'))), 'conflict');
    assert.equal(sent.length, 5);
  });

  it('is not held up longer than its deadline', async () => {
    const { client, sent } = scripted(json({ error: 'x' }, 409, { 'retry-after': '60' }));
    assert.equal(await kindFrom(client.cancelRun('r')), 'conflict');
    assert.equal(sent.length, 1);
  });

  it('is repeated when its answer is lost', async () => {
    const { client, clock, sent } = scripted([networkError('ECONNRESET'), new Response('not json', { status: 200 })]);
    await clock.until(client.cancelRun('r'));
    assert.equal(sent.length, 2);
  });

  it('is not repeated when it cannot be done', async () => {
    for (const [status, kind] of [
      [400, 'invalid'],
      [422, 'unsupported'],
      [404, 'notFound'],
    ] as const) {
      const { client, clock, sent } = scripted(json({ error: 'x' }, status));
      assert.equal(await clock.until(kindFrom(client.cancelRun('r'))), kind);
      assert.equal(sent.length, 1);
    }
  });
});
