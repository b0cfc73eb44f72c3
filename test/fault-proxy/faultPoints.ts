import type { Exchange } from './exchange';
import { answerOf, type HttpMessage, lengthOf, withHeader } from './httpMessage';

/** A place in the life of a request where something goes wrong. */
export interface FaultPoint {
  name: string;
  /** `address`: nobody listens there. `connection`: before a byte is read. `kept`: an idle connection closes as it is used again. */
  at: 'address' | 'connection' | 'kept' | 'request';
  /** What the proxy does with the request, from its head on. */
  act: (exchange: Exchange) => Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

function request(name: string, act: FaultPoint['act']): FaultPoint {
  return { name, at: 'request', act };
}

/** Faults of an answer that the service gave: it has done what was asked. */
function answered(name: string, act: (exchange: Exchange, answer: HttpMessage) => Promise<void>): FaultPoint {
  return request(name, async (exchange) => {
    const answer = await exchange.carry();
    if (answer) {
      await act(exchange, answer);
    } else {
      exchange.reset();
    }
  });
}

/** An answer in place of the service's, which has done what was asked or has heard nothing of it. */
function instead(name: string, isDone: boolean, answer: (exchange: Exchange) => HttpMessage): FaultPoint {
  return request(name, async (exchange) => {
    await (isDone ? exchange.carry() : exchange.read());
    await exchange.write(answer(exchange));
  });
}

/** Two seeds of three break the connection, the third closes it. */
async function breakOff(exchange: Exchange): Promise<void> {
  if (exchange.random.next() < 0.67) {
    exchange.reset();
  } else {
    await exchange.finish();
  }
}

const page = '<!doctype html><title>Welcome</title><h1>Sign in to the guest network</h1>';

/** A page of a network's own server, whose clock is anybody's guess. */
function portal({ random, now }: Exchange): HttpMessage {
  const date = new Date(now + random.pick([0, 0, -86_400_000, 86_400_000])).toUTCString();
  return answerOf(200, { 'content-type': 'text/html; charset=utf-8', ...(random.next() < 0.7 && { date }) }, page);
}

/** A gateway's answer: no problem of the service, in one of the forms that gateways have. */
function gateway({ random }: Exchange): HttpMessage {
  const status = random.pick([500, 502, 503, 504]);
  const after: Record<string, string> = random.next() < 0.3 ? { 'retry-after': String(random.between(0, 20)) } : {};
  const [type, body] = random.pick([
    ['text/html', `<html><h1>${status}</h1></html>`],
    ['application/json', '{"error":"upstream request failed"}'],
    ['text/plain', ''],
  ]);
  return answerOf(status, { 'content-type': type, ...after }, body);
}

function problem(status: number, type: string, headers: Record<string, string> = {}): HttpMessage {
  const body = { type: `https://docs.warp.dev/errors/${type}`, title: 'No', status, error: 'No.' };
  return answerOf(status, { 'content-type': 'application/problem+json', ...headers }, JSON.stringify(body));
}

function limited({ random, now }: Exchange, hasTime: boolean): HttpMessage {
  const seconds = random.between(0, 90);
  const retryAfter = random.next() < 0.5 ? String(seconds) : new Date(now + seconds * 1000).toUTCString();
  const headers: Record<string, string> = {
    date: new Date(now).toUTCString(),
    ...(hasTime && { 'retry-after': retryAfter }),
  };
  return random.next() < 0.5
    ? problem(429, 'resource_unavailable', headers)
    : answerOf(429, { 'content-type': 'text/html', ...headers }, page);
}

/** Answers with 2xx of another shape than a launch's. */
const strangeBodies = ['', '{}', 'null', '[]', '"ok"', '{"run_id":7}', '{"run_id":""}', '{"a":{"b":1}}'] as const;

/** What happens to a request that meets no fault. */
export const unhurt = request('unhurt', passOn);

/** Everything that can happen to a request, in the order of its life. */
export const faultPoints: readonly FaultPoint[] = [
  unhurt,
  { name: 'refused', at: 'address', act: nothing },
  { name: 'closedAfterConnect', at: 'connection', act: breakOff },
  { name: 'keptConnectionCloses', at: 'kept', act: nothing },
  request('inRequestHead', async (exchange) => {
    await exchange.carryPart(Buffer.from(exchange.head.slice(0, exchange.random.between(1, exchange.head.length - 1))));
    exchange.reset();
  }),
  request('beforeRequestBody', async (exchange) => {
    await exchange.carryPart(Buffer.from(exchange.head));
    await breakOff(exchange);
  }),
  request('inRequestBody', async (exchange) => {
    const body = await exchange.readPart(exchange.random.between(0, Math.max(0, exchange.length - 1)));
    await exchange.carryPart(Buffer.concat([Buffer.from(exchange.head), body]));
    exchange.reset();
  }),
  request('afterRequestNotPassedOn', async (exchange) => {
    await exchange.read();
    await breakOff(exchange);
  }),
  request('afterRequestPassedOn', async (exchange) => {
    await exchange.read();
    const carried = exchange.carry();
    exchange.reset();
    await carried;
  }),
  request('passedOnLate', async (exchange) => {
    await exchange.read();
    exchange.reset();
    await exchange.wait(exchange.random.between(0, 12_000));
    await exchange.carry();
  }),
  answered('answerDropped', breakOff),
  answered('inAnswerHead', async (exchange, { head }) => {
    await exchange.write(Buffer.from(head.slice(0, exchange.random.between(1, head.length - 3))));
    await breakOff(exchange);
  }),
  answered('beforeAnswerBody', async (exchange, { head }) => {
    await exchange.write(Buffer.from(head));
    await breakOff(exchange);
  }),
  answered('resetInAnswerBody', async (exchange, answer) => {
    await exchange.write(part(exchange, answer));
    exchange.reset();
  }),
  answered('truncatedAnswer', async (exchange, answer) => {
    await exchange.write(part(exchange, answer));
    await exchange.finish();
  }),
  request('stallNotPassedOn', async (exchange) => {
    await exchange.read();
    await exchange.stall();
  }),
  answered('stallAfterCommit', (exchange) => exchange.stall()),
  answered('stallInAnswer', async (exchange, answer) => {
    const isInHead = exchange.random.next() < 0.3;
    await exchange.write(isInHead ? Buffer.from(answer.head.slice(0, 20)) : part(exchange, answer));
    await exchange.stall();
  }),
  answered('slowAnswer', async (exchange, { head, body }) => {
    await exchange.drip(Buffer.concat([Buffer.from(head), body]));
  }),
  request('slowService', async (exchange) => {
    await exchange.wait(exchange.random.between(0, 29_000));
    await passOn(exchange);
  }),
  instead('limitedWithTime', false, (exchange) => limited(exchange, true)),
  instead('limitedWithoutTime', false, (exchange) => limited(exchange, false)),
  instead('gatewayBeforeCommit', false, gateway),
  instead('gatewayAfterCommit', true, gateway),
  instead('problemBeforeCommit', false, ({ random }) => problem(random.pick([500, 503]), 'internal_error')),
  instead('problemAfterCommit', true, ({ random }) => problem(random.pick([500, 503, 504]), 'internal_error')),
  request('gatewayBeforeBody', async (exchange) => {
    await exchange.write(gateway(exchange));
    exchange.reset();
  }),
  instead('requestTimeoutAfterCommit', true, () => answerOf(408, { connection: 'close' })),
  // The standard's `fetch` would send it again.
  instead('misdirected', false, () => answerOf(421, {})),
  instead('portalBeforeCommit', false, portal),
  instead('portalAfterCommit', true, portal),
  instead('redirectBeforeCommit', false, ({ random }) => redirect(random.pick([301, 302, 303, 307, 308]))),
  instead('redirectAfterCommit', true, ({ random }) => redirect(random.pick([301, 302, 303, 307, 308]))),
  answered('lengthTooLarge', async (exchange, answer) => {
    await exchange.write(withLength(answer, lengthOf(answer.head) + exchange.random.between(1, 4000)));
    await breakOff(exchange);
  }),
  answered('lengthTooSmall', (exchange, answer) =>
    exchange.write(withLength(answer, exchange.random.between(0, answer.body.length - 1))),
  ),
  answered('malformedJson', async (exchange, answer) => {
    const bytes = Buffer.from(answer.body);
    // A byte that JSON has nowhere: another one could make another run's id.
    bytes[exchange.random.between(0, bytes.length - 1)] = 0;
    await exchange.write({ head: answer.head, body: bytes });
  }),
  answered('strangeJson', async (exchange, answer) => {
    const body = Buffer.from(exchange.random.pick(strangeBodies));
    await exchange.write(withLength({ head: answer.head, body }, body.length));
  }),
  answered('answeredTwice', async (exchange, answer) => {
    await exchange.write(answer);
    await exchange.write(answer);
  }),
  answered('bytesAfterAnswer', async (exchange, answer) => {
    await exchange.write(answer);
    await exchange.write(Buffer.from('\r\n\r\nHTTP/1.1 200 OK\r\n'));
  }),
  answered('earlyHints', async (exchange, answer) => {
    await exchange.write(Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'));
    await exchange.write(answer);
  }),
];

async function passOn(exchange: Exchange): Promise<void> {
  const answer = await exchange.carry();
  if (answer) {
    await exchange.write(answer);
  } else {
    exchange.reset();
  }
}

/** The head and some of the body. */
function part({ random }: Exchange, { head, body }: HttpMessage): HttpMessage {
  return { head, body: body.subarray(0, random.between(1, body.length - 1)) };
}

function redirect(status: number): HttpMessage {
  return answerOf(status, { location: 'http://portal.test/sign-in' });
}

function withLength(answer: HttpMessage, length: number): HttpMessage {
  return withHeader(answer, 'content-length', String(length));
}

/** A list of runs that has none yet. */
export const staleList = instead('staleList', false, () =>
  answerOf(200, { 'content-type': 'application/json' }, '{"runs":[],"page_info":{"has_next_page":false}}'),
);
