import assert from 'node:assert/strict';
import { pullRequestsOf } from '../../../src/model/pullRequests';
import type { Artifact } from '../../../src/oz/types';
import { run } from './fakeOz';

describe('pullRequestsOf', () => {
  const artifact = (artifact_type: string, data: object): Artifact =>
    ({ artifact_type, created_at: '', data }) as unknown as Artifact;

  it('has each pull request once, as it was told last', () => {
    const artifacts = [
      artifact('PULL_REQUEST', { url: 'https://x.test/1', branch: '' }),
      artifact('PLAN', { document_uid: 'd', url: 'https://x.test/plan' }),
      artifact('PULL_REQUEST', { url: 'https://x.test/2', branch: 'b' }),
      artifact('PULL_REQUEST', { url: 'https://x.test/1', branch: 'a' }),
      artifact('HOLOGRAM', { url: 'https://x.test/3', branch: 'c' }),
    ];
    assert.deepEqual(pullRequestsOf(run('r', 0, { artifacts })), [
      { url: 'https://x.test/1', branch: 'a' },
      { url: 'https://x.test/2', branch: 'b' },
    ]);
  });

  it('has none where there are none', () => {
    assert.deepEqual(pullRequestsOf(run('r', 0)), []);
  });
});
