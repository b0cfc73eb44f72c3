import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { likelyCost, medianCost } from '../../../src/model/launchCost';
import { OzClient } from '../../../src/oz/ozClient';
import { runFrom } from '../../../src/oz/shape';
import type { LaunchRequest, ListRunsQuery, Run, RunPage } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { useLocalOz } from '../localOz/localOz';
import { problem } from '../model/fakeOz';

const skill = 'acme/storefront:.agents/skills/flaky/SKILL.md';
let made = 0;

interface Facts {
  credits?: number;
  dollars?: number;
  skill?: string;
  environment?: string;
  state?: string;
  id?: string;
  /** Minutes before noon. */
  ago?: number;
}

function run({ credits, dollars, skill: spec, environment, state = 'SUCCEEDED', id, ago = 0 }: Facts): Run {
  return runFrom({
    run_id: id ?? `r${++made}`,
    state,
    created_at: new Date(noon - ago * 60_000).toISOString(),
    agent_config: { skill_spec: spec, environment_id: environment },
    request_usage: { inference_cost: credits, inference_cost_usd: dollars },
  });
}

const ofSkill: LaunchRequest = { skill, config: { environment_id: 'e1' } };
const inEnvironment: LaunchRequest = { prompt: 'x', config: { environment_id: 'e1' } };

describe('what a launch may cost', () => {
  it('is the median of the finished runs of its skill', () => {
    const runs = [5, 1, 100].map((credits) => run({ credits, skill }));
    assert.deepEqual(medianCost(runs, ofSkill), { credits: 5, runs: 3, of: 'skill' });
    assert.equal(medianCost([...runs, run({ credits: 7, skill })], ofSkill)?.credits, 6);
    assert.equal(medianCost(runs, { prompt: 'x', config: { skill_spec: skill.replace('acme', 'Acme') } })?.runs, 3);
  });

  it('leaves out what is not finished, was cancelled, tells no cost or is of another skill', () => {
    const others = [
      run({ credits: 9, skill, state: 'INPROGRESS' }),
      run({ credits: 9, skill, state: 'CANCELLED' }),
      run({ credits: 9, skill, state: 'BLOCKED' }),
      run({ skill }),
      run({ credits: -1, skill }),
      run({ credits: 9, skill: `${skill}x` }),
      run({ credits: 9 }),
    ];
    assert.equal(medianCost(others, ofSkill), undefined);
    const failed = run({ credits: 2, skill, state: 'FAILED' });
    assert.deepEqual(medianCost([...others, failed], ofSkill), { credits: 2, runs: 1, of: 'skill' });
  });

  it('is that of the environment where the skill has none', () => {
    const runs = [run({ credits: 3, environment: 'e1' }), run({ credits: 50, environment: 'e2' })];
    assert.deepEqual(medianCost(runs, ofSkill), { credits: 3, runs: 1, of: 'environment' });
    assert.deepEqual(medianCost(runs, inEnvironment), { credits: 3, runs: 1, of: 'environment' });
    assert.equal(medianCost(runs, { prompt: 'x' }), undefined);
  });

  it('is in the unit that most of the runs tell', () => {
    const runs = [{ credits: 1, dollars: 0.1 }, { credits: 3, dollars: 0.3 }, { dollars: 0.5 }];
    const facts = runs.map((one) => run({ ...one, skill }));
    assert.deepEqual(medianCost(facts, ofSkill), { dollars: 0.3, runs: 3, of: 'skill' });
    const both = { credits: 2, dollars: 0.2, runs: 2, of: 'skill' };
    assert.deepEqual(medianCost(facts.slice(0, 2), ofSkill), both);
  });

  it('counts the newest twenty, each once, as it is known last', () => {
    const runs = Array.from({ length: 30 }, (_, ago) => run({ credits: ago < 20 ? 1 : 1000, skill, ago }));
    const newer = runs.map((one, index) => run({ credits: index < 20 ? 2 : 1000, skill, id: one.run_id, ago: index }));
    assert.deepEqual(medianCost([...runs, ...newer], ofSkill), { credits: 2, runs: 20, of: 'skill' });
  });

  it('lies between the cheapest and the dearest', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }), (costs) => {
        const cost = medianCost(
          costs.map((credits) => run({ credits, skill })),
          ofSkill,
        );
        assert.equal(cost?.runs, costs.length);
        const credits = cost.credits ?? NaN;
        assert.ok(costs.filter((one) => one <= credits).length * 2 >= costs.length);
        assert.ok(costs.filter((one) => one >= credits).length * 2 >= costs.length);
      }),
    );
  });
});

