import assert from 'node:assert/strict';
import { namedIn, namedValues, wordValues } from '../../../src/model/filterValues';
import type { Artifact } from '../../../src/oz/types';
import { run } from './fakeOz';

const artifact = (artifact_type: string): Artifact => ({ artifact_type, created_at: '', data: {} }) as Artifact;

describe('the values of a filter', () => {
  it('are all nine states, then those that are new, with the runs counted', () => {
    const runs = ['FAILED', 'PAUSED', 'FAILED', 'ASLEEP', 'SUCCEEDED'].map((state, index) =>
      run(`r${index}`, 0, { state }),
    );
    const values = wordValues(runs, 'states');
    assert.equal(values.length, 11);
    assert.deepEqual(
      values.filter(({ count }) => count > 0),
      [
        { id: 'SUCCEEDED', name: 'SUCCEEDED', count: 1 },
        { id: 'FAILED', name: 'FAILED', count: 2 },
        { id: 'ASLEEP', name: 'ASLEEP', count: 1 },
        { id: 'PAUSED', name: 'PAUSED', count: 1 },
      ],
    );
  });

  it('are all sources, and a run without one counts for none', () => {
    const values = wordValues(
      [run('r1', 0), run('r2', 0, { source: 'SLACK' }), run('r3', 0, { source: 'FAX' })],
      'sources',
    );
    assert.equal(values.at(-1)?.id, 'FAX');
    assert.equal(new Set(values.map(({ id }) => id)).size, values.length);
    assert.equal(
      values.reduce((sum, { count }) => sum + count, 0),
      2,
    );
  });

  it('are the kinds of artifacts, each run counted once for each', () => {
    const runs = [
      run('r1', 0, { artifacts: [artifact('PLAN'), artifact('PLAN'), artifact('SONG')] }),
      run('r2', 0, { artifacts: [artifact('PLAN')] }),
    ];
    const counts = new Map(wordValues(runs, 'artifact').map(({ id, count }) => [id, count]));
    assert.deepEqual([counts.get('PLAN'), counts.get('SONG'), counts.get('FILE'), counts.size], [2, 1, 0, 6]);
  });

  it('are what is listed in its order, then what only runs have, by name', () => {
    const inEnvironment = (id: string, environment_id: string) => run(id, 0, { agent_config: { environment_id } });
    const runs = [inEnvironment('r1', 'zoo'), inEnvironment('r2', 'gone'), inEnvironment('r3', 'b'), run('r4', 0)];
    const listed = [
      { id: 'b', name: 'Web shop' },
      { id: 'a', name: 'Infra' },
    ];
    assert.deepEqual(namedValues(runs, 'environment', listed), [
      { id: 'b', name: 'Web shop', count: 1 },
      { id: 'a', name: 'Infra', count: 0 },
      { id: 'gone', name: 'gone', count: 1 },
      { id: 'zoo', name: 'zoo', count: 1 },
    ]);
  });

  it('are called by the name that any of the runs knows', () => {
    const by = (id: string, display_name?: string) =>
      run(id, 0, { creator: { type: 'user', uid: 'u1', display_name } });
    for (const runs of [
      [by('r1'), by('r2', 'Ada')],
      [by('r1', 'Ada'), by('r2')],
    ]) {
      assert.deepEqual(namedValues(runs, 'creator'), [{ id: 'u1', name: 'Ada', count: 2 }]);
    }
  });

  it('leave a list alone that is only looked at', () => {
    const listed = [{ id: 'a', name: 'A' }];
    namedValues([run('r1', 0, { agent_config: { model_id: 'a' } })], 'model', listed);
    assert.deepEqual(listed, [{ id: 'a', name: 'A' }]);
  });

  it('name a skill as it is called, or by its folder', () => {
    const skill_spec = 'acme/shop:.agents/skills/triage/SKILL.md';
    assert.deepEqual(namedIn(run('r1', 0, { agent_config: { skill_spec } }), 'skill'), {
      id: skill_spec,
      name: 'triage',
    });
    const named = run('r2', 0, { agent_config: { skill_spec }, agent_skill: { name: 'Triage issues' } });
    assert.deepEqual(namedIn(named, 'skill'), { id: skill_spec, name: 'Triage issues' });
    assert.equal(namedIn(run('r3', 0, { agent_config: {} }), 'skill'), undefined);
  });

  it('do not name what has no id', () => {
    const nobody = run('r1', 0, {
      creator: { type: 'user', display_name: 'Ada' },
      schedule: { schedule_id: '', schedule_name: 'Nightly', cron_schedule: '' },
    });
    for (const member of ['creator', 'schedule', 'environment', 'model'] as const) {
      assert.equal(namedIn(nobody, member), undefined);
    }
  });
});
