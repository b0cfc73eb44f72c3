import type { Clock } from './clock';
import { abortable, within } from './deadline';
import type { Judged, Means } from './diagnosis';
import { asRecord, parsed } from './json';
import { networkFailure } from './network';
import { ApiProblem } from './problems';
import { readBody } from './readBody';

/** What answers at the base URL, and the time by its clock and by ours; both in milliseconds since 1970. */
export interface Answer {
  judged: Judged;
  serverDate?: number;
  answeredAt?: number;
}

/** Milliseconds for one question to the network. */
const patience = 10_000;
/** Most bytes of an answer that are looked at. */
const answerCap = 64 * 1024;

/** Asks for a run without a key: the service refuses that, in its own words. Sends nothing that anybody may not see. */
export async function askUnsigned(base: URL, { fetch, clock }: Means, signal: AbortSignal): Promise<Answer> {
  const url = `${base.href.replace(/\/+$/, '')}/agent/runs?limit=1`;
  const start = clock.now();
  const tried = await attempt(base.host, clock, signal, async (inner): Promise<Answer> => {
    const headers = { accept: 'application/json, application/problem+json' };
    // Called as a plain function: some hosts' `fetch` refuses another `this`.
    const asked = abortable(fetch(url, { redirect: 'manual', headers, signal: inner }), inner);
    const response = await asked.catch((error: unknown) => {
      if (!isProxyAuth(error)) {
        throw error;
      }
    });
    const ms = clock.now() - start;
    if (!response) {
      return { judged: { outcome: 'failed', code: 'proxyAuth', status: 407, ms } };
    }
    const bytes = await readBody(response, { cap: answerCap, above: 'cut' }, inner);
    const judged = judge(response, new TextDecoder().decode(bytes), ms);
    const serverDate = Date.parse(response.headers.get('date') ?? '');
    const isTimed = !Number.isNaN(serverDate) && judged.code !== 'page' && judged.code !== 'redirected';
    return { judged, ...(isTimed && { serverDate, answeredAt: start + ms / 2 }) };
  });
  return 'error' in tried ? { judged: { outcome: 'failed', code: 'noAnswer', error: tried.error } } : tried.value;
}

/** `fetch` gives out no answer with 407: it says so in an error, of its own or of the tunnel that was refused. */
function isProxyAuth(error: unknown): boolean {
  for (let layer = error, depth = 0; layer instanceof Error && depth < 10; layer = layer.cause, depth++) {
    if (/\(407\)|proxy authentication required|ERR_PROXY_AUTH/i.test(layer.message)) {
      return true;
    }
  }
  return false;
}

function judge({ status, type, headers }: Response, body: string, ms: number): Judged {
  const location = headers.get('location') ?? '';
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    // Only the origin: the rest may be secret.
    const origin = URL.canParse(location) ? new URL(location).origin : undefined;
    return { outcome: 'failed', code: 'redirected', status, ms, ...(origin !== undefined && { origin }) };
  }
  const isPage = /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*</.test(body);
  const members = isPage ? undefined : asRecord(parsed(body));
  if (status === 407) {
    return { outcome: 'failed', code: 'proxyAuth', status, ms };
  }
  if (status === 404 || status === 410) {
    return { outcome: 'failed', code: 'wrongPath', status, ms };
  }
  if (status >= 500 && status !== 511) {
    return { outcome: 'failed', code: members ? 'serverError' : 'gatewayError', status, ms };
  }
  if (isPage || status === 511) {
    return { outcome: 'failed', code: 'page', status, ms };
  }
  if (status === 401 && members) {
    return { outcome: 'ok', code: 'service', status, ms };
  }
  if (status === 429) {
    return { outcome: 'warning', code: 'busy', status, ms };
  }
  return status === 200 && Array.isArray(members?.runs)
    ? { outcome: 'warning', code: 'unsigned', status, ms }
    : { outcome: 'failed', code: 'otherAnswer', status, ms };
}

/**
 * What a question to the network came to: its answer, or the code of what went wrong (`timeout`, `unknown`).
 * @throws ApiProblem `aborted`
 */
export async function attempt<T>(
  host: string,
  clock: Clock,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<{ value: T } | { error: string }> {
  try {
    return { value: await within(clock, patience, signal, (inner) => abortable(ask(inner), inner)) };
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    const problem = ApiProblem.is(error) ? error : networkFailure(error, host).problem;
    return { error: problem.kind === 'timeout' ? 'timeout' : (problem.facts.code ?? 'unknown') };
  }
}
