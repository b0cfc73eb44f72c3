import type { Clock } from './clock';
import { abortable } from './deadline';
import { networkFailure } from './network';
import { ApiProblem, problemOf } from './problems';
import { type BodySink, discardBody, readBody } from './readBody';

/** Most of an error's body that is read, in bytes. */
const problemCap = 64 * 1024;

export interface HttpRequest {
  method: string;
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  /** Whether nothing below may send it again either. */
  once: boolean;
  /** Blanked wherever the answer repeats it outside of data. */
  secret?: string;
  /** `json` and `bytes` are answers with 2xx, `redirect` is one that names another address. */
  expects: 'json' | 'bytes' | 'redirect';
  /** Most bytes of the answer. */
  cap: number;
  /** What the log may say of the address. */
  name: string;
  /** Takes the answer's bytes as they come; the answer has none then. */
  sink?: BodySink;
}

export interface HttpAnswer {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  /** Where a redirect leads, as the service wrote it. */
  location: string;
}

export interface Wire {
  fetch: typeof fetch;
  clock: Clock;
  log: (line: string) => void;
  /** Told the `Date` of each answer, in milliseconds since 1970. */
  onServerTime?: (time: number) => void;
  /** Told the trace id of each error that has one. */
  onTrace?: (traceId: string) => void;
}

/** A failed exchange: the problem, and whether the service may have done what was asked all the same. */
export class ExchangeFailure extends Error {
  constructor(
    readonly problem: ApiProblem,
    readonly maybeDone: boolean,
  ) {
    super(problem.message);
  }
}

/**
 * Sends one request, once, and reads the answer to its end. Redirects are never followed.
 * @throws ExchangeFailure for anything but the expected kind of answer, and when the signal aborts.
 */
export async function exchange(wire: Wire, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const start = wire.clock.now();
  const report = (outcome: string): void => {
    wire.log(`${request.method} ${request.name} ${outcome} ${Math.round(wire.clock.now() - start)} ms`);
  };
  try {
    const response = await send(wire, request, signal);
    const answer = await expected(response, request, signal);
    report(String(response.status));
    return answer;
  } catch (error) {
    const failure = failureOf(error, request, signal);
    const { status, code, kind, traceId } = failure.problem.facts;
    report([status, code ?? kind, traceId && `trace ${printable(traceId)}`].filter(Boolean).join(' '));
    if (traceId !== undefined) {
      wire.onTrace?.(traceId);
    }
    throw failure;
  }
}

/** @throws ExchangeFailure for status 4xx and 5xx, and whatever `fetch` throws. */
async function send(wire: Wire, request: HttpRequest, signal: AbortSignal): Promise<Response> {
  const { method, headers } = request;
  // A plain address and plain members: hosts put a `fetch` of their own in place, which may read them.
  const response = await abortable(
    wire.fetch(request.url.href, {
      method,
      redirect: 'manual',
      signal,
      ...(headers && { headers }),
      ...bodyOf(request),
    }),
    signal,
  );
  const header = headerOf(response, request);
  const serverTime = Date.parse(header('date') ?? '');
  // A captive portal tells its own time, by a page or on the way to one.
  if (!Number.isNaN(serverTime) && !isPage(header) && !isRedirect(response)) {
    wire.onServerTime?.(serverTime);
  }
  if (response.status < 400) {
    return response;
  }
  // The status is known: a body that breaks off takes nothing from it.
  const limit = { cap: problemCap, above: 'cut' } as const;
  const bytes = await readBody(response, limit, signal).catch(() => undefined);
  const body = blanked(new TextDecoder().decode(bytes), request);
  const problem = problemOf({ status: response.status, header, body, now: wire.clock.now() });
  // A gateway's 5xx says nothing about what the service did behind it.
  throw new ExchangeFailure(problem, problem.kind === 'server' && problem.facts.code === undefined);
}

/** `fetch` by its standard answers a 421 by sending the request again, unless its body is a stream. */
function bodyOf({ body, once, headers }: HttpRequest): RequestInit & { duplex?: 'half' } {
  if (body === undefined || !once) {
    return { body };
  }
  const bytes = new TextEncoder().encode(body);
  return {
    body: new Blob([bytes]).stream(),
    duplex: 'half',
    headers: { ...headers, 'content-length': String(bytes.byteLength) },
  };
}

async function expected(response: Response, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const header = headerOf(response, request);
  const contentType = header('content-type') ?? '';
  const location = header('location') ?? '';
  const leadsElsewhere = isRedirect(response);
  if (request.expects === 'redirect' && leadsElsewhere && location) {
    discardBody(response);
    return { bytes: new Uint8Array(), contentType, location };
  }
  if (leadsElsewhere || request.expects === 'redirect') {
    discardBody(response);
    const message = leadsElsewhere
      ? `The address leads elsewhere${originIn(location)}.`
      : 'The answer does not say where to read on.';
    throw new ExchangeFailure(notOz('redirected', message, response.status), false);
  }
  if (request.expects === 'json' && isPage(header)) {
    discardBody(response);
    throw new ExchangeFailure(notOz('html', 'The answer is a web page.', response.status), false);
  }
  const bytes = await readBody(response, { cap: request.cap, above: 'refuse' }, signal, request.sink);
  return { bytes, contentType, location };
}

function isPage(header: (name: string) => string | null): boolean {
  return /\bhtml\b/i.test(header('content-type') ?? '');
}

function isRedirect({ status, type }: Response): boolean {
  return (status >= 300 && status < 400) || type === 'opaqueredirect';
}

function headerOf(response: Response, request: HttpRequest): (name: string) => string | null {
  return (name) => {
    const value = response.headers.get(name);
    return value && blanked(value, request);
  };
}

function blanked(text: string, { secret }: HttpRequest): string {
  return secret ? text.replaceAll(secret, '…') : text;
}

function failureOf(error: unknown, request: HttpRequest, signal: AbortSignal): ExchangeFailure {
  if (signal.aborted) {
    return new ExchangeFailure(signal.reason as ApiProblem, true);
  }
  if (error instanceof ExchangeFailure) {
    return error;
  }
  if (ApiProblem.is(error)) {
    return new ExchangeFailure(error, true);
  }
  const { problem, maybeSent } = networkFailure(error, request.url.host);
  return new ExchangeFailure(problem, maybeSent);
}

function notOz(code: string, message: string, status: number): ApiProblem {
  return new ApiProblem({ kind: 'notOz', code, message, status, retryable: false });
}

/** Only the origin: the rest of a redirect's address may be a secret. */
function originIn(location: string): string {
  return URL.canParse(location) ? ` (${new URL(location).origin})` : '';
}

/** A trace id comes from outside and must not write lines of its own into the log. */
function printable(text: string): string {
  return text.replace(/[^\w.:-]/g, '').slice(0, 80);
}
