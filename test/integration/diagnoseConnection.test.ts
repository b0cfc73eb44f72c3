import assert from 'node:assert/strict';
import * as os from 'node:os';
import * as vscode from 'vscode';
import { diagnoseConnection, type DiagnoseConnectionDeps } from '../../src/commands/diagnoseConnection';
import type { Finding, Found, Outcome } from '../../src/oz/diagnosis';
import type { TlsPeer } from '../../src/oz/probes';
import { ApiProblem } from '../../src/oz/problems';
import { diagnosisReport } from '../../src/platform/diagnosisReport';
import { QuickInputs } from './quickInput';

const key = 'wk-5f0c9f7d5f0c9f7d';
const hidden = 's3cretpassword';

const peer: TlsPeer = {
  isTrusted: true,
  subject: 'Oz',
  issuer: 'Acme\u202e CA',
  names: ['oz.test', '*.oz.test'],
  validTo: Date.now() + 90 * 86_400_000,
  protocol: 'TLSv1.3',
};

describe('the diagnosis of the connection', () => {
  let inputs: QuickInputs;
  let shown: string[];

  beforeEach(() => {
    inputs = new QuickInputs();
    shown = [];
  });

  afterEach(() => inputs.dispose());

  function depsWith(change: Partial<DiagnoseConnectionDeps> = {}): DiagnoseConnectionDeps {
    return {
      baseUrl: () => 'https://oz.test/api/v1',
      apiKey: { inUse: () => Promise.resolve({ value: key, from: 'stored' }) },
      check: () => Promise.resolve(),
      showText: (_name, text) => {
        shown.push(text);
        return Promise.resolve();
      },
      version: '0.1.0',
      environment: {},
      probes: {
        lookup: () => Promise.resolve(['192.0.2.1']),
        shakeHands: () => Promise.resolve(peer),
        fetch: () => Promise.resolve(Response.json({}, { status: 401, headers: { date: new Date().toUTCString() } })),
      },
      ...change,
    };
  }

  it('is a text about every check and the editor, to copy', async () => {
    inputs.answerMessages('Copy Report');
    await diagnoseConnection(depsWith());
    const [report = ''] = shown;
    assert.equal(report.match(/^\[OK\]/gm)?.length, 7, report);
    for (const fact of [
      'https://oz.test/api/v1',
      '192.0.2.1',
      'TLSv1.3',
      '19 characters',
      vscode.version,
      os.release(),
    ]) {
      assert.ok(report.includes(fact), `${fact} is not in ${report}`);
    }
    assert.doesNotMatch(report, /\u202e/);
    assert.equal(await vscode.env.clipboard.readText(), report);
    assert.equal(inputs.messages.length, 1);
  });

  it('has no secret in it', async () => {
    const leaking = Object.assign(new Error(`${key} ${hidden}`), { code: key, cause: new Error(hidden) });
    const problem = new ApiProblem({
      kind: 'forbidden',
      message: hidden,
      code: 'not_allowed',
      traceId: key,
      status: 403,
    });
    const { lookup, shakeHands, fetch } = depsWith().probes ?? assert.fail();
    const headers = { location: `https://u:${hidden}@${key}.test/?${hidden}` };
    const environment = { HTTPS_PROXY: `http://ada:${hidden}@proxy.test`, WARP_API_KEY: key, ALL_PROXY: hidden };
    const others: Partial<DiagnoseConnectionDeps>[] = [
      { environment, check: () => Promise.reject(problem) },
      { baseUrl: () => `https://oz.test/${key}?${hidden}#${hidden}` },
      { baseUrl: () => `https://u:${hidden}@oz.test/api/v1` },
      { baseUrl: () => `${key} ${hidden}` },
      { probes: { lookup: () => Promise.reject(leaking), shakeHands: () => Promise.reject(leaking), fetch } },
      { probes: { lookup, shakeHands, fetch: () => Promise.reject(leaking) } },
      { probes: { lookup, shakeHands, fetch: () => Promise.resolve(new Response(null, { status: 302, headers })) } },
      { probes: { lookup, fetch, shakeHands: () => Promise.resolve({ ...peer, issuer: key, reason: key }) } },
    ];
    for (const other of others) {
      await diagnoseConnection(depsWith(other));
    }
    assert.equal(shown.length, others.length);
    const all = [...shown, ...inputs.messages].join('\n').toLowerCase();
    for (const secret of [key, hidden, os.homedir()].filter((one) => one.length > 3)) {
      assert.ok(!all.includes(secret.toLowerCase()), secret);
    }
  });

  it('opens nothing when it is cancelled', async () => {
    const real = vscode.window.withProgress;
    const stop = new vscode.CancellationTokenSource();
    Object.assign(vscode.window, {
      withProgress: (_options: unknown, work: (progress: unknown, token: vscode.CancellationToken) => unknown) =>
        work({ report: () => undefined }, stop.token),
    });
    try {
      const lookup = (): Promise<never> => new Promise(() => undefined);
      const { shakeHands, fetch } = depsWith().probes ?? assert.fail();
      const done = diagnoseConnection(depsWith({ probes: { lookup, shakeHands, fetch } }));
      stop.cancel();
      await assert.rejects(done, (error) => ApiProblem.is(error) && error.kind === 'aborted');
    } finally {
      Object.assign(vscode.window, { withProgress: real });
    }
    assert.deepEqual([shown, inputs.messages], [[], []]);
  });

  it('has words for whatever is found', () => {
    const answer = { status: 418, ms: 12 };
    const look = { from: 'environment', length: 9, hasPrefix: false } as const;
    const route = { kind: 'proxy', from: 'HTTPS_PROXY', server: 'http://proxy.test' } as const;
    const directly = (because: 'loopback' | 'off'): Found => {
      return { code: 'proxies', proxies: { route: { kind: 'direct', because }, unused: [], unreadable: [] } };
    };
    const found: Found[] = [
      { code: 'noAddress' },
      { code: 'otherPath', origin: 'https://oz.test', path: '/v9' },
      ...(['unreadable', 'notHttps', 'credentials'] as const).map((why) => ({ code: 'badAddress', why }) as const),
      { code: 'isAddress' },
      { code: 'proxyResolves' },
      { code: 'unresolved', error: 'ENOTFOUND' },
      { code: 'proxies', proxies: { route, unused: ['http.proxy'], unreadable: ['all_proxy'] } },
      { code: 'proxies', proxies: { route: { kind: 'system' }, unused: [], unreadable: [] } },
      ...(['loopback', 'off'] as const).map((because) => directly(because)),
      { code: 'plainHttp' },
      { code: 'proxyConnects' },
      { code: 'noName' },
      { code: 'certificate', peer: { ...peer, isTrusted: false, reason: 'CERT_HAS_EXPIRED' }, days: -3 },
      { code: 'certificate', peer: { ...peer, isTrusted: false, names: [], validTo: NaN }, days: NaN },
      { code: 'noHandshake', error: 'ECONNRESET' },
      ...(['busy', 'serverError', 'unsigned', 'gatewayError', 'page'] as const).map((code) => ({ code, ...answer })),
      ...(['proxyAuth', 'wrongPath', 'otherAnswer', 'redirected'] as const).map((code) => ({ code, ...answer })),
      { code: 'redirected', origin: 'https://login.test', ...answer },
      { code: 'noAnswer', error: 'timeout' },
      { code: 'noKey' },
      { code: 'keyUnreadable' },
      { code: 'keyMalformed', key: look },
      { code: 'keyNotTried', key: look },
      { code: 'keyProblem', key: look, problem: { kind: 'keyRefused', status: 401 } },
      { code: 'clock', behind: 3_600_000 },
      { code: 'clock', behind: -3_600_000 },
      { code: 'noDate' },
    ];
    const outcome: Outcome = 'warning';
    const lines = found.map((one) => {
      const finding: Finding = { check: 'answer', outcome, ...one };
      return diagnosisReport([finding], [], 0);
    });
    assert.equal(new Set(lines).size, found.length);
    assert.doesNotMatch(lines.join(), /undefined|NaN|\{\d\}/);
  });
});
