import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { fetch as undiciFetch, ProxyAgent, type RequestInit } from 'undici';
import { type CheckName, diagnose, type Finding, type Means, type Subject } from '../../../src/oz/diagnosis';
import { systemProbes, type TlsPeer } from '../../../src/oz/probes';
import { ApiProblem } from '../../../src/oz/problems';
import { redacted } from '../../../src/oz/redact';
import { projectFolder, temporaryFolder } from '../../vscode/folders';
import { FakeClock, noon } from '../fakeClock';
import { type CertificateFacts, type Identity, selfSigned } from './selfSigned';

const key = 'wk-0123456789';

const subject: Subject = {
  baseUrl: 'https://oz.test/api/v1',
  usualPath: '/api/v1',
  keyPrefix: 'wk-',
  proxySettings: {
    proxy: '',
    proxySupport: 'override',
    noProxy: [],
    fetchAdditionalSupport: true,
    electronFetch: false,
  },
  environment: {},
  key: () => Promise.resolve({ value: key, from: 'stored' }),
  callWith: () => Promise.resolve(),
};

const peer: TlsPeer = {
  isTrusted: true,
  subject: 'Oz',
  issuer: 'Acme CA',
  names: ['oz.test'],
  validTo: noon + 90 * 86_400_000,
  protocol: 'TLSv1.3',
};

/** How the service refuses somebody without a key. */
function refusal(headers: Record<string, string> = {}): Response {
  const date = new Date(noon).toUTCString();
  return Response.json({ title: 'Unauthorized', status: 401 }, { status: 401, headers: { date, ...headers } });
}

/** A network in which all is well. */
function means(change: Partial<Means> = {}): Means {
  return {
    lookup: () => Promise.resolve(['192.0.2.1', '2001:db8::1']),
    shakeHands: () => Promise.resolve(peer),
    fetch: () => Promise.resolve(refusal()),
    clock: new FakeClock(),
    ...change,
  };
}

async function findings(about: Partial<Subject> = {}, by: Partial<Means> = {}): Promise<Record<CheckName, Finding>> {
  const list = await diagnose({ ...subject, ...about }, means(by), new AbortController().signal);
  return Object.fromEntries(list.map((finding) => [finding.check, finding])) as Record<CheckName, Finding>;
}

function outcomes(found: Record<CheckName, Finding>): string {
  return Object.values(found)
    .map(({ outcome }) => outcome)
    .join(' ');
}

