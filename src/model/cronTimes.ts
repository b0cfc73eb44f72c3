import { type CronSets, readCron } from './cronCheck';

const minute = 60_000;
const day = 24 * 60 * minute;

/** No Date is later. */
const endOfTime = 8.64e15;

/** From 29 February 2096 to that of 2104: what is not found by then does not come. */
const longestGap = 8 * 366;

/** The first time after `after` (ms since 1970), or undefined when there is none or the expression cannot be read. */
export function nextTime(expression: string, after: number): number | undefined {
  return nextTimes(expression, after, 1)[0];
}

/** The next times after `after`, at most `count`; fewer when there are no more. All in milliseconds since 1970. */
export function nextTimes(expression: string, after: number, count: number): number[] {
  return timesFrom(expression, (Math.floor(after / minute) + 1) * minute, endOfTime, count);
}

/** The times from `from` on and before `to`, in order, at most `most` of them. All in milliseconds since 1970. */
export function timesWithin(expression: string, from: number, to: number, most: number): number[] {
  return timesFrom(expression, Math.ceil(from / minute) * minute, Math.min(to, endOfTime), most);
}

function timesFrom(expression: string, from: number, to: number, most: number): number[] {
  const cron = readCron(expression);
  const times: number[] = [];
  if (!cron || Number.isNaN(to)) {
    return times;
  }
  const inDay = timesOfDay(cron);
  for (const start of daysOf(cron, from)) {
    if (start >= to) {
      break;
    }
    for (const time of inDay) {
      if (times.length >= most || start + time >= to) {
        return times;
      }
      if (start + time >= from) {
        times.push(start + time);
      }
    }
  }
  return times;
}

/** The starts of the days that are meant, from the one of `from` on, in milliseconds since 1970; it ends when no more come. */
export function* daysOf(cron: CronSets, from: number): Generator<number> {
  // What is no day that a Date can be, matches nothing.
  let empty = 0;
  for (let start = Math.floor(from / day) * day; start <= endOfTime && empty <= longestGap; start += day) {
    if (isDay(cron, new Date(start))) {
      empty = 0;
      yield start;
    } else {
      empty += 1;
    }
  }
}

/** In milliseconds since the day's start, in order. */
export function timesOfDay({ hours, minutes }: CronSets): number[] {
  const inHour = inOrder(minutes);
  return inOrder(hours).flatMap((hour) => inHour.map((past) => (hour * 60 + past) * minute));
}

function inOrder(values: ReadonlySet<number>): number[] {
  return [...values].sort((one, other) => one - other);
}

/** With both kinds of day given, either will do, as in classic cron. */
function isDay({ days, months, weekdays, isAnyDay, isAnyWeekday }: CronSets, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) {
    return false;
  }
  const isOfMonth = days.has(date.getUTCDate());
  const isOfWeek = weekdays.has(date.getUTCDay());
  return isAnyDay || isAnyWeekday ? isOfMonth && isOfWeek : isOfMonth || isOfWeek;
}
