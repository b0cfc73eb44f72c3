import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  carryOut,
  type CheckedOut,
  type CheckoutPlan,
  type CheckoutTarget,
  prepareCheckout,
  type Prepared,
} from '../../../src/platform/checkout';
import { GitFailure, type GitOutcome, gitRunner, type RunGit } from '../../../src/platform/runGit';
import { changesIn, restoreStash, type Stash } from '../../../src/platform/stash';
import { fetchIn, GitSample, runGit } from './gitSample';

const branch = 'oz/fix-cart';
const message = 'Agent Runs: before oz/fix-cart (run r1)';

describe('checking out a branch', () => {
  let sample: GitSample;
  let root: string;

  beforeEach(() => {
    sample = new GitSample();
    root = sample.root;
  });

  afterEach(() => {
    sample.remove();
  });

  function prepare(change: Partial<CheckoutTarget> = {}, signal = new AbortController().signal): Promise<Prepared> {
    const target = { root, remote: 'origin', branch, ...change };
    return prepareCheckout(runGit, target, fetchIn(target.root), signal);
  }

  async function planFor(change: Partial<CheckoutTarget> = {}): Promise<CheckoutPlan> {
    const prepared = await prepare(change);
    assert.ok(prepared.kind === 'ready', prepared.kind);
    return prepared.plan;
  }

  async function checkOut(stashMessage?: string, git: RunGit = runGit): Promise<CheckedOut> {
    return carryOut(git, await planFor(), stashMessage);
  }

  function stashOf(outcome: CheckedOut): Stash {
    assert.ok(outcome.kind !== 'endangered' && outcome.stash);
    return outcome.stash;
  }

  describe('that is not here yet', () => {
    beforeEach(() => {
      sample.push(branch, { 'cart.ts': 'fixed' });
    });

    it('makes it, with the name of the remote one to pull from', async () => {
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'same' });
      assert.equal(sample.branch(), branch);
      assert.equal(sample.read('cart.ts'), 'fixed');
      assert.equal(sample.git(root, 'rev-parse', '--abbrev-ref', '@{upstream}'), `origin/${branch}`);
      sample.push(branch, { 'cart.ts': 'fixed twice' });
      sample.git(root, 'pull', '--quiet', '--ff-only');
      assert.equal(sample.read('cart.ts'), 'fixed twice');
    });

    it('works in a clone of another branch alone', async () => {
      sample.git(root, 'config', 'remote.origin.fetch', '+refs/heads/main:refs/remotes/origin/main');
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'same' });
      assert.equal(sample.read('cart.ts'), 'fixed');
      sample.push(branch, { 'cart.ts': 'fixed twice' });
      sample.git(root, 'pull', '--quiet', '--ff-only');
      assert.equal(sample.read('cart.ts'), 'fixed twice');
    });

    it('works where no branch is checked out, and with a tag and a file of that name', async () => {
      sample.git(root, 'tag', branch);
      sample.commit(branch, 'a file');
      sample.git(root, 'switch', '--quiet', '--detach');
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'same' });
      assert.equal(sample.branch(), branch);
      assert.equal(sample.read('cart.ts'), 'fixed');
    });

    it('takes the remote that is named', async () => {
      const fork = path.join(sample.folder, 'fork.git');
      sample.git(sample.folder, 'clone', '--quiet', '--bare', path.join(sample.folder, 'remote.git'), fork);
      sample.git(root, 'remote', 'add', 'my.fork', fork);
      sample.push(branch, { 'cart.ts': 'only at origin' });
      const outcome = await carryOut(runGit, await planFor({ remote: 'my.fork' }));
      assert.equal(outcome.kind, 'done');
      assert.equal(sample.read('cart.ts'), 'fixed');
      assert.equal(sample.git(root, 'rev-parse', '--abbrev-ref', '@{upstream}'), `my.fork/${branch}`);
    });

    it('changes nothing before it is carried out', async () => {
      const before = sample.refs(root).filter((ref) => ref.startsWith('refs/heads/'));
      await planFor();
      assert.deepEqual([sample.branch(), sample.read('cart.ts')], ['main', 'one']);
      assert.deepEqual(
        sample.refs(root).filter((ref) => ref.startsWith('refs/heads/')),
        before,
      );
    });

    it('is done even if a hook fails afterwards', async () => {
      const hook = path.join(root, '.git', 'hooks', 'post-checkout');
      fs.mkdirSync(path.dirname(hook), { recursive: true });
      fs.writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'same' });
    });

    /** Until the folder is removed: Git ends before it does. */
    const forever = (marker: string): string => `touch '${marker}'; while [ -e '${marker}' ]; do sleep 0.05; done`;

    async function stopAt(marker: string): Promise<CheckedOut> {
      const stop = new AbortController();
      const outcome = carryOut(runGit, await planFor(), undefined, stop.signal);
      while (!fs.existsSync(marker)) {
        await delay(5);
      }
      stop.abort();
      return outcome;
    }

    it('is done even if a hook never ends and is stopped', async () => {
      const marker = path.join(sample.folder, 'begun');
      const hook = path.join(root, '.git', 'hooks', 'post-checkout');
      fs.mkdirSync(path.dirname(hook), { recursive: true });
      fs.writeFileSync(hook, `#!/bin/sh\n${forever(marker)}\n`, { mode: 0o755 });
      assert.deepEqual(await stopAt(marker), { kind: 'done', commits: 'same' });
      assert.deepEqual([sample.branch(), sample.read('cart.ts')], [branch, 'fixed']);
    });

    it('is not there when Git is stopped on the way, and can be checked out afterwards', async () => {
      const marker = path.join(sample.folder, 'begun');
      sample.write('.git/info/attributes', 'new.ts filter=slow\n');
      sample.git(root, 'config', 'filter.slow.smudge', forever(marker));
      sample.push(branch, { 'new.ts': 'theirs' });
      const outcome = await stopAt(marker);
      assert.ok(outcome.kind === 'failed' && outcome.words !== '');
      assert.equal(sample.branch(), 'main');
      assert.ok(!sample.refs(root).includes(`refs/heads/${branch}`));
      sample.git(root, 'config', 'filter.slow.smudge', 'cat');
      sample.git(root, 'restore', '.');
      assert.equal((await checkOut()).kind, 'done');
      assert.equal(sample.read('new.ts'), 'theirs');
    });
  });

  describe('that is here', () => {
    beforeEach(async () => {
      sample.push(branch, { 'cart.ts': 'fixed' });
      await checkOut();
    });

    it('moves it on', async () => {
      sample.git(root, 'switch', '--quiet', 'main');
      sample.push(branch, { 'cart.ts': 'fixed twice' });
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'forwarded' });
      assert.deepEqual([sample.branch(), sample.read('cart.ts')], [branch, 'fixed twice']);
    });

    it('moves it on where it is checked out', async () => {
      sample.push(branch, { 'cart.ts': 'fixed twice' });
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'forwarded' });
      assert.equal(sample.read('cart.ts'), 'fixed twice');
    });

    it('has nothing to do where it is checked out and the same, changes or not', async () => {
      sample.write('cart.ts', 'mine');
      assert.deepEqual(await prepare(), { kind: 'already', commits: 'same' });
      assert.equal(sample.read('cart.ts'), 'mine');
    });

    it('leaves commits that the remote does not have', async () => {
      sample.commit('mine.ts', 'mine');
      assert.deepEqual(await prepare(), { kind: 'already', commits: 'ahead' });
      sample.git(root, 'switch', '--quiet', 'main');
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'ahead' });
      assert.equal(sample.read('mine.ts'), 'mine');
    });

    it('leaves a branch that has diverged as it is', async () => {
      sample.commit('mine.ts', 'mine');
      sample.push(branch, { 'cart.ts': 'fixed twice' });
      const head = sample.git(root, 'rev-parse', 'HEAD');
      assert.deepEqual(await prepare(), { kind: 'already', commits: 'diverged' });
      sample.git(root, 'switch', '--quiet', 'main');
      assert.deepEqual(await checkOut(), { kind: 'done', commits: 'diverged' });
      assert.deepEqual([sample.git(root, 'rev-parse', 'HEAD'), sample.branch()], [head, branch]);
    });

    it('sees that the remote one was rewritten', async () => {
      sample.push(branch, { 'cart.ts': 'second' });
      await checkOut();
      sample.git(sample.theirs, 'reset', '--quiet', '--hard', 'HEAD~1');
      sample.git(sample.theirs, 'push', '--quiet', '--force', 'origin', branch);
      assert.deepEqual(await prepare(), { kind: 'already', commits: 'ahead' });
      sample.push(branch, { 'cart.ts': 'another second' });
      assert.deepEqual(await prepare(), { kind: 'already', commits: 'diverged' });
      assert.equal(sample.read('cart.ts'), 'second');
    });

    it('says so when the remote has it no more, and leaves it', async () => {
      sample.git(sample.theirs, 'push', '--quiet', 'origin', '--delete', branch);
      assert.deepEqual(await prepare(), { kind: 'gone' });
      assert.ok(sample.refs(root).includes(`refs/heads/${branch}`));
    });

    it('says which linked worktree has it', async () => {
      const linked = path.join(sample.folder, 'linked tree');
      sample.git(root, 'switch', '--quiet', 'main');
      sample.git(root, 'worktree', 'add', '--quiet', linked, branch);
      assert.deepEqual(await prepare(), { kind: 'elsewhere', folder: linked });
      sample.push(branch, { 'cart.ts': 'fixed twice' });
      assert.deepEqual(await carryOut(runGit, await planFor({ root: linked })), { kind: 'done', commits: 'forwarded' });
      assert.equal(sample.read('cart.ts', linked), 'fixed twice');
      assert.equal(sample.read('cart.ts'), 'one');
    });
  });

  describe('with changes', () => {
    beforeEach(() => {
      sample.push(branch, { 'cart.ts': 'fixed', 'new.ts': 'theirs' });
      sample.write('cart.ts', 'staged');
      sample.git(root, 'add', 'cart.ts');
      sample.write('cart.ts', 'not staged');
      sample.write('notes/a b.txt', 'untracked');
      sample.write('new.ts', 'mine');
      sample.write('secret.env', 'ignored');
    });

    const changed = ['MM cart.ts', '?? new.ts', '?? notes/'];

    function assertAllIsThere(): void {
      assert.deepEqual(sample.status(), changed);
      const texts = ['cart.ts', 'notes/a b.txt', 'new.ts', 'secret.env'].map((name) => sample.read(name));
      assert.deepEqual(texts, ['not staged', 'untracked', 'mine', 'ignored']);
      assert.equal(sample.git(root, 'show', ':cart.ts'), 'staged');
    }

    it('counts them', async () => {
      assert.deepEqual(await changesIn(runGit, root), { files: 3, unmerged: 0, endangered: [] });
    });

    it('is refused by Git without a stash, and all is as before', async () => {
      const outcome = await checkOut();
      assert.ok(outcome.kind === 'failed' && outcome.stash === undefined);
      assertAllIsThere();
    });

    it('puts them aside under a name, all but what is ignored', async () => {
      const outcome = await checkOut(message);
      assert.equal(outcome.kind, 'done');
      assert.equal(stashOf(outcome).message, message);
      assert.deepEqual(sample.stashes(), [`On main: ${message}`]);
      assert.deepEqual(sample.status(), []);
      assert.deepEqual([sample.read('cart.ts'), sample.read('new.ts')], ['fixed', 'theirs']);
      assert.equal(sample.read('secret.env'), 'ignored');
      sample.git(root, 'switch', '--quiet', 'main');
      assert.deepEqual(await restoreStash(runGit, root, stashOf(outcome)), { kind: 'restored' });
      assertAllIsThere();
      assert.deepEqual(sample.stashes(), []);
    });

    it('puts them back when the checkout fails', async () => {
      // A file where the new branch's folder of refs has to be.
      const plan = await planFor();
      sample.git(root, 'branch', 'oz');
      const outcome = await carryOut(runGit, plan, message);
      assert.ok(outcome.kind === 'failed' && outcome.words !== '');
      assert.deepEqual(outcome.restored, { kind: 'restored' });
      assertAllIsThere();
      assert.deepEqual([sample.branch(), ...sample.stashes()], ['main']);
    });

    it('keeps the stash and says which when they cannot be put back', async () => {
      const plan = await planFor();
      const git: RunGit = (args, folder, signal) => {
        if (args[0] !== 'switch') {
          return runGit(args, folder, signal);
        }
        // Something else writes there in the meantime.
        sample.write('new.ts', 'in the way');
        sample.write('cart.ts', 'in the way');
        return Promise.resolve({ code: 1, stdout: '', stderr: 'error: no\nhint: never' });
      };
      const outcome = await carryOut(git, plan, message);
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.words, 'no');
      assert.equal(outcome.restored?.kind, 'failed');
      assert.deepEqual(sample.stashes(), [`On main: ${message}`]);
      assert.equal(stashOf(outcome).commit, sample.git(root, 'rev-parse', 'stash@{0}'));
      assert.equal(sample.read('new.ts'), 'in the way');
      sample.git(root, 'checkout', '--', 'cart.ts');
      // Git has already put back what was not in the way.
      fs.rmSync(path.join(root, 'new.ts'));
      fs.rmSync(path.join(root, 'notes'), { recursive: true });
      assert.deepEqual(await restoreStash(runGit, root, stashOf(outcome)), { kind: 'restored' });
      assertAllIsThere();
    });

    it('says where the stash is when Git cannot be run any more', async () => {
      const plan = await planFor();
      let stashed = false;
      const outcome = await carryOut(
        (args, folder, signal) => {
          if (stashed && args[0] !== 'rev-parse') {
            return Promise.reject(new Error('no program'));
          }
          stashed ||= args[0] === 'stash';
          return runGit(args, folder, signal);
        },
        plan,
        message,
      );
      assert.ok(outcome.kind === 'failed' && outcome.restored?.kind === 'failed');
      assert.equal(stashOf(outcome).commit, sample.git(root, 'rev-parse', 'stash@{0}'));
    });

    it('leaves conflicts in the files and keeps the stash when it does not fit the branch', async () => {
      const outcome = await checkOut(message);
      assert.deepEqual(await restoreStash(runGit, root, stashOf(outcome)), { kind: 'conflicts' });
      assert.match(sample.read('cart.ts') ?? '', /<{7}[\s\S]*fixed[\s\S]*not staged[\s\S]*>{7}/);
      assert.deepEqual(sample.stashes(), [`On main: ${message}`]);
      assert.equal(sample.read('new.ts'), 'theirs');
      assert.ok((await changesIn(runGit, root)).unmerged > 0);
    });

    it('makes no stash when they are gone by then', async () => {
      sample.git(root, 'stash', 'push', '--quiet', '--include-untracked', '--message', 'older');
      assert.deepEqual(await checkOut(message), { kind: 'done', commits: 'same' });
      assert.deepEqual(sample.stashes(), ['On main: older']);
    });

    it('finds its stash among others, and knows when it is gone', async () => {
      const outcome = await checkOut(message);
      sample.git(root, 'switch', '--quiet', 'main');
      sample.write('later.ts', 'later');
      sample.git(root, 'stash', 'push', '--quiet', '--include-untracked', '--message', 'later');
      assert.deepEqual(await restoreStash(runGit, root, stashOf(outcome)), { kind: 'restored' });
      assertAllIsThere();
      assert.deepEqual(sample.stashes(), ['On main: later']);
      assert.deepEqual(await restoreStash(runGit, root, stashOf(outcome)), { kind: 'gone' });
    });
  });

  describe('loses nothing that no stash has', () => {
    beforeEach(() => {
      sample.push(branch, { 'cart.ts': 'fixed' });
      sample.write('secret.env', 'mine');
    });

    it('when the branch has a file that is ignored here', async () => {
      sample.push(branch, { 'secret.env': 'theirs' });
      const outcome = await checkOut(message);
      assert.equal(outcome.kind, 'failed');
      assert.deepEqual([sample.branch(), sample.read('secret.env'), sample.read('cart.ts')], ['main', 'mine', 'one']);
    });

    it('when moving on brings such a file', async () => {
      await checkOut();
      sample.push(branch, { 'secret.env': 'theirs' });
      sample.write('cart.ts', 'changed');
      const here = await checkOut(message);
      assert.ok(here.kind === 'failed' && here.restored?.kind === 'restored');
      assert.deepEqual([sample.read('secret.env'), sample.read('cart.ts')], ['mine', 'changed']);
      sample.git(root, 'checkout', '--', 'cart.ts');
      sample.git(root, 'switch', '--quiet', 'main');
      const there = await checkOut();
      assert.ok(there.kind === 'done' && there.notForwarded);
      assert.deepEqual([sample.branch(), sample.read('secret.env')], [branch, 'mine']);
    });

    it('when a folder has taken the place of a file', async () => {
      fs.rmSync(path.join(root, 'cart.ts'));
      sample.write('cart.ts/secret.env', 'ignored');
      sample.write('cart.ts/more.ts', 'untracked');
      assert.deepEqual(await checkOut(message), { kind: 'endangered', files: ['cart.ts/secret.env'] });
      assert.equal((await checkOut()).kind, 'failed');
      assert.deepEqual(
        ['cart.ts/secret.env', 'cart.ts/more.ts'].map((name) => sample.read(name)),
        ['ignored', 'untracked'],
      );
      fs.rmSync(path.join(root, 'cart.ts/secret.env'));
      assert.equal((await checkOut(message)).kind, 'done');
    });

    it('when a file or a link has taken the place of a folder', async () => {
      sample.commit('src/a.ts', 'a');
      sample.commit('.gitignore', 'secret.env\nsrc\n');
      for (const replace of [
        (place: string) => {
          fs.writeFileSync(place, 'ignored');
        },
        (place: string) => {
          fs.symlinkSync(sample.theirs, place);
        },
      ]) {
        fs.rmSync(path.join(root, 'src'), { recursive: true });
        replace(path.join(root, 'src'));
        assert.deepEqual(await checkOut(message), { kind: 'endangered', files: ['src'] });
        assert.ok(!fs.lstatSync(path.join(root, 'src')).isDirectory());
      }
    });

    it('when the branch has a file where an ignored folder is, or a folder where an ignored file is', async () => {
      sample.push(branch, { out: 'a file', 'secret.env/x': 'a folder' });
      sample.commit('.gitignore', 'secret.env\nout/\n');
      sample.write('out/a.js', 'built');
      sample.write('new.ts', 'untracked');
      const outcome = await checkOut(message);
      assert.ok(outcome.kind === 'failed' && outcome.restored?.kind === 'restored');
      assert.deepEqual(
        ['out/a.js', 'secret.env', 'new.ts'].map((name) => sample.read(name)),
        ['built', 'mine', 'untracked'],
      );
      assert.deepEqual([sample.branch(), sample.refs(root).includes(`refs/heads/${branch}`)], ['main', false]);
    });

    it('when there is another repository in it', async () => {
      const nested = path.join(root, 'nested');
      fs.mkdirSync(nested);
      sample.git(nested, 'init', '--quiet');
      sample.write('a.ts', 'nested', nested);
      const outcome = await checkOut(message);
      assert.deepEqual([outcome.kind, sample.read('a.ts', nested)], ['done', 'nested']);
    });
  });

  describe('in the middle of something else', () => {
    beforeEach(() => {
      sample.push(branch, { 'cart.ts': 'fixed' });
      sample.commit('cart.ts', 'two');
      sample.git(root, 'switch', '--quiet', '--create', 'side', 'HEAD~1');
      sample.commit('cart.ts', 'three');
    });

    const started: [operation: string, args: string[]][] = [
      ['merge', ['merge', 'main']],
      ['rebase', ['rebase', 'main']],
      ['cherry-pick', ['cherry-pick', 'main']],
      ['revert', ['revert', '--no-edit', 'HEAD~1']],
      ['bisect', ['bisect', 'start']],
    ];
    for (const [operation, args] of started) {
      it(`(${operation}) is refused before anything is fetched`, async () => {
        if (operation === 'revert') {
          sample.commit('cart.ts', 'four');
        }
        await runGit(args, root);
        const linked = path.join(sample.folder, 'linked');
        sample.git(root, 'worktree', 'add', '--quiet', '--detach', linked, 'main');
        const target = { root, remote: 'origin', branch };
        const { signal } = new AbortController();
        const prepared = await prepareCheckout(runGit, target, () => assert.fail('fetched'), signal);
        assert.deepEqual(prepared, { kind: 'busy', with: operation });
        // Another worktree is not in the middle of it.
        assert.equal((await prepare({ root: linked })).kind, 'ready');
      });
    }

    it('tells of conflicts without an operation', async () => {
      await runGit(['merge', '--squash', 'main'], root);
      assert.deepEqual(await changesIn(runGit, root), { files: 1, unmerged: 1, endangered: [] });
      const outcome = await checkOut(message);
      assert.ok(outcome.kind === 'failed' && outcome.stash === undefined && outcome.words !== '');
      assert.match(sample.read('cart.ts') ?? '', /<{7}/);
    });
  });

  describe('that is fetched', () => {
    it('ends at once when it is cancelled, wherever Git is', async () => {
      sample.push(branch, { 'cart.ts': 'fixed' });
      // Says nothing until Git is gone.
      const marker = path.join(sample.folder, 'asked');
      sample.git(root, 'config', 'remote.origin.uploadpack', `touch '${marker}'; cat >'${marker}.in'; :`);
      const stop = new AbortController();
      const prepared = prepare({}, stop.signal);
      while (!fs.existsSync(marker)) {
        await delay(5);
      }
      stop.abort();
      assert.deepEqual(await prepared, { kind: 'cancelled' });
      assert.deepEqual([sample.branch(), sample.read('cart.ts')], ['main', 'one']);
      assert.ok(!sample.refs(root).some((ref) => ref.endsWith(branch)));
    });

    it('is cancelled although the fetch goes on', async () => {
      sample.push(branch, { 'cart.ts': 'fixed' });
      const stop = new AbortController();
      const fetch = (remote: string, refspec: string): Promise<GitOutcome> => {
        stop.abort();
        return runGit(['fetch', '--quiet', remote, refspec], root);
      };
      const prepared = await prepareCheckout(runGit, { root, remote: 'origin', branch }, fetch, stop.signal);
      assert.deepEqual(prepared, { kind: 'cancelled' });
      assert.equal(sample.branch(), 'main');
    });

    it('says what Git says when it fails', async () => {
      assert.deepEqual(await prepare({ branch: 'oz/never-was' }), { kind: 'gone' });
      const prepared = await prepare({ remote: 'nowhere' });
      assert.ok(prepared.kind === 'fetchFailed' && prepared.words.includes('nowhere'));
    });

    it('is of the folder, whatever the environment says', async () => {
      sample.push(branch, { 'cart.ts': 'fixed' });
      const other = path.join(sample.theirs, '.git');
      const git = gitRunner('git', { ...process.env, GIT_DIR: other, GIT_WORK_TREE: sample.theirs });
      assert.equal((await git(['rev-parse', '--show-toplevel'], root)).stdout.trim(), root);
    });

    it('throws what Git says where there is no repository', async () => {
      await assert.rejects(prepare({ root: sample.folder }), (error: Error) => error instanceof GitFailure);
      const none = gitRunner(path.join(sample.folder, 'no-git'), {});
      const { signal } = new AbortController();
      await assert.rejects(prepareCheckout(none, { root, remote: 'origin', branch }, fetchIn(root), signal));
    });
  });

  describe('with a name that is made to deceive', () => {
    const canary = (): string => path.join(sample.folder, 'canary');

    it('refuses what is no branch, before Git fetches', async () => {
      sample.push(branch, { 'cart.ts': 'fixed' });
      sample.git(root, 'switch', '--quiet', '--create', 'other');
      const head = sample.git(root, 'rev-parse', 'HEAD');
      const names = [
        ...['', ' ', '-', '--', '-f', '--force', `--upload-pack=touch ${canary()}`, '--orphan=x', '-b', '--detach'],
        ...['@', '@{-1}', 'HEAD', 'head', head, head.toUpperCase(), 'main~1', 'main^', 'a..b', ':main', 'a:b'],
        ...['a b', 'a\tb', 'a\nb', 'a\u007fb', 'a\u202eb', 'a\u200bb', 'x.lock', 'a//b'],
        ...['/a', 'a/', '.a', 'a/.b', 'a?', 'a*', 'a[', 'a\\b', '../../x', 'refs/heads/a..', '\0'],
      ];
      for (const name of names) {
        const { signal } = new AbortController();
        const target = { root, remote: 'origin', branch: name };
        const prepared = await prepareCheckout(runGit, target, () => assert.fail(`fetched ${name}`), signal);
        assert.deepEqual(prepared, { kind: 'badName' }, name);
      }
      assert.deepEqual([sample.branch(), fs.existsSync(canary())], ['other', false]);
    });

    it('refuses a remote that is an option', async () => {
      assert.deepEqual(await prepare({ remote: `--upload-pack=touch ${canary()}` }), { kind: 'badName' });
    });

    it('takes what Git takes as a name, and runs none of it', async () => {
      const commands = [
        '$(touch${IFS}canary)',
        '`touch${IFS}canary`',
        "a';touch${IFS}canary;'",
        'a&&touch${IFS}canary',
      ];
      const texts = [
        '%PATH%',
        'a=b',
        'a.b',
        '日本語',
        'é',
        '+main',
        '!x',
        '#1',
        'stash@x',
        'refs/heads/main',
        'origin/main',
      ];
      // Windows has no files with such names, and a branch is a file.
      const files = process.platform === 'win32' ? [] : ['"quoted"', '<x>', 'a|b'];
      const names = [...commands, ...texts, ...files];
      for (const name of names) {
        sample.push(name, { 'cart.ts': name });
        const outcome = await carryOut(runGit, await planFor({ branch: name }));
        assert.deepEqual([outcome.kind, sample.branch(), sample.read('cart.ts')], ['done', name, name]);
        assert.equal(sample.git(root, 'config', `branch.${name}.merge`), `refs/heads/${name}`);
      }
      assert.equal(sample.read('cart.ts', sample.theirs), names.at(-1));
      assert.ok(![root, sample.folder].some((folder) => fs.readdirSync(folder).includes('canary')));
      assert.equal(sample.git(root, 'show', 'main:cart.ts'), 'one');
    });
  });
});