function rejecting(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

describe('a diagnosis', () => {
  it('is made in order and finds nothing where all is well', async () => {
    const asked: string[] = [];
    const requests: [unknown, globalThis.RequestInit | undefined][] = [];
    const found = await findings(
      {},
      {
        onCheck: (check) => asked.push(check),
        fetch: (url, init) => {
          requests.push([url, init]);
          return Promise.resolve(refusal());
        },
      },
    );
    assert.deepEqual(asked, ['address', 'name', 'proxy', 'certificate', 'answer', 'key', 'clock']);
    assert.deepEqual(Object.keys(found), asked);
    assert.equal(outcomes(found), 'ok ok ok ok ok ok ok');
    const [[url, init] = []] = requests;
    assert.deepEqual([requests.length, url], [1, 'https://oz.test/api/v1/agent/runs?limit=1']);
    assert.equal(init?.redirect, 'manual');
    assert.ok(!new Headers(init.headers).has('authorization'));
  });

  describe('of the address', () => {
    it('says what is wrong with it, and asks nobody', async () => {
      const wrong = {
        'http://oz.test/api/v1': 'notHttps',
        'https://a:b@oz.test': 'credentials',
        'oz.test': 'unreadable',
      };
      for (const [baseUrl, why] of Object.entries(wrong)) {
        const nobody = (): never => assert.fail('asked');
        const found = await findings(
          { baseUrl, callWith: nobody },
          { lookup: nobody, shakeHands: nobody, fetch: nobody },
        );
        assert.deepEqual(found.address, { check: 'address', outcome: 'failed', code: 'badAddress', why });
        assert.equal(outcomes(found), 'failed skipped skipped skipped skipped skipped skipped');
        assert.equal(found.key.code, 'keyNotTried');
      }
    });

    it('warns of another path, and goes on', async () => {
      const found = await findings({ baseUrl: ' https://oz.test/v1/?x=secret#y ' });
      const { address } = found;
      assert.ok(address.code === 'otherPath' && address.outcome === 'warning');
      assert.deepEqual([address.origin, address.path], ['https://oz.test', '/v1']);
      assert.equal(found.answer.outcome, 'ok');
    });
  });

  describe('of the name', () => {
    it('fails with its code, and looks at no certificate then', async () => {
      const unreachable = rejecting('ENOTFOUND');
      const found = await findings({}, { lookup: unreachable, fetch: unreachable, shakeHands: () => assert.fail() });
      assert.deepEqual(found.name, { check: 'name', outcome: 'failed', code: 'unresolved', error: 'ENOTFOUND' });
      assert.equal(found.certificate.code, 'noName');
      assert.deepEqual(found.answer, { check: 'answer', outcome: 'failed', code: 'noAnswer', error: 'ENOTFOUND' });
      assert.equal(found.key.code, 'keyNotTried');
    });

    it('is a warning where the service answers all the same', async () => {
      const found = await findings({}, { lookup: rejecting('EAI_AGAIN') });
      assert.deepEqual([found.name.outcome, found.answer.outcome], ['warning', 'ok']);
    });

    it('is left out for addresses and where a proxy looks it up', async () => {
      const lookup = (): never => assert.fail('looked up');
      for (const baseUrl of ['https://192.0.2.1/api/v1', 'https://[2001:db8::1]:444/api/v1']) {
        assert.equal((await findings({ baseUrl }, { lookup })).name.code, 'isAddress');
      }
      const proxySettings = { ...subject.proxySettings, proxy: 'http://adalove:s3cret@proxy.test:8080' };
      const found = await findings({ proxySettings }, { lookup, shakeHands: () => assert.fail('connected') });
      assert.deepEqual([found.name.code, found.certificate.code], ['proxyResolves', 'proxyConnects']);
      assert.doesNotMatch(JSON.stringify(found), /s3cret|adalove/);
    });
  });

  describe('of the certificate', () => {
    const now = Date.now();
    const good: CertificateFacts = {
      name: 'Acme Inspection',
      hosts: ['localhost', '127.0.0.1'],
      notBefore: now - 86_400_000,
      notAfter: now + 90 * 86_400_000,
    };

    async function secure(identity: Identity): Promise<Server> {
      return listening(https.createServer(identity, (_request, response) => response.end()));
    }

    it('sees who vouches for it, and that it is not trusted', async () => {
      const server = await secure(selfSigned(good));
      // The one check that the system's clock has a part in: certificates are held against it.
      const clock = new FakeClock(now);
      const found = await findings({ baseUrl: baseOf(server, 'https://localhost') }, { ...systemProbes, clock });
      server.close();
      const { certificate, answer } = found;
      assert.ok(certificate.code === 'certificate' && certificate.outcome === 'failed');
      assert.deepEqual(certificate.peer, {
        isTrusted: false,
        reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        subject: good.name,
        issuer: good.name,
        names: good.hosts,
        validTo: Math.floor(good.notAfter / 1000) * 1000,
        protocol: 'TLSv1.3',
      });
      assert.equal(certificate.days, 89);
      assert.ok(answer.code === 'noAnswer' && answer.error === 'DEPTH_ZERO_SELF_SIGNED_CERT');
      assert.ok(found.name.code === 'resolved' && found.name.addresses.length > 0);
    });

    it('is a warning where VS Code, which knows more certificates, gets through', async () => {
      const server = await secure(selfSigned({ ...good, notAfter: now - 3_600_000 }));
      const { shakeHands } = systemProbes;
      const clock = new FakeClock(now);
      const { certificate } = await findings({ baseUrl: baseOf(server, 'https://127.0.0.1') }, { shakeHands, clock });
      server.close();
      assert.ok(certificate.code === 'certificate' && certificate.outcome === 'warning');
      assert.ok(certificate.days < 0 && !certificate.peer.isTrusted);
    });

    it('is fine where it is trusted and for that host', async () => {
      const identity = selfSigned({ ...good, hosts: ['localhost'] });
      const server = await secure(identity);
      const file = path.join(temporaryFolder('certificate'), 'ca.pem');
      fs.writeFileSync(file, identity.cert);
      const { port } = server.address() as AddressInfo;
      const probes = path.join(projectFolder, 'src', 'oz', 'probes.ts');
      const script = `const { systemProbes } = require(${JSON.stringify(probes)});
        const hosts = ['localhost', '127.0.0.1'];
        const peers = hosts.map((host) => systemProbes.shakeHands(host, ${port}, new AbortController().signal));
        Promise.all(peers).then((all) => console.log(JSON.stringify(all)));`;
      const args = ['--require', 'tsx/cjs', '--eval', script];
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: file };
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectFolder, env });
      server.close();
      const [named, other] = JSON.parse(stdout) as TlsPeer[];
      assert.deepEqual([named?.isTrusted, named?.reason], [true, undefined]);
      assert.deepEqual([other?.isTrusted, other?.reason], [false, 'ERR_TLS_CERT_ALTNAME_INVALID']);
    });

    it('is a warning shortly before it ends', async () => {
      const ends = (days: number): Partial<Means> => ({
        shakeHands: () => Promise.resolve({ ...peer, validTo: noon + days * 86_400_000 }),
      });
      assert.equal((await findings({}, ends(13))).certificate.outcome, 'warning');
      assert.equal((await findings({}, ends(15))).certificate.outcome, 'ok');
      assert.equal((await findings({}, ends(NaN))).certificate.outcome, 'ok');
    });

    it('fails without a handshake', async () => {
      const plain = await listening(http.createServer((_request, response) => response.end()));
      const baseUrl = baseOf(plain, 'https://127.0.0.1');
      const { certificate, answer } = await findings({ baseUrl }, systemProbes);
      plain.close();
      assert.ok(certificate.code === 'noHandshake' && certificate.error.startsWith('E'), JSON.stringify(certificate));
      assert.equal(answer.code, 'noAnswer');
      assert.equal(
        (await findings({ baseUrl }, { shakeHands: systemProbes.shakeHands })).certificate.outcome,
        'warning',
      );
    });
  });

  describe('of the answer', () => {
    /** What is found when this server is at the base URL. */
    async function answered(
      listener: http.RequestListener,
      about: Partial<Subject> = {},
      clock = new FakeClock(),
    ): Promise<Record<CheckName, Finding>> {
      const server = await listening(http.createServer(listener));
      try {
        const { fetch } = systemProbes;
        return await findings({ baseUrl: baseOf(server, 'http://127.0.0.1'), ...about }, { fetch, clock });
      } finally {
        server.closeAllConnections();
        server.close();
      }
    }

    const never = (): never => assert.fail('the key was sent');

    /** A server that answers so, and the code that is found, with the key kept back. */
    const others: [name: string, code: string, status: number, headers: Record<string, string>, body: string][] = [
      ['a sign-in page', 'page', 200, { 'content-type': 'text/html' }, '<html>Welcome to Hotel'],
      ['a page that is named otherwise', 'page', 200, {}, '  <!doctype html>'],
      ['a page with 401', 'page', 401, { 'content-type': 'text/html; charset=utf-8' }, 'Unauthorized'],
      ['a network that wants a sign-in', 'page', 511, {}, '{}'],
      ['another place', 'redirected', 302, { location: 'https://login.hotel.test/?u=secret' }, ''],
      ['another place by name', 'redirected', 307, { location: '/login' }, ''],
      ['another API', 'wrongPath', 404, { 'content-type': 'application/json' }, '{"error":"no"}'],
      ['another site', 'wrongPath', 404, { 'content-type': 'text/html' }, '<html>'],
      ['a gateway', 'gatewayError', 502, { 'content-type': 'text/html' }, '<html>Bad gateway'],
      ['something else', 'otherAnswer', 200, { 'content-type': 'application/json' }, '{"hello":1}'],
      ['text', 'otherAnswer', 401, { 'content-type': 'text/plain' }, 'no'],
      ['a blocked request', 'otherAnswer', 403, { 'content-type': 'application/json' }, '{}'],
    ];
    for (const [name, code, status, headers, body] of others) {
      it(`knows ${name}`, async () => {
        const found = await answered(
          (_request, response) => {
            response.writeHead(status, headers).end(body);
          },
          { callWith: never },
        );
        assert.deepEqual([found.answer.outcome, found.answer.code], ['failed', code]);
        assert.equal(found.key.code, 'keyNotTried');
        assert.doesNotMatch(JSON.stringify(found), /secret/);
      });
    }

    it('knows the service, whatever its mood', async () => {
      const problem = { 'content-type': 'application/problem+json' };
      const moods: [status: number, body: string, code: string, outcome: string][] = [
        [401, '{"status":401}', 'service', 'ok'],
        [429, '{"status":429}', 'busy', 'warning'],
        [503, '{"status":503}', 'serverError', 'failed'],
        [200, '{"runs":[],"page_info":{}}', 'unsigned', 'warning'],
      ];
      for (const [status, body, code, outcome] of moods) {
        const found = await answered((_request, response) => {
          response.writeHead(status, problem).end(body);
        });
        assert.deepEqual([found.answer.code, found.answer.outcome], [code, outcome]);
        assert.equal(found.key.code, 'keyAccepted');
        assert.equal(found.certificate.code, 'plainHttp');
      }
    });

    it('knows a proxy that wants a password before it lets through', async () => {
      const proxy = await listening(http.createServer());
      proxy.on('connect', (_request, socket) => {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n');
      });
      const dispatcher = new ProxyAgent(`http://localhost:${(proxy.address() as AddressInfo).port}`);
      const fetch: typeof globalThis.fetch = (url, init) =>
        undiciFetch(url as string, { ...(init as RequestInit), dispatcher }) as unknown as Promise<Response>;
      const { answer } = await findings({ callWith: never }, { fetch });
      await dispatcher.close();
      proxy.close();
      assert.equal(answer.code, 'proxyAuth');
      // Electron's gives out an answer, and has words of its own for an error.
      const others = [
        (): Promise<Response> => Promise.resolve(new Response('<html>', { status: 407 })),
        rejecting('net::ERR_PROXY_AUTH_REQUESTED'),
      ];
      for (const other of others) {
        assert.equal((await findings({ callWith: never }, { fetch: other })).answer.code, 'proxyAuth');
      }
    });

    it('tells where it is sent', async () => {
      const { answer } = await answered((_request, response) => {
        response.writeHead(302, { location: 'https://a:b@login.hotel.test/secret?x#y' }).end();
      });
      assert.ok(answer.code === 'redirected');
      assert.equal(answer.origin, 'https://login.hotel.test');
    });

    it('fails with the code of a refused connection', async () => {
      const server = await listening(http.createServer());
      const baseUrl = baseOf(server, 'http://127.0.0.1');
      server.close();
      await once(server, 'close');
      const { answer } = await findings({ baseUrl, callWith: never }, { fetch: systemProbes.fetch });
      assert.deepEqual(answer, { check: 'answer', outcome: 'failed', code: 'noAnswer', error: 'ECONNREFUSED' });
    });

    it('ends when nothing or not all comes', async () => {
      for (const begin of [false, true]) {
        const clock = new FakeClock();
        const stalled = answered(
          (_request, response) => {
            if (begin) {
              response.writeHead(401, { 'content-type': 'application/json' }).write('{"status":');
            }
            // The request is here: only the clock can end it.
            setImmediate(() => void clock.advance(60_000));
          },
          { callWith: never },
          clock,
        );
        const { answer } = await stalled;
        assert.deepEqual(answer, { check: 'answer', outcome: 'failed', code: 'noAnswer', error: 'timeout' });
        assert.equal(clock.waiting, 0);
      }
    });

    it('reads no more than it needs of one without an end', async () => {
      const { answer } = await answered((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' });
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
        };
        response.on('drain', more);
        more();
      });
      assert.equal(answer.code, 'otherAnswer');
    });
  });

  describe('of the key', () => {
    it('tells its length and beginning, and nothing of it', async () => {
      const found = await findings({ key: () => Promise.resolve({ value: 'x'.repeat(40), from: 'environment' }) });
      const look = { from: 'environment', length: 40, hasPrefix: false };
      assert.deepEqual(found.key, { check: 'key', outcome: 'ok', code: 'keyAccepted', key: look });
      assert.doesNotMatch(JSON.stringify(found), /xxx/);
    });

    it('knows none, one that cannot be read, and one that is no key', async () => {
      const keys: [Subject['key'], code: string][] = [
        [() => Promise.resolve(undefined), 'noKey'],
        [() => Promise.reject(new Error('locked')), 'keyUnreadable'],
        [() => Promise.resolve({ value: 'wk-1 2', from: 'stored' }), 'keyMalformed'],
        [() => Promise.resolve({ value: 'wk-1\u2014', from: 'stored' }), 'keyMalformed'],
      ];
      for (const [one, code] of keys) {
        const found = await findings({ key: one, callWith: () => assert.fail('sent') });
        assert.deepEqual([found.key.code, found.key.outcome], [code, 'failed']);
      }
      const clock = new FakeClock();
      const hanging = findings({ key: () => new Promise(() => undefined) }, { clock });
      assert.equal((await clock.until(hanging)).key.code, 'keyUnreadable');
    });

    it('tells what the service says to it', async () => {
      const said: [kind: ApiProblem['kind'], outcome: string][] = [
        ['keyRefused', 'failed'],
        ['forbidden', 'failed'],
        ['notOz', 'failed'],
        ['externalAuth', 'warning'],
        ['rateLimited', 'warning'],
        ['server', 'warning'],
      ];
      for (const [kind, outcome] of said) {
        const problem = new ApiProblem({ kind, message: `the run "Title" of ${key}`, status: 400, traceId: 't1' });
        const found = await findings({ callWith: () => Promise.reject(problem) });
        assert.ok(found.key.code === 'keyProblem' && found.key.outcome === outcome, kind);
        assert.deepEqual(found.key.problem, { kind, status: 400, code: undefined, traceId: 't1' });
      }
    });

    it('waits for its call, but not for ever', async () => {
      const clock = new FakeClock();
      const hanging = findings({ callWith: () => new Promise(() => undefined) }, { clock });
      const { key: found } = await clock.until(hanging);
      assert.ok(found.code === 'keyProblem' && found.problem.kind === 'timeout');
    });
  });

  describe('of the clock', () => {
    async function clockFor(date: string | undefined): Promise<Finding> {
      const answer = refusal();
      answer.headers.delete('date');
      if (date !== undefined) {
        answer.headers.set('date', date);
      }
      return (await findings({}, { fetch: () => Promise.resolve(answer) })).clock;
    }
    const at = (ms: number): Promise<Finding> => clockFor(new Date(noon + ms).toUTCString());

    it('warns above a minute, either way', async () => {
      const found = await Promise.all([0, 59_000, -59_000, 61_000, -62_000, 86_400_000].map(at));
      assert.deepEqual(
        found.map(({ outcome }) => outcome),
        ['ok', 'ok', 'ok', 'warning', 'warning', 'warning'],
      );
      assert.ok(found[3]?.code === 'clock' && Math.abs(found[3].behind - 61_000) <= 500);
    });

    it('says nothing without a date, or by that of somebody else', async () => {
      assert.equal((await clockFor(undefined)).code, 'noDate');
      assert.equal((await clockFor('soon')).code, 'noDate');
      const headers = { date: 'Thu, 01 Jan 1970 00:00:00 GMT', 'content-type': 'text/html' };
      const fetch = (): Promise<Response> => Promise.resolve(new Response('<html>', { headers }));
      assert.equal((await findings({}, { fetch })).clock.code, 'noDate');
    });

    it('counts half of the way of the answer', async () => {
      const clock = new FakeClock();
      const fetch = async (): Promise<Response> => {
        await clock.advance(8_000);
        return refusal({ date: new Date(noon + 4_000).toUTCString() });
      };
      const found = (await findings({}, { fetch, clock })).clock;
      assert.ok(found.code === 'clock' && found.behind === 500);
    });
  });

  it('ends at once when it is cancelled, wherever it is', async () => {
    const forever = (): Promise<never> => new Promise(() => undefined);
    const waits: [Partial<Means>, Partial<Subject>][] = [
      [{ lookup: forever }, {}],
      [{ shakeHands: forever }, {}],
      [{ fetch: forever }, {}],
      [{}, { key: forever }],
      [{}, { callWith: forever }],
    ];
    for (const [by, about] of waits) {
      const stop = new AbortController();
      const clock = new FakeClock();
      const diagnosing = diagnose({ ...subject, ...about }, means({ ...by, clock }), stop.signal);
      await clock.advance(0);
      stop.abort();
      await assert.rejects(diagnosing, (error) => ApiProblem.is(error) && error.kind === 'aborted');
      assert.equal(clock.waiting, 0);
    }
  });

  it('has no secret in it, wherever one comes from', async () => {
    const word = fc.stringMatching(/^[a-z0-9]{12,24}$/);
    const place = fc.constantFrom('path', 'query', 'fragment', 'credentials', 'none');
    const way = fc.constantFrom('answer', 'redirect', 'page', 'throw', 'problem');
    await fc.assert(
      fc.asyncProperty(word, word, place, way, fc.boolean(), async (first, second, inUrl, how, hasProxy) => {
        fc.pre(first !== second);
        const aKey = `wk-${first}`;
        const urls = {
          path: `https://oz.test/${aKey}`,
          query: `https://oz.test/api/v1?token=${second}`,
          fragment: `https://oz.test/api/v1#${second}`,
          credentials: `https://ada:${second}@oz.test/api/v1`,
          none: `https://oz.test/api/v1`,
        };
        const leaking = (): Error => {
          const error = Object.assign(new Error(`${aKey} ${second}`), { code: aKey, cause: { message: second } });
          return Object.assign(new TypeError(second, { cause: error }), { headers: { authorization: aKey } });
        };
        const headers = { location: `https://u:${second}@${aKey}.test/${second}?${second}`, date: aKey };
        const answers: Record<typeof how, () => Promise<Response>> = {
          answer: () => Promise.resolve(Response.json({ error: second }, { status: 401, headers })),
          redirect: () => Promise.resolve(new Response(null, { status: 302, headers })),
          page: () => Promise.resolve(new Response(`<html>${second}`, { headers })),
          throw: () => Promise.reject(leaking()),
          problem: () => Promise.resolve(refusal()),
        };
        const proxy = hasProxy ? `http://ada:${second}@proxy.test:8080/${second}?${second}` : second;
        const problem = { kind: 'forbidden', message: second, code: 'not_allowed', authUrl: second } as const;
        const found = await findings(
          {
            baseUrl: urls[inUrl],
            proxySettings: { ...subject.proxySettings, proxy },
            environment: { HTTPS_PROXY: `${second}:${second}`, ALL_PROXY: `http://${second}@x`, no_proxy: second },
            key: () => Promise.resolve({ value: aKey, from: 'stored' }),
            callWith: () => Promise.reject(new ApiProblem({ ...problem, traceId: aKey })),
          },
          {
            fetch: answers[how],
            lookup: () => Promise.reject(leaking()),
            shakeHands: () => Promise.resolve({ ...peer, issuer: aKey, names: [aKey] }),
          },
        );
        const given = redacted(JSON.stringify(found), { keys: [aKey], home: '', user: '' }).toLowerCase();
        assert.ok(!given.includes(first), given);
        assert.ok(!given.includes(second), given);
      }),
      { numRuns: 300 },
    );
  });
});

async function listening<T extends Server>(server: T): Promise<T> {
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return server;
}

function baseOf(server: Server, origin: string): string {
  return `${origin}:${(server.address() as AddressInfo).port}/api/v1`;
}
