import type { Socket } from 'node:net';

/** What comes out of a socket, taken in the pieces that the reader wants. */
export class Incoming {
  #bytes: Buffer = Buffer.alloc(0);
  #hasEnded = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake?.();
    });
    for (const event of ['end', 'close', 'error']) {
      socket.on(event, () => {
        this.#hasEnded = true;
        this.#wake?.();
      });
    }
  }

  /** The next `count` bytes; fewer when the socket ended before. */
  async take(count: number): Promise<Buffer> {
    await this.#until(() => this.#bytes.length >= count);
    return this.#cut(count);
  }

  /** Everything through the next `end`; undefined when the socket ended before. */
  async takeThrough(end: string): Promise<Buffer | undefined> {
    const found = (): number => this.#bytes.indexOf(end, 0, 'latin1');
    await this.#until(() => found() >= 0);
    return found() < 0 ? undefined : this.#cut(found() + end.length);
  }

  #cut(count: number): Buffer {
    const cut = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return cut;
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere() && !this.#hasEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
