import assert from 'node:assert/strict';
import { pullRequestName } from '../../../src/model/pullRequestName';

describe('the name of a pull request', () => {
  it('is known of the services that are like GitHub', () => {
    const names: [url: string, name: string | undefined][] = [
      ['https://github.com/acme/shop/pull/12', 'acme/shop #12'],
      ['https://git.example/acme/shop/pulls/12', 'acme/shop #12'],
      ['https://gitlab.example/acme/web/shop/-/merge_requests/7/diffs', 'acme/web/shop #7'],
      ['https://bitbucket.org/acme/shop/pull-requests/3?at=main', 'acme/shop #3'],
      ['https://github.com/acme/shop/issues/12', undefined],
      ['https://example.com/?q=a/b/pull/1', undefined],
      ['', undefined],
    ];
    for (const [url, name] of names) {
      assert.equal(pullRequestName(url), name, url);
    }
  });
});
