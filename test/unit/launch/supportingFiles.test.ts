import assert from 'node:assert/strict';
import {
  type FolderEntry,
  mentionedFiles,
  mostSupportingFiles,
  supportingFiles,
} from '../../../src/model/supportingFiles';

const file = (name: string, size = 1): FolderEntry => ({ name, kind: 'file', size });
const folder = (name: string): FolderEntry => ({ name, kind: 'folder', size: 0 });

describe('supportingFiles', () => {
  const readIn =
    (tree: Record<string, FolderEntry[]>) =>
    (at: string): Promise<FolderEntry[]> => {
      const entries = tree[at];
      return entries ? Promise.resolve(entries) : Promise.reject(new Error(at));
    };

  it("finds every file but the skill's own, in its folder and below", async () => {
    const found = await supportingFiles(
      readIn({
        '': [file('SKILL.md', 100), file('b.md', 10), folder('scripts'), { name: 'link', kind: 'other', size: 0 }],
        scripts: [file('run.sh', 5), file('SKILL.md', 7), folder('deep')],
        'scripts/deep': [file('a.txt')],
      }),
      'SKILL.md',
    );
    assert.deepEqual(found, {
      names: ['b.md', 'scripts/SKILL.md', 'scripts/deep/a.txt', 'scripts/run.sh'],
      size: 23,
      isMore: false,
    });
  });

  it('leaves out what no skill is made of, and folders that cannot be read', async () => {
    const found = await supportingFiles(
      readIn({ '': [folder('node_modules'), folder('.git'), folder('closed'), file('a')], node_modules: [file('b')] }),
      'SKILL.md',
    );
    assert.deepEqual(found.names, ['a']);
  });

  it('ends in a folder that has no end', async () => {
    let reads = 0;
    const endless = await supportingFiles(() => {
      reads += 1;
      return Promise.resolve([folder('a'), folder('b')]);
    }, 'SKILL.md');
    assert.deepEqual([endless.names, endless.isMore], [[], true]);
    assert.ok(reads <= 100);
    const many = Array.from({ length: 2000 }, (_, index) => file(`f${index}`));
    const full = await supportingFiles(() => Promise.resolve(many), 'SKILL.md');
    assert.deepEqual([full.names.length, full.size, full.isMore], [mostSupportingFiles, mostSupportingFiles, true]);
  });
});

describe('mentionedFiles', () => {
  const names = ['scripts/run.sh', 'references/api.md', 'LICENSE', 'data/x.json'];

  it('knows a file by its path and by its name', () => {
    assert.deepEqual(mentionedFiles('Run `./scripts/run.sh --all`.', names), ['scripts/run.sh']);
    assert.deepEqual(mentionedFiles('See [the API](references/api.md).', names), ['references/api.md']);
    assert.deepEqual(mentionedFiles('Look at x.json!', names), ['data/x.json']);
  });

  it('knows none by a part of another word, or by a word that is no file name', () => {
    assert.deepEqual(mentionedFiles('myrun.sh, run.shx, a LICENSE2 and the run', names), []);
    assert.deepEqual(mentionedFiles('', names), []);
  });

  it('reads a long hostile text once', () => {
    assert.deepEqual(mentionedFiles(`${'.'.repeat(500_000)}x ${'../'.repeat(100_000)}run.sh`, names), []);
  });
});
