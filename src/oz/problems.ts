import { asRecord, parsed } from './json';
import { retryAfterOf } from './retry';

/** What went wrong, as a caller may decide by it. */
export type ProblemKind =
  | 'noKey' // nothing to sign the call with; nothing was sent
  | 'unreachable' // no answer: `code` says why (ENOTFOUND, ECONNREFUSED, a certificate's code, …)
  | 'timeout'
  | 'aborted'
  | 'notOz' // an answer that the service does not give: HTML, another shape, too large
  | 'invalid' // 400
  | 'keyRefused' // 401
  | 'externalAuth' // 401 external_authentication_required: the key is good, `authUrl` connects GitHub
  | 'forbidden' // 403
  | 'notFound' // 404
  | 'conflict' // 409
  | 'unsupported' // 422
  | 'rateLimited' // 429
  | 'server' // 5xx
  | 'outcomeUnknown'; // a launch was sent and its answer was lost

export interface ProblemFacts {
  kind: ProblemKind;
  message: string;
  status?: number;
  /** The service's error code in snake_case, or the network's (`ECONNREFUSED`). */
  code?: string;
  retryable?: boolean;
  /** Milliseconds that the service asks to wait. */
  retryAfter?: number;
  traceId?: string;
  authUrl?: string;
  inaccessibleRepos?: string[];
}

/** The one error of this client. Its message comes from outside: escape it before it is shown. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly facts: ProblemFacts;

  // Without a cause: what the network throws may hold addresses and headers that belong in no log.
  constructor(facts: ProblemFacts) {
    super(facts.message);
    this.facts = facts;
  }

  get kind(): ProblemKind {
    return this.facts.kind;
  }

  /** By name, not by class: bundles loaded later have a class of their own. */
  static is(error: unknown): error is ApiProblem {
    return error instanceof Error && error.name === 'ApiProblem' && 'facts' in error;
  }
}

/** A limit of the account's own, which says nothing of the service or the way to it. */
export function isAccountLimit(code: string | undefined): boolean {
  return code === 'out_of_credits' || code === 'at_cloud_agent_capacity';
}

/** The same problem, of something that may have been done although it failed: it is not simply tried again. */
export function outcomeUnknown(facts: ProblemFacts): ApiProblem {
  return new ApiProblem({ ...facts, kind: 'outcomeUnknown', code: facts.code ?? facts.kind, retryable: false });
}

/** What an answer says about itself, as far as an error is told by it. `now` is milliseconds since 1970. */
export interface FailedAnswer {
  status: number;
  header: (name: string) => string | null;
  /** The body, or its beginning. */
  body: string;
  now: number;
}

/**
 * Reads an error answer: problem+json whose `type` may be absolute, relative, dashed or end in a slash, plain
 * `{"error": …}`, a gateway's HTML, or nothing at all.
 */
export function problemOf({ status, header, body, now }: FailedAnswer): ApiProblem {
  const members = asRecord(parsed(body));
  const code = codeOf(header('x-warp-error-code')) ?? codeOf(members?.type);
  const kind = kindOf(status, code, members !== undefined || body.trim() === '');
  const message =
    text(members?.error) ??
    ([text(members?.title), text(members?.detail)].filter(Boolean).join(': ') || undefined) ??
    text(members?.userDisplayMessage) ??
    `The service answered with status ${status}.`;
  const repos = Array.isArray(members?.inaccessible_repos)
    ? members.inaccessible_repos.filter((repo) => typeof repo === 'string')
    : undefined;
  return new ApiProblem({
    kind,
    message,
    status,
    code,
    retryable: typeof members?.retryable === 'boolean' ? members.retryable : isPassing(status, code),
    retryAfter: retryAfterOf(header, now),
    traceId: text(members?.trace_id),
    authUrl: webUrl(members?.auth_url),
    inaccessibleRepos: repos,
  });
}

/** The last path segment of a problem `type`, or the value of `X-Warp-Error-Code`, in snake_case. */
function codeOf(type: unknown): string | undefined {
  if (typeof type !== 'string') {
    return undefined;
  }
  const segment = type
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .split('/')
    .at(-1);
  const code = segment?.replaceAll('-', '_').toLowerCase() ?? '';
  return /^[a-z][a-z0-9_]{0,63}$/.test(code) ? code : undefined;
}

function kindOf(status: number, code: string | undefined, speaksJson: boolean): ProblemKind {
  switch (status) {
    case 401:
      return code === 'external_authentication_required' ? 'externalAuth' : 'keyRefused';
    case 402:
    case 403:
      return 'forbidden';
    case 407:
      return 'unreachable';
    case 408:
      return 'timeout';
    case 429:
      return 'rateLimited';
  }
  if (status >= 500) {
    return 'server';
  }
  // A page of HTML where the service would say what is missing: something else lives at this address.
  if (status < 400 || !speaksJson) {
    return 'notOz';
  }
  switch (status) {
    case 404:
    case 410:
      return 'notFound';
    case 409:
      return 'conflict';
    case 422:
      return 'unsupported';
    default:
      return 'invalid';
  }
}

/** Whether the same call may succeed a moment later, where the service does not say so itself. */
function isPassing(status: number, code: string | undefined): boolean {
  return code !== 'out_of_credits' && (status === 408 || status === 409 || status === 429 || status >= 500);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 4000) : undefined;
}

function webUrl(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value) ? value : undefined;
}
