import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { BodySink } from '../../../src/oz/readBody';
import { settle } from '../fakeClock';
import { headersOf, json, kindFrom, networkError, problemFrom, scripted, type Answer, type Sent } from './testClient';

const signed = 'https://storage.test/file?signature=s3cr3t-one';
const newlySigned = 'https://storage.test/file?signature=s3cr3t-two';

const file = (download_url: string): Response =>
  json({
    artifact_uid: 'a',
    artifact_type: 'FILE',
    created_at: '2026-03-18T14:00:00Z',
    data: { download_url, expires_at: '2026-03-18T15:00:00Z', content_type: 'text/csv', filename: 'f', filepath: 'f' },
  });
const redirect = (location: string): Response => new Response(null, { status: 302, headers: { location } });
const bytes = (text = 'a,b'): Response => new Response(text, { headers: { 'content-type': 'binary/octet-stream' } });
const expired = (): Response =>
  new Response('<Error><Code>AccessDenied</Code><StringToSign>s3cr3t-one</StringToSign></Error>', { status: 403 });

function text(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}

/** No key and no header of ours, and no way for the storage to send us elsewhere. */
function assertBare(sent: Sent | undefined): void {
  assert.ok(sent);
  assert.deepEqual([...headersOf(sent).keys()], []);
  assert.equal(sent.init.redirect, 'manual');
  assert.equal(sent.init.method, 'GET');
}

