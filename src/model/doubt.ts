import { isAccountLimit, type ProblemFacts } from '../oz/problems';

/**
 * Whether the service may have done what it was sent although that failed: it may fail afterwards, and something on the way may
 * answer in its place. A limit of the account's own is none of these, and a deadline that came before anything was sent neither.
 */
export function isDoubtful({ kind, code, status }: Pick<ProblemFacts, 'kind' | 'code' | 'status'>): boolean {
  switch (kind) {
    case 'outcomeUnknown':
    case 'server':
    case 'notOz':
      return true;
    case 'timeout':
      return status !== undefined;
    case 'rateLimited':
      return !isAccountLimit(code);
    default:
      return false;
  }
}
