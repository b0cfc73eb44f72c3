import type { ServerResponse } from 'node:http';
import type { Contract } from './contract';
import { withHiddenSecrets } from './hiddenSecrets';
import { asNewerService } from './newerService';
import type { Fault } from './faults';
import type { LogEntry, RequestLog } from './requestLog';
import type { Answer, Handlers, Oz } from './operations/operation';
import { gitHubMissing, keyRefused, Problem } from './problems';
import { Random } from './random';
import type { RawRequest, ReadRequest, RequestReader } from './requests';

interface Reply {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
}

const PROBLEM_TYPE = 'application/problem+json';

/** The API: requests in, answers out, both held against openapi.yaml. */
export class Api {
  /** Bodies that never change again are checked and written once: one of them has 10 MB. */
  readonly #written = new WeakMap<object, Buffer>();
  readonly #traces: Random;

  constructor(
    private readonly contract: Contract,
    private readonly reader: RequestReader,
    private readonly handlers: Handlers,
    private readonly oz: Oz,
    private readonly key: string,
    private readonly log: RequestLog,
  ) {
    this.#traces = Random.for(oz.state.seed, 'traces');
    const known = new Set(Object.keys(handlers));
    for (const { key: operation } of contract.operations) {
      if (!known.has(operation)) throw new Error(`The local Oz has no handler for ${operation}`);
    }
  }

  /** Reads a request and notes what is wrong with it. */
  read(request: RawRequest): ReadRequest | undefined {
    const read = this.reader.read(request);
    const faults = read ? read.faults : ['no such operation'];
    for (const detail of faults)
      this.log.violate({ kind: 'request', method: request.method, path: request.path, detail });
    return read;
  }

  answer(request: RawRequest, read: ReadRequest | undefined, fault: Fault | undefined): Reply {
    this.oz.state.settle();
    try {
      if (request.headers.authorization !== `Bearer ${this.key}`) throw keyRefused();
      if (!read) throw new Problem(404, 'resource_not_found', 'Not found');
      if (read.faults.length)
        throw new Problem(400, 'invalid_request', 'Invalid request', { detail: read.faults.join('; ') });
      const handler = this.handlers[read.operation.key as keyof Handlers] as (oz: Oz, call: object) => Answer;
      const answer = handler(this.oz, { path: read.path, query: read.query, body: read.body });
      return this.#checked(request, read, answer, fault);
    } catch (error) {
      return this.problem(request, read, error);
    }
  }

  /** An error as the service would put it; anything but a `Problem` is a mistake of the local Oz itself. */
  problem(request: RawRequest, read: ReadRequest | undefined, error: unknown): Reply {
    if (!(error instanceof Problem)) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.log.violate({ kind: 'answer', method: request.method, path: request.path, detail });
    }
    const problem =
      error instanceof Problem ? error : new Problem(500, 'internal_error', 'Something went wrong on our side.');
    const body = problem.body(`/api/v1${request.path}`, this.#traces.hex(32));
    const wrong = read && this.contract.checkAnswer(read.operation, problem.status, PROBLEM_TYPE, body);
    if (wrong !== undefined) {
      this.log.violate({ kind: 'answer', method: request.method, path: request.path, detail: wrong });
    }
    const { retryAfter } = problem.extras;
    return {
      status: problem.status,
      headers: { 'content-type': PROBLEM_TYPE, ...(retryAfter !== undefined && { 'retry-after': retryAfter }) },
      bytes: Buffer.from(JSON.stringify(body)),
    };
  }