describe('a download', () => {
  it('of a file is a bare request to its signed address', async () => {
    const { client, sent } = scripted([file(signed), bytes()]);
    const download = await client.downloadArtifact('a');
    assert.deepEqual([text(download.bytes), download.contentType], ['a,b', 'text/csv']);
    assert.equal(sent[1]?.url, signed);
    assertBare(sent[1]);
  });

  it('of a plan is its text', async () => {
    const plan = { artifact_type: 'PLAN', data: { content: '# Plan', content_type: 'text/markdown' } };
    const { client, sent } = scripted(json(plan));
    const download = await client.downloadArtifact('a');
    assert.deepEqual([text(download.bytes), download.contentType], ['# Plan', 'text/markdown']);
    assert.equal(sent.length, 1);
  });

  it('of a transcript is a bare request to where the service points', async () => {
    const { client, sent } = scripted([redirect(signed), bytes('{"x":1}')]);
    const transcript = await client.getRunTranscript('r');
    assert.deepEqual([text(transcript.bytes), transcript.contentType], ['{"x":1}', 'binary/octet-stream']);
    assert.equal(sent[0]?.init.redirect, 'manual');
    assert.equal(sent[1]?.url, signed);
    assertBare(sent[1]);
  });

  it('asks for a new address once, when the old one is refused or breaks', async () => {
    for (const failure of [expired(), new Response('', { status: 400 }), networkError('ECONNRESET'), json({}, 503)]) {
      const again = scripted([file(signed), failure, file(newlySigned), bytes()]);
      assert.equal(text((await again.client.downloadArtifact('a')).bytes), 'a,b');
      assert.equal(again.sent[3]?.url, newlySigned);
      assertBare(again.sent[3]);
      const transcript = scripted([redirect(signed), failure, redirect(newlySigned), bytes()]);
      assert.equal(text((await transcript.client.getRunTranscript('r')).bytes), 'a,b');
      const never = scripted([file(signed), failure, file(newlySigned), failure]);
      await problemFrom(never.client.downloadArtifact('a'));
      assert.equal(never.sent.length, 4);
    }
  });

  it('does not blame the key for what the storage refuses', async () => {
    for (const status of [401, 403, 404, 410]) {
      const { client } = scripted([
        file(signed),
        new Response('', { status }),
        file(signed),
        new Response('', { status }),
      ]);
      const problem = await problemFrom(client.downloadArtifact('a'));
      assert.deepEqual([problem.kind, problem.facts.code, problem.facts.status], ['notFound', 'link_refused', status]);
    }
  });

  it('follows no redirect of the storage, and no link that is no web address', async () => {
    const elsewhere = scripted([file(signed), redirect('http://127.0.0.1/admin')]);
    assert.equal(await kindFrom(elsewhere.client.downloadArtifact('a')), 'notOz');
    assert.equal(elsewhere.sent.length, 2);
    for (const link of ['file:///etc/passwd', 'javascript:1', '/relative', 'data:text/plain,x', 'nonsense', '']) {
      const one = scripted(file(link));
      assert.equal(await kindFrom(one.client.downloadArtifact('a')), 'notOz');
      assert.equal(one.sent.length, 1);
      const other = scripted(redirect(link));
      assert.equal(await kindFrom(other.client.getRunTranscript('r')), 'notOz');
      assert.equal(other.sent.length, 1);
    }
  });

  it('of a transcript ends well with a redirect only', async () => {
    const { client, sent } = scripted(json({ messages: [] }));
    assert.equal(await kindFrom(client.getRunTranscript('r')), 'notOz');
    assert.equal(sent.length, 1);
    assert.equal(await kindFrom(scripted(json({ error: 'x' }, 404)).client.getRunTranscript('r')), 'notFound');
  });

  it('is held to a size and a time', async () => {
    const huge = new Response('', { headers: { 'content-length': String(300 * 1024 * 1024) } });
    assert.equal(
      (await problemFrom(scripted([file(signed), huge]).client.downloadArtifact('a'))).facts.code,
      'too_large',
    );
    const stalled: Answer = () => new Promise<Response>(() => undefined);
    for (const call of ['downloadArtifact', 'getRunTranscript'] as const) {
      const { client, clock } = scripted([call === 'downloadArtifact' ? file(signed) : redirect(signed), stalled]);
      const start = clock.now();
      assert.equal(await clock.until(kindFrom(client[call]('a'))), 'timeout');
      assert.equal(clock.now() - start, 300_000);
    }
  });

  it('ends at once when it is aborted', async () => {
    const { client, sent } = scripted([file(signed), () => new Promise<Response>(() => undefined)]);
    const stop = new AbortController();
    const ended = kindFrom(client.downloadArtifact('a', stop.signal));
    while (sent.length < 2) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort();
    assert.equal(await ended, 'aborted');
  });

  it('never tells the signed address', async () => {
    const failures: Answer[] = [
      expired(),
      networkError('ECONNRESET'),
      Object.assign(new TypeError(`fetch failed: ${signed}`), { cause: new Error(signed) }),
      json({ error: `bad signature in ${signed}` }, 403),
      new Response(signed, { status: 500 }),
      redirect(newlySigned),
    ];
    for (const failure of failures) {
      for (const first of [file(signed), redirect(signed)]) {
        const { client, log } = scripted([first, failure, first, failure]);
        const call = first.status === 302 ? client.getRunTranscript('r') : client.downloadArtifact('a');
        const problem = await problemFrom(call);
        const told =
          inspect(problem, { showHidden: true, depth: null }) + log.join('\n') + JSON.stringify(problem.facts);
        assert.ok(!/s3cr3t|signature=/.test(told), told);
      }
    }
  });
});

/** Notes what it was told, in its order. */
class Taken implements BodySink {
  readonly told: (string | number | undefined)[] = [];
  got = '';
  begin(total: number | undefined): void {
    this.told.push('begin', total);
    this.got = '';
  }
  take(piece: Uint8Array): void | Promise<void> {
    this.told.push(piece.byteLength);
    this.got += text(piece);
  }
}

/** A body in pieces, which breaks at its end or goes on for ever. */
function pieces(
  all: readonly string[],
  end: 'ends' | 'breaks' | 'stalls',
  headers: Record<string, string> = {},
): Answer {
  return () => {
    const left = [...all];
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          // The pieces come one by one, as they do from a network: one that breaks has them taken before.
          await new Promise((resolve) => setImmediate(resolve));
          const piece = left.shift();
          if (piece !== undefined) {
            controller.enqueue(Buffer.from(piece));
          } else if (end === 'breaks') {
            controller.error(networkError('ECONNRESET'));
          } else if (end === 'ends') {
            controller.close();
          } else {
            await new Promise(() => undefined);
          }
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers });
  };
}

