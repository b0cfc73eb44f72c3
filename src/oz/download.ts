import { exchange, ExchangeFailure, type Wire } from './exchange';
import { ApiProblem } from './problems';
import type { BodySink } from './readBody';
import type { ArtifactAnswer } from './types';

export interface Download {
  /** Empty where they went to a sink. */
  bytes: Uint8Array;
  contentType: string;
}

export interface DownloadOptions {
  /** Takes the bytes as they come. It begins anew when the connection breaks and the download is tried again. */
  sink?: BodySink;
  /** Most bytes, 256 MB unless said. */
  cap?: number;
}

/** Most bytes of a download. */
const downloadCap = 256 * 1024 * 1024;

/**
 * Reads what a signed URL leads to with a bare request: no key, no header of ours, no further redirect. The URL is a secret, so
 * neither it nor the storage's own words come into problems or the log. When it is refused or the connection breaks,
 * `signedUrl` is asked for a new one, once.
 * @throws ApiProblem `notFound` (`link_refused`), `notOz`, `unreachable`, `server`, and what `signedUrl` throws.
 */
export async function download(
  wire: Wire,
  signedUrl: () => Promise<string>,
  signal: AbortSignal,
  options: DownloadOptions = {},
): Promise<Download> {
  try {
    return await bareRequest(wire, await signedUrl(), signal, options);
  } catch (error) {
    if (!(error instanceof ExchangeFailure) || signal.aborted || error.problem.kind === 'notOz') {
      throw problemIn(error);
    }
  }
  try {
    return await bareRequest(wire, await signedUrl(), signal, options);
  } catch (error) {
    throw problemIn(error);
  }
}

/**
 * An artifact's bytes: its text where the answer has it, or else what its signed URL leads to.
 * @param artifact asks for the artifact, a second time where its link is refused
 * @throws ApiProblem what `download` and `artifact` throw
 */
export async function downloadOfArtifact(
  wire: Wire,
  artifact: () => Promise<ArtifactAnswer>,
  signal: AbortSignal,
  options: DownloadOptions,
): Promise<Download> {
  const answer = await artifact();
  const contentType = answer.data.content_type;
  if ('content' in answer.data) {
    const text = new TextEncoder().encode(answer.data.content);
    await options.sink?.begin(text.byteLength);
    await options.sink?.take(text);
    return { bytes: options.sink ? new Uint8Array() : text, contentType };
  }
  let first: ArtifactAnswer | undefined = answer;
  const signedUrl = async (): Promise<string> => {
    const { data } = first ?? (await artifact());
    first = undefined;
    return 'download_url' in data ? data.download_url : '';
  };
  const { bytes } = await download(wire, signedUrl, signal, options);
  return { bytes, contentType };
}

async function bareRequest(
  wire: Wire,
  address: string,
  signal: AbortSignal,
  { sink, cap = downloadCap }: DownloadOptions,
): Promise<Download> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    const message = 'The download link is not an http(s) address.';
    throw new ApiProblem({ kind: 'notOz', code: 'invalid_link', message, retryable: false });
  }
  const name = '(download link)';
  const request = { method: 'GET', url, once: false, expects: 'bytes', cap, name, sink } as const;
  return exchange(wire, request, signal);
}

function problemIn(error: unknown): unknown {
  if (!(error instanceof ExchangeFailure)) {
    return error;
  }
  const { status, kind } = error.problem.facts;
  if (status === undefined || status < 400) {
    return error.problem;
  }
  // The storage's 401 and 403 speak of the link, never of the API key.
  const facts = { status, message: `The storage answered with status ${status}.` };
  return kind === 'server'
    ? new ApiProblem({ ...facts, kind, retryable: true })
    : new ApiProblem({ ...facts, kind: 'notFound', code: 'link_refused', retryable: false });
}
