import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pushFailure } from '../../../src/model/pushFailure';
import { GitSample, runGit } from '../platform/gitSample';

describe('pushFailure', () => {
  describe('of a real push', () => {
    let sample: GitSample;

    beforeEach(() => {
      sample = new GitSample();
      sample.commit('mine.ts', 'mine');
    });

    afterEach(() => {
      sample.remove();
    });

    async function push(): Promise<string> {
      const { code, stdout, stderr } = await runGit(['push', 'origin', 'refs/heads/main:refs/heads/main'], sample.root);
      assert.notEqual(code, 0);
      return pushFailure(stdout + stderr);
    }

    function hook(folder: string, name: string): void {
      fs.mkdirSync(path.join(folder, 'hooks'), { recursive: true });
      fs.writeFileSync(path.join(folder, 'hooks', name), '#!/bin/sh\necho Tests fail >&2\nexit 1\n', { mode: 0o755 });
    }

    it('is a rejection where the remote is ahead', async () => {
      sample.push('main', { 'theirs.ts': 'theirs' });
      assert.equal(await push(), 'rejected');
    });

    it('is a hook of this machine', async () => {
      hook(path.join(sample.root, '.git'), 'pre-push');
      assert.equal(await push(), 'hook');
    });

    it('is a hook of the remote', async () => {
      hook(path.join(sample.folder, 'remote.git'), 'pre-receive');
      assert.equal(await push(), 'refused');
    });
  });

  const table: [string, ReturnType<typeof pushFailure>][] = [
    ["fatal: Authentication failed for 'https://github.com/acme/shop/'", 'denied'],
    [
      'remote: Permission to acme/shop.git denied to ada.\nfatal: unable to access: The requested URL returned error: 403',
      'denied',
    ],
    ['git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'denied'],
    ['remote: Repository not found.', 'denied'],
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'denied'],
    ['remote: error: GH006: Protected branch update failed for refs/heads/main.', 'refused'],
    ["fatal: unable to access 'https://github.com/a/b/': Could not resolve host: github.com", 'unreachable'],
    ['husky - pre-push hook exited with code 1 (error)', 'hook'],
    ['something new', 'other'],
    ['', 'other'],
  ];
  for (const [words, failure] of table) {
    it(`is ${failure} by “${words.slice(0, 50)}”`, () => {
      assert.equal(pushFailure(words), failure);
    });
  }
});
