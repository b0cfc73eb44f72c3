import assert from 'node:assert/strict';
import { spawnHelp } from '../../../src/model/spawnHelp';

describe('the help for a schedule that could not start its run', () => {
  const helps: [help: ReturnType<typeof spawnHelp>, ...errors: string[]][] = [
    [
      'topUp',
      'Not enough credits left in the team. Ask an admin to top up.',
      'insufficient_credits: none',
      'Budget reached',
    ],
    ['connect', 'GitHub is not connected', 'external_authentication_required', 'No access to the repository acme/shop'],
    ['environment', 'environment_setup_failed', 'The environment could not be set up', 'Setup command failed (1)'],
    ['retry', 'at_cloud_agent_capacity'],
    [{ field: 'environment' }, 'Environment env-infra-old not found', 'resource_not_found: the environment is gone'],
    [{ field: 'model' }, 'Model gpt-0 does not exist', 'The model is disabled for the team'],
    [{ field: 'skill' }, 'Skill acme/shop:SKILL.md was not found'],
    [{ field: 'prompt' }, 'content_policy_violation: the prompt'],
    [{ field: undefined }, '', 'Boom', 'x'.repeat(10_000), 'The model provider is slow'],
  ];
  for (const [help, ...errors] of helps) {
    it(`is ${JSON.stringify(help)} where that is what it says`, () => {
      for (const error of errors) {
        assert.deepEqual(spawnHelp(error), help, error);
      }
    });
  }
});