describe('asking what a launch may cost', () => {
  function setUp(known: Run[], answer: (signal?: AbortSignal) => Promise<RunPage>) {
    const asked: ListRunsQuery[] = [];
    const signals: AbortSignal[] = [];
    const clock = new FakeClock();
    const client = {
      listRuns: (query: ListRunsQuery, signal?: AbortSignal) => {
        asked.push(query);
        signals.push(...(signal ? [signal] : []));
        return answer(signal);
      },
    };
    return { asked, signals, clock, options: { runs: { all: () => known }, client, clock } };
  }

  it('takes one request, for the skill before the environment', async () => {
    const found = [run({ credits: 4, skill })];
    const { options, asked, clock } = setUp([run({ credits: 2, skill })], () => Promise.resolve({ runs: found }));
    assert.deepEqual(await likelyCost(options, ofSkill), { credits: 3, runs: 2, of: 'skill' });
    await likelyCost(options, inEnvironment);
    assert.deepEqual(
      asked.map(({ skill_spec, environment_id, limit }) => [skill_spec, environment_id, limit]),
      [
        [skill, undefined, 20],
        [undefined, 'e1', 20],
      ],
    );
    assert.equal(clock.waiting, 0);
  });

  it('takes none where there is nothing to go by', async () => {
    const { options, asked } = setUp([run({ credits: 2 })], () => assert.fail());
    assert.equal(await likelyCost(options, { prompt: 'x' }), undefined);
    assert.equal(asked.length, 0);
  });

  it('goes by what is on hand when the answer fails or is late', async () => {
    const known = [run({ credits: 2, skill })];
    const failing = setUp(known, () => Promise.reject(problem('server')));
    assert.equal((await likelyCost(failing.options, ofSkill))?.credits, 2);
    const late = setUp(known, () => new Promise(() => undefined));
    const start = late.clock.now();
    assert.equal((await late.clock.until(likelyCost(late.options, ofSkill)))?.credits, 2);
    assert.equal(late.clock.now() - start, 1500);
    assert.deepEqual(
      late.signals.map(({ aborted }) => aborted),
      [true],
    );
  });
});

describe('asking the service what a launch may cost', () => {
  const local = useLocalOz({ scenario: 'demo' });

  it('finds the runs of a skill, and of an environment', async () => {
    const { baseUrl, key, state } = local();
    const clock = new FakeClock();
    const client = new OzClient({
      baseUrl: () => baseUrl,
      key: () => Promise.resolve(key),
      fetch: (...call) => fetch(...call),
      clock,
    });
    const items = [...state.runs.values()].map(({ item }) => item);
    const finished = items.filter((one) => ['SUCCEEDED', 'FAILED'].includes(one.state) && one.request_usage);
    const spec = finished.find((one) => one.agent_config?.skill_spec)?.agent_config?.skill_spec;
    const environment = finished.find((one) => one.agent_config?.environment_id)?.agent_config?.environment_id;
    assert.ok(spec && environment);
    const options = { runs: { all: () => [] }, client, clock };
    const costs = await likelyCost(options, { prompt: '', skill: spec });
    const expected = finished.filter((one) => one.agent_config?.skill_spec === spec).length;
    assert.deepEqual([costs?.of, costs?.runs], ['skill', Math.min(20, expected)]);
    assert.ok((costs?.credits ?? 0) > 0 && (costs?.dollars ?? 0) > 0);
    const like = await likelyCost(options, { prompt: 'x', config: { environment_id: environment } });
    assert.equal(like?.of, 'environment');
    assert.equal(local().log.length, 2);
  });
});
