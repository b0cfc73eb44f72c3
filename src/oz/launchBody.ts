import type { LaunchRequest } from './types';

/** The body of a launch, byte for byte. On lines, so that a person can be shown the very same before it is sent. */
export function launchBody(request: LaunchRequest): string {
  return JSON.stringify(request, undefined, 2);
}
