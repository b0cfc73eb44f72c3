import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import type { OzClient } from '../../../src/oz/ozClient';
import { ApiProblem } from '../../../src/oz/problems';
import { base, headersOf, json, networkError, noRuns, scripted, type Answer, type TestClient } from './testClient';

const calls: ((client: OzClient) => Promise<unknown>)[] = [
  (client) => client.listRuns({ q: 'x' }),
  (client) => client.getRun('r'),
  (client) => client.createRun({ prompt: 'x' }),
  (client) => client.cancelRun('r'),
  (client) => client.followUp('r', 'x'),
  (client) => client.getRunConversation('r'),
  (client) => client.getRunTranscript('r'),
  (client) => client.listSchedules(),
  (client) => client.createSchedule({ name: 'x', cron_schedule: '0 9 * * *', enabled: true }),
  (client) => client.getSchedule('s'),
  (client) => client.updateSchedule('s', { name: 'x', cron_schedule: '0 9 * * *', enabled: true }),
  (client) => client.pauseSchedule('s'),
  (client) => client.resumeSchedule('s'),
  (client) => client.deleteSchedule('s'),
  (client) => client.listEnvironments(),
  (client) => client.listModels(),
  (client) => client.listIdentities(),
  (client) => client.createIdentity('x'),
  (client) => client.renameIdentity('i', 'x'),
  (client) => client.deleteIdentity('i'),
  (client) => client.listSkills({}),
  (client) => client.getArtifact('a'),
  (client) => client.downloadArtifact('a'),
];

/** Everything that an error shows to whoever prints it. */
function told(value: unknown): string {
  return [
    inspect(value, { showHidden: true, depth: null, getters: true, showProxy: true }),
    JSON.stringify(value),
    value instanceof Error ? `${value.message}\n${value.stack ?? ''}` : '',
  ].join('\n');
}

/** The error that a call ends with, or undefined. */
function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('the key', () => {
  const key = `wk-${randomBytes(16).toString('hex')}`;

  function withKey(answers: Answer | Answer[]): TestClient {
    return scripted(answers, { key: () => Promise.resolve(key) });
  }

  it('is in no error, no log and no inspected object, whatever goes wrong', async () => {
    const faults: Answer[] = [
      networkError('ECONNRESET'),
      networkError('ENOTFOUND'),
      Object.assign(new TypeError(`Bearer ${key}`), {
        cause: Object.assign(new Error(key), { headers: key, code: key }),
      }),
      json({ error: `the key ${key} is wrong`, trace_id: key, type: `/errors/${key}` }, 401),
      json({ error: key, auth_url: `https://x.test/${key}`, inaccessible_repos: [key] }, 403),
      json({ error: key }, 409),
      json({ error: key }, 429, { 'retry-after': '3', 'x-warp-error-code': key }),
      new Response(key, { status: 500 }),
      new Response(`<html>${key}</html>`, { headers: { 'content-type': 'text/html' } }),
      new Response(null, { status: 302, headers: { location: `https://${key}.test/${key}` } }),
      new Response(null, { status: 302, headers: { location: `javascript:${key}` } }),
      new Response(key),
      json({ unexpected: key }),
    ];
    for (const fault of faults) {
      for (const call of calls) {
        const { client, clock, log } = withKey(fault);
        const outcome = await clock.until(errorOf(call(client)));
        assert.ok(outcome === undefined || ApiProblem.is(outcome));
        const everything = `${told(outcome)}\n${log.join('\n')}\n${told(client)}`;
        assert.ok(!everything.includes(key), everything);
      }
    }
  });

  it('is sent to the base URL in one header, and nowhere else', async () => {
    const link = 'https://storage.test/x';
    const answers: Answer[] = [
      json({ artifact_type: 'FILE', data: { download_url: link } }),
      new Response('x'),
      new Response(null, { status: 302, headers: { location: link } }),
      new Response('x'),
      json(noRuns),
    ];
    const { client, sent } = withKey(answers);
    await client.downloadArtifact('a');
    await client.getRunTranscript('r');
    await client.listRuns({});
    assert.equal(sent.length, 5);
    for (const one of sent) {
      const headers = headersOf(one);
      assert.equal(headers.get('authorization'), one.url.startsWith(base) ? `Bearer ${key}` : null);
      headers.delete('authorization');
      assert.ok(!`${one.url} ${JSON.stringify([...headers])}`.includes(key));
    }
  });

  it('is not in an error about itself', async () => {
    const odd = `${key}\u0000ü`;
    const { client, log } = scripted(json(noRuns), { key: () => Promise.resolve(odd) });
    const outcome: unknown = await client.listRuns({}).catch((error: unknown) => error);
    assert.ok(ApiProblem.is(outcome));
    assert.ok(!`${told(outcome)}${log.join('')}`.includes(key));
  });
});

describe('any answer', () => {
  it('ends a call well or with an ApiProblem', async () => {
    const answer = fc.record({
      status: fc.constantFrom(200, 201, 202, 301, 302, 304, 400, 401, 404, 409, 418, 422, 429, 500, 503, 599),
      type: fc.constantFrom('application/json', 'application/problem+json', 'text/html', 'text/plain', ''),
      retryAfter: fc.oneof(fc.constantFrom('', '1', '-1', '99999999999', 'Wed, 18 Mar 2026 14:30:05 GMT')),
      location: fc.oneof(fc.constant(''), fc.webUrl(), fc.constantFrom('/x', '//x', 'javascript:1', 'http://[')),
      body: fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"run_id":"r"}', '{"runs":[{}]}', '{"steps":[[]]}', '')),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 4 }),
        fc.nat(calls.length - 1),
        async (all, which) => {
          const responses = all.map(({ status, type, retryAfter, location, body }) => {
            const headers = { 'content-type': type, 'retry-after': retryAfter, location };
            return new Response(status === 304 ? null : body, { status, headers });
          });
          const { client, clock } = scripted(responses);
          const call = calls[which] ?? assert.fail();
          const outcome = await clock.until(errorOf(call(client)));
          assert.ok(outcome === undefined || ApiProblem.is(outcome), told(outcome));
        },
      ),
      { numRuns: 200 },
    );
  }).timeout(20_000);
});
