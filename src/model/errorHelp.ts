import type { Run } from '../oz/types';
import { canRunAgain } from './runAgain';

/** The one step that helps after an error: what a button leads to. */
export type ErrorHelp =
  | 'topUp' // the page with the plan, its credits and its limits
  | 'connect' // the page where the service is connected with GitHub and others
  | 'environment'
  | 'key'
  | 'retry'
  | 'browser'; // the run's own page says more

/** The error codes known: those that runs and answers have in common, and those of the header `X-Warp-Error-Code`. */
export type ErrorCode =
  NonNullable<NonNullable<Run['status_message']>['error_code']> | 'out_of_credits' | 'at_cloud_agent_capacity';

/** What each code asks for; for the others `retryable` decides. */
const helps: Record<ErrorCode, ErrorHelp | undefined> = {
  insufficient_credits: 'topUp',
  budget_exceeded: 'topUp',
  out_of_credits: 'topUp',
  feature_not_available: 'topUp',
  external_authentication_required: 'connect',
  integration_disabled: 'connect',
  integration_not_configured: 'connect',
  authentication_required: 'key',
  environment_setup_failed: 'environment',
  conflict: 'retry',
  resource_unavailable: 'retry',
  internal_error: 'retry',
  at_cloud_agent_capacity: 'retry',
  not_authorized: undefined,
  invalid_request: undefined,
  resource_not_found: undefined,
  operation_not_supported: undefined,
  content_policy_violation: undefined,
  infrastructure_timeout: undefined,
  agent_process_failed: undefined,
  agent_stream_network_error: undefined,
  agent_stream_failure: undefined,
};

/** Causes that only a person can remove: before that, trying again gives the same. */
const personal: ReadonlySet<ErrorHelp | undefined> = new Set<ErrorHelp>(['topUp', 'connect', 'key']);

/** True for a code that is known; a service that is newer has others. */
export function isErrorCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(helps, code);
}

/**
 * The help for an error code in snake_case, which may be one that is not known yet; undefined when nothing is known to help.
 * `retryable`: the service's own word, which goes before what is known of the code.
 */
export function helpForCode(code: string | undefined, retryable?: boolean): ErrorHelp | undefined {
  const help = isErrorCode(code) ? helps[code] : undefined;
  if (personal.has(help)) {
    return help;
  }
  if (retryable === true) {
    return 'retry';
  }
  return help === 'retry' && retryable === false ? undefined : help;
}

/** The known error code that a text from the service has in it; undefined when there is none. */
export function errorCodeIn(text: string): ErrorCode | undefined {
  const words = text.slice(0, 2000).match(/[a-z]+(?:_[a-z]+)*/g) ?? [];
  // `conflict` alone is a word like any other.
  return words.filter((word) => word.includes('_')).find(isErrorCode);
}

/**
 * The help for a run that failed or is blocked, where it says why; undefined for all others. `retry` means: run it again.
 */
export function runHelp(run: Run): ErrorHelp | undefined {
  const { state, status_message: said } = run;
  const hasFailed = state === 'FAILED' || state === 'ERROR';
  if (!said || !(hasFailed || state === 'BLOCKED')) {
    return undefined;
  }
  const help = helpForCode(said.error_code, said.retryable);
  if (help !== undefined && (help !== 'retry' || (hasFailed && canRunAgain(run)))) {
    return help;
  }
  // A blocked run is not broken: its conversation has what it asks.
  return hasFailed ? 'browser' : undefined;
}
