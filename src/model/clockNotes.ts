import { type CronSets, readCron } from './cronCheck';
import { daysOf, nextTime, timesOfDay } from './cronTimes';
import { isZone } from './zoneFormats';
import { zoneOffset } from './zoneOffset';

/** A change of the clocks after which a schedule, whose times are in UTC, runs at another local time. */
export interface ClockNote {
  /** When the clocks change, in milliseconds since 1970. */
  change: number;
  /** Minutes that the clocks are set: 60 in spring in Berlin, and the runs are as much later. */
  shift: number;
  /** What the clock would have shown at the first run after it: to be formatted as if it were a time in UTC. */
  was: number;
  /** What the clock shows at that run: to be formatted as if it were a time in UTC. */
  becomes: number;
  /** It runs once a day at most, so that `was` and `becomes` say it all. */
  isOnlyTime: boolean;
}

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** Days that are looked ahead: whoever writes a schedule in winter hears of spring, but not of autumn as well. */
const ahead = 120;

/** One for each way the clocks are set: what comes after them is the same again. */
const mostNotes = 2;

/**
 * The first changes of the clocks that are felt: there is a run before it and one behind, and other times of day are on the
 * clock. None for a time zone that is not known.
 * @param after milliseconds since 1970
 * @param shown the last time that the person sees, in milliseconds since 1970: it is looked ahead so far at least
 */
export function clockNotes(expression: string, zone: string, after: number, shown = after): ClockNote[] {
  const cron = readCron(expression);
  const end = Math.max(after + ahead * day, shown);
  if (!cron || !isZone(zone) || !Number.isFinite(new Date(end).getTime())) {
    return [];
  }
  let before = nextTime(expression, after);
  if (before === undefined) {
    return [];
  }
  const offset = zoneOffset(zone);
  const inDay = timesOfDay(cron);
  const notes: ClockNote[] = [];
  for (const time of edges(cron, inDay, before)) {
    if (before >= end || notes.length === mostNotes) {
      break;
    }
    if (offset(before) !== offset(time)) {
      const change = lastChange(offset, before, time);
      const first = nextTime(expression, change - 1) ?? time;
      const [was, becomes] = [first + offset(before), first + offset(first)];
      if (first <= end && !isSameShifted(inDay, becomes - was)) {
        notes.push({ change, shift: (becomes - was) / minute, was, becomes, isOnlyTime: inDay.length === 1 });
      }
    }
    before = time;
  }
  return notes;
}

/** The first and the last time of each day after `after`: between the two, the clocks are set once at most. */
function* edges(cron: CronSets, inDay: readonly number[], after: number): Generator<number> {
  const times = new Set([inDay[0] ?? 0, inDay.at(-1) ?? 0]);
  for (const start of daysOf(cron, after)) {
    for (const time of times) {
      if (start + time > after) {
        yield start + time;
      }
    }
  }
}

/** As every hour is where the clocks are set by a whole one. */
function isSameShifted(times: readonly number[], shift: number): boolean {
  const known = new Set(times);
  return times.every((time) => known.has((((time + shift) % day) + day) % day));
}

/** When the offset became what it is at `behind`, to the second; it is another one at `before`. */
function lastChange(offset: (time: number) => number, before: number, behind: number): number {
  let [other, same] = [Math.floor(before / second), Math.floor(behind / second)];
  while (same - other > 1) {
    const middle = Math.floor((other + same) / 2);
    if (offset(middle * second) === offset(behind)) {
      same = middle;
    } else {
      other = middle;
    }
  }
  return same * second;
}