  #checked(request: RawRequest, read: ReadRequest, answer: Answer, fault: Fault | undefined): Reply {
    const { status, headers = {}, body } = answer;
    const isWritten = typeof body === 'object' && body !== null && this.#written.has(body);
    const mediaType = body === undefined ? undefined : 'application/json';
    const wrong = isWritten ? undefined : this.contract.checkAnswer(read.operation, status, mediaType, body);
    if (wrong !== undefined) {
      this.log.violate({ kind: 'answer', method: request.method, path: request.path, detail: `${status}: ${wrong}` });
      return this.problem(
        request,
        read,
        new Problem(500, 'internal_error', 'The answer breaks openapi.yaml.', { detail: wrong }),
      );
    }
    if (body === undefined) return { status, headers, bytes: Buffer.alloc(0) };
    return {
      status,
      headers: { ...headers, 'content-type': 'application/json' },
      bytes: this.#bytes(body, fault),
    };
  }

  #bytes(body: unknown, fault: Fault | undefined): Buffer {
    switch (fault?.fault) {
      case 'newerService':
        return Buffer.from(JSON.stringify(asNewerService(body)));
      case 'hiddenSecrets':
        return Buffer.from(JSON.stringify(withHiddenSecrets(body)));
      default:
        return this.#write(body);
    }
  }

  #write(body: unknown): Buffer {
    if (typeof body !== 'object' || body === null || !Object.isFrozen(body)) return Buffer.from(JSON.stringify(body));
    const bytes = this.#written.get(body) ?? Buffer.from(JSON.stringify(body));
    this.#written.set(body, bytes);
    return bytes;
  }
}

/** Sends a reply, or what a fault makes of it. */
export function send(response: ServerResponse, reply: Reply, date: number, entry: LogEntry, fault?: Fault): void {
  const { status, headers } = reply;
  response.sendDate = false;
  response.setHeader('date', new Date(date).toUTCString());
  const bytes =
    fault?.fault === 'malformedJson' ? reply.bytes.subarray(0, Math.max(1, reply.bytes.length - 2)) : reply.bytes;
  if (fault?.fault === 'stall') {
    entry.status = status;
    response.writeHead(status, { ...headers, 'content-length': bytes.length });
    response.flushHeaders();
    return;
  }
  if (fault?.fault === 'commitThenDrop') {
    response.destroy();
    return;
  }
  entry.status = status;
  response.writeHead(status, bytes.length ? { ...headers, 'content-length': bytes.length } : headers);
  if (fault?.fault === 'truncate') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
      response.destroy();
    });
    return;
  }
  response.end(bytes);
}

/** The replies that faults put in place of the service's own; undefined for the others. */
export function replyOf(
  fault: Fault | undefined,
): { status: number; headers: Record<string, string>; bytes: Buffer } | undefined {
  if (fault?.fault === 'html') {
    return {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      bytes: Buffer.from('<!doctype html><title>Welcome</title><h1>Sign in to the guest network</h1>'),
    };
  }
  if (fault?.fault === 'status' && fault.plain) {
    return {
      status: fault.status ?? 500,
      headers: {
        'content-type': 'application/json',
        ...(fault.retryAfter !== undefined && { 'retry-after': fault.retryAfter }),
      },
      bytes: Buffer.from(JSON.stringify({ error: 'Unauthorized' })),
    };
  }
  return undefined;
}

const STATUS_PROBLEMS: Record<number, ConstructorParameters<typeof Problem>> = {
  400: [400, 'invalid_request', 'Invalid request'],
  403: [
    403,
    'not_authorized',
    'You do not have permission for this operation.',
    { detail: 'user is not a member of the team' },
  ],
  404: [404, 'resource_not_found', 'Not found'],
  409: [409, 'conflict', 'Conflict'],
  429: [
    429,
    'resource_unavailable',
    'Agent capacity is temporarily full. Your task will be retried automatically, or you can try again later.',
  ],
};

/** The problem that a fault answers with, if it is of that kind. */
export function problemOf(fault: Fault | undefined): Problem | undefined {
  if (fault?.fault === 'externalAuth') return gitHubMissing();
  if (fault?.fault !== 'status') return undefined;
  const { status = 500, retryAfter } = fault;
  if (status === 401) return keyRefused();
  const [, code, title, extras] = STATUS_PROBLEMS[status] ?? [
    status,
    'internal_error',
    'Something went wrong on our side.',
  ];
  return new Problem(status, code, title, { ...extras, ...(retryAfter !== undefined && { retryAfter }) });
}
