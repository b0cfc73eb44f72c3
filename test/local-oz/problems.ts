import type { components } from '../../src/oz/openapi';

export type ErrorBody = components['schemas']['Error'];
export type ErrorCode = components['schemas']['PlatformErrorCode'];

export interface ProblemExtras {
  /** What is wrong in this case; the service repeats it in parentheses in `error`. */
  detail?: string;
  retryable?: boolean;
  auth_url?: string;
  provider?: string;
  inaccessible_repos?: string[];
  /** In seconds, or a date. */
  retryAfter?: string;
}

/** An answer that says no; thrown by operations, turned into problem+json by the server. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    title: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(title);
  }

  /** The body as the service writes it: `type` is a relative path with dashes and a slash at its end. */
  body(instance: string, traceId: string): ErrorBody {
    const { detail, retryable = RETRYABLE.has(this.code), auth_url, provider, inaccessible_repos } = this.extras;
    return {
      type: `/reference/api-and-sdk/troubleshooting/errors/${this.code.replaceAll('_', '-')}/`,
      title: this.message,
      status: this.status,
      ...(detail !== undefined && { detail }),
      instance,
      error: detail === undefined ? this.message : `${this.message} (${detail})`,
      retryable,
      trace_id: traceId,
      ...(auth_url !== undefined && { auth_url }),
      ...(provider !== undefined && { provider }),
      ...(inaccessible_repos !== undefined && { inaccessible_repos }),
    };
  }
}

const RETRYABLE = new Set<ErrorCode>(['conflict', 'resource_unavailable', 'internal_error']);

export const invalid = (title: string, detail?: string): Problem =>
  new Problem(400, 'invalid_request', title, detail === undefined ? {} : { detail });

export const notFound = (what: string): Problem => new Problem(404, 'resource_not_found', `${what} not found`);

export const keyRefused = (): Problem =>
  new Problem(
    401,
    'authentication_required',
    'Your API key is invalid or has expired. Please generate a new key and try again.',
  );

export const gitHubMissing = (): Problem =>
  new Problem(
    401,
    'external_authentication_required',
    'User does not have access to the following repositories in the environment: acme/infra',
    {
      detail: 'inaccessible repos: acme/infra',
      provider: 'github',
      auth_url: 'https://github.com/apps/warp-dev/installations/new',
      inaccessible_repos: ['acme/infra'],
    },
  );
