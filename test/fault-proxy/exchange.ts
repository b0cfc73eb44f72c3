import { connect, type Socket } from 'node:net';
import type { Clock } from '../../src/oz/clock';
import type { Random } from '../local-oz/random';
import type { Flight } from './flight';
import { bytesOf, type HttpMessage, lengthOf, readBody, readHead } from './httpMessage';
import { Incoming } from './incoming';

interface Ends {
  client: Socket;
  incoming: Incoming;
  /** The port of the service. */
  service: number;
  clock: Clock;
}

/** One request between client and service, in the hands of a fault: it says what is read, carried on and sent back. */
export class Exchange {
  #body: Promise<Buffer> | undefined;

  constructor(
    private readonly ends: Ends,
    /** Of the request. */
    readonly head: string,
    readonly flight: Flight,
    readonly random: Random,
  ) {}

  /** The bytes of the request's body. */
  get length(): number {
    return lengthOf(this.head);
  }

  /** Milliseconds since 1970, by the service's clock. */
  get now(): number {
    return this.ends.clock.now();
  }

  /** Whether the client can still be answered. */
  get isOpen(): boolean {
    return !this.ends.client.destroyed && this.ends.client.writable;
  }

  /** Reads `count` bytes of the request's body, and no more. */
  async readPart(count: number): Promise<Buffer> {
    return this.ends.incoming.take(count);
  }

  /** Reads the request to its end. */
  read(): Promise<Buffer> {
    this.#body ??= readBody(this.ends.incoming, this.head);
    return this.#body;
  }

  /** Carries the whole request to the service and gives its answer; undefined when the client did not send all of it. */
  async carry(): Promise<HttpMessage | undefined> {
    const body = await this.read();
    if (body.length < this.length) {
      return undefined;
    }
    const service = connect(this.ends.service, '127.0.0.1');
    const incoming = new Incoming(service);
    service.on('error', () => undefined);
    service.write(bytesOf({ head: this.head, body }));
    const head = await readHead(incoming);
    const answer = head === undefined ? undefined : { head, body: await readBody(incoming, head) };
    service.resetAndDestroy();
    this.flight.answers.push(answer);
    return answer;
  }

  /** Carries only the beginning of the request to the service, where the connection then breaks. */
  async carryPart(beginning: Buffer): Promise<void> {
    const service = connect(this.ends.service, '127.0.0.1');
    service.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      service.write(beginning, () => {
        resolve();
      });
    });
    service.resetAndDestroy();
  }

  /** Sends bytes to the client, and waits until they are out of this process. */
  async write(bytes: Buffer | HttpMessage): Promise<void> {
    if (this.isOpen) {
      await new Promise<void>((resolve) => {
        this.ends.client.write(Buffer.isBuffer(bytes) ? bytes : bytesOf(bytes), () => {
          resolve();
        });
      });
    }
  }

  /** Sends bytes a few at a time, each with a turn of the event loop for the client to see it alone. */
  async drip(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && this.isOpen;) {
      const next = at + this.random.between(1, 24);
      await this.write(bytes.subarray(at, next));
      await nextTurn();
      at = next;
    }
  }

  /** Breaks the connection. */
  reset(): void {
    this.ends.client.resetAndDestroy();
  }

  /** Ends the connection as if all had been said; waits until the client has closed it too. */
  async finish(): Promise<void> {
    this.ends.client.end();
    await this.#closed();
  }

  /** Says nothing until the client goes away. */
  async stall(): Promise<void> {
    this.flight.land();
    await this.#closed();
  }

  /** Lets `ms` of the clock pass. */
  async wait(ms: number): Promise<void> {
    this.flight.land();
    await new Promise<void>((resolve) => this.ends.clock.after(ms, resolve));
    this.flight.goOn();
  }

  async #closed(): Promise<void> {
    if (!this.ends.client.destroyed) {
      await new Promise((resolve) => this.ends.client.once('close', resolve));
    }
  }
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
