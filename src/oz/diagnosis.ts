import { baseAddress } from './address';
import { type Answer, askUnsigned, attempt } from './askUnsigned';
import type { Clock } from './clock';
import { abortable, within } from './deadline';
import type { Probes, TlsPeer } from './probes';
import { ApiProblem, type ProblemFacts } from './problems';
import { type Environment, type Proxies, proxiesFor, type ProxySettings } from './proxyRoute';

/** In the order in which they are made. */
export type CheckName = 'address' | 'name' | 'proxy' | 'certificate' | 'answer' | 'key' | 'clock';

export type Outcome = 'ok' | 'warning' | 'failed' | 'skipped';

/** What came of a check. */
export type Judged = { outcome: Outcome } & Found;

export type Finding = { check: CheckName } & Judged;

/** What was seen. Texts in it come from outside; none of them holds a key, a password or a query. */
export type Found =
  /** There is no usable address to check. */
  | { code: 'noAddress' }
  | { code: 'address' | 'otherPath'; origin: string; path: string }
  | { code: 'badAddress'; why: 'unreadable' | 'notHttps' | 'credentials' }
  | { code: 'isAddress' }
  | { code: 'proxyResolves' }
  | { code: 'resolved'; addresses: string[]; ms: number }
  /** `error` is a code of the network, `timeout` or `unknown`; so below. */
  | { code: 'unresolved'; error: string }
  | { code: 'proxies'; proxies: Proxies }
  | { code: 'plainHttp' }
  | { code: 'proxyConnects' }
  | { code: 'noName' }
  /** `days` until it ends; NaN when it does not say. */
  | { code: 'certificate'; peer: TlsPeer; days: number }
  | { code: 'noHandshake'; error: string }
  /** These speak as the service does. `unsigned`: it gave its data to somebody without a key. */
  | { code: 'service' | 'busy' | 'serverError' | 'unsigned'; status: number; ms: number }
  | { code: 'gatewayError' | 'page' | 'proxyAuth' | 'wrongPath' | 'otherAnswer'; status: number; ms: number }
  | { code: 'redirected'; status: number; ms: number; origin?: string }
  | { code: 'noAnswer'; error: string }
  | { code: 'noKey' | 'keyUnreadable' }
  | { code: 'keyMalformed' | 'keyNotTried' | 'keyAccepted'; key: KeyLook }
  | { code: 'keyProblem'; key: KeyLook; problem: Omit<ProblemFacts, 'message'> }
  /** Milliseconds by which this machine's clock is behind the service's; negative when it is ahead. */
  | { code: 'clock'; behind: number }
  | { code: 'noDate' };

/** What may be said of a key. */
export interface KeyLook {
  from: 'stored' | 'environment';
  length: number;
  hasPrefix: boolean;
}

/** What is to be diagnosed. */
export interface Subject {
  baseUrl: string;
  /** The path that the service's own base URL has. */
  usualPath: string;
  keyPrefix: string;
  proxySettings: ProxySettings;
  environment: Environment;
  key: () => Promise<{ value: string; from: KeyLook['from'] } | undefined>;
  /** A call that needs the key, by the real client. Throws ApiProblem. */
  callWith: (key: string, signal: AbortSignal) => Promise<void>;
}

/** What a diagnosis is made with. */
export interface Means extends Probes {
  clock: Clock;
  /** Told each check as it begins. */
  onCheck?: (check: CheckName) => void;
}

/** For the call with the key, which the client repeats, in milliseconds. */
const keyPatience = 40_000;
const day = 86_400_000;
/** A certificate that ends sooner is worth a word, in days. */
const soon = 14;
/** As far as clocks may be apart, in milliseconds. */
const mostDrift = 60_000;

/**
 * Makes the checks one after the other. A failed one keeps those after it from being made only where they would mean
 * nothing; the key is sent to nobody who does not answer as the service.
 * @throws ApiProblem `aborted`, and nothing else
 */
export async function diagnose(subject: Subject, means: Means, signal: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = async (check: CheckName, made: () => Judged | Promise<Judged>): Promise<void> => {
    means.onCheck?.(check);
    findings.push({ check, ...(await made()) });
  };
  const { base, ...address } = checkAddress(subject);
  const proxies = base && proxiesFor(base, subject.proxySettings, subject.environment);
  await add('address', () => address);
  await add('name', () => checkName(base, proxies, means, signal));
  await add('proxy', () => checkProxy(proxies));
  const isNamed = findings.every(({ code }) => code !== 'unresolved');
  await add('certificate', () => checkCertificate(base, proxies, isNamed, means, signal));
  let answer: Answer = { judged: { outcome: 'skipped', code: 'noAddress' } };
  await add('answer', async () => {
    answer = base ? await askUnsigned(base, means, signal) : answer;
    return answer.judged;
  });
  const isService = isOfService(answer.judged);
  await add('key', () => checkKey(subject, isService, means, signal));
  await add('clock', () => checkClock(answer));
  return isService ? findings.map(softened) : findings;
}

