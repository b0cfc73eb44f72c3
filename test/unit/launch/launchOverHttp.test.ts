import assert from 'node:assert/strict';
import { launchRequest, type LaunchPlan } from '../../../src/model/launchRequest';
import { Launcher } from '../../../src/model/launcher';
import type { Clock } from '../../../src/oz/clock';
import { launchBody } from '../../../src/oz/launchBody';
import { OzClient } from '../../../src/oz/ozClient';
import { ApiProblem, type ProblemKind } from '../../../src/oz/problems';
import type { Run } from '../../../src/oz/types';
import type { Fault } from '../../local-oz/faults';
import { type LocalOz, startLocalOz } from '../../local-oz/server';

/** Pauses take no time and deadlines never come: what is told apart here is what the service did, not how long it took. */
class HastyClock implements Clock {
  #skipped = 0;

  now(): number {
    return Date.now() + this.#skipped;
  }

  after(ms: number, callback: () => void): () => void {
    const pass = (): void => {
      this.#skipped += ms;
      callback();
    };
    const timer = ms <= 8000 ? setImmediate(pass) : undefined;
    return () => {
      clearImmediate(timer);
    };
  }
}

describe('Launcher over HTTP', () => {
  let oz: LocalOz;

  beforeEach(async () => {
    oz = await startLocalOz({ scenario: 'demo', clock: 'real' });
  });

  afterEach(async () => {
    oz.assertNoViolations();
    await oz.close();
  });

  const plan: LaunchPlan = { prompt: 'Find the slow query', title: '' };

  async function launch(fault?: Fault, wanted: LaunchPlan = plan) {
    const clock = new HastyClock();
    const client = new OzClient({
      baseUrl: () => oz.baseUrl,
      key: () => Promise.resolve(oz.key),
      fetch: (...call) => fetch(...call),
      clock,
      random: () => 0,
    });
    const shown: Run[] = [];
    const launcher = new Launcher({
      client,
      clock,
      serverNow: () => client.serverNow(),
      runs: { put: (run) => shown.push(run) },
    });
    const before = oz.state.runs.size;
    // As after any look at the list: the service's time is known.
    await client.listRuns({ limit: 1 });
    if (fault) {
      oz.faults.add({ method: 'POST', path: '/agent/runs', ...fault });
    }
    const [result] = await Promise.allSettled([launcher.launch(launchRequest(wanted))]);
    const posted = oz.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/agent/runs'));
    // What a person is shown before is what goes out, byte for byte.
    assert.ok(posted.every(({ body }) => body === launchBody(launchRequest(wanted))));
    const sent = posted.length;
    return { result, sent, made: oz.state.runs.size - before, shown: shown.map(({ run_id }) => run_id) };
  }

  it('makes one run and shows it', async () => {
    const { result, sent, made, shown } = await launch();
    assert.ok(result.status === 'fulfilled' && !result.value.found);
    assert.deepEqual([sent, made, shown], [1, 1, [result.value.run.run_id]]);
    assert.equal(oz.run(result.value.run.run_id).prompt, plan.prompt);
  });

  const lostAnswers: Fault['fault'][] = ['commitThenDrop', 'truncate', 'malformedJson'];
  for (const fault of lostAnswers) {
    it(`sends once and finds the run after ${fault}`, async () => {
      const { result, sent, made, shown } = await launch({ fault });
      assert.ok(result.status === 'fulfilled' && result.value.found, JSON.stringify(result));
      assert.deepEqual([sent, made, shown], [1, 1, [result.value.run.run_id]]);
    });
  }

  it('finds the run of a skill', async () => {
    const skill = 'acme/storefront:.agents/skills/write-tests/SKILL.md';
    const { result, sent, made } = await launch(
      { fault: 'commitThenDrop' },
      { prompt: 'Only the cart', skill, title: 'T' },
    );
    assert.ok(result.status === 'fulfilled' && result.value.found, JSON.stringify(result));
    assert.deepEqual([sent, made], [1, 1]);
  });

  const failures: [Fault, ProblemKind][] = [
    [{ fault: 'reset' }, 'outcomeUnknown'],
    [{ fault: 'html' }, 'notOz'],
    [{ fault: 'status', status: 500 }, 'server'],
    [{ fault: 'status', status: 502, plain: true }, 'outcomeUnknown'],
    [{ fault: 'status', status: 429 }, 'rateLimited'],
    [{ fault: 'status', status: 403 }, 'forbidden'],
    [{ fault: 'status', status: 401 }, 'keyRefused'],
    [{ fault: 'status', status: 400 }, 'invalid'],
  ];
  for (const [fault, kind] of failures) {
    it(`sends once, makes nothing and says ${kind} after ${fault.fault} ${fault.status ?? ''}`, async () => {
      const { result, sent, made, shown } = await launch(fault);
      assert.ok(result.status === 'rejected' && ApiProblem.is(result.reason));
      assert.equal(result.reason.kind, kind);
      assert.deepEqual([sent, made, shown], [1, 0, []]);
    });
  }

  it('does not take an older run with the same prompt for the lost one', async () => {
    const [older] = [...oz.state.runs.values()].filter(({ item }) => !item.schedule && !item.agent_skill);
    assert.ok(older);
    const { result, made } = await launch({ fault: 'reset' }, { prompt: older.item.prompt, title: '' });
    assert.ok(result.status === 'rejected');
    assert.equal(made, 0);
  });
});
