import assert from 'node:assert/strict';
import fc from 'fast-check';
import { usageOf } from '../../../src/model/runUsage';
import { unknownMembers, withoutSecrets } from '../../../src/model/unknownMembers';
import type { Run } from '../../../src/oz/types';

const run = (members: Record<string, unknown>): Run => members as unknown as Run;

describe('what a run used', () => {
  it('is told by part, in credits and in dollars', () => {
    const { costs, dollars } = usageOf(
      run({
        request_usage: { inference_cost: 2, inference_cost_usd: 0.5, compute_cost_in_cents: 25, platform_cost: 0 },
      }),
    );
    assert.deepEqual(costs, [
      { name: 'inference_cost', credits: 2, dollars: 0.5 },
      { name: 'compute_cost', credits: undefined, dollars: 0.25 },
      { name: 'platform_cost', credits: 0, dollars: undefined },
    ]);
    assert.equal(dollars, 0.75);
  });

  it('has every other figure, at any place', () => {
    const { others, tokens } = usageOf(
      run({
        request_usage: {
          total_tokens: 7,
          usage_by_category: { search: { cost_in_cents: 5, calls: 3 } },
          breakdown_usd: { cached: 1 },
        },
      }),
    );
    assert.equal(tokens, 7);
    assert.deepEqual(others, [
      { path: ['usage_by_category', 'search', 'cost'], value: 0.05, unit: 'dollars' },
      { path: ['usage_by_category', 'search', 'calls'], value: 3, unit: 'none' },
      { path: ['breakdown_usd', 'cached'], value: 1, unit: 'dollars' },
    ]);
  });

  it('is read from anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (usage, models) => {
        const { dollars = 0, tokens = 0, others } = usageOf(run({ request_usage: usage, model_token_usage: models }));
        assert.ok(dollars >= 0 && tokens >= 0 && others.length <= 60);
      }),
    );
  });
});

describe('members that are not known', () => {
  it('stay as they came, at the places that newer services use', () => {
    const rest = {
      debug_agent_active: true,
      agent_config: { runner_id: 'r' },
      status_message: { session_debug_until: 'x' },
    };
    assert.deepEqual(
      unknownMembers(
        run({
          ...rest,
          run_id: '1',
          agent_config: { ...rest.agent_config, model_id: 'm' },
          status_message: { ...rest.status_message, message: 'm' },
        }),
      ),
      rest,
    );
    assert.deepEqual(unknownMembers(run({ run_id: '1', state: 'QUEUED' })), {});
  });

  it('hold no secret, wherever it stands', () => {
    const place = fc.constantFrom(
      'client_secret',
      'password',
      'Authorization',
      'env',
      'headers',
      'api_key',
      'access_token',
    );
    fc.assert(
      fc.property(place, fc.jsonValue({ maxDepth: 1 }), fc.array(fc.constantFrom('a', 'list')), (name, value, path) => {
        const inner = { [name]: { deep: 'canary', value } };
        const nested = path.reduce<unknown>((below, key) => (key === 'a' ? { a: below } : [below]), inner);
        assert.ok(!JSON.stringify(withoutSecrets(nested)).includes('canary'));
      }),
    );
    const text = JSON.stringify(withoutSecrets({ a: 'Bearer canary-canary', b: ['https://x.example/y?token=canary'] }));
    assert.ok(!text.includes('canary') && text.includes('https://x.example/y'));
  });
});
