import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { networkFailure } from '../../../src/oz/network';
import { ApiProblem, outcomeUnknown, problemOf } from '../../../src/oz/problems';

const now = Date.parse('2026-03-18T14:30:00Z');
const directory = '/reference/api-and-sdk/troubleshooting/errors';

function problem(status: number, body: unknown, headers: Record<string, string> = {}): ApiProblem {
  return problemOf({
    status,
    header: (name) => headers[name] ?? null,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    now,
  });
}

describe('problemOf', () => {
  it('takes the code from the end of every form of type', () => {
    for (const type of [
      'https://docs.example/errors/resource_not_found',
      'https://docs.example/errors/resource-not-found/',
      'https://docs.example/errors/resource_not_found?x=/y#z',
      `${directory}/resource-not-found/`,
      `${directory}/resource-not-found`,
      'resource_not_found',
      'RESOURCE-NOT-FOUND//',
    ]) {
      assert.equal(problem(404, { type }).facts.code, 'resource_not_found', type);
    }
  });

  it('has no code where type is none', () => {
    for (const type of [undefined, null, 7, '', '/', 'about:blank', 'a b', '../', 'x'.repeat(200)]) {
      assert.equal(problem(404, { type }).facts.code, undefined, String(type));
    }
  });

  it('keeps what helps: trace, retryable, repositories, the address that connects a service', () => {
    const { facts } = problem(401, {
      type: `${directory}/external-authentication-required/`,
      title: 'No access',
      status: 401,
      detail: 'inaccessible repos: acme/backend',
      auth_url: 'https://github.com/apps/example/installations/new',
      inaccessible_repos: ['acme/backend', 7],
      retryable: false,
      trace_id: 'abc123',
    });
    assert.equal(facts.kind, 'externalAuth');
    assert.equal(facts.authUrl, 'https://github.com/apps/example/installations/new');
    assert.deepEqual(facts.inaccessibleRepos, ['acme/backend']);
    assert.equal(facts.traceId, 'abc123');
    assert.equal(facts.retryable, false);
    assert.ok(facts.message.includes('No access') && facts.message.includes('acme/backend'));
  });

  it('tells a refused key from a service that is not connected', () => {
    assert.equal(problem(401, { type: `${directory}/authentication-required/`, title: 'x' }).kind, 'keyRefused');
    assert.equal(problem(401, { error: 'Unauthorized' }).kind, 'keyRefused');
    assert.equal(problem(401, '<html>no</html>').kind, 'keyRefused');
    assert.equal(problem(401, '').kind, 'keyRefused');
  });

  it('goes by the status', () => {
    const kinds = [400, 402, 403, 404, 407, 408, 409, 410, 413, 418, 422, 429, 500, 502, 503, 504, 599].map(
      (status) => `${status} ${problem(status, { error: 'x' }).kind}`,
    );
    assert.deepEqual(kinds, [
      '400 invalid',
      '402 forbidden',
      '403 forbidden',
      '404 notFound',
      '407 unreachable',
      '408 timeout',
      '409 conflict',
      '410 notFound',
      '413 invalid',
      '418 invalid',
      '422 unsupported',
      '429 rateLimited',
      '500 server',
      '502 server',
      '503 server',
      '504 server',
      '599 server',
    ]);
  });

  it('knows by a web page that something else lives there, but not where gateways send pages too', () => {
    assert.equal(problem(404, '<html><body>Not found</body></html>').kind, 'notOz');
    assert.equal(problem(405, 'Method Not Allowed').kind, 'notOz');
    assert.equal(problem(404, '').kind, 'notFound');
    assert.equal(problem(403, '<html>').kind, 'forbidden');
    assert.equal(problem(502, '<html>').kind, 'server');
  });

  it('never shows a page as a message', () => {
    assert.ok(!problem(502, '<html>secret</html>').message.includes('html'));
  });

  it('believes the service about trying again, and else the status', () => {
    assert.equal(problem(409, { error: 'x' }).facts.retryable, true);
    assert.equal(problem(409, { error: 'x', retryable: false }).facts.retryable, false);
    assert.equal(problem(400, { error: 'x' }).facts.retryable, false);
    assert.equal(problem(400, { error: 'x', retryable: true }).facts.retryable, true);
    assert.equal(problem(500, '').facts.retryable, true);
  });

  it('reads the limits that are told in a header', () => {
    const full = problem(429, { error: 'full', running_agents: 4 }, { 'x-warp-error-code': 'AT_CLOUD_AGENT_CAPACITY' });
    assert.deepEqual([full.kind, full.facts.code, full.message], ['rateLimited', 'at_cloud_agent_capacity', 'full']);
    const broke = problem(429, { userDisplayMessage: 'Buy more' }, { 'x-warp-error-code': 'OUT_OF_CREDITS' });
    assert.deepEqual([broke.facts.code, broke.message, broke.facts.retryable], ['out_of_credits', 'Buy more', false]);
  });

  it('takes only web addresses as auth_url', () => {
    for (const auth_url of ['javascript:alert(1)', 'command:x', 'vscode://x/y', '//x', 'https://', 7, null]) {
      assert.equal(problem(401, { auth_url }).facts.authUrl, undefined, String(auth_url));
    }
  });

  it('makes a problem of any answer', () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record(
          {
            type: fc.anything(),
            title: fc.anything(),
            detail: fc.anything(),
            error: fc.anything(),
            retryable: fc.anything(),
            trace_id: fc.anything(),
            auth_url: fc.oneof(fc.webUrl(), fc.anything()),
            inaccessible_repos: fc.anything(),
          },
          { requiredKeys: [] },
        )
        .map((members) => JSON.stringify(members, (_, value: unknown) => (typeof value === 'bigint' ? 1 : value))),
    );
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), body, fc.string(), (status, text, header) => {
        const { facts, message } = problem(status, text, { 'retry-after': header, 'x-warp-error-code': header });
        assert.ok(message.length > 0);
        assert.equal(facts.status, status);
        assert.equal(typeof facts.retryable, 'boolean');
        assert.ok(facts.code === undefined || /^[a-z0-9_]+$/.test(facts.code));
        assert.ok(facts.traceId === undefined || typeof facts.traceId === 'string');
        assert.ok(facts.authUrl === undefined || /^https?:/i.test(facts.authUrl));
        assert.ok((facts.inaccessibleRepos ?? []).every((repo) => typeof repo === 'string'));
      }),
    );
  });
});

