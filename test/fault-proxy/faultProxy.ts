import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Random } from '../local-oz/random';
import { Exchange, nextTurn } from './exchange';
import { type FaultPoint, unhurt } from './faultPoints';
import { Flight } from './flight';
import { headerOf, readHead } from './httpMessage';
import type { IdleClock } from './idleClock';
import { Incoming } from './incoming';

/** Tells the proxy which flight a request is; the service does not get it. */
const flightHeader = 'x-flight';

interface Rule {
  method: string;
  path: RegExp;
  point: FaultPoint;
  left: number;
}

/** A proxy in front of a service on this machine: at an exact point of a request's life something goes wrong. */
export class FaultProxy {
  /** All requests of `fetch`, oldest first. */
  readonly flights: Flight[] = [];
  /** What the faults draw their places and lengths from. */
  random = new Random(1);
  readonly #service: number;
  readonly #clock: IdleClock;
  readonly #server: Server;
  readonly #idle = new Set<Socket>();
  readonly #open = new Set<Socket>();
  readonly #atConnection: Flight[] = [];
  /** A port at which nobody listens. */
  #deadPort = 0;
  #rules: Rule[] = [];

  private constructor(service: number, clock: IdleClock) {
    this.#service = service;
    this.#clock = clock;
    this.#server = createServer((client) => {
      void this.#serve(client);
    });
  }

  /** `service` is the port of the service on loopback. The clock stands while a request is on its way. */
  static async start(service: number, clock: IdleClock): Promise<FaultProxy> {
    const proxy = new FaultProxy(service, clock);
    proxy.#deadPort = await deadPort();
    await listening(proxy.#server, 0);
    return proxy;
  }

  get origin(): string {
    return `http://127.0.0.1:${portOf(this.#server)}`;
  }

  /** The next `count` requests like this meet the fault. */
  meet(method: string, path: RegExp, point: FaultPoint, count = 1): void {
    this.#rules.push({ method, path, point, left: count });
  }

  /** No faults any more. */
  clear(): void {
    this.#rules = [];
    this.#atConnection.length = 0;
  }

  /** The host's `fetch` through this proxy. */
  readonly fetch: typeof fetch = (input, init) => this.#fetch(input, init, false);

  /** The same for somebody who has a connection of their own to the service, without faults. */
  readonly sparedFetch: typeof fetch = (input, init) => this.#fetch(input, init, true);

  /** Until nothing reaches the service any more of what was sent, also of what nobody waits for. */
  async settled(): Promise<void> {
    await Promise.all(this.flights.flatMap(({ acts }) => acts));
  }

  async close(): Promise<void> {
    this.#open.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #fetch(input: string | URL | Request, init: RequestInit | undefined, isSpared: boolean): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? 'GET';
    const rule = this.#rules.find(
      (one) => !isSpared && one.left > 0 && one.method === method && one.path.test(url.pathname),
    );
    if (rule) {
      rule.left -= 1;
    }
    const flight = new Flight(String(this.flights.length), method, url.pathname, rule?.point, isSpared, this.#clock);
    this.flights.push(flight);
    const port = await this.#prepare(flight);
    if (port !== undefined) {
      url.port = String(port);
    }
    const end = (): void => {
      flight.end();
    };
    init?.signal?.addEventListener('abort', end, { once: true });
    try {
      const headers = new Headers(init?.headers);
      if (!isSpared) {
        headers.set(flightHeader, flight.id);
      }
      return watched(await fetch(url, { ...init, headers }), end);
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Sees to faults before the first byte; the port to use instead of this proxy's. */
  async #prepare(flight: Flight): Promise<number | undefined> {
    if (flight.isSpared) {
      return this.#service;
    }
    switch (flight.point?.at) {
      case 'address':
        return this.#deadPort;
      case 'connection':
        // Only a new connection can fail as one.
        this.#dropIdle();
        await nextTurn();
        await nextTurn();
        this.#atConnection.push(flight);
        return undefined;
      case 'kept':
        this.#dropIdle();
        return undefined;
      default:
        return undefined;
    }
  }

  #dropIdle(): void {
    this.#idle.forEach((socket) => {
      if (this.random.next() < 0.5) {
        socket.resetAndDestroy();
      } else {
        socket.end();
      }
    });
    this.#idle.clear();
  }

  async #serve(client: Socket): Promise<void> {
    this.#open.add(client);
    client.setNoDelay();
    client.on('error', () => undefined);
    client.on('close', () => {
      this.#open.delete(client);
      this.#idle.delete(client);
    });
    const incoming = new Incoming(client);
    const struck = this.#atConnection.shift();
    if (struck) {
      await struck.point?.act(new Exchange(this.#ends(client, incoming), '', struck, this.random));
      // Whether the client tries again is its own affair.
      struck.land();
    }
    while (!client.destroyed) {
      const head = await readHead(incoming);
      const flight = this.flights[Number(head && headerOf(head, flightHeader))];
      if (head === undefined || !flight) {
        client.destroy();
        return;
      }
      this.#idle.delete(client);
      flight.goOn();
      const point = flight.point?.at === 'request' ? flight.point : unhurt;
      const plain = head.replace(new RegExp(`^${flightHeader}:.*\\r\\n`, 'im'), '');
      const act = point.act(new Exchange(this.#ends(client, incoming), plain, flight, this.random));
      flight.acts.push(act);
      await act;
      this.#idle.add(client);
    }
  }

  #ends(client: Socket, incoming: Incoming): ConstructorParameters<typeof Exchange>[0] {
    return { client, incoming, service: this.#service, clock: this.#clock };
  }
}

/** The same answer, which tells when it was read to its end, broke or was given up. */
function watched(response: Response, end: () => void): Response {
  const reader = response.body?.getReader();
  if (!reader) {
    end();
    return response;
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          end();
          controller.close();
        } else {
          controller.enqueue(value);
        }
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    async cancel(reason) {
      end();
      await reader.cancel(reason);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Below the ports that the system gives to clients: one of those could connect to itself. */
async function deadPort(): Promise<number> {
  const server = createServer();
  for (let port = 20_101; ; port += 1) {
    try {
      await listening(server, port);
    } catch {
      continue;
    }
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
