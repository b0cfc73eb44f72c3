import assert from 'node:assert/strict';
import { faultPoints, staleList } from '../../fault-proxy/faultPoints';
import { LaunchMachine } from '../../fault-proxy/launchMachine';
import { Random } from '../../local-oz/random';

/** What a request comes to: the status and the text of the answer, or that there is none. */
type Outcome = { status: number; text: string } | 'none';

describe('The fault proxy', () => {
  let machine: LaunchMachine;

  beforeEach(async () => {
    machine = await LaunchMachine.start(1);
  });

  afterEach(async () => {
    await machine.close();
  });

  async function send(method: 'GET' | 'POST'): Promise<Outcome> {
    const { proxy, oz, clock } = machine;
    const aborter = new AbortController();
    const stop = clock.after(60_000, () => {
      aborter.abort();
    });
    const headers = { authorization: `Bearer ${oz.key}`, 'content-type': 'application/json' };
    const body = method === 'POST' ? JSON.stringify({ prompt: 'Fix the tests' }) : undefined;
    try {
      const redirect = 'manual';
      const init: RequestInit = { method, headers, body, redirect, signal: aborter.signal };
      const answer = await proxy.fetch(`${proxy.origin}/api/v1/agent/runs`, init);
      return { status: answer.status, text: await answer.text() };
    } catch {
      return 'none';
    } finally {
      stop();
    }
  }

  /** How often of a few times the service did what was asked, and the answers. */
  async function meet(name: string): Promise<{ made: number; outcomes: Outcome[] }> {
    const { proxy, oz } = machine;
    const point = faultPoints.find((one) => one.name === name) ?? assert.fail(`There is no ${name}`);
    const before = oz.state.runs.size;
    const outcomes: Outcome[] = [];
    for (let seed = 0; seed < times; seed += 1) {
      proxy.clear();
      proxy.random = Random.for(seed, name);
      proxy.meet('POST', /\/agent\/runs$/, point);
      outcomes.push(await send('POST'));
    }
    await proxy.settled();
    machine.assertRuns();
    return { made: oz.state.runs.size - before, outcomes };
  }

  const times = 6;

  const neverPassedOn = [
    'refused',
    'closedAfterConnect',
    'inRequestHead',
    'beforeRequestBody',
    'inRequestBody',
    'afterRequestNotPassedOn',
    'stallNotPassedOn',
  ];
  const passedOn = [
    'afterRequestPassedOn',
    'passedOnLate',
    'answerDropped',
    'inAnswerHead',
    'beforeAnswerBody',
    'resetInAnswerBody',
    'truncatedAnswer',
    'stallAfterCommit',
    'stallInAnswer',
    'lengthTooLarge',
  ];
  for (const name of [...neverPassedOn, ...passedOn]) {
    it(`takes the answer at ${name}`, async () => {
      const { made, outcomes } = await meet(name);
      assert.equal(made, passedOn.includes(name) ? times : 0);
      assert.deepEqual(new Set(outcomes), new Set(['none']));
    });
  }

  const answeredInstead: [name: string, made: number, statuses: readonly number[]][] = [
    ['limitedWithTime', 0, [429]],
    ['limitedWithoutTime', 0, [429]],
    ['gatewayBeforeCommit', 0, [500, 502, 503, 504]],
    ['gatewayAfterCommit', times, [500, 502, 503, 504]],
    ['problemBeforeCommit', 0, [500, 503]],
    ['problemAfterCommit', times, [500, 503, 504]],
    ['portalBeforeCommit', 0, [200]],
    ['portalAfterCommit', times, [200]],
    ['redirectBeforeCommit', 0, [301, 302, 303, 307, 308]],
    ['redirectAfterCommit', times, [301, 302, 303, 307, 308]],
    ['requestTimeoutAfterCommit', times, [408]],
  ];
  for (const [name, expected, statuses] of answeredInstead) {
    it(`answers in the service's place at ${name}`, async () => {
      const { made, outcomes } = await meet(name);
      assert.equal(made, expected);
      for (const outcome of outcomes) {
        assert.ok(outcome !== 'none' && statuses.includes(outcome.status) && !outcome.text.includes('run_id'));
      }
    });
  }

  for (const name of ['unhurt', 'slowAnswer', 'slowService', 'earlyHints', 'answeredTwice', 'bytesAfterAnswer']) {
    it(`brings the answer through ${name}`, async () => {
      const { made, outcomes } = await meet(name);
      assert.equal(made, times);
      for (const outcome of outcomes) {
        assert.ok(outcome !== 'none' && outcome.status === 200);
        assert.match((JSON.parse(outcome.text) as { run_id: string }).run_id, /^[0-9a-f-]{36}$/);
      }
    });
  }

  for (const name of ['lengthTooSmall', 'malformedJson']) {
    it(`brings no JSON through ${name}`, async () => {
      const { made, outcomes } = await meet(name);
      assert.equal(made, times);
      for (const outcome of outcomes) {
        assert.throws(() => JSON.parse(outcome === 'none' ? '' : outcome.text) as unknown);
      }
    });
  }

  it('leaves alone what it was not told of, and what is over', async () => {
    machine.proxy.meet('POST', /\/agent\/runs$/, staleList, 1);
    for (const method of ['GET', 'POST', 'POST'] as const) {
      const outcome = await send(method);
      assert.ok(outcome !== 'none' && outcome.status === 200);
    }
    assert.equal(machine.oz.state.runs.size, 1);
  });
});
