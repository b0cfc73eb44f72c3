interface Field {
  least: number;
  most: number;
  /** Names of the values, from `least` on. */
  names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The fields of an expression in their order; `least` and `most` are what a number may be. */
export const cronFields: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: weekdays },
];

/** The places in `cronFields` of the two kinds of day. */
export const dayField = 2;
export const weekdayField = 4;

/**
 * A second Sunday: not in POSIX, but in Vixie cron and all that came of it, and in the libraries for JavaScript. Refusing it
 * would keep a schedule that the service has from being edited.
 */
export const sundayAgain = 7;

/** What is wrong with one value of the field in place `index`. */
export function valueProblem(text: string, index: number): 'badValue' | 'outOfRange' | undefined {
  const value = valueOf(text, index);
  if (Number.isNaN(value)) {
    return 'badValue';
  }
  const { least, most } = cronFields[index] ?? { least: 0, most: 0 };
  return value < least || value > (index === weekdayField ? sundayAgain : most) ? 'outOfRange' : undefined;
}

/** NaN for what is neither a number nor one of the field's names. */
export function valueOf(text: string, index: number): number {
  const { least, names = [] } = cronFields[index] ?? { least: 0 };
  const named = names.indexOf(text.toUpperCase());
  return named >= 0 ? least + named : /^\d+$/.test(text) ? Number(text) : NaN;
}

/** Each value that the field in place `index` can have is there, as `*` or `1-31` say. */
export function isWhole(values: ReadonlySet<number>, index: number): boolean {
  const { least, most } = cronFields[index] ?? { least: 0, most: 0 };
  return values.size === most - least + 1;
}

/** A range that ends before it begins, in two parts: `22-2` as `22-23,0-2`, `FRI-SUN` as `FRI-SAT,SUN`. */
export function bothEnds(first: string, last: string, index: number): string {
  const { least, most, names } = cronFields[index] ?? { least: 0, most: 0 };
  if (valueOf(first, index) > most) {
    return `${least}-${last}`;
  }
  const word = (value: number): string => names?.[value - least] ?? String(value);
  const isNamed = Number.isNaN(Number(first));
  const span = (from: string, to: string): string =>
    valueOf(from, index) === valueOf(to, index) ? from : `${from}-${to}`;
  const [top, bottom] = isNamed ? [word(most), word(least)] : [String(most), String(least)];
  return [span(first, top), span(bottom, last)].join(',');
}
