import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Api, problemOf, replyOf, send } from './api';
import { OzClock } from './clock';
import { sharedContract } from './contract';
import { control } from './control';
import { Faults, type Fault } from './faults';
import { Lifecycle } from './lifecycle';
import { handlers } from './operations/handlers';
import type { Oz } from './operations/operation';
import { RequestLog, type LogEntry, type Violation } from './requestLog';
import { RequestReader, type RawRequest } from './requests';
import { scenarios, type ScenarioName } from './scenarios/scenarios';
import { Scheduler } from './scheduler';
import { SignedUrls } from './signedUrls';
import { OzState, type Run, type RunState } from './state';
import { webPage } from './webPages';

/** A request that is noted, and the fault that it meets. */
interface Begun {
  readonly entry: LogEntry;
  readonly fault: Fault | undefined;
}

export interface LocalOzOptions {
  scenario?: ScenarioName;
  /** 0 finds a free one. */
  port?: number;
  /** The same seed gives the same world, relative to the clock's start. */
  seed?: number;
  key?: string;
  /** A standing clock is what tests want; `real` follows this machine's. */
  clock?: 'controlled' | 'real' | OzClock;
  /** How fast a real clock goes. */
  speed?: number;
}

const BASE_PATH = '/api/v1';

/** Starts an Oz on loopback that keeps what it is told until it is closed. */
export async function startLocalOz(options: LocalOzOptions = {}): Promise<LocalOz> {
  const { scenario = 'demo', port = 0, seed = 1, key = 'wk-local', speed } = options;
  const clock = clockOf(options.clock ?? 'controlled', speed);
  const server = createServer();
  const storage = createServer();
  await Promise.all([listen(server, port), listen(storage, 0)]);
  const webUrl = originOf(server);
  const state = new OzState(clock, seed, webUrl);
  const lifecycle = new Lifecycle(state);
  const scheduler = new Scheduler(state, lifecycle);
  const signedUrls = new SignedUrls(clock, state.random.hex(32));
  signedUrls.origin = originOf(storage);
  const oz = { state, lifecycle, scheduler, signedUrls };
  scenarios[scenario](oz);
  return new LocalOz(server, storage, oz, clock, key);
}

export class LocalOz {
  readonly webUrl: string;
  /** What `agentRuns.baseUrl` is set to. */
  readonly baseUrl: string;
  readonly storageUrl: string;
  readonly faults = new Faults();
  readonly #log = new RequestLog();
  readonly #api: Api;

