import { readCron } from './cronCheck';
import { nextTime, timesOfDay } from './cronTimes';
import { dayField, isWhole, weekdayField } from './cronValue';
import { isZone } from './zoneFormats';
import { zoneOffset } from './zoneOffset';

/** Where the person is, it is another day than in UTC when a schedule runs that has days of its own. */
export interface LocalDays {
  /** The local day is the one before (-1) or behind (1) that in UTC. */
  shift: -1 | 1;
  /** At all of its times of day, not at some of them only. */
  isAlways: boolean;
  /** From Sunday (0) on, as they are there; where weekdays alone say the days, and it is so always. */
  weekdays?: number[];
}

const day = 86_400_000;

/**
 * Undefined where the days are the same, or all of them, or the zone is not known. As the clocks are at the next run.
 * @param after milliseconds since 1970
 */
export function localDays(expression: string, zone: string, after: number): LocalDays | undefined {
  const cron = readCron(expression);
  const next = nextTime(expression, after);
  if (!cron || next === undefined || !isZone(zone)) {
    return undefined;
  }
  const [isEveryDay, isEveryWeekday] = [isWhole(cron.days, dayField), isWhole(cron.weekdays, weekdayField)];
  const isBoth = cron.isAnyDay || cron.isAnyWeekday;
  if (isBoth ? isEveryDay && isEveryWeekday : isEveryDay || isEveryWeekday) {
    return undefined;
  }
  const offset = zoneOffset(zone)(next);
  const moves = timesOfDay(cron).map((time) => Math.floor((time + offset) / day));
  const moved = moves.find((days) => days !== 0);
  if (moved === undefined) {
    return undefined;
  }
  const shift = moved < 0 ? -1 : 1;
  const isAlways = moves.every((days) => days === moved);
  const weekdays = [...cron.weekdays].map((weekday) => (weekday + shift + 7) % 7).sort((one, other) => one - other);
  return { shift, isAlways, ...(isAlways && isBoth && isEveryDay && { weekdays }) };
}
