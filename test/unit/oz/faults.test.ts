import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { OzClient } from '../../../src/oz/ozClient';
import { type FakeClock, settle } from '../fakeClock';
import { canary, kindFrom, noRuns, problemFrom, scripted } from './testClient';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Received {
  method: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

const jsonType = { 'content-type': 'application/json' };

/** Faults that only a real connection has. */
describe('OzClient over a bad connection', () => {
  let server: Server;
  let clock: FakeClock;
  let client: OzClient;
  let base: string;
  let received: Received[];
  let arrived: () => void;
  /** What the server does with each request in turn, and from then on. */
  let handlers: Handler[];

  beforeEach(async () => {
    received = [];
    arrived = () => undefined;
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('error', () => undefined);
      request.on('end', () => {
        received.push({ method: request.method, headers: request.headers, body });
        const handler = handlers.length > 1 ? handlers.shift() : handlers[0];
        handler?.(request, response);
        arrived();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
    ({ client, clock } = scripted([], { baseUrl: () => base, fetch }));
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  function serverDoes(...does: Handler[]): void {
    handlers = does;
  }

  /** Resolves when the server has got that many requests. */
  async function requests(count: number): Promise<void> {
    while (received.length < count) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  }

  /** Lets the back-off between two tries pass, as soon as the client waits for it. */
  async function tries(call: Promise<unknown>, count: number): Promise<void> {
    const state = { isOver: false };
    const end = (): void => {
      state.isOver = true;
    };
    call.then(end, end);
    for (let step = 0; !state.isOver && step < 2000; step++) {
      await settle(2);
      if (received.length < count) {
        await clock.advance(50);
      }
    }
  }

  /** Resolves when the next connection has come and gone. */
  async function connectionClosed(): Promise<void> {
    const [socket] = (await once(server, 'connection')) as [Socket];
    await new Promise((resolve) => socket.once('close', resolve));
  }

  const reset: Handler = (request) => request.socket.resetAndDestroy();
  const drop: Handler = (request) => request.socket.destroy();
  const cutShort: Handler = (request, response) => {
    response.writeHead(200, { ...jsonType, 'content-length': '1000' });
    response.write('{"run_id":"r","runs":[]', () => request.socket.destroy());
  };
  const cutChunks: Handler = (request, response) => {
    response.writeHead(200, jsonType);
    response.write('{"run_id":"r","runs":[]}', () => request.socket.destroy());
  };
  const silence: Handler = () => undefined;
  const halfABody: Handler = (_request, response) => {
    response.writeHead(200, jsonType);
    response.write('{"runs":');
  };
  const runs: Handler = (_request, response) => {
    response.writeHead(200, jsonType).end(JSON.stringify(noRuns));
  };

  for (const [name, fault] of Object.entries({ reset, drop, cutShort, cutChunks })) {
    it(`sends a launch once, and a read again: ${name}`, async () => {
      serverDoes(fault);
      assert.equal(await kindFrom(client.createRun({ prompt: 'x' })), 'outcomeUnknown');
      assert.equal(received.length, 1);
      serverDoes(fault, runs);
      const read = client.listRuns({});
      await tries(read, 3);
      assert.deepEqual(await read, { runs: [] });
      assert.equal(received.length, 3);
    });
  }

  it('sends a launch once to a server that says it is the wrong one', async () => {
    // By the fetch standard a 421 is answered by sending the request again, below our code.
    serverDoes((_request, response) => {
      response.writeHead(421, jsonType).end('{"error":"misdirected"}');
    });
    assert.equal(await kindFrom(client.createRun({ prompt: 'x' })), 'invalid');
    assert.equal(await kindFrom(client.followUp('r', 'x')), 'invalid');
    assert.equal(received.length, 2);
  });

  it('sends a launch as plain JSON of a known length', async () => {
    serverDoes((_request, response) => {
      response.writeHead(200, jsonType).end('{"run_id":"r","state":"QUEUED"}');
    });
    await client.createRun({ prompt: 'Grüße 🚀' });
    const { body, headers } = received[0] ?? assert.fail();
    assert.equal(body, '{\n  "prompt": "Grüße 🚀"\n}');
    assert.equal(headers['content-length'], String(Buffer.byteLength(body)));
    assert.equal(headers['transfer-encoding'], undefined);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers.authorization, `Bearer ${canary}`);
  });

  it('knows that nothing was launched when nobody listens', async () => {
    server.close();
    await once(server, 'close');
    const problem = await problemFrom(client.createRun({ prompt: 'x' }));
    assert.deepEqual([problem.kind, problem.facts.code], ['unreachable', 'ECONNREFUSED']);
    server.listen(0);
    await once(server, 'listening');
  });

  for (const [name, fault] of Object.entries({ silence, halfABody })) {
    it(`ends at the deadline, and closes the connection: ${name}`, async () => {
      const closed = connectionClosed();
      serverDoes(fault);
      const read = kindFrom(client.listRuns({}));
      await requests(1);
      await clock.advance(30_000);
      assert.equal(await read, 'timeout');
      await closed;
    });

    it(`ends at once when it is aborted, and closes the connection: ${name}`, async () => {
      const closed = connectionClosed();
      serverDoes(fault);
      const stop = new AbortController();
      const read = kindFrom(client.listRuns({}, stop.signal));
      await requests(1);
      await settle();
      stop.abort();
      assert.equal(await read, 'aborted');
      assert.equal(clock.waiting, 0);
      await closed;
    });

    it(`does not know what became of a launch that is aborted: ${name}`, async () => {
      serverDoes(fault);
      const stop = new AbortController();
      const launch = kindFrom(client.createRun({ prompt: 'x' }, stop.signal));
      await requests(1);
      stop.abort();
      assert.equal(await launch, 'outcomeUnknown');
    });
  }

  it('takes no more than it can hold, whatever the length or the compression says', async () => {
    const tooLarge = 65 * 1024 * 1024;
    serverDoes((_request, response) => {
      response.writeHead(200, { ...jsonType, 'content-length': String(tooLarge) });
      response.write('{');
    });
    assert.equal((await problemFrom(client.listRuns({}))).facts.code, 'too_large');
    const bomb = gzipSync(Buffer.alloc(tooLarge, ' '));
    serverDoes((_request, response) => {
      response.writeHead(200, { ...jsonType, 'content-encoding': 'gzip' }).end(bomb);
    });
    assert.equal((await tooLargeAfterPause()).facts.code, 'too_large');

    async function tooLargeAfterPause(): ReturnType<typeof problemFrom> {
      await clock.advance(1000);
      return problemFrom(client.getRunConversation('r'));
    }
  }).timeout(10_000);

  for (const [status, headers] of [
    [200, { 'content-type': 'text/html' }],
    [302, { location: 'https://elsewhere.test' }],
  ] as const) {
    it(`closes the connection of an answer that it does not read: ${status}`, async () => {
      const closed = connectionClosed();
      serverDoes((_request, response) => {
        response.writeHead(status, headers);
        response.write('<html>');
      });
      assert.equal(await kindFrom(client.listRuns({})), 'notOz');
      await closed;
    });
  }

  it('tells an error by its status when its body breaks off', async () => {
    serverDoes((request, response) => {
      response.writeHead(403, { ...jsonType, 'content-length': '1000' });
      response.write('{"error":"n', () => request.socket.destroy());
    });
    assert.equal(await kindFrom(client.listModels()), 'forbidden');
  });

  it('reads only the beginning of an endless error', async () => {
    const closed = connectionClosed();
    serverDoes((_request, response) => {
      response.writeHead(400, jsonType);
      response.on('error', () => undefined);
      const more = (): void => {
        while (response.writable && response.write('x'.repeat(64 * 1024))) {
          // Until the connection is full.
        }
      };
      response.on('drain', more);
      more();
    });
    assert.equal(await kindFrom(client.listModels()), 'notOz');
    await closed;
  });
});

describe('an abort', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  /** Aborts once everything has come to rest, and expects the end without any time passing. */
  async function endsAtOnce(call: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const stop = new AbortController();
    const ended = kindFrom(call(stop.signal));
    await settle();
    stop.abort(new Error('changed my mind'));
    assert.equal(await ended, 'aborted');
  }

  it('ends a call before it begins', async () => {
    const { client, sent } = scripted(never);
    assert.equal(await kindFrom(client.listRuns({}, AbortSignal.abort())), 'aborted');
    assert.equal(await kindFrom(client.createRun({ prompt: 'x' }, AbortSignal.abort())), 'aborted');
    assert.equal(sent.length, 0);
  });

  it('ends it while the key is read', async () => {
    const { client } = scripted(never, { key: never });
    await endsAtOnce((signal) => client.listRuns({}, signal));
  });

  it('ends it in the queue', async () => {
    const { client, clock } = scripted(never);
    const busy = Array.from({ length: 6 }, () => kindFrom(client.listRuns({})));
    await endsAtOnce((signal) => client.listRuns({}, signal));
    await clock.advance(30_000);
    assert.deepEqual(new Set(await Promise.all(busy)), new Set(['timeout']));
  });

  it('ends it between two tries', async () => {
    const { client, clock } = scripted(new TypeError('fetch failed'));
    await endsAtOnce((signal) => client.listRuns({}, signal));
    assert.equal(clock.waiting, 0);
    const conflict = scripted(new Response('{}', { status: 409 }));
    await endsAtOnce((signal) => conflict.client.cancelRun('r', signal));
    assert.equal(conflict.clock.waiting, 0);
  });

  it('ends it while a fetch that takes no signal goes on', async () => {
    const { client } = scripted(never);
    await endsAtOnce((signal) => client.listRuns({}, signal));
  });

  it('ends it while a body that takes no signal goes on', async () => {
    const { client } = scripted(() => new Response(new ReadableStream({ cancel: never })));
    await endsAtOnce((signal) => client.listRuns({}, signal));
    const failing = scripted(() => new Response(new ReadableStream({ cancel: never }), { status: 400 }));
    await endsAtOnce((signal) => failing.client.listRuns({}, signal));
  });
});