describe('a download into a sink', () => {
  it('gives the bytes as they come, and how many there will be', async () => {
    const sink = new Taken();
    const { client } = scripted([file(signed), pieces(['one', 'more'], 'ends', { 'content-length': '7' })]);
    const { bytes: left, contentType } = await client.downloadArtifact('a', undefined, { sink });
    assert.deepEqual([sink.told, sink.got], [['begin', 7, 3, 4], 'onemore']);
    assert.deepEqual([left.byteLength, contentType], [0, 'text/csv']);
  });

  it('says no length that nobody knows', async () => {
    const unknown: Record<string, string>[] = [
      {},
      { 'content-length': '3', 'content-encoding': 'gzip' },
      { 'content-length': '-1' },
    ];
    for (const headers of unknown) {
      const sink = new Taken();
      const { client } = scripted([file(signed), pieces(['one'], 'ends', headers)]);
      await client.downloadArtifact('a', undefined, { sink });
      assert.deepEqual(sink.told, ['begin', undefined, 3]);
    }
  });

  it('of a plan is the same', async () => {
    const sink = new Taken();
    const plan = { artifact_type: 'PLAN', data: { content: '# Plan', content_type: 'text/markdown' } };
    const { bytes: left } = await scripted(json(plan)).client.downloadArtifact('a', undefined, { sink });
    assert.deepEqual([sink.told, sink.got, left.byteLength], [['begin', 6, 6], '# Plan', 0]);
  });

  it('begins anew with a new address when it breaks off in the middle, once', async () => {
    const sink = new Taken();
    const { client, sent } = scripted([
      file(signed),
      pieces(['half'], 'breaks'),
      file(newlySigned),
      pieces(['the ', 'whole'], 'ends'),
    ]);
    await client.downloadArtifact('a', undefined, { sink });
    assert.equal(sink.got, 'the whole');
    assert.deepEqual(sink.told, ['begin', undefined, 4, 'begin', undefined, 4, 5]);
    assert.equal(sent[3]?.url, newlySigned);
    const never = scripted([file(signed), pieces(['half'], 'breaks'), file(newlySigned), pieces(['half'], 'breaks')]);
    assert.equal(await kindFrom(never.client.downloadArtifact('a', undefined, { sink })), 'unreachable');
    assert.equal(never.sent.length, 4);
  });

  it('takes nothing of what is no download', async () => {
    const sink = new Taken();
    const { client } = scripted([file(signed), expired(), file(newlySigned), bytes('good')]);
    await client.downloadArtifact('a', undefined, { sink });
    assert.deepEqual(sink.told, ['begin', undefined, 4]);
  });

  it('takes no more than it may', async () => {
    const sink = new Taken();
    const { client, sent } = scripted([file(signed), pieces(['1234', '5678', '9'], 'ends')]);
    const problem = await problemFrom(client.downloadArtifact('a', undefined, { sink, cap: 7 }));
    assert.deepEqual([problem.facts.code, sink.got, sent.length], ['too_large', '1234', 2]);
  });

  it('waits for the sink, and ends at once when it is cancelled in the middle', async () => {
    const sink = new Taken();
    const stop = new AbortController();
    const { client, sent } = scripted([file(signed), pieces(['one'], 'stalls')]);
    const ended = kindFrom(client.downloadArtifact('a', stop.signal, { sink }));
    while (sink.got === '') {
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort();
    assert.equal(await ended, 'aborted');
    assert.equal(sent.length, 2);
    const slow: BodySink = { begin: () => undefined, take: () => new Promise(() => undefined) };
    const other = new AbortController();
    const stuck = scripted([file(signed), pieces(['one', 'two'], 'ends')]);
    const waiting = kindFrom(stuck.client.downloadArtifact('a', other.signal, { sink: slow }));
    await settle();
    other.abort();
    assert.equal(await waiting, 'aborted');
  });
});
