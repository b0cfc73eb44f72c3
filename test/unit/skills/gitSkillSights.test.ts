import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { SeenSkill } from '../../../src/model/skillEntries';
import { readSkillSights, RepositoryRoots } from '../../../src/platform/gitSkillSights';
import type { RunGit } from '../../../src/platform/runGit';
import { GitSample, runGit } from '../platform/gitSample';

const tests = '.agents/skills/tests/SKILL.md';
const review = '.claude/skills/review/SKILL.md';
const ownRoot = 'SKILL.md';

function withSkills(sample: GitSample): void {
  sample.push('main', { [tests]: 'Test.\n', '.agents/skills/tests/run.sh': 'true\n', [review]: 'Review.\n' });
  sample.git(sample.root, 'pull', '--quiet', 'origin', 'main');
  sample.git(sample.root, 'branch', '--quiet', '--set-upstream-to=origin/main');
  sample.git(sample.root, 'remote', 'set-head', 'origin', 'main');
}

describe('what the cloud has of the skills of a repository', () => {
  let sample: GitSample;
  let root: string;
  const git = (...args: string[]): string => sample.git(root, ...args);

  beforeEach(() => {
    sample = new GitSample(withSkills);
    root = sample.root;
  });

  afterEach(() => {
    sample.remove();
  });

  const see = (files: string[], run: RunGit = runGit): Promise<Map<string, SeenSkill>> =>
    readSkillSights(run, root, files, AbortSignal.timeout(20_000));
  async function sights(...files: string[]): Promise<unknown[]> {
    const seen = await see(files);
    return files.map((file) => seen.get(file)?.sight);
  }

  it('is all that is pushed, by a spec each', async () => {
    const seen = await see([tests, review]);
    assert.deepEqual(
      [...seen],
      [
        [tests, { sight: 'pushed', spec: `acme/storefront:${tests}` }],
        [review, { sight: 'pushed', spec: `acme/storefront:${review}` }],
      ],
    );
  });

  it('is not what is changed, beside the file too, new, ignored or in a new folder', async () => {
    sample.write('.agents/skills/tests/run.sh', 'false\n');
    sample.write('.agents/skills/new/SKILL.md', 'New.\n');
    sample.write('.gitignore', '.codex\n');
    sample.write('.codex/skills/own/SKILL.md', 'Own.\n');
    sample.write('.claude/skills/review/more/notes.md', 'Notes.\n');
    const others = ['.agents/skills/new/SKILL.md', '.codex/skills/own/SKILL.md'];
    assert.deepEqual(await sights(tests, ...others), ['uncommitted', 'uncommitted', 'uncommitted']);
    assert.deepEqual(await sights(review), ['uncommitted']);
    git('add', '--all');
    assert.deepEqual(await sights(tests, review), ['uncommitted', 'uncommitted']);
  });

  it('is not what is committed here only; the other skills are still there', async () => {
    sample.commit('.agents/skills/tests/run.sh', 'false\n');
    assert.deepEqual(await sights(tests, review), ['notPushed', 'pushed']);
    git('push', '--quiet', 'origin', 'main');
    assert.deepEqual(await sights(tests, review), ['pushed', 'pushed']);
  });

  it('is by the default branch where a branch was never pushed, and by the branch where it was', async () => {
    git('switch', '--quiet', '--create', 'topic');
    assert.deepEqual(await sights(tests, review), ['pushed', 'pushed']);
    sample.commit(tests, 'Test more.\n');
    assert.deepEqual(await sights(tests, review), ['notPushed', 'pushed']);
    git('push', '--quiet', '--set-upstream', 'origin', 'topic');
    assert.deepEqual(await sights(tests, review), ['elsewhere', 'pushed']);
    git('push', '--quiet', 'origin', 'topic:main');
    assert.deepEqual(await sights(tests, review), ['pushed', 'pushed']);
  });

  it('is another version where others pushed one meanwhile', async () => {
    sample.push('main', { [review]: 'Review again.\n' });
    git('fetch', '--quiet', 'origin');
    assert.deepEqual(await sights(tests, review), ['pushed', 'elsewhere']);
    sample.commit(tests, 'Test more.\n');
    assert.deepEqual(await sights(tests, review), ['notPushed', 'elsewhere']);
    git('remote', 'set-head', 'origin', '--delete');
    assert.deepEqual(await sights(tests, review), ['notPushed', 'pushed'], 'which one that is, Git was not told');
  });

  it('is nothing where nothing was ever pushed, and unknown to GitHub where there is no such remote', async () => {
    git('remote', 'remove', 'origin');
    assert.deepEqual(await sights(tests), ['notOnGitHub']);
    git('remote', 'add', 'origin', 'git@github.com:acme/storefront.git');
    assert.deepEqual(await sights(tests), ['notPushed']);
  });

  it('takes names that Git could read as patterns, blanks, and a skill in the root', async () => {
    const odd = '.agents/skills/:(glob)**/SKILL.md';
    const blank = '.agents/skills/two words ä/SKILL.md';
    sample.commit(odd, 'Odd.\n');
    sample.commit(blank, 'Blank.\n');
    sample.commit(ownRoot, 'Root.\n');
    assert.deepEqual(await sights(odd, blank), ['notPushed', 'notPushed']);
    git('push', '--quiet', 'origin', 'main');
    assert.deepEqual(await sights(odd, blank, ownRoot, tests), Array(4).fill('pushed'));
    sample.write('cart.ts', 'two');
    // What is beside it is the whole repository.
    assert.deepEqual(await sights(ownRoot, tests), ['uncommitted', 'pushed']);
  });

  it('asks the same number of questions for one skill and for a thousand', async () => {
    let questions = 0;
    const counting: RunGit = (...call) => {
      questions += 1;
      return runGit(...call);
    };
    await see([tests], counting);
    const forOne = questions;
    questions = 0;
    const many = Array.from({ length: 1000 }, (_, index) => `packages/p${index}/.agents/skills/s/SKILL.md`);
    const seen = await see([tests, ...many], counting);
    assert.equal(questions, forOne);
    assert.deepEqual([seen.get(tests)?.sight, seen.get(many[7] ?? '')?.sight], ['pushed', 'uncommitted']);
  });

  it('says nothing outside of a repository', async () => {
    assert.deepEqual([...(await readSkillSights(runGit, sample.folder, [tests], AbortSignal.timeout(20_000)))], []);
  });

  it('finds the nearest repository, a worktree too', async () => {
    git('worktree', 'add', '--quiet', path.join(root, 'wt'), '-b', 'other');
    fs.mkdirSync(path.join(root, 'vendor/lib/.git'), { recursive: true });
    const roots = new RepositoryRoots();
    const found = await Promise.all(
      ['', '.agents/skills/tests', 'wt/.agents/skills/tests', 'vendor/lib/src', '..'].map((folder) =>
        roots.of(path.join(root, folder)),
      ),
    );
    assert.deepEqual(found.slice(0, 4), [root, root, path.join(root, 'wt'), path.join(root, 'vendor/lib')]);
    assert.notEqual(found[4], root);
  });
});
