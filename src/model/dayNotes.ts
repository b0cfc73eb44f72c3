import { longestMonths, readCron, tidyCron } from './cronCheck';
import { dayField, isWhole, weekdayField } from './cronValue';

/** What a person may not expect of the days of an expression. */
export type DayNote =
  /** Months (1 to 12) that are meant but have no such day; `isLeap`: February has it in leap years. */
  | { kind: 'passedOver'; months: number[]; isLeap: boolean }
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
  const { days, months, weekdays, isAnyWeekday } = cron;
  const earliest = Math.min(...days);
  const commonMonths = longestMonths.map((length, index) => (index + 1 === february ? length - 1 : length));
  const passed = isAnyWeekday ? [...months].filter((month) => earliest > (commonMonths[month - 1] ?? 0)) : [];
  const isLeap = passed.includes(february) && earliest <= (longestMonths[february - 1] ?? 0);
  const [, , day = '', , weekday = ''] = tidyCron(expression).split(' ');
  const isEither = !cron.isAnyDay && !isAnyWeekday && !(isWhole(days, dayField) && isWhole(weekdays, weekdayField));
  return [
    ...(passed.length > 0 ? [{ kind: 'passedOver', months: passed, isLeap } as const] : []),
    ...(isEither && [day, weekday].some((field) => field.startsWith('*')) ? [{ kind: 'readOtherwise' } as const] : []),
  ];
}
