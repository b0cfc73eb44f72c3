import { type CronSets, longestMonths, readCron, tidyCron } from './cronCheck';
import { dayField, isWhole, weekdayField } from './cronValue';

/** What a person may not expect of the days of an expression. */
export type DayNote =
  /** Months (1 to 12) that are meant but have no such day; `isLeap`: February has it in leap years. */
  | { kind: 'passedOver'; months: number[]; isLeap: boolean }
  /** The same of one day that is written as such, in months that have others of the days. */
  | { kind: 'dayPassedOver'; day: number; months: number[]; isLeap: boolean }
  /**
   * One of two day fields begins with `*`, yet is not `*` alone. We take either kind of day, as the libraries for JavaScript
   * do; Vixie cron and cronie, and with a step of 1 the library for Go, take days that are both.
   */
  | { kind: 'readOtherwise' };

const february = 2;

/** None for what cannot be read. */
export function dayNotes(expression: string): DayNote[] {
  const cron = readCron(expression);
  if (!cron) {
    return [];
  }
  const { days, weekdays, isAnyWeekday } = cron;
  const [, , day = '', , weekday = ''] = tidyCron(expression).split(' ');
  const isEither = !cron.isAnyDay && !isAnyWeekday && !(isWhole(days, dayField) && isWhole(weekdays, weekdayField));
  return [
    ...(isAnyWeekday ? passedOver(day, cron) : []),
    ...(isEither && [day, weekday].some((field) => field.startsWith('*')) ? [{ kind: 'readOtherwise' } as const] : []),
  ];
}

function passedOver(field: string, { days, months }: CronSets): DayNote[] {
  const without = (day: number): number[] => [...months].filter((month) => day > commonLength(month));
  const isLeap = (day: number, missing: readonly number[]): boolean =>
    missing.includes(february) && day <= longestOf(february);
  const earliest = Math.min(...days);
  const whole = without(earliest);
  // Whoever writes 28-31 or 30,31 means the last days, however many there are.
  const alone = field.split(',').filter((part) => /^\d+$/.test(part) && !days.has(Number(part) - 1));
  const others = [...new Set(alone.map(Number))].filter((day) => day !== earliest);
  return [
    { kind: 'passedOver', months: whole, isLeap: isLeap(earliest, whole) } as const,
    ...others.map((day) => {
      const missing = without(day).filter((month) => !whole.includes(month));
      return { kind: 'dayPassedOver', day, months: missing, isLeap: isLeap(day, missing) } as const;
    }),
  ].filter(({ months: missing }) => missing.length > 0);
}

function longestOf(month: number): number {
  return longestMonths[month - 1] ?? 0;
}

function commonLength(month: number): number {
  return month === february ? longestOf(month) - 1 : longestOf(month);
}
