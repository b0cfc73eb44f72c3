import assert from 'node:assert/strict';
import { skillLenses } from '../../../src/model/skillLenses';

const fine = { isTrusted: true, isMalformed: false, isDirty: false };
const launching = ['run', 'runWith', 'schedule', 'pastRuns'];

describe('what stands above a skill', () => {
  it('is what can be done, and nothing more while the cloud sees the same or nobody knows', () => {
    assert.deepEqual(skillLenses({ ...fine, sight: 'pushed' }), launching);
    assert.deepEqual(skillLenses(fine), launching);
    assert.deepEqual(skillLenses({ ...fine, isDirty: true }), launching);
  });

  it('says what the cloud does not see', () => {
    for (const sight of ['uncommitted', 'notPushed', 'elsewhere'] as const) {
      assert.deepEqual(skillLenses({ ...fine, sight }), [...launching, sight]);
    }
    for (const sight of ['pushed', 'notPushed', 'elsewhere', 'uncommitted'] as const) {
      assert.deepEqual(skillLenses({ ...fine, isDirty: true, sight }), [...launching, 'uncommitted']);
    }
  });

  it('offers no schedule of what is not on GitHub', () => {
    for (const isDirty of [false, true]) {
      const lenses = skillLenses({ ...fine, isDirty, sight: 'notOnGitHub' });
      assert.deepEqual(lenses, ['run', 'runWith', 'pastRuns', 'notOnGitHub']);
    }
  });

  it('launches nothing that is malformed or not trusted', () => {
    assert.deepEqual(skillLenses({ ...fine, isMalformed: true, sight: 'notPushed' }), ['malformed', 'pastRuns']);
    assert.deepEqual(skillLenses({ ...fine, isTrusted: false, sight: 'notPushed' }), [
      'trust',
      'pastRuns',
      'notPushed',
    ]);
    assert.deepEqual(skillLenses({ ...fine, isTrusted: false, isMalformed: true }), ['malformed', 'pastRuns']);
  });
});
