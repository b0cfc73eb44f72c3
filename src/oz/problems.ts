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

  constructor(facts: ProblemFacts, options?: ErrorOptions) {
    super(facts.message, options);
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
