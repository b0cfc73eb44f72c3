import assert from 'node:assert/strict';
import { Api } from '../../local-oz/api';
import { sharedContract } from '../../local-oz/contract';
import { Lifecycle } from '../../local-oz/lifecycle';
import { handlers } from '../../local-oz/operations/handlers';
import type { Handlers } from '../../local-oz/operations/operation';
import { RequestLog } from '../../local-oz/requestLog';
import { RequestReader } from '../../local-oz/requests';
import { Scheduler } from '../../local-oz/scheduler';
import { SignedUrls } from '../../local-oz/signedUrls';
import type { RunState } from '../../local-oz/state';
import { without } from '../../local-oz/without';
import { call, type CallOptions } from './call';
import { useLocalOz } from './localOz';

const ERRORS = '/reference/api-and-sdk/troubleshooting/errors';

describe('local Oz: openapi.yaml as a contract', () => {
  const local = useLocalOz();

  const bad: [what: string, options?: CallOptions][] = [
    ['GET /agent/runs?limit=0'],
    ['GET /agent/runs?limit=501'],
    ['GET /agent/runs?limit=many'],
    ['GET /agent/runs?sort_by=colour'],
    ['GET /agent/runs?state=DANCING'],
    ['GET /agent/runs?created_after=yesterday'],
    ['GET /agent/runs?source=API&source=CLI'],
    ['GET /agent/runs?page=2'],
    ['GET /agent/runs', { headers: { 'x-made-up': 'yes' } }],
    ['GET /agent?refresh=maybe'],
    ['GET /agent/runs/%E0%A4%A'],
    ['POST /agent/runs'],
    ['POST /agent/runs', { body: { prompt: 1 } }],
    ['POST /agent/runs', { body: { prompt: 'x', colour: 'red' } }],
    ['POST /agent/runs', { body: { prompt: 'x', config: { idle_timeout_minutes: 61 } } }],
    ['POST /agent/runs', { body: { prompt: 'x' }, headers: { 'content-type': 'text/plain' } }],
    ['POST /agent/schedules', { body: { name: 'x' } }],
    ['POST /agent/schedules/sched-flaky/pause', { body: {} }],
    ['GET /agent/events'],
  ];

  for (const [what, options] of bad) {
    it(`holds ${what} ${JSON.stringify(options ?? '')} against the test, and answers 400`, async () => {
      const before = local().state.runs.size;
      const { status } = await call(local(), what, options);
      assert.equal(status, 400);
      assert.equal(local().takeViolations()[0]?.kind, 'request');
      assert.equal(local().state.runs.size, before);
    });
  }

  it('answers 400 to a body that is not JSON', async () => {
    const response = await fetch(`${local().baseUrl}/agent/runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${local().key}`, 'content-type': 'application/json' },
      body: '{"prompt": ',
    });
    assert.equal(response.status, 400);
    assert.equal(local().takeViolations().length, 1);
  });

  it('answers 404 to what is no operation', async () => {
    assert.equal((await call(local(), 'GET /agent/unicorns')).status, 404);
    assert.equal((await call(local(), 'DELETE /agent/runs')).status, 404);
    assert.equal(local().takeViolations().length, 2);
  });

  it('answers 500 in place of an answer of its own that is wrong', async () => {
    const [run] = local().state.runs.values();
    assert.ok(run);
    local().state.put({ ...run.item, state: 'DANCING' as RunState });
    assert.equal((await call(local(), `GET /agent/runs/${run.item.run_id}`)).status, 500);
    assert.throws(() => {
      local().assertNoViolations();
    });
    assert.equal(local().takeViolations()[0]?.kind, 'answer');
  });

  it('finds a wrong block deep inside a conversation', async () => {
    const [run] = local().state.runs.values();
    const wrong = { type: 'action', id: 'x', category: 'juggling', name: 'x', input: {} };
    const steps = [
      { id: 's', messages: [], steps: [{ id: 't', messages: [{ role: 'tool', content: [wrong] }], steps: [] }] },
    ];
    local().state.conversations.add(run?.item.conversation_id ?? '', { steps: steps as never });
    assert.equal((await call(local(), `GET /agent/runs/${run?.item.run_id ?? ''}/conversation`)).status, 500);
    assert.equal(local().takeViolations().length, 1);
  });

  it('counts violations once they are taken no more', async () => {
    await call(local(), 'GET /agent/runs?page=2');
    assert.equal(local().violations.length, 1);
    local().takeViolations();
    local().assertNoViolations();
  });

  it('refuses a wrong key before anything else, in the form of the service', async () => {
    for (const authorization of ['', 'Bearer wk-wrong', local().key, `bearer ${local().key}`]) {
      const { status, headers, body } = await call(local(), 'GET /agent/runs', { headers: { authorization } });
      assert.equal(status, 401);
      assert.equal(headers.get('content-type'), 'application/problem+json');
      const problem = body as Record<string, unknown>;
      assert.equal(problem.type, `${ERRORS}/authentication-required/`);
      assert.equal(problem.error, problem.title);
      assert.equal(problem.instance, '/api/v1/agent/runs');
      assert.equal(problem.retryable, false);
    }
  });

  it('takes the team in its header', async () => {
    assert.equal((await call(local(), 'GET /agent/runs', { headers: { 'x-warp-team-uid': 'team-acme' } })).status, 200);
  });

  it('does not start without a handler for every operation', () => {
    const contract = sharedContract();
    const { state } = local();
    const lifecycle = new Lifecycle(state);
    const signedUrls = new SignedUrls(local().clock, 'secret');
    const oz = { state, lifecycle, scheduler: new Scheduler(state, lifecycle), signedUrls };
    const start = (known: Handlers): Api =>
      new Api(contract, new RequestReader(contract), known, oz, 'wk-x', new RequestLog());
    assert.ok(start(handlers));
    assert.throws(() => start(without(handlers, 'GET /agent/models') as Handlers));
  });

  it('keeps a log of what was asked', async () => {
    await call(local(), 'POST /agent/runs', { body: { prompt: 'x' } });
    await call(local(), 'GET /agent/runs?limit=3');
    const entries = local().log.map(({ method, path, query, body, status }) => ({ method, path, query, body, status }));
    assert.deepEqual(entries, [
      { method: 'POST', path: '/agent/runs', query: '', body: '{"prompt":"x"}', status: 200 },
      { method: 'GET', path: '/agent/runs', query: 'limit=3', body: '', status: 200 },
    ]);
    assert.equal(local().log[0]?.headers.authorization, `Bearer ${local().key}`);
  });
});
