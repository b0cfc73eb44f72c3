import { abortable } from './deadline';
import { ApiProblem } from './problems';

export interface BodyLimit {
  /** Most bytes that are taken, counted after decompression. */
  cap: number;
  /** What happens above: the answer is refused, or its beginning has to do. */
  above: 'refuse' | 'cut';
}

/** Where a body goes as it comes, instead of into memory. */
export interface BodySink {
  /** A body begins, perhaps anew: what came before is no part of it. `total` is its bytes, where the answer says so. */
  begin(total: number | undefined): Promise<void> | void;
  /** The next piece waits until this one was taken. */
  take(piece: Uint8Array): Promise<void> | void;
}

/**
 * Reads a body to its end, within a size, ending at once when the signal aborts.
 * @throws ApiProblem `notOz` for a body above the cap, the signal's reason, and whatever a broken connection or the sink throws.
 * What went to a sink is not in the answer, too.
 */
export async function readBody(
  response: Response,
  { cap, above }: BodyLimit,
  signal: AbortSignal,
  sink?: BodySink,
): Promise<Uint8Array<ArrayBuffer>> {
  if (above === 'refuse' && Number(response.headers.get('content-length') ?? 0) > cap) {
    discardBody(response);
    throw tooLarge(cap);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  try {
    await abortable(Promise.resolve(sink?.begin(lengthOf(response))), signal);
    while (reader) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) {
        break;
      }
      size += value.byteLength;
      if (size > cap && above === 'refuse') {
        throw tooLarge(cap);
      }
      if (sink) {
        await abortable(Promise.resolve(sink.take(value)), signal);
      } else {
        chunks.push(value);
      }
      if (size > cap) {
        break;
      }
    }
  } finally {
    // Not awaited: a peer that stalls would hold up the end.
    reader?.cancel().catch(() => undefined);
  }
  const bytes = new Uint8Array(sink ? 0 : size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** The bytes that will come: of a compressed body nobody knows. */
function lengthOf({ headers }: Response): number | undefined {
  const length = Number(headers.get('content-length') ?? NaN);
  return headers.has('content-encoding') || !Number.isSafeInteger(length) || length < 0 ? undefined : length;
}

/** Gives a body up unread, so that its connection is free again. */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

function tooLarge(cap: number): ApiProblem {
  const message = `The answer is larger than ${Math.floor(cap / 1024 / 1024)} MB.`;
  return new ApiProblem({ kind: 'notOz', code: 'too_large', message, retryable: false });
}
