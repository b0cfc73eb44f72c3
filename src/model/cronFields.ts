/** The most characters of a cron expression. */
export const maxCronLength = 200;

/** What is wrong with a cron expression: not five fields, or which field (from 0) cannot be read. */
export type CronComplaint = { kind: 'notFive'; count: number } | { kind: 'field'; index: number; text: string };

interface Field {
  least: number;
  most: number;
  /** Names of the values, from `least` on. */
  names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** In their order; `least` and `most` are what a number may be. */
export const cronFields: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: weekdays },
];

/** `*`, `5`, `1-5` or `MON-FRI`, each with a step (`*` + `/15`) or without. */
const part = /^(?:\*|([0-9]{1,3}|[a-z]{3})(?:-([0-9]{1,3}|[a-z]{3}))?)(?:\/([0-9]{1,3}))?$/i;

/**
 * What the service would refuse in an expression that a person writes: it documents the five fields of classic cron, so the
 * additions of others (`@daily`, seconds, `L`, `W`, `#`, `?`) are not let through. Undefined when nothing is wrong.
 */
export function cronComplaint(expression: string): CronComplaint | undefined {
  const texts = expression.trim().slice(0, maxCronLength).split(/\s+/).filter(Boolean);
  if (texts.length !== cronFields.length || expression.trim().length > maxCronLength) {
    return { kind: 'notFive', count: texts.length };
  }
  const index = cronFields.findIndex(
    (field, place) => !(texts[place] ?? '').split(',').every((one) => isPart(one, field)),
  );
  return index < 0 ? undefined : { kind: 'field', index, text: texts[index] ?? '' };
}

function isPart(text: string, field: Field): boolean {
  const [all, first, last, step] = part.exec(text) ?? [];
  if (all === undefined || (step !== undefined && !(Number(step) >= 1 && Number(step) <= field.most))) {
    return false;
  }
  const from = first === undefined ? field.least : valueOf(first, field);
  const to = last === undefined ? from : valueOf(last, field);
  return from !== undefined && to !== undefined && from <= to;
}

/** Undefined for what the field cannot be. */
function valueOf(text: string, { least, most, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named < 0 ? (/^[0-9]+$/.test(text) ? Number(text) : NaN) : least + named;
  return value >= least && value <= most ? value : undefined;
}

export type CronPresetKind = 'hourly' | 'daily' | 'weekdays' | 'weekly' | 'monthly';

/** Minutes after midnight at which a day's work begins. */
const morning = 9 * 60;

/**
 * Usual times, in UTC: nine in the morning where the person is, or the nearest later time that is on the same day in UTC, so
 * that a Monday stays one.
 * @param offset minutes to add to the local time to get UTC, as `Date.getTimezoneOffset` says
 */
export function cronPresets(offset: number): { kind: CronPresetKind; expression: string }[] {
  const minutes = Math.max(morning + offset, 0);
  const time = `${minutes % 60} ${Math.floor(minutes / 60)}`;
  return [
    { kind: 'hourly', expression: '0 * * * *' },
    { kind: 'daily', expression: `${time} * * *` },
    { kind: 'weekdays', expression: `${time} * * 1-5` },
    { kind: 'weekly', expression: `${time} * * 1` },
    { kind: 'monthly', expression: `${time} 1 * *` },
  ];
}
