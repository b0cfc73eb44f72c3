import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SharedFiles } from '../../../src/model/sharedFiles';
import { accountOf } from '../../../src/platform/account';
import { SharedFolder } from '../../../src/platform/sharedFolder';
import { noon, settle } from '../fakeClock';
import { run } from '../model/fakeOz';
import { canaryKey, contentOf, Machine } from '../model/machine';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const bytes = (text: string): Uint8Array => Buffer.from(text);

/** Lets a fake clock go on only when the disk has done its work. */
class WatchedFolder implements SharedFiles {
  underWay = 0;
  readonly #folder: SharedFolder;

  constructor(folder: string) {
    this.#folder = new SharedFolder(folder);
  }

  readonly read: SharedFiles['read'] = (name) => this.#watch(this.#folder.read(name));
  readonly write: SharedFiles['write'] = (name, content) => this.#watch(this.#folder.write(name, content));
  readonly create: SharedFiles['create'] = (name, content) => this.#watch(this.#folder.create(name, content));
  readonly remove: SharedFiles['remove'] = (name) => this.#watch(this.#folder.remove(name));
  readonly list: SharedFiles['list'] = () => this.#watch(this.#folder.list());

  async #watch<T>(work: Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work;
    } finally {
      this.underWay -= 1;
    }
  }
}

