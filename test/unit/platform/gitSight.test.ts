import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { type GitSight, readGitSight, type SightOptions } from '../../../src/platform/gitSight';
import { GitSample, remoteUrl, runGit } from './gitSample';

const gitHub = { owner: 'acme', repo: 'storefront' };
const skillFolder = '.agents/skills/tests';
const skill = `${skillFolder}/SKILL.md`;

/** The skill is on `main`, here and at the remote, which Git knows to be the default branch. */
function withSkill(sample: GitSample): void {
  sample.followMain({ [skill]: 'Test it.\n', [`${skillFolder}/scripts/run.sh`]: 'true\n' });
}

describe('what Git says of a file', () => {
  let sample: GitSample;
  let root: string;

  function begin(prepare?: (sample: GitSample) => void): void {
    sample = new GitSample(prepare);
    root = sample.root;
  }

  afterEach(() => {
    sample.remove();
  });

  const git = (...args: string[]): string => sample.git(root, ...args);

  async function sight(file = 'cart.ts', options: SightOptions = {}, top = root): Promise<GitSight> {
    const found = await readGitSight(runGit, path.join(top, file), options);
    assert.ok(found);
    return found;
  }

  describe('that is pushed', () => {
    beforeEach(() => {
      begin(withSkill);
    });

    it('has nothing that the cloud does not see', async () => {
      const { path: filePath, isChanged, isIgnored, copy, pushTarget, ...state } = await sight(skill);
      assert.deepEqual([filePath, isChanged, isIgnored, copy, pushTarget], [skill, false, false, 'same', undefined]);
      const commit = git('rev-parse', 'HEAD');
      const { gitHub: place, remote, branch, upstream, ahead, cloud } = state;
      assert.deepEqual([place, remote, branch, upstream], [gitHub, 'origin', 'main', 'origin/main']);
      assert.deepEqual([state.commit, ahead, cloud], [commit, 0, { branch: 'main', commit }]);
    });

    it('is dirty by a change, a staged one, a new file beside it, and a renamed one', async () => {
      const beside = { withFolder: true };
      const changes: [string, () => void, isFileChanged: boolean][] = [
        [
          'changed',
          () => {
            sample.write(skill, 'Other.\n');
          },
          true,
        ],
        [
          'staged',
          () => {
            sample.write(skill, 'Other.\n');
            git('add', skill);
          },
          true,
        ],
        [
          'deleted and staged',
          () => {
            git('rm', '--quiet', '--cached', skill);
          },
          true,
        ],
        [
          'new beside it',
          () => {
            sample.write(`${skillFolder}/a/b/new.md`, 'new\n');
          },
          false,
        ],
        [
          'renamed beside it',
          () => {
            git('mv', `${skillFolder}/scripts/run.sh`, 'run.sh');
          },
          false,
        ],
        [
          'elsewhere',
          () => {
            sample.write('cart.ts', 'other\n');
          },
          false,
        ],
      ];
      for (const [what, change, isFileChanged] of changes) {
        change();
        assert.equal((await sight(skill)).isChanged, isFileChanged, what);
        assert.equal((await sight(skill, beside)).isChanged, what !== 'elsewhere', `${what}, with its folder`);
        git('reset', '--quiet', '--hard');
        git('clean', '--quiet', '-fd');
      }
    });

    it('is dirty where a person told Git not to show new files', async () => {
      git('config', 'status.showUntrackedFiles', 'no');
      sample.write(`${skillFolder}/new.md`, 'new\n');
      assert.equal((await sight(skill, { withFolder: true })).isChanged, true);
    });

    it('differs by a commit to a file beside it that was not pushed', async () => {
      sample.commit(`${skillFolder}/scripts/run.sh`, 'false\n');
      const alone = await sight(skill);
      const whole = await sight(skill, { withFolder: true });
      assert.deepEqual([alone.copy, whole.copy, whole.ahead, whole.isChanged], ['same', 'different', 1, false]);
      assert.deepEqual(whole.pushTarget, {
        remote: 'origin',
        refspec: 'refs/heads/main:refs/heads/main',
        branch: 'main',
        setsUpstream: false,
      });
    });

    it('is compared with the default branch, whatever branch is pushed', async () => {
      git('switch', '--quiet', '--create', 'work');
      sample.commit(skill, 'Other.\n');
      assert.equal((await sight(skill)).upstream, undefined);
      git('push', '--quiet', '--set-upstream', 'origin', 'work');
      const pushed = await sight(skill);
      assert.deepEqual([pushed.upstream, pushed.ahead, pushed.pushTarget], ['origin/work', 0, undefined]);
      assert.deepEqual([pushed.copy, pushed.cloud?.branch], ['different', 'main']);
    });

    it('goes by the branch at the remote where no default branch is known', async () => {
      git('remote', 'set-head', 'origin', '--delete');
      assert.deepEqual([(await sight(skill)).copy, (await sight(skill)).cloud], ['same', undefined]);
      git('switch', '--quiet', '--create', 'work');
      assert.equal((await sight(skill)).copy, 'unknown');
      sample.write('new.ts', 'new\n');
      assert.equal((await sight('new.ts')).copy, 'missing');
    });

    it('is the same in another work tree of the repository', async () => {
      const linked = path.join(sample.folder, 'linked');
      git('worktree', 'add', '--quiet', '-b', 'other', linked, 'origin/main');
      assert.ok(fs.statSync(path.join(linked, '.git')).isFile());
      const found = await sight(skill, {}, linked);
      assert.deepEqual([found.root, found.path, found.branch], [fs.realpathSync(linked), skill, 'other']);
      assert.deepEqual([found.gitHub, found.copy], [gitHub, 'same']);
      sample.write(skill, 'Other.\n', linked);
      assert.deepEqual([(await sight(skill, {}, linked)).isChanged, (await sight(skill)).isChanged], [true, false]);
    });

    it('has its path from the root where a folder further down, or a link to it, is open', async () => {
      const link = path.join(sample.folder, 'link');
      fs.symlinkSync(path.join(root, '.agents'), link, 'junction');
      for (const top of [path.join(root, '.agents'), link]) {
        const found = await sight('skills/tests/SKILL.md', { withFolder: true }, top);
        assert.deepEqual([found.path, found.copy, found.isChanged], [skill, 'same', false]);
        assert.equal((await sight('skills', {}, top)).path, '.agents/skills');
      }
      sample.write(skill, 'Other.\n');
      assert.equal((await sight('skills/tests/SKILL.md', {}, link)).isChanged, true);
    });

    it('needs what a link leads to', async function () {
      if (process.platform === 'win32') {
        this.skip();
      }
      fs.symlinkSync('../../../cart.ts', path.join(root, skillFolder, 'LINK.md'));
      fs.symlinkSync(path.join(sample.folder, 'remote.git', 'HEAD'), path.join(root, skillFolder, 'OUT.md'));
      sample.commit('other.ts', 'other\n');
      git('push', '--quiet', 'origin', 'main');
      const link = `${skillFolder}/LINK.md`;
      assert.deepEqual([(await sight(link)).isChanged, (await sight(link)).copy], [false, 'same']);
      assert.equal((await sight(`${skillFolder}/OUT.md`)).copy, 'different');
      sample.write('cart.ts', 'other\n');
      assert.equal((await sight(link)).isChanged, true);
    });
  });

  describe('that is not', () => {
    beforeEach(() => {
      begin();
    });

    it('says that Git ignores it, unless it was added by force', async () => {
      sample.write('.gitignore', '.agents/\nsecret.env\n');
      sample.write(skill, 'Test it.\n');
      const found = await sight(skill, { withFolder: true });
      assert.deepEqual([found.isIgnored, found.copy], [true, 'missing']);
      assert.equal((await sight('.agents')).isIgnored, true);
      assert.equal((await sight('cart.ts')).isIgnored, false);
      git('add', '--force', skill);
      const added = await sight(skill);
      assert.deepEqual([added.isIgnored, added.isChanged], [false, true]);
    });

    it('is seen where no commit is yet', async () => {
      const empty = path.join(sample.folder, 'empty');
      fs.mkdirSync(empty);
      sample.git(empty, 'init', '--quiet', '--initial-branch=main');
      sample.git(empty, 'remote', 'add', 'origin', remoteUrl);
      sample.write(skill, 'Test it.\n', empty);
      const found = await sight(skill, {}, empty);
      assert.deepEqual([found.branch, found.commit, found.gitHub], ['main', undefined, gitHub]);
      assert.deepEqual([found.isChanged, found.copy, found.pushTarget], [true, 'missing', undefined]);
    });

    it('is on a branch that was never pushed', async () => {
      git('switch', '--quiet', '--create', 'feature/a', '--no-track');
      const found = await sight();
      assert.deepEqual([found.branch, found.upstream, found.isUpstreamGone], ['feature/a', undefined, false]);
      assert.deepEqual(found.pushTarget, {
        remote: 'origin',
        refspec: 'refs/heads/feature/a:refs/heads/feature/a',
        branch: 'feature/a',
        setsUpstream: true,
      });
    });

    it('is on a branch that follows another one here, which nobody else has', async () => {
      git('branch', '--quiet', '--track', 'work', 'main');
      git('switch', '--quiet', 'work');
      const found = await sight();
      assert.deepEqual([found.upstream, found.pushTarget?.setsUpstream], [undefined, true]);
    });

    it('is never pushed into a branch of another name', async () => {
      git('switch', '--quiet', '--create', 'work', '--track', 'origin/main');
      assert.deepEqual([(await sight()).upstream, (await sight()).pushTarget], ['origin/main', undefined]);
      sample.commit('cart.ts', 'two');
      assert.equal((await sight()).pushTarget?.refspec, 'refs/heads/work:refs/heads/work');
      git('push', '--quiet', 'origin', 'work');
      assert.deepEqual([(await sight()).upstream, (await sight()).ahead], ['origin/work', 0]);
    });

    it('is on a branch that is gone at the remote', async () => {
      git('switch', '--quiet', '--create', 'work');
      git('push', '--quiet', '--set-upstream', 'origin', 'work');
      git('push', '--quiet', 'origin', '--delete', 'work');
      const found = await sight();
      assert.deepEqual([found.upstream, found.isUpstreamGone, found.pushTarget?.branch], [undefined, true, 'work']);
    });

    it('counts the commits of this side alone', async () => {
      git('branch', '--quiet', '--set-upstream-to=origin/main');
      sample.commit('mine.ts', 'mine');
      sample.push('main', { 'theirs.ts': 'theirs' });
      git('fetch', '--quiet');
      assert.equal((await sight()).ahead, 1);
    });

    it('is on no branch: what counts is whether some branch of the remote has the commit', async () => {
      git('switch', '--quiet', '--detach');
      const there = await sight();
      assert.deepEqual([there.branch, there.isCommitPushed, there.pushTarget], [undefined, true, undefined]);
      sample.commit('cart.ts', 'two');
      assert.equal((await sight()).isCommitPushed, false);
    });
  });

  describe('in a repository', () => {
    beforeEach(() => {
      begin();
    });

    const setUrl = (url: string): string => git('remote', 'set-url', 'origin', url);

    it('knows GitHub by every form of an address', async () => {
      for (const url of [
        'https://github.com/acme/storefront.git',
        'https://ada:token@github.com/acme/storefront',
        'git@github.com:acme/storefront.git',
        'ssh://git@github.com/acme/storefront.git',
        'ssh://git@ssh.github.com:443/acme/storefront.git',
        'git@github.com-work:acme/storefront.git',
        'git://github.com/acme/storefront/',
      ]) {
        setUrl(url);
        assert.deepEqual((await sight()).gitHub, gitHub, url);
      }
    });

    it('names the host of one that is elsewhere', async () => {
      for (const [url, host] of [
        ['https://github.acme.example/acme/storefront.git', 'github.acme.example'],
        ['git@git.acme.example:acme/storefront.git', 'git.acme.example'],
        ['ssh://git@git.acme.example:2222/acme/storefront.git', 'git.acme.example'],
        ['https://github.com.evil.example/acme/storefront', 'github.com.evil.example'],
        [path.join(sample.folder, 'remote.git'), undefined],
      ] as const) {
        setUrl(url);
        const { gitHub: place, host: found, pushTarget } = await sight();
        assert.deepEqual([place, found, pushTarget], [undefined, host, undefined], url);
      }
    });

    it('goes by what insteadOf makes of an address, and by what is written where that is no GitHub', async () => {
      git('config', 'url.git@github.com:.insteadOf', 'gh:');
      setUrl('gh:acme/storefront');
      assert.deepEqual((await sight()).gitHub, gitHub);
      git('config', 'url.https://mirror.acme.example/.insteadOf', 'https://github.com/');
      setUrl(remoteUrl);
      assert.deepEqual((await sight()).gitHub, gitHub);
    });

    it('has no remote', async () => {
      git('remote', 'remove', 'origin');
      const { gitHub: place, host, remote, pushTarget } = await sight();
      assert.deepEqual([place, host, remote, pushTarget], [undefined, undefined, undefined, undefined]);
    });

    it('has several: that of the branch, then origin; another one where that is wished for', async () => {
      const theirs = { owner: 'upstream-org', repo: 'storefront' };
      git('remote', 'add', 'aside', 'https://git.acme.example/x/y');
      git('remote', 'add', 'mirror', 'git@github.com:ACME/Storefront.git');
      git('remote', 'add', 'parent', 'https://github.com/upstream-org/storefront.git');
      git(
        'config',
        '--add',
        `url.${path.join(sample.folder, 'remote.git')}.insteadOf`,
        'https://github.com/upstream-org/storefront.git',
      );
      git('fetch', '--quiet', 'parent');
      const first = await sight();
      assert.deepEqual([first.remote, first.gitHub], ['origin', gitHub]);
      assert.deepEqual(first.otherRemotes, [{ name: 'parent', gitHub: theirs }]);
      git('branch', '--quiet', '--set-upstream-to=parent/main');
      const followed = await sight();
      assert.deepEqual([followed.remote, followed.gitHub, followed.upstream], ['parent', theirs, 'parent/main']);
      sample.commit('cart.ts', 'two');
      git('push', '--quiet', 'origin', 'main');
      const [atParent, atOrigin] = [await sight(), await sight('cart.ts', { remote: () => 'origin' })];
      assert.deepEqual([atParent.ahead, atParent.copy, atParent.pushTarget?.remote], [1, 'different', 'parent']);
      assert.deepEqual([atOrigin.ahead, atOrigin.copy, atOrigin.gitHub], [0, 'same', gitHub]);
      assert.equal((await sight('cart.ts', { remote: () => 'aside' })).remote, 'parent');
    });

    it('is a submodule, with its own root and remote', async () => {
      const bare = path.join(sample.folder, 'remote.git');
      git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', bare, 'libs/cart');
      const inner = path.join(root, 'libs', 'cart');
      sample.git(inner, 'remote', 'set-url', 'origin', 'https://github.com/acme/cart.git');
      const found = await sight('libs/cart/cart.ts');
      assert.deepEqual([found.path, found.root], ['cart.ts', fs.realpathSync(inner)]);
      assert.deepEqual([found.gitHub, found.copy], [{ owner: 'acme', repo: 'cart' }, 'same']);
      sample.write('cart.ts', 'two', inner);
      assert.equal((await sight('libs/cart/cart.ts')).isChanged, true);
    });

    it('is a shallow clone', async () => {
      sample.push('main', { 'cart.ts': 'two' });
      const shallow = path.join(sample.folder, 'shallow');
      sample.git(
        sample.folder,
        'clone',
        '--quiet',
        '--depth=1',
        `file://${path.join(sample.folder, 'remote.git')}`,
        shallow,
      );
      sample.git(shallow, 'remote', 'set-url', 'origin', remoteUrl);
      const found = await sight('cart.ts', {}, shallow);
      assert.deepEqual([found.copy, found.ahead, found.upstream, found.isChanged], ['same', 0, 'origin/main', false]);
      assert.equal(found.cloud?.branch, 'main');
    });

    it('has files with names that Git reads more into elsewhere', async function () {
      if (process.platform === 'win32') {
        this.skip();
      }
      for (const name of [':(top)cart.ts', '*.ts', '-v', 'a\nb.md', 'HEAD:cart.ts', 'ä ö.md', '$(touch x)']) {
        sample.write(name, 'text');
        assert.deepEqual([(await sight(name)).isChanged, (await sight(name)).path], [true, name]);
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', 'Names');
      git('push', '--quiet', '--set-upstream', 'origin', 'main');
      const named = await sight('*.ts');
      assert.deepEqual([named.isChanged, named.copy], [false, 'same']);
      sample.write('cart.ts', 'other');
      assert.equal((await sight('*.ts')).isChanged, false);
    });

    it('is none: outside, in a bare one, and in the folder of Git itself', async () => {
      const outside = path.join(sample.folder, 'outside.txt');
      fs.writeFileSync(outside, '');
      for (const file of [outside, path.join(sample.folder, 'remote.git', 'HEAD'), path.join(root, '.git', 'HEAD')]) {
        assert.equal(await readGitSight(runGit, file), undefined, file);
      }
    });

    it('ends when nobody waits any more', async () => {
      await assert.rejects(readGitSight(runGit, path.join(root, 'cart.ts'), { signal: AbortSignal.abort() }));
    });
  });
});
