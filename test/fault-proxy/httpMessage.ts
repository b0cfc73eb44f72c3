import type { Incoming } from './incoming';

/** A request or an answer as it goes over the wire, byte for byte. */
export interface HttpMessage {
  /** First line and headers, with the empty line after them. */
  head: string;
  /** As it was sent: of a chunked body with the chunks' frames. */
  body: Buffer;
}

export function bytesOf({ head, body }: HttpMessage): Buffer {
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

/** The next head; undefined when there is none any more. */
export async function readHead(incoming: Incoming): Promise<string | undefined> {
  return (await incoming.takeThrough('\r\n\r\n'))?.toString('latin1');
}

/** The whole body that a head announces; less of it when the connection ended. */
export async function readBody(incoming: Incoming, head: string): Promise<Buffer> {
  if (!/chunked/i.test(headerOf(head, 'transfer-encoding') ?? '')) {
    return incoming.take(lengthOf(head));
  }
  const pieces: Buffer[] = [];
  for (;;) {
    const frame = await incoming.takeThrough('\r\n');
    const size = parseInt(frame?.toString('latin1') ?? '', 16);
    if (!frame || Number.isNaN(size)) {
      return Buffer.concat(pieces);
    }
    pieces.push(frame, await incoming.take(size + 2));
    if (size === 0) {
      return Buffer.concat(pieces);
    }
  }
}

/** The bytes of a body that is not chunked. */
export function lengthOf(head: string): number {
  return Number(headerOf(head, 'content-length') ?? 0);
}

export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim();
}

/** With another value of a header that is there. */
export function withHeader({ head, body }: HttpMessage, name: string, value: string): HttpMessage {
  return { head: head.replace(new RegExp(`^(${name}:).*$`, 'im'), `$1 ${value}`), body };
}

/** An answer with its length, and with a line for each header. */
export function answerOf(status: number, headers: Record<string, string>, body = ''): HttpMessage {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ ...headers, 'content-length': String(bytes.length) });
  return {
    head: [`HTTP/1.1 ${status} Made by the proxy`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''].join(
      '\r\n',
    ),
    body: bytes,
  };
}
