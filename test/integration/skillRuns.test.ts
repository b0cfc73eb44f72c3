import assert from 'node:assert/strict';
import { showSkillRuns, type ShowSkillRunsDeps } from '../../src/commands/showSkillRuns';
import { ApiProblem } from '../../src/oz/problems';
import { runFrom } from '../../src/oz/shape';
import { QuickInputs } from './quickInput';

describe('the past runs of a skill', () => {
  const skill = { spec: 'acme/storefront:.agents/skills/changelog/SKILL.md', name: 'changelog' };
  const run = runFrom({ run_id: 'r1', state: 'QUEUED' });
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
  });

  async function filtersFor(listRuns: ShowSkillRunsDeps['client']['listRuns']): Promise<unknown[]> {
    const filters: unknown[] = [];
    const cloud = { bySpec: () => undefined } as unknown as Awaited<ReturnType<ShowSkillRunsDeps['cloudSkills']>>;
    const deps: ShowSkillRunsDeps = {
      skills: () => Promise.reject(new Error('They are not needed')),
      cloudSkills: () => Promise.resolve(cloud),
      runs: { all: () => [] },
      client: { listRuns },
      filtered: { setFilter: (filter) => filters.push(filter) },
      showRuns: () => Promise.resolve(),
    };
    await showSkillRuns(deps, skill);
    return filters;
  }

  it('are what the view then shows, also when the service cannot be asked', async () => {
    const wanted = [{ skill: { id: skill.spec, name: skill.name } }];
    assert.deepEqual(await filtersFor(() => Promise.resolve({ runs: [run] })), wanted);
    const problem = new ApiProblem({ kind: 'server', message: '' });
    assert.deepEqual(await filtersFor(() => Promise.reject(problem)), wanted);
    assert.deepEqual(inputs.messages, []);
  });

  it('leave the view as it is when there are none', async () => {
    assert.deepEqual(await filtersFor(() => Promise.resolve({ runs: [] })), []);
    assert.equal(inputs.messages.length, 1);
  });
});
