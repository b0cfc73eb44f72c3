import type { ApiProblem } from '../oz/problems';
import { helpForCode } from './errorHelp';
import type { FollowUp } from './followUp';

/**
 * What becomes of a follow-up that failed. `later`: the service has certainly not got it, and it is tried again. `key`: the
 * same, but not before there is another key. `refused`: trying again gives the same. `unsure`: it may have arrived.
 */
type Verdict = 'later' | 'key' | 'refused' | 'unsure';

function verdictOf({ kind, facts: { code, status, retryable } }: ApiProblem): Verdict {
  switch (kind) {
    case 'noKey':
      // A keyring that is locked now may be open in a moment.
      return code === 'key_unreadable' ? 'later' : 'key';
    case 'keyRefused':
      return 'key';
    case 'unreachable':
    case 'timeout':
    case 'aborted':
    case 'notOz':
    case 'conflict':
      return 'later';
    case 'rateLimited':
      return helpForCode(code, retryable) === 'topUp' ? 'refused' : 'later';
    case 'server':
      // Without a code it comes of an outage that is known already: nothing was sent. Another error of the service's own may
      // have come after it had kept the message.
      return code === undefined || code === 'resource_unavailable' || status === 503 ? 'later' : 'unsure';
    case 'invalid':
    case 'externalAuth':
    case 'forbidden':
    case 'notFound':
    case 'unsupported':
      return 'refused';
    case 'outcomeUnknown':
      return 'unsure';
  }
}

/** Milliseconds before the second, third, … try; the last one goes on. Each is shortened by up to a half. */
const pauses = [5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000];

/**
 * How a follow-up stands after it failed.
 * @param tries that failed, from 1
 * @param now milliseconds since 1970
 * @param random 0 to under 1
 */
export function afterFailure(problem: ApiProblem, tries: number, now: number, random: number): Partial<FollowUp> {
  const { kind, code, message, status, retryAfter, retryable } = problem.facts;
  const why = { tries, problem: { kind, code, message, status, retryAfter, retryable } };
  const verdict = verdictOf(problem);
  switch (verdict) {
    case 'later': {
      const pause = (pauses[Math.min(tries, pauses.length) - 1] ?? 0) * (1 - random / 2);
      return { ...why, state: 'waiting', retryAt: now + Math.ceil(Math.max(pause, retryAfter ?? 0)) };
    }
    case 'key':
      return { ...why, state: 'waiting', retryAt: undefined };
    case 'refused':
    case 'unsure':
      return { ...why, state: verdict };
  }
}
