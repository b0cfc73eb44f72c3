import type { Schedule } from '../oz/types';
import { nextTime } from './cronTimes';

/**
 * When a schedule runs next, in milliseconds since 1970; undefined for one that is paused or never runs again. The service's own
 * time wins until it has passed.
 * @param now milliseconds since 1970 by the service's clock
 */
export function nextStart(
  { enabled, cron_schedule: cron, history }: Pick<Schedule, 'enabled' | 'cron_schedule' | 'history'>,
  now: number,
): number | undefined {
  if (!enabled) {
    return undefined;
  }
  const told = Date.parse(history?.next_run ?? '');
  return told > now ? told : nextTime(cron, now);
}