  constructor(
    private readonly server: Server,
    private readonly storage: Server,
    private readonly oz: Oz,
    readonly clock: OzClock,
    readonly key: string,
  ) {
    this.webUrl = originOf(server);
    this.baseUrl = this.webUrl + BASE_PATH;
    this.storageUrl = originOf(storage);
    const contract = sharedContract();
    this.#api = new Api(contract, new RequestReader(contract), handlers, oz, key, this.#log);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.#giveUp(request, response, error);
      });
    });
    storage.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#serveObject(request, response).catch((error: unknown) => {
        this.#giveUp(request, response, error);
      });
    });
  }

  /** All requests to the API and to the storage, oldest first. */
  get log(): readonly LogEntry[] {
    return this.#log.entries;
  }

  get violations(): readonly Violation[] {
    return this.#log.violations;
  }

  /** The violations so far, which count no more: for tests that expect them. */
  takeViolations(): Violation[] {
    const { violations } = this.#log;
    this.#log.violations = [];
    return violations;
  }

  /** Throws when a request or an answer broke openapi.yaml. */
  assertNoViolations(): void {
    this.#log.assertNoViolations();
  }

  /** Everything that the service knows, caught up with the clock. */
  get state(): OzState {
    this.oz.state.settle();
    return this.oz.state;
  }

  /** A run as the service shows it now. Throws when there is none. */
  run(id: string): Run {
    const run = this.state.runs.get(id);
    if (!run) throw new Error(`There is no run ${id}`);
    return run.item;
  }

  /** Puts a run into a state at once. */
  setState(id: string, state: RunState, change: Partial<Run> = {}): void {
    const run = this.state.runs.get(id);
    if (!run) throw new Error(`There is no run ${id}`);
    this.oz.lifecycle.setState(run, state, change);
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.server, this.storage].map(
        (server) =>
          new Promise((resolve) => {
            server.close(resolve);
            server.closeAllConnections();
          }),
      ),
    );
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.webUrl);
    const body = await bodyOf(request);
    if (url.pathname.startsWith('/control/')) {
      control(this, request.method ?? 'GET', url.pathname.slice('/control'.length), body.toString(), response);
    } else if (url.pathname.startsWith(`${BASE_PATH}/`)) {
      await this.#serveApi(request, url, body, response);
    } else {
      webPage(this.state, url.pathname, response);
    }
  }

  async #serveApi(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): Promise<void> {
    const raw = rawRequest(request, url, body, BASE_PATH);
    const read = this.#api.read(raw);
    const begun = await this.#begin(raw, url, request);
    if (!begun) return;
    const { entry, fault } = begun;
    const problem = problemOf(fault);
    const reply =
      replyOf(fault) ?? (problem ? this.#api.problem(raw, undefined, problem) : this.#api.answer(raw, read, fault));
    send(response, reply, this.clock.now(), entry, fault);
  }

  /** The storage's origin: it knows no key and must never see one. */
  async #serveObject(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.storageUrl);
    const raw = rawRequest(request, url, await bodyOf(request));
    const begun = await this.#begin(raw, url, request);
    if (!begun) return;
    const { entry, fault } = begun;
    const secrets = Object.keys(raw.headers).filter((name) => name === 'authorization' || name.startsWith('x-'));
    if (secrets.length) {
      const detail = `header ${secrets.join(', ')} sent to the storage`;
      this.#log.violate({ kind: 'storage', method: raw.method, path: raw.path, detail });
    }
    const reply =
      replyOf(fault) ?? this.#object(url, secrets.length > 0, fault?.fault === 'status' ? fault.status : undefined);
    send(response, reply, this.clock.now(), entry, fault);
  }

  #object(url: URL, hasSecrets: boolean, status: number | undefined): Parameters<typeof send>[1] {
    const found = this.oz.signedUrls.open(url);
    const refusal =
      status !== undefined
        ? { status, code: 'InternalError' }
        : hasSecrets
          ? { status: 400, code: 'InvalidArgument' }
          : found;
    if ('status' in refusal) {
      const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${refusal.code}</Code></Error>`;
      return { status: refusal.status, headers: { 'content-type': 'application/xml' }, bytes: Buffer.from(xml) };
    }
    const { contentType, filename } = refusal;
    const headers: Record<string, string> = { 'content-type': contentType };
    if (filename !== undefined)
      headers['content-disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`;
    return { status: 200, headers, bytes: refusal.bytes() };
  }

  /** The client went away, or the local Oz has a mistake: the second must not stay unseen. */
  #giveUp(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (!request.socket.destroyed) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#log.violate({ kind: 'answer', method: request.method ?? '', path: request.url ?? '', detail });
    }
    response.destroy();
  }

  /** Notes a request and begins its fault; undefined when that has ended the connection. */
  async #begin(raw: RawRequest, url: URL, request: IncomingMessage): Promise<Begun | undefined> {
    const { method, path, headers } = raw;
    const query = url.search.slice(1);
    const entry = this.#log.add({
      at: this.clock.now(),
      method,
      path,
      query,
      headers,
      body: raw.body.toString('utf8'),
    });
    const { ms, fault } = this.faults.take(method, path);
    if (fault) entry.fault = fault.fault;
    if (ms) await wait(ms);
    if (fault?.fault === 'reset') {
      request.socket.resetAndDestroy();
      return undefined;
    }
    return { entry, fault };
  }
}

function clockOf(clock: 'controlled' | 'real' | OzClock, speed: number | undefined): OzClock {
  if (clock === 'real') return OzClock.real(speed);
  return clock === 'controlled' ? OzClock.controlled() : clock;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** `base` is the part of the path that the service's operations do not have. */
function rawRequest({ method = 'GET', headers }: IncomingMessage, url: URL, body: Buffer, base = ''): RawRequest {
  return { method, path: url.pathname.slice(base.length), query: url.searchParams, headers, body };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
