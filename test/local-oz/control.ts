import type { ServerResponse } from 'node:http';
import { FAULTS, type Fault } from './faults';
import type { LocalOz } from './server';
import type { Caller, Run, RunState } from './state';

/**
 * How a suite in another process drives a local Oz; no part of the API.
 *
 *     POST   /control/advance     {"ms": 60000}             time passes at once
 *     POST   /control/speed       {"speed": 10}             time passes faster from now on
 *     POST   /control/fault       a Fault                   switches a fault on
 *     DELETE /control/fault                                 switches all faults off
 *     POST   /control/runs/ID     {"state": "BLOCKED", …}   changes a run
 *     POST   /control/caller      {"type": "service_account"}   changes who the key belongs to
 *     GET    /control/log                                   the requests so far
 *     GET    /control/violations                            what broke openapi.yaml
 *     DELETE /control/violations                            forgets it, after answering it
 */
export function control(oz: LocalOz, method: string, path: string, text: string, response: ServerResponse): void {
  try {
    const answer = act(oz, `${method} ${path}`, (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>);
    reply(response, 200, answer);
  } catch (error) {
    reply(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function act(oz: LocalOz, what: string, body: Record<string, unknown>): unknown {
  const runId = /^POST \/runs\/([^/]+)$/.exec(what)?.[1];
  if (runId !== undefined) {
    const { state, ...change } = body as { state?: RunState } & Partial<Run>;
    oz.setState(runId, state ?? oz.run(runId).state, change);
    return oz.run(runId);
  }
  switch (what) {
    case 'POST /advance':
      oz.clock.advance(numberOf(body.ms));
      oz.state.settle();
      return { now: oz.clock.now() };
    case 'POST /speed':
      oz.clock.setSpeed(numberOf(body.speed));
      return { now: oz.clock.now() };
    case 'POST /fault':
      if (!FAULTS.some((one) => one === body.fault)) throw new Error(`fault is one of ${FAULTS.join(', ')}`);
      oz.faults.add(body as unknown as Fault);
      return {};
    case 'DELETE /fault':
      oz.faults.clear();
      return {};
    case 'POST /caller':
      oz.state.caller = { ...oz.state.caller, ...(body as Partial<Caller>) };
      return oz.state.caller;
    case 'GET /log':
      return oz.log;
    case 'GET /violations':
      return oz.violations;
    case 'DELETE /violations':
      return oz.takeViolations();
    default:
      throw new Error(`no such control: ${what}`);
  }
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) throw new Error('a number from 0 is expected');
  return value;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
