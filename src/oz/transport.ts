import { baseAddress, logName } from './address';
import type { Clock } from './clock';
import { abortable, sleep, within } from './deadline';
import { exchange, type ExchangeFailure, type HttpAnswer, type HttpRequest, type Wire } from './exchange';
import { Gate } from './gate';
import { ApiProblem, isAccountLimit, outcomeUnknown } from './problems';
import { conflictWait } from './retry';

export interface TransportOptions {
  /** Read at each call: the setting may change. */
  baseUrl: () => string;
  /** The API key for that base URL, if there is one. Read at each call. */
  key: () => Promise<string | undefined>;
  /** The host's `fetch`, looked up at each call: VS Code patches it for proxies and certificates. */
  fetch: typeof fetch;
  clock: Clock;
  random?: () => number;
  log?: (line: string) => void;
  /** Hears the trace id that the service gave with an error, whoever asked. It comes from outside. */
  onTrace?: (traceId: string) => void;
}

/** How a call is made. */
export interface Manner {
  /** A read is repeated for a few seconds, a cancel while the run is being prepared, anything else is sent once. */
  repeat: 'read' | 'cancel' | 'never';
  /** A person asks for this very read: it is tried at once, also while the service is known to be down. */
  isAsked: boolean;
  /** Milliseconds from the call to the parsed body, waits included. */
  deadline: number;
  /** What counts as an answer; of a redirect the call's data is the address as a string. */
  expects: 'json' | 'redirect';
}

/** What openapi-fetch needs for one call. */
export interface Via {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}

interface Call {
  manner: Manner;
  base: string;
  key: string;
  start: number;
  signal: AbortSignal;
}

/** A person waits for a read: after so many tries, or when an outage lasts longer than this, they are told. */
const mostReads = 3;
const outagePatience = 8_000;
const mostCancels = 5;
/** Most bytes of an answer: the longest conversation known has 10 MB. */
const answerCap = 64 * 1024 * 1024;

/** Signs, paces, repeats and judges calls; knows no endpoint. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #random: () => number;
  #gate: Gate;
  #gateBase = '';
  /** Milliseconds by which the service's clock is ahead of ours, once an answer told it. */
  #ahead: number | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#gate = new Gate(options.clock, this.#random);
  }

  serverNow(): number | undefined {
    return this.#ahead === undefined ? undefined : this.#options.clock.now() + this.#ahead;
  }

  /** For requests to other hosts: what they answer is no word of the service. */
  get bareWire(): Wire {
    const { fetch, clock, log } = this.#options;
    // Called as a plain function: some hosts' `fetch` refuses another `this`.
    return { fetch: (url, init) => fetch(url, init), clock, log: (line) => log?.(line) };
  }

  /**
   * One call: `send` makes the request by openapi-fetch, `shape` checks what came.
   * @throws ApiProblem and nothing else.
   */
  async call<T>(
    manner: Manner,
    signal: AbortSignal | undefined,
    send: (via: Via) => Promise<{ data?: unknown }>,
    shape: (data: unknown) => T,
  ): Promise<T> {
    const got = { answer: false, bytes: 0 };
    try {
      return await within(this.#options.clock, manner.deadline, signal, async (inner) => {
        const start = this.#options.clock.now();
        const rest = (bytes: number): Promise<void> => restAfter(bytes, this.#options.clock);
        const credentials = await this.#credentials(inner);
        const call: Call = { manner, start, signal: inner, ...credentials };
        const { data } = await send({
          baseUrl: credentials.base,
          fetch: async (request) => {
            const answer = await this.#answer(request, call);
            got.answer = true;
            got.bytes = answer.bytes.byteLength;
            return manner.expects === 'redirect' ? Response.json(answer.location) : responseOf(answer.bytes, rest);
          },
        });
        await rest(got.bytes);
        return shape(data);
      });
    } catch (error) {
      const problem = ApiProblem.is(error) ? error : unreadable(error, this.#options.log);
      // The service said yes, in words that are not understood.
      throw got.answer && manner.repeat === 'never' ? outcomeUnknown(problem.facts) : problem;
    }
  }

  async #credentials(signal: AbortSignal): Promise<{ base: string; key: string }> {
    const unread = Symbol('unread');
    for (;;) {
      const base = baseAddress(this.#options.baseUrl());
      const key = await abortable(
        this.#options.key().catch(() => unread),
        signal,
      );
      if (typeof key === 'symbol') {
        throw new ApiProblem({ kind: 'noKey', code: 'key_unreadable', message: 'The API key could not be read.' });
      }
      // The key is bound to the base URL of the moment it was read, which may be another by now.
      if (baseAddress(this.#options.baseUrl()) === base) {
        return { base, key: sendable(key) };
      }
    }
  }

  async #answer(request: Request, call: Call): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const body = request.body ? await request.text() : undefined;
    return this.#sendUntilAnswered(
      {
        method: request.method,
        url,
        headers: {
          authorization: `Bearer ${call.key}`,
          accept: 'application/json, application/problem+json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body }),
        once: call.manner.repeat === 'never',
        secret: call.key,
        expects: call.manner.expects,
        cap: answerCap,
        name: logName(url, call.base),
      },
      call,
    );
  }

  async #sendUntilAnswered(request: HttpRequest, call: Call): Promise<HttpAnswer> {
    const { manner, signal } = call;
    const patience = { outage: call.start + outagePatience, pause: call.start + manner.deadline };
    for (let tries = 1; ; tries++) {
      const gate = this.#gateFor(call.base);
      const command = manner.repeat !== 'read' || (manner.isAsked && tries === 1);
      const pass = await gate.enter({ ...patience, command }, signal);
      try {
        const answer = await exchange(this.#wire(), request, signal);
        gate.settle(pass, 'answered');
        return answer;
      } catch (error) {
        const { problem, maybeDone } = error as ExchangeFailure;
        gate.settle(pass, problem.kind === 'aborted' ? 'abandoned' : tellsOfOutage(problem) ? problem : 'answered');
        if (manner.repeat === 'never') {
          throw maybeDone ? outcomeUnknown(problem.facts) : problem;
        }
        if (!isRepeatable(problem, manner, tries)) {
          throw problem;
        }
        if (manner.repeat === 'cancel') {
          const wait = Math.max(conflictWait(tries, this.#random()), problem.facts.retryAfter ?? 0);
          if (this.#options.clock.now() + wait >= patience.pause) {
            throw problem;
          }
          await sleep(this.#options.clock, wait, signal);
        }
      }
    }
  }

  #wire(): Wire {
    return {
      ...this.bareWire,
      onServerTime: (time) => {
        this.#ahead = time - this.#options.clock.now();
      },
      onTrace: (traceId) => this.#options.onTrace?.(traceId),
    };
  }

  /** What was learned of one address says nothing of another. */
  #gateFor(base: string): Gate {
    if (this.#gateBase !== base) {
      this.#gateBase = base;
      this.#gate = new Gate(this.#options.clock, this.#random);
    }
    return this.#gate;
  }
}

/**
 * The key as it goes into a header.
 * @throws ApiProblem `noKey` without one, `keyRefused` for one that no header can carry: `fetch` would put it into its error.
 */
function sendable(key: string | undefined): string {
  const trimmed = key?.trim();
  if (!trimmed) {
    throw new ApiProblem({ kind: 'noKey', message: 'There is no API key.', retryable: false });
  }
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    const message = 'The API key has characters that no key has.';
    throw new ApiProblem({ kind: 'keyRefused', code: 'malformed_key', message, retryable: false });
  }
  return trimmed;
}

