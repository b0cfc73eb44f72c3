import { readCron, tidyCron } from './cronCheck';
import { timesOfDay } from './cronTimes';
import { cronFields, dayField } from './cronValue';

/** A step such as `*`/7 that begins anew before it has come all the way: it is a shorter one there. */
export type StepNote =
  /** `last` of an hour, before it begins anew with 0. */
  | { kind: 'minutes'; last: number }
  /** Times of day in UTC, in milliseconds. */
  | { kind: 'hours'; first: number; last: number }
  /** The last one depends on the month. */
  | { kind: 'days' }
  /** From 1 to 12, before it begins anew with 1. */
  | { kind: 'months'; last: number }
  /** From Sunday (0) on, before it begins anew with that. */
  | { kind: 'weekdays'; last: number };

/** None for what cannot be read. */
export function stepNotes(expression: string): StepNote[] {
  const cron = readCron(expression);
  if (!cron) {
    return [];
  }
  const inDay = timesOfDay(cron);
  const notes: StepNote[] = [
    { kind: 'minutes', last: Math.max(...cron.minutes) },
    { kind: 'hours', first: inDay[0] ?? 0, last: inDay.at(-1) ?? 0 },
    { kind: 'days' },
    { kind: 'months', last: Math.max(...cron.months) },
    { kind: 'weekdays', last: Math.max(...cron.weekdays) },
  ];
  const fields = tidyCron(expression).split(' ');
  return notes.filter((_, index) => isUneven(fields[index] ?? '', index));
}

/** Months are not of one length: no step is even with all of them. */
function isUneven(field: string, index: number): boolean {
  const [, step] = /^\*\/(\d+)$/.exec(field) ?? [];
  const { least, most } = cronFields[index] ?? { least: 0, most: 0 };
  const by = Number(step ?? 1);
  return by > 1 && (index === dayField || (most - least + 1) % by !== 0);
}