/** What went wrong on a way of our own does not matter where VS Code's own way led to the service. */
function softened(finding: Finding): Finding {
  const isOurWay = finding.check === 'name' || finding.check === 'certificate';
  return isOurWay && finding.outcome === 'failed' ? { ...finding, outcome: 'warning' } : finding;
}

function isOfService({ code }: Judged): boolean {
  return code === 'service' || code === 'busy' || code === 'serverError' || code === 'unsigned';
}

function checkAddress({ baseUrl, usualPath }: Subject): Judged & { base?: URL } {
  try {
    const base = new URL(baseAddress(baseUrl));
    const { origin, pathname: path } = base;
    return path === usualPath
      ? { outcome: 'ok', code: 'address', origin, path, base }
      : { outcome: 'warning', code: 'otherPath', origin, path, base };
  } catch {
    const url = URL.canParse(baseUrl.trim()) ? new URL(baseUrl.trim()) : undefined;
    const why = !url ? 'unreadable' : url.username || url.password ? 'credentials' : 'notHttps';
    return { outcome: 'failed', code: 'badAddress', why };
  }
}

async function checkName(
  base: URL | undefined,
  proxies: Proxies | undefined,
  { lookup, clock }: Means,
  signal: AbortSignal,
): Promise<Judged> {
  if (!base) {
    return { outcome: 'skipped', code: 'noAddress' };
  }
  if (/^\[|^\d+(?:\.\d+){3}$/.test(base.hostname)) {
    return { outcome: 'skipped', code: 'isAddress' };
  }
  if (proxies?.route.kind === 'proxy') {
    return { outcome: 'skipped', code: 'proxyResolves' };
  }
  const start = clock.now();
  const tried = await attempt(base.host, clock, signal, () => lookup(base.hostname));
  return 'error' in tried
    ? { outcome: 'failed', code: 'unresolved', error: tried.error }
    : { outcome: 'ok', code: 'resolved', addresses: tried.value, ms: clock.now() - start };
}

function checkProxy(proxies: Proxies | undefined): Judged {
  if (!proxies) {
    return { outcome: 'skipped', code: 'noAddress' };
  }
  return { outcome: proxies.unreadable.length > 0 ? 'warning' : 'ok', code: 'proxies', proxies };
}

async function checkCertificate(
  base: URL | undefined,
  proxies: Proxies | undefined,
  isNamed: boolean,
  { shakeHands, clock }: Means,
  signal: AbortSignal,
): Promise<Judged> {
  if (!base) {
    return { outcome: 'skipped', code: 'noAddress' };
  }
  if (base.protocol === 'http:') {
    return { outcome: 'skipped', code: 'plainHttp' };
  }
  if (proxies?.route.kind === 'proxy') {
    return { outcome: 'skipped', code: 'proxyConnects' };
  }
  if (!isNamed) {
    return { outcome: 'skipped', code: 'noName' };
  }
  const host = base.hostname.replace(/^\[|\]$/g, '');
  const tried = await attempt(base.host, clock, signal, (inner) => shakeHands(host, Number(base.port || 443), inner));
  if ('error' in tried) {
    return { outcome: 'failed', code: 'noHandshake', error: tried.error };
  }
  const peer = tried.value;
  const days = Math.floor((peer.validTo - clock.now()) / day);
  return { outcome: !peer.isTrusted ? 'failed' : days < soon ? 'warning' : 'ok', code: 'certificate', peer, days };
}

async function checkKey(
  { key, keyPrefix, callWith }: Subject,
  mayBeSent: boolean,
  { clock }: Means,
  signal: AbortSignal,
): Promise<Judged> {
  const read = await attempt('', clock, signal, key);
  if ('error' in read || !read.value) {
    return { outcome: 'failed', code: 'error' in read ? 'keyUnreadable' : 'noKey' };
  }
  const { value, from } = read.value;
  const look: KeyLook = { from, length: value.length, hasPrefix: value.startsWith(keyPrefix) };
  if (!/^[\x21-\x7e]+$/.test(value)) {
    return { outcome: 'failed', code: 'keyMalformed', key: look };
  }
  if (!mayBeSent) {
    return { outcome: 'skipped', code: 'keyNotTried', key: look };
  }
  try {
    await within(clock, keyPatience, signal, (inner) => abortable(callWith(value, inner), inner));
    return { outcome: 'ok', code: 'keyAccepted', key: look };
  } catch (error) {
    if (!ApiProblem.is(error) || signal.aborted) {
      throw error;
    }
    const isNotTheKey = ['externalAuth', 'rateLimited', 'server', 'timeout'].includes(error.kind);
    const { kind, status, code, traceId } = error.facts;
    const problem = { kind, status, code, traceId };
    return { outcome: isNotTheKey ? 'warning' : 'failed', code: 'keyProblem', key: look, problem };
  }
}

/** The header has whole seconds: the time is somewhere in the one that it names. */
function checkClock({ serverDate, answeredAt }: Answer): Judged {
  if (serverDate === undefined || answeredAt === undefined) {
    return { outcome: 'skipped', code: 'noDate' };
  }
  const behind = serverDate + 500 - answeredAt;
  return { outcome: Math.abs(behind) > mostDrift ? 'warning' : 'ok', code: 'clock', behind };
}
