import { isDeepStrictEqual } from 'node:util';
import type { Schedule } from '../oz/types';
import { formOf } from './scheduleForm';
import { spawnHelp } from './spawnHelp';

/**
 * The schedules of which what kept them from starting a run was changed, and which did not try again since. The service does not
 * say so: its error stays until the next try, and it does not say when it was.
 */
export class ChangedSinceFailure {
  readonly #ids = new Set<string>();

  has(scheduleId: string): boolean {
    return this.#ids.has(scheduleId);
  }

  /** A schedule as it was and as it is now; either may be missing. */
  note(before: Schedule | undefined, now: Schedule | undefined): void {
    const error = now?.last_spawn_error;
    if (!before || !now || !error || error !== before.last_spawn_error) {
      this.#ids.delete(now?.id ?? before?.id ?? '');
    } else if (hasChanged(error, before, now)) {
      this.#ids.add(now.id);
    } else if (hasTried(before, now)) {
      this.#ids.delete(now.id);
    }
  }

  clear(): void {
    this.#ids.clear();
  }
}

/** What the error is about is another now; where that is not known, anything that makes a run. */
function hasChanged(error: string, before: Schedule, now: Schedule): boolean {
  const help = spawnHelp(error);
  if (typeof help !== 'object') {
    return false;
  }
  const part = (schedule: Schedule): unknown => {
    const { prompt, skill, environment, model, config, newer } = formOf(schedule);
    const parts = { prompt, skill, environment, model };
    return help.field ? parts[help.field] : { ...parts, config, newer };
  };
  return !isDeepStrictEqual(part(before), part(now));
}

/** Each try moves the next time; so do other times, and pausing. */
function hasTried(before: Schedule, now: Schedule): boolean {
  return (
    before.enabled &&
    now.enabled &&
    before.cron_schedule === now.cron_schedule &&
    before.history?.next_run !== now.history?.next_run
  );
}