/** Whether requests had better wait after this. */
function tellsOfOutage({ kind, facts: { code } }: ApiProblem): boolean {
  switch (kind) {
    case 'rateLimited':
      return !isAccountLimit(code);
    case 'unreachable':
    case 'timeout':
    case 'notOz':
    case 'server':
      return true;
    default:
      return false;
  }
}

function isRepeatable({ kind, facts: { retryable } }: ApiProblem, manner: Manner, tries: number): boolean {
  if (retryable === false || tries >= (manner.repeat === 'cancel' ? mostCancels : mostReads)) {
    return false;
  }
  return (
    kind === 'unreachable' ||
    kind === 'server' ||
    kind === 'rateLimited' ||
    (kind === 'conflict' && manner.repeat === 'cancel')
  );
}

/** What openapi-fetch reads as text. Made of the bytes, it would copy them three times, and a long conversation has 10 MB. */
function responseOf(bytes: Uint8Array, rest: (bytes: number) => Promise<void>): Response {
  const text = async (): Promise<string> => {
    await rest(bytes.byteLength);
    const decoded = new TextDecoder().decode(bytes);
    await rest(bytes.byteLength);
    return decoded;
  };
  return Object.assign(new Response(), { text });
}

/** Bytes above which joining, decoding, parsing and checking an answer are each so long that others must have a turn between. */
const long = 1_000_000;

async function restAfter(bytes: number, clock: Clock): Promise<void> {
  if (bytes > long) {
    await new Promise<void>((resolve) => clock.after(0, resolve));
  }
}

/** What is no ApiProblem is an answer that the code did not expect. The log says where, never what: it may be secret. */
function unreadable(error: unknown, log: TransportOptions['log']): ApiProblem {
  const frames = error instanceof Error ? (error.stack ?? '').replace(error.message, '') : '';
  const place = /^\s+at .*$/m.exec(frames)?.[0] ?? '';
  log?.(`unreadable answer: ${error instanceof Error ? error.name : typeof error} ${place.trim()}`);
  const message = 'The answer cannot be read.';
  return new ApiProblem({ kind: 'notOz', code: 'unreadable', message, retryable: false });
}
