import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PartFile } from '../../../src/platform/partFile';

const code = (expected: string) => (error: unknown) => (error as { code?: string }).code === expected;

describe('a file that is being written', () => {
  let folder: string;
  let part: PartFile;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(tmpdir(), 'agent-runs-unit-'));
    part = new PartFile(folder);
  });

  afterEach(() => fs.rm(folder, { recursive: true }));

  it('is under its name when all of it is there', async () => {
    const target = path.join(folder, 'a.txt');
    await part.begin();
    await part.write(Buffer.from('one '));
    await part.write(Buffer.from('two'));
    assert.deepEqual(await fs.readdir(folder), [path.basename(part.path)]);
    await part.becomes(target, false);
    await part.discard();
    assert.deepEqual(await fs.readdir(folder), ['a.txt']);
    assert.equal(await fs.readFile(target, 'utf8'), 'one two');
  });

  it('begins anew with nothing in it', async () => {
    const target = path.join(folder, 'a.txt');
    await part.begin();
    await part.write(Buffer.from('a long beginning'));
    await part.begin();
    await part.write(Buffer.from('short'));
    await part.becomes(target, false);
    assert.equal(await fs.readFile(target, 'utf8'), 'short');
  });

  it('takes no other file’s place unless it may, and can be tried again', async () => {
    const target = path.join(folder, 'a.txt');
    await fs.writeFile(target, 'old');
    await part.begin();
    await part.write(Buffer.from('new'));
    await assert.rejects(part.becomes(target, false), code('EEXIST'));
    assert.equal(await fs.readFile(target, 'utf8'), 'old');
    await part.becomes(path.join(folder, 'b.txt'), false);
    assert.equal(await fs.readFile(path.join(folder, 'b.txt'), 'utf8'), 'new');
    const other = new PartFile(folder);
    await other.begin();
    await other.becomes(target, true);
    assert.equal(await fs.readFile(target, 'utf8'), '');
  });

  it('writes over no link, and through none', async () => {
    const elsewhere = path.join(folder, 'elsewhere.txt');
    const target = path.join(folder, 'link.txt');
    await fs.writeFile(elsewhere, 'mine');
    await fs.symlink(elsewhere, target);
    await part.begin();
    await part.write(Buffer.from('new'));
    await assert.rejects(part.becomes(target, false), code('EEXIST'));
    await part.becomes(target, true);
    assert.equal(await fs.readFile(elsewhere, 'utf8'), 'mine');
    assert.equal(await fs.readFile(target, 'utf8'), 'new');
  });

  it('leaves nothing behind when it is given up, wherever it was', async () => {
    await part.discard();
    await part.begin();
    await part.write(Buffer.from('half'));
    await part.discard();
    await part.discard();
    await fs.mkdir(path.join(folder, 'taken'));
    const other = new PartFile(folder);
    await other.begin();
    await assert.rejects(other.becomes(path.join(folder, 'taken'), true));
    await other.discard();
    assert.deepEqual(await fs.readdir(folder), ['taken']);
  });

  it('says that there is no such folder', async () => {
    await assert.rejects(new PartFile(path.join(folder, 'gone')).begin(), code('ENOENT'));
  });
});
