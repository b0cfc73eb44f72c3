import { ApiProblem } from './problems';

/** Codes of a connection that never came to be: not a byte of the request was written. */
const neverConnected = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_CONNECTION_REFUSED',
  'ERR_INTERNET_DISCONNECTED',
  'ERR_ADDRESS_UNREACHABLE',
  'ERR_PROXY_CONNECTION_FAILED',
]);

/** Whether a code of the network says that the certificate is the trouble. */
export function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code);
}

/** A `fetch` that got no answer. */
export interface NetworkFailure {
  problem: ApiProblem;
  /** False only where it is certain that the service saw nothing of the request. */
  maybeSent: boolean;
}

/**
 * What a rejected `fetch` (or a body that broke off) says about the network. Node wraps the cause, sometimes twice, and lists one
 * error per address tried; Electron puts the code into the message (`net::ERR_NAME_NOT_RESOLVED`).
 */
export function networkFailure(error: unknown, host: string): NetworkFailure {
  let code: string | undefined;
  let connecting = false;
  for (const layer of layersOf(error)) {
    code = codeOf(layer) ?? code;
    connecting ||= layer.syscall === 'connect' || layer.syscall === 'getaddrinfo';
  }
  const untrusted = code !== undefined && isCertificateCode(code);
  return {
    problem: new ApiProblem({
      kind: 'unreachable',
      message: `No answer from ${host}${code ? ` (${code})` : ''}.`,
      code,
      retryable: !untrusted,
    }),
    maybeSent: !(connecting || untrusted || (code !== undefined && neverConnected.has(code))),
  };
}

type Layer = Partial<Record<'code' | 'syscall' | 'message' | 'cause' | 'errors', unknown>>;

/** The error and its causes, outermost first; of several errors in one the first. */
function layersOf(error: unknown): Layer[] {
  const layers: Layer[] = [];
  let layer: unknown = error;
  while (typeof layer === 'object' && layer !== null && layers.length < 10) {
    const { cause, errors } = layer as Layer;
    layers.push(layer);
    layer = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return layers;
}

function codeOf({ code, message }: Layer): string | undefined {
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) {
    return code;
  }
  return typeof message === 'string' ? /net::(ERR_[A-Z0-9_]{2,60})/.exec(message)?.[1] : undefined;
}
