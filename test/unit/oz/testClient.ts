import assert from 'node:assert/strict';
import { OzClient, type OzClientOptions } from '../../../src/oz/ozClient';
import { ApiProblem, type ProblemKind } from '../../../src/oz/problems';
import { FakeClock } from '../fakeClock';

export const base = 'https://oz.test/api/v1';
export const canary = 'wk-canary-5f0c9f7d';

export interface Sent {
  url: string;
  init: RequestInit;
}

/** What the scripted service does with one request. */
export type Answer = Response | Error | ((sent: Sent) => Response | Promise<Response>);

export interface TestClient {
  client: OzClient;
  clock: FakeClock;
  sent: Sent[];
  log: string[];
}

/** A client whose `fetch` gives these answers in turn, the last one again and again; `random` is always a half. */
export function scripted(answers: Answer | Answer[], options: Partial<OzClientOptions> = {}): TestClient {
  const script = Array.isArray(answers) ? [...answers] : [answers];
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const log: string[] = [];
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    // A host's own `fetch` may know no more than this.
    assert.equal(typeof url, 'string');
    const one = { url: String(url), init: init ?? {} };
    sent.push(one);
    const answer = script.length > 1 ? script.shift() : script[0];
    if (answer instanceof Error || answer === undefined) {
      throw answer ?? new Error('no answer');
    }
    return typeof answer === 'function' ? await answer(one) : answer.clone();
  };
  const client = new OzClient({
    baseUrl: () => base,
    key: () => Promise.resolve(canary),
    fetch,
    clock,
    random: () => 0.5,
    log: (line) => log.push(line),
    ...options,
  });
  return { client, clock, sent, log };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export const noRuns = { runs: [], page_info: { has_next_page: false } };

/** As undici throws it. */
export function networkError(code: string, syscall?: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) });
}

/** The problem that a call ends with; fails when it ends well or with anything else. */
export async function problemFrom(call: Promise<unknown>): Promise<ApiProblem> {
  try {
    await call;
  } catch (error) {
    assert.ok(ApiProblem.is(error), `not an ApiProblem: ${String(error)}`);
    return error;
  }
  return assert.fail('the call ended well');
}

export async function kindFrom(call: Promise<unknown>): Promise<ProblemKind> {
  return (await problemFrom(call)).kind;
}

export function headersOf({ init }: Sent): Headers {
  return new Headers(init.headers);
}
