/** Waits between tries, in milliseconds. */
const shortest = 500;
const longest = 60_000;
/** From this many failures in a row the service counts as down. */
const failuresThatMeanDown = 3;

/**
 * Milliseconds until the next request after `failures` (from 1) failed ones in a row, all callers together. At first full
 * jitter, so that many editors do not come back in step; once the service is down a steady interval that grows to a minute,
 * which bounds what an outage costs. `random` is between 0 and 1.
 */
export function backOff(failures: number, random: number): number {
  const ceiling = Math.min(longest, shortest * 3 ** failures);
  return failures < failuresThatMeanDown ? shortest + random * (ceiling - shortest) : ceiling * (0.9 + random * 0.1);
}

/** Milliseconds before a cancel is sent again, after `tries` (from 1): a run that is being prepared can soon be cancelled. */
export function conflictWait(tries: number, random: number): number {
  return 1000 * 2 ** (tries - 1) * (0.5 + random * 0.5);
}

/**
 * Milliseconds that `Retry-After` asks for, in both of its forms and of any length, or undefined. A date is read by the
 * service's own clock (`Date`), where the answer has it.
 */
export function retryAfterOf(header: (name: string) => string | null, now: number): number | undefined {
  const value = header('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) {
    return Math.min(Math.ceil(Number(value) * 1000), Number.MAX_SAFE_INTEGER);
  }
  // A date has letters; `Date.parse` would also take "-5".
  const at = /^[a-z]{3}/i.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(at)) {
    return undefined;
  }
  const serverNow = Date.parse(header('date') ?? '');
  return Math.max(0, at - (Number.isNaN(serverNow) ? now : serverNow));
}
