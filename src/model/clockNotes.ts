import { readCron } from './cronCheck';
import { nextTime, timesOfDay } from './cronTimes';

/** A change of the clocks after which a schedule, whose times are in UTC, runs at another local time. */
export interface ClockNote {
  /** When the clocks change, in milliseconds since 1970. */
  change: number;
  /** The first time after it, in milliseconds since 1970. */
  first: number;
  /** Minutes that the clocks are set: 60 in spring in Berlin, and the runs are as much later. */
  shift: number;
  /** What the clock would have shown at `first`: to be formatted as if it were a time in UTC. */
  was: number;
  /** What the clock shows at `first`: to be formatted as if it were a time in UTC. */
  becomes: number;
  /** It runs once a day at most, so that `was` and `becomes` say it all. */
  isOnlyTime: boolean;
}

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const minutesOfDay = 24 * 60;

/** Days that are looked ahead: whoever writes a schedule in winter hears of spring, but not of autumn as well. */
const ahead = 120;

/**
 * The changes of the clocks in the next months that are felt: there is a run before it and one behind. None for a time zone
 * that is not known. `after` in milliseconds since 1970.
 */
export function clockNotes(expression: string, zone: string, after: number): ClockNote[] {
  const cron = readCron(expression);
  const offset = offsetIn(zone);
  if (!cron || !offset || !Number.isFinite(new Date(after + ahead * day).getTime())) {
    return [];
  }
  const inDay = timesOfDay(cron).map((time) => time / minute);
  const isEveryDay = cron.isAnyDay && cron.isAnyWeekday && cron.months.size === 12;
  const notes: ClockNote[] = [];
  let since = after;
  for (const change of changes(offset, after)) {
    const shift = (offset(change) - offset(change - second)) / minute;
    const first = nextTime(expression, change - 1);
    const isFelt =
      (nextTime(expression, since) ?? Infinity) < change && first !== undefined && first < after + ahead * day;
    if (isFelt && !(isEveryDay && isSameShifted(inDay, shift))) {
      const becomes = first + offset(first);
      notes.push({ change, first, shift, was: becomes - shift * minute, becomes, isOnlyTime: inDay.length === 1 });
    }
    since = change;
  }
  return notes;
}

/** As every hour is where the clocks are set by a whole one. */
function isSameShifted(times: readonly number[], shift: number): boolean {
  const known = new Set(times);
  return times.every((time) => known.has((time + shift + minutesOfDay) % minutesOfDay));
}

/** When the offset is another one than before, to the second. */
function changes(offset: (time: number) => number, after: number): number[] {
  const found: number[] = [];
  for (let start = after; start < after + ahead * day; start += day) {
    if (offset(start) === offset(start + day)) {
      continue;
    }
    let [before, behind] = [Math.floor(start / second), Math.ceil((start + day) / second)];
    while (behind - before > 1) {
      const middle = Math.floor((before + behind) / 2);
      if (offset(middle * second) === offset(start)) {
        before = middle;
      } else {
        behind = middle;
      }
    }
    found.push(behind * second);
  }
  return found;
}

/** Milliseconds to add to UTC to get the time of the zone; undefined for a zone that is not known. */
function offsetIn(zone: string): ((time: number) => number) | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    return (time) => {
      const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
      const get = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
      const local = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
      return local - Math.floor(time / second) * second;
    };
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}
