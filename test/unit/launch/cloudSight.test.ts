import assert from 'node:assert/strict';
import { cloudPlace, hiddenFromCloud, skillTrouble, skillWays } from '../../../src/model/cloudSight';

describe('hiddenFromCloud', () => {
  const gitHub = { owner: 'acme', repo: 'shop' };
  const pushed = { gitHub, branch: 'main', upstream: 'origin/main', ahead: 0 };

  it('is nothing for a committed file on a pushed branch', () => {
    assert.deepEqual(hiddenFromCloud(pushed, false), []);
    assert.deepEqual(hiddenFromCloud({ ...pushed, ahead: undefined }, false), []);
  });

  it('names each thing that the cloud does not see', () => {
    assert.deepEqual(hiddenFromCloud(undefined, true), ['noRepository']);
    assert.deepEqual(hiddenFromCloud(pushed, true), ['uncommitted']);
    assert.deepEqual(hiddenFromCloud({ ...pushed, ahead: 2 }, false), ['notPushed']);
    assert.deepEqual(hiddenFromCloud({ gitHub, branch: 'new' }, false), ['notPushed']);
    assert.deepEqual(hiddenFromCloud({ branch: 'new' }, true), ['notOnGitHub', 'uncommitted', 'notPushed']);
    assert.deepEqual(hiddenFromCloud({ ...pushed, isIgnored: true }, true), ['ignored']);
  });

  it('is nothing for a commit of the remote that is checked out without a branch', () => {
    assert.deepEqual(hiddenFromCloud({ gitHub, isCommitPushed: true }, false), []);
    assert.deepEqual(hiddenFromCloud({ gitHub, isCommitPushed: false }, false), ['notPushed']);
  });
});

describe('skillTrouble and skillWays', () => {
  const gitHub = { owner: 'acme', repo: 'shop' };
  const pushed = { path: 'a/SKILL.md', gitHub, branch: 'main', upstream: 'origin/main', ahead: 0 };
  const ahead = { ...pushed, ahead: 1 };
  const unpushed = { ...pushed, upstream: undefined };

  const table: [string, ...Parameters<typeof skillTrouble>, ReturnType<typeof skillTrouble>, string[]][] = [
    ['all is pushed', pushed, false, 'same', undefined, []],
    ['the skill is pushed but other commits are not', ahead, false, 'same', undefined, []],
    ['the skill is on the default branch but this branch is not pushed', unpushed, false, 'same', undefined, []],
    ['it has changes', pushed, true, 'different', 'uncommitted', ['text', 'pushed']],
    ['a file beside it has changes', pushed, true, 'same', 'uncommitted', ['text', 'pushed']],
    ['it is new', pushed, true, 'missing', 'uncommitted', ['text']],
    ['its commit is not pushed', ahead, false, 'different', 'notPushed', ['push', 'text', 'pushed']],
    ['its first commit is not pushed', ahead, false, 'missing', 'notPushed', ['push', 'text']],
    ['nothing is known of the remote', unpushed, false, 'unknown', 'notPushed', ['push', 'text', 'pushed']],
    ['Git ignores it', { ...pushed, isIgnored: true }, false, 'missing', 'ignored', ['text']],
    ['it is on this branch only', pushed, false, 'missing', 'missing', ['text', 'pushed']],
    ['the default branch has another text', pushed, false, 'different', 'different', ['text', 'pushed']],
    ['the remote is elsewhere', { ...pushed, gitHub: undefined }, false, 'same', 'notOnGitHub', ['text']],
    ['there is no repository', undefined, false, 'unknown', 'noRepository', ['text']],
    ['the file is outside of it', { ...pushed, path: undefined }, false, 'same', 'noRepository', ['text']],
  ];
  for (const [when, state, isChanged, copy, trouble, ways] of table) {
    it(`is ${trouble ?? 'nothing'} when ${when}`, () => {
      assert.equal(skillTrouble(state, isChanged, copy), trouble);
      assert.deepEqual(trouble ? skillWays(state, trouble, copy) : [], ways);
    });
  }
});

describe('cloudPlace', () => {
  const there = { remote: 'origin', upstream: 'origin/feature/a', upstreamCommit: 'there' };
  const cloud = { branch: 'main', commit: 'cloud' };
  const here = { branch: 'mine', commit: 'here' };

  it('is the branch by its name at the remote, with the commit that is here, once that is pushed', () => {
    assert.deepEqual(cloudPlace({ ...here, ...there, cloud, ahead: 0 }, 'different'), {
      branch: 'feature/a',
      commit: 'here',
    });
    assert.deepEqual(cloudPlace({ commit: 'here', isCommitPushed: true, cloud }, 'same'), {
      branch: undefined,
      commit: 'here',
    });
  });

  it('is what the remote has while it is not: the default branch where that has the same, else this one', () => {
    const ahead = { ...here, ...there, ahead: 2 };
    assert.deepEqual(cloudPlace({ ...ahead, cloud }, 'same'), cloud);
    assert.deepEqual(cloudPlace({ ...ahead, cloud }, 'different'), { branch: 'feature/a', commit: 'there' });
    assert.deepEqual(cloudPlace(ahead, 'same'), { branch: 'feature/a', commit: 'there' });
    assert.deepEqual(cloudPlace({ ...here, cloud }, 'missing'), cloud);
    assert.deepEqual(cloudPlace(here, 'unknown'), {});
  });
});
