import assert from 'node:assert/strict';
import { ArtifactPictures } from '../../../src/conversation/artifactPictures';
import type { Download, DownloadOptions } from '../../../src/oz/download';
import { ApiProblem } from '../../../src/oz/problems';
import { settle } from '../fakeClock';

const png = (size = 20): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return bytes;
};
const megabyte = 1024 * 1024;

/** Downloads that end when the test says so. */
class Downloads {
  readonly started: string[] = [];
  readonly caps: (number | undefined)[] = [];
  readonly #open = new Map<string, { resolve: (download: Download) => void; reject: (error: Error) => void }>();

  readonly downloadArtifact = (uid: string, _signal?: AbortSignal, options?: DownloadOptions): Promise<Download> => {
    this.started.push(uid);
    this.caps.push(options?.cap);
    return new Promise((resolve, reject) => {
      this.#open.set(uid, { resolve, reject });
    });
  };

  async end(uid: string, outcome: Uint8Array | Error = png()): Promise<void> {
    const open = this.#open.get(uid);
    assert.ok(open, `${uid} is not under way`);
    if (outcome instanceof Error) {
      open.reject(outcome);
    } else {
      open.resolve({ bytes: outcome, contentType: 'text/html' });
    }
    await settle();
  }
}

describe('the pictures of artifacts', () => {
  const { signal } = new AbortController();
  let downloads: Downloads;
  let pictures: ArtifactPictures;

  beforeEach(() => {
    downloads = new Downloads();
    pictures = new ArtifactPictures(downloads);
  });

  it('are read two at a time, the one that was asked for last first', async () => {
    const asked = ['a', 'b', 'c', 'd', 'c'].map((uid) => pictures.get(uid, signal));
    assert.deepEqual(downloads.started, ['a', 'b']);
    await downloads.end('a');
    assert.deepEqual(downloads.started, ['a', 'b', 'c']);
    await downloads.end('b');
    await downloads.end('c');
    await downloads.end('d');
    assert.deepEqual(downloads.started, ['a', 'b', 'c', 'd']);
    for (const picture of await Promise.all(asked)) {
      assert.equal(typeof picture === 'object' && picture.kind, 'image/png');
    }
  });

  it('are read once, however often they are asked for, and at most 10 MB of each', async () => {
    const first = pictures.get('a', signal);
    const second = pictures.get('a', signal);
    await downloads.end('a');
    assert.equal(await first, await second);
    assert.equal(await pictures.get('a', signal), await first);
    assert.deepEqual([downloads.started, downloads.caps], [['a'], [10 * megabyte]]);
  });

  it('are none where there is no picture, and are asked for anew the next time', async () => {
    const svg = pictures.get('svg', signal);
    await downloads.end('svg', Buffer.from('<svg/>'));
    const refused = pictures.get('refused', signal);
    await downloads.end('refused', new Error('403'));
    const large = pictures.get('large', signal);
    await downloads.end('large', png(10 * megabyte + 1));
    assert.deepEqual(await Promise.all([svg, refused, large]), ['none', 'notRead', 'none']);
    const again = pictures.get('refused', signal);
    await downloads.end('refused');
    assert.ok(typeof (await again) === 'object');
    const gone = pictures.get('gone', signal);
    await downloads.end('gone', new ApiProblem({ kind: 'notFound', message: '' }));
    assert.equal(await gone, 'none');
  });

  it('are not read any more when nobody waits for them', async () => {
    const stop = new AbortController();
    void pictures.get('a', signal);
    void pictures.get('b', signal);
    const gone = pictures.get('c', stop.signal);
    const shared = [pictures.get('d', stop.signal), pictures.get('d', signal)];
    stop.abort();
    await downloads.end('a');
    await downloads.end('d');
    assert.equal(await gone, 'notRead');
    assert.ok((await Promise.all(shared)).every((picture) => typeof picture === 'object'));
    assert.deepEqual(downloads.started, ['a', 'b', 'd']);
  });

  it('are kept, 40 MB of them, those that were looked at last', async () => {
    for (const uid of ['a', 'b', 'c', 'd', 'a', 'e']) {
      const picture = pictures.get(uid, signal);
      if (downloads.started.at(-1) === uid) {
        await downloads.end(uid, png(9 * megabyte));
      }
      await picture;
    }
    assert.deepEqual(downloads.started, ['a', 'b', 'c', 'd', 'e']);
    void pictures.get('a', signal);
    void pictures.get('b', signal);
    assert.deepEqual(downloads.started.slice(5), ['b']);
  });
});