describe('ApiProblem.is', () => {
  it('knows a problem of another bundle', () => {
    class Other extends Error {
      override readonly name = 'ApiProblem';
      readonly facts = { kind: 'invalid', message: '' };
    }
    assert.equal(ApiProblem.is(new Other()), true);
    assert.equal(ApiProblem.is(new Error('x')), false);
    assert.equal(ApiProblem.is({ name: 'ApiProblem', facts: {} }), false);
  });
});

function coded(code: string, more: object = {}): Error {
  return Object.assign(new Error(code), { code }, more);
}

describe('networkFailure', () => {
  it('digs the code out of causes and lists of errors', () => {
    const nested = new TypeError('fetch failed', { cause: new Error('x', { cause: coded('ECONNRESET') }) });
    assert.equal(networkFailure(nested, 'h').problem.facts.code, 'ECONNRESET');
    const several = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
    const listed = new TypeError('fetch failed', { cause: several });
    assert.equal(networkFailure(listed, 'h').problem.facts.code, 'ECONNREFUSED');
    assert.equal(
      networkFailure(new Error('net::ERR_NAME_NOT_RESOLVED'), 'h').problem.facts.code,
      'ERR_NAME_NOT_RESOLVED',
    );
  });

  it('has no code where there is none', () => {
    for (const error of [new Error('x'), undefined, null, 'x', 7, { code: 5 }, { code: 'lower case' }]) {
      const { problem: found, maybeSent } = networkFailure(error, 'h');
      assert.deepEqual([found.kind, found.facts.code, maybeSent], ['unreachable', undefined, true]);
    }
  });

  it('is sure that nothing was sent only when there was no connection', () => {
    for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED']) {
      assert.equal(networkFailure(coded(code), 'h').maybeSent, false, code);
    }
    assert.equal(networkFailure(coded('ETIMEDOUT', { syscall: 'connect' }), 'h').maybeSent, false);
    for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'EPIPE', 'ETIMEDOUT']) {
      assert.equal(networkFailure(coded(code, { syscall: 'read' }), 'h').maybeSent, true, code);
    }
  });

  it('does not call a bad certificate a passing trouble', () => {
    for (const code of [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ]) {
      assert.equal(networkFailure(coded(code), 'h').problem.facts.retryable, false, code);
    }
    assert.equal(networkFailure(coded('ECONNRESET'), 'h').problem.facts.retryable, true);
  });

  it('ends on causes that go round in a circle', () => {
    const error = coded('ECONNRESET');
    error.cause = error;
    assert.equal(networkFailure(error, 'h').problem.facts.code, 'ECONNRESET');
  });

  it('carries none of what the network threw', () => {
    const cause = coded('ECONNRESET', { headers: 'Bearer wk-secret' });
    const { problem: found } = networkFailure(new TypeError('https://h/?sig=wk-secret', { cause }), 'h');
    assert.ok(!inspect(found, { showHidden: true, depth: null }).includes('wk-secret'));
  });
});

describe('outcomeUnknown', () => {
  it('keeps what the service said, but not that trying again is all', () => {
    const { kind, facts } = outcomeUnknown(problem(500, { error: 'x', trace_id: 't', retryable: true }).facts);
    assert.deepEqual([kind, facts.code, facts.retryable], ['outcomeUnknown', 'server', false]);
    assert.deepEqual([facts.message, facts.status, facts.traceId], ['x', 500, 't']);
  });
});
