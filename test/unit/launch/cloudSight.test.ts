import assert from 'node:assert/strict';
import { cloudCopy, hiddenFromCloud } from '../../../src/model/cloudSight';

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
  });
});

describe('cloudCopy', () => {
  it('compares texts but not line ends', () => {
    assert.equal(cloudCopy('a\r\nb\n', 'a\nb\r\n'), 'same');
    assert.equal(cloudCopy('\uFEFFa', 'a'), 'same');
    assert.equal(cloudCopy('a', 'a\n'), 'different');
    assert.equal(cloudCopy('', ''), 'same');
    assert.equal(cloudCopy('', undefined), 'missing');
  });
});
