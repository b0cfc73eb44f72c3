import assert from 'node:assert/strict';
import { branchesOf } from '../../../src/model/branchOf';
import type { Artifact, Run } from '../../../src/oz/types';

const at = '2026-03-18T14:30:00Z';

function runWith(...pulls: [url: string, branch: string][]): Run {
  const artifacts = pulls.map(([url, branch]): Artifact => {
    return { artifact_type: 'PULL_REQUEST', created_at: at, data: { url, branch } };
  });
  const ids = { run_id: 'r1', task_id: 'r1' };
  return { ...ids, title: '', prompt: '', state: 'SUCCEEDED', created_at: at, updated_at: at, artifacts };
}

describe('the branches of a run', () => {
  it('are in the repositories of its pull requests, each once', () => {
    const [first, second, third] = [3, 4, 5].map((number) => `https://github.com/acme/storefront/pull/${number}`);
    const run = runWith([first ?? '', 'a'], [second ?? '', 'b/c'], [third ?? '', 'a']);
    const repository = { owner: 'acme', repo: 'storefront' };
    assert.deepEqual(branchesOf(run), [
      { url: third, branch: 'a', repository },
      { url: second, branch: 'b/c', repository },
    ]);
    assert.deepEqual(branchesOf({ ...run, artifacts: undefined }), []);
  });

  it('are those on GitHub with a name', () => {
    const urls = [
      'http://github.com/acme/storefront/pull/3',
      'https://github.com.evil.example/acme/storefront/pull/3',
      'https://evil.example/https://github.com/acme/storefront/pull/3',
      'https://user@github.com/acme/storefront/pull/3',
      'https://gitlab.com/acme/storefront/-/merge_requests/3',
      'https://github.com/acme/storefront/issues/3',
      'https://github.com/acme/../pull/3',
      'https://github.com/-o/a b/pull/3',
      'ext::sh -c id',
      '',
    ];
    assert.deepEqual(branchesOf(runWith(...urls.map((url): [string, string] => [url, 'a']))), []);
    assert.deepEqual(branchesOf(runWith(['https://github.com/acme/storefront/pull/3', ''])), []);
    const [one] = branchesOf(runWith(['https://www.github.com/a-b/c.d/pull/3/files?w=1', 'x']));
    assert.deepEqual(one?.repository, { owner: 'a-b', repo: 'c.d' });
  });
});