describe('SharedFolder', () => {
  let parent: string;
  let folder: string;
  let files: SharedFolder;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'agent-runs-shared-'));
    folder = path.join(parent, 'global', 'rounds');
    files = new SharedFolder(folder);
  });

  afterEach(async () => {
    await rm(parent, { recursive: true, force: true });
  });

  it('reads what was written, and nothing where nothing was', async () => {
    assert.equal(await files.read('x'), undefined);
    await files.write('x', bytes('one'));
    await files.write('x', bytes('two'));
    assert.deepEqual(Buffer.from((await files.read('x')) ?? []), bytes('two'));
    await files.remove('x');
    await files.remove('x');
    assert.equal(await files.read('x'), undefined);
  });

  it('makes a file for one of those who try', async () => {
    const tries = await Promise.all(Array.from({ length: 50 }, (_, index) => new SharedFolder(folder).create('x', bytes(`${index}`)))); // prettier-ignore
    const [winner, ...more] = tries.flatMap((made, index) => (made ? [index] : []));
    assert.equal(more.length, 0);
    assert.deepEqual(Buffer.from((await files.read('x')) ?? []), bytes(`${winner}`));
  });

  it('is whole at every moment', async () => {
    const texts = ['a', 'b'].map((letter) => bytes(letter.repeat(1_000_000)));
    await files.write('x', texts[0] ?? bytes(''));
    const state = { isOver: false };
    const writing = (async () => {
      for (let time = 0; time < 20; time += 1) {
        await files.write('x', texts[time % 2] ?? bytes(''));
      }
      state.isOver = true;
    })();
    while (!state.isOver) {
      const content = Buffer.from((await files.read('x')) ?? []);
      assert.ok(texts.some((text) => content.equals(text)));
    }
    await writing;
    assert.deepEqual(await readdir(folder), ['x']);
  });

  it('is for this user alone', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    await files.write('x', bytes('x'));
    await files.create('y', bytes('y'));
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    for (const name of ['x', 'y']) {
      assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600);
    }
  });

  it('lists what belongs to an account, with its age', async () => {
    const id = 'a'.repeat(32);
    await files.write(`${id}.beat`, bytes('x'));
    await writeFile(path.join(folder, 'somebody else’s.json'), '{}');
    const old = (Date.now() - 3 * day) / 1000;
    await utimes(path.join(folder, `${id}.beat`), old, old);
    const [only, ...more] = await files.list();
    assert.equal(more.length, 0);
    assert.equal(only?.name, `${id}.beat`);
    assert.ok(Math.abs(only.age - 3 * day) < minute);
  });

  it('rejects where there can be no folder', async () => {
    await writeFile(path.join(parent, 'global'), 'a file');
    await assert.rejects(files.read('x'));
    await assert.rejects(files.write('x', bytes('x')));
    await assert.rejects(files.create('x', bytes('x')));
    await assert.rejects(files.list());
  });

  describe('between windows', () => {
    let machine: Machine;
    let watched: WatchedFolder;

    beforeEach(() => {
      machine = new Machine(
        run('active', noon, { state: 'INPROGRESS', title: 'canary title', prompt: 'canary prompt' }),
      );
      watched = new WatchedFolder(folder);
      machine.files = watched;
    });

    async function advance(ms: number): Promise<void> {
      for (let passed = 0; passed < ms; passed += 100) {
        await machine.clock.advance(100);
        while (watched.underWay > 0) {
          await settle(1);
        }
      }
    }

    it('lets six windows ask as often as one, and know the same', async function () {
      this.timeout(20_000);
      const windows = machine.openSeen(6);
      for (let round = 1; round <= 8; round += 1) {
        await advance(15 * second);
        machine.oz.set(run(`r${round}`, machine.clock.now(), { title: 'canary title' }));
      }
      await advance(16 * second);
      const one = Math.floor((136 * second) / 5200);
      assert.ok(Math.abs(machine.sent.length - one) <= 2, `${machine.sent.length} for six, ${one} for one`);
      assert.equal(machine.mostUnderWay, 1);
      for (const { store } of windows) {
        assert.equal(store.size, 9);
        assert.deepEqual(contentOf(store), contentOf(windows[0]?.store ?? store));
      }
    });

    it('writes neither the key, nor a hash of it, nor a title into any file', async () => {
      const [window] = machine.openSeen(2);
      const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) => {
        const hash = createHash(name).update(canaryKey).digest();
        return [hash.toString('hex').slice(0, 16), hash.toString('base64').slice(0, 16), hash.subarray(0, 8).toString('latin1')]; // prettier-ignore
      });
      const secrets = [canaryKey, 'canary', 'INPROGRESS', 'updated_at', 'covered', ...hashes];
      const seen = new Set<string>();
      for (let passed = 0; passed < 12; passed += 1) {
        await advance(second);
        await window?.shared.claim('canary claim');
        for (const name of await readdir(folder)) {
          const content = await readFile(path.join(folder, name), 'latin1').catch(() => '');
          seen.add(name.split('.')[1] ?? '');
          assert.deepEqual(
            secrets.filter((secret) => name.includes(secret) || content.includes(secret)),
            [],
          );
        }
      }
      assert.ok(seen.has('beat') && seen.has('feed') && seen.has('told'));
    });

    it('lets each window ask for itself where no folder can be', async () => {
      await writeFile(path.join(parent, 'global'), 'a file');
      const windows = machine.openSeen(2);
      await advance(30 * second);
      for (const { store, requests } of windows) {
        assert.equal(store.status.kind, 'ready');
        assert.ok(requests > 0);
      }
    });

    it('lets each window ask for itself where a folder stands in the place of a file', async () => {
      const { id } = accountOf('https://oz.test/api/v1', canaryKey);
      for (const name of ['beat', 'feed', 'turn.1']) {
        await mkdir(path.join(folder, `${id}.${name}`), { recursive: true });
      }
      const windows = machine.openSeen(2);
      await advance(30 * second);
      for (const { store, requests } of windows) {
        assert.equal(store.status.kind, 'ready');
        assert.ok(requests > 0);
      }
    });

    it('clears away what others left more than a week ago, and what this account left a day ago', async () => {
      const { id } = accountOf('https://oz.test/api/v1', canaryKey);
      const other = 'b'.repeat(32);
      const ages: Record<string, number> = {
        [`${other}.feed`]: 8,
        [`${other}.beat`]: 6,
        [`${id}.told.x`]: 2,
        [`${id}.told.y`]: 0.5,
        [`${id}.turn.7`]: 2,
        'not-ours.feed': 1000,
      };
      await mkdir(folder, { recursive: true });
      for (const [name, days] of Object.entries(ages)) {
        await writeFile(path.join(folder, name), 'x');
        const time = (Date.now() - days * day) / 1000;
        await utimes(path.join(folder, name), time, time);
      }
      machine.openSeen(1);
      await advance(2 * second);
      const left = (await readdir(folder)).filter((name) => name in ages).sort();
      assert.deepEqual(left, [`${id}.told.y`, `${other}.beat`, 'not-ours.feed'].sort());
    });
  });
});
