import { bothEnds, cronFields, dayField, sundayAgain, valueOf, valueProblem, weekdayField } from './cronValue';

/** The most characters of a cron expression. */
export const maxCronLength = 200;

/**
 * What is wrong with a cron expression, and where: from the character `start` to before `end`. `instead` can be put in that
 * place; `field` counts from 0.
 */
export type CronFinding = { start: number; end: number; instead?: string } & (
  | { kind: 'notFive'; count: number }
  | { kind: 'sixFields' } // seconds at the front, or a year at the end; one for each where either may be meant
  | { kind: 'zone' } // `TZ=Europe/Berlin 0 9 * * *`
  | { kind: 'macro' } // `@daily`
  | { kind: 'tooLong' }
  | { kind: 'badValue'; field: number }
  | { kind: 'outOfRange'; field: number }
  | { kind: 'badStep'; field: number }
  | { kind: 'reversedRange'; field: number }
  | { kind: 'otherDialect'; field: number } // `L`, `15W`, `MON#2`, `?`, `H`
  | { kind: 'neverMatches' }
);

/** Of January on, in a leap year. */
export const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** The last one of a month, the nearest weekday, the second Monday, "no value", and a value by a hash. */
const otherDialect = /^(?:\?|L|LW|L-\d+|\d+W|(?:\d|[a-z]{3})L|(?:\d|[a-z]{3})#.*|H(?:\(.*\))?(?:\/\d+)?)$/i;

/** Where Vixie cron and the library for Go let one say a time zone. */
const zonePrefix = /^(?:CRON_)?TZ=/i;
const utcPrefix = /=["']?(?:Etc\/)?(?:UTC|GMT|Zulu)["']?$/i;

/** The times of an expression, in UTC; a value is in its set. */
export interface CronSets {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  /** The field is `*`: then the other one alone says which days, while two that are given mean either. */
  isAnyDay: boolean;
  isAnyWeekday: boolean;
}

/**
 * What the service would refuse, or would never do, in an expression that a person writes; in the order of the text. The
 * service documents the five fields of classic cron, so the additions of others are not let through.
 */
export function checkCron(expression: string): CronFinding[] {
  return read(expression).findings;
}

/** Undefined when anything is wrong with the expression. */
export function readCron(expression: string): CronSets | undefined {
  const { findings, sets } = read(expression);
  return findings.length === 0 ? sets : undefined;
}

/** The expression with one space between its fields, as it is sent. */
export function tidyCron(expression: string): string {
  return expression.trim().replace(/\s+/g, ' ');
}

function read(expression: string): { findings: CronFinding[]; sets?: CronSets } {
  const text = expression.trimEnd();
  const start = text.length - text.trimStart().length;
  if (text.length - start > maxCronLength) {
    return { findings: [{ kind: 'tooLong', start: start + maxCronLength, end: text.length }] };
  }
  const words = Array.from(text.matchAll(/\S+/g), (match) => ({ text: match[0], start: match.index }));
  const notFive = countFindings(words, text.slice(start), start, text.length);
  if (notFive.length > 0) {
    return { findings: notFive };
  }
  const findings: CronFinding[] = [];
  const better = withoutNoValue(words.map((word) => word.text));
  const [minutes, hours, days, monthSet, weekdaySet] = words.map((word, index) => {
    const instead = better[index];
    if (instead !== undefined && instead !== word.text) {
      findings.push({
        kind: 'otherDialect',
        field: index,
        start: word.start,
        end: word.start + word.text.length,
        instead,
      });
      return new Set<number>();
    }
    return fieldValues(word.text, word.start, index, findings);
  });
  const [, , day, month, weekday] = words;
  if (!minutes || !hours || !days || !monthSet || !weekdaySet || !day || !month || !weekday) {
    return { findings };
  }
  const sets: CronSets = {
    ...{ minutes, hours, days, months: monthSet, weekdays: weekdaySet },
    isAnyDay: day.text === '*',
    isAnyWeekday: weekday.text === '*',
  };
  if (findings.length === 0 && !hasDay(sets)) {
    findings.push({ kind: 'neverMatches', start: day.start, end: month.start + month.text.length });
  }
  return { findings, sets };
}

interface Word {
  text: string;
  start: number;
}

function countFindings(words: readonly Word[], text: string, start: number, end: number): CronFinding[] {
  if (text.startsWith('@')) {
    const instead = macros[text.toLowerCase()];
    return [{ kind: 'macro', start, end, ...(instead !== undefined && { instead }) }];
  }
  const [first = { text: '', start }, second] = words;
  if (zonePrefix.test(first.text)) {
    const isUtc = utcPrefix.test(first.text) && second !== undefined;
    return [
      isUtc
        ? { kind: 'zone', start: first.start, end: second.start, instead: '' }
        : { kind: 'zone', start: first.start, end: first.start + first.text.length },
    ];
  }
  if (words.length === cronFields.length) {
    return [];
  }
  if (words.length === cronFields.length + 1) {
    return sixFieldsFindings(words);
  }
  return [{ kind: 'notFive', count: words.length, start: words[cronFields.length]?.start ?? start, end }];
}

/** A `*` at the end may be a year as well as a day of the week: then all is offered that could be. */
function sixFieldsFindings(words: readonly Word[]): CronFinding[] {
  const last = words.at(-1)?.text ?? '';
  if (/^\d{4}\b/.test(last)) {
    return [sixFieldsFinding(words, true)];
  }
  const seconds = sixFieldsFinding(words, false);
  const either = last === '*' ? [seconds, sixFieldsFinding(words, true)] : [seconds];
  const fine = either.filter(({ instead }) => instead !== undefined);
  return fine.length > 0 ? fine : [seconds];
}

/** Seconds or a year, and all words up to where another one is to be replaced as well. */
function sixFieldsFinding(words: readonly Word[], isYear: boolean): CronFinding {
  const five = (isYear ? words.slice(0, -1) : words.slice(1)).map(({ text }) => text);
  const better = withoutNoValue(five);
  const isFine = checkCron(better.join(' ')).length === 0;
  const others = words.flatMap(({ text }, index) => (isFine && text === '?' ? [index] : []));
  const [from, to] = isYear ? [others[0] ?? five.length, five.length] : [0, others.at(-1) ?? 0];
  const [first = { text: '', start: 0 }, last = first] = [words[from], words[to]];
  return {
    ...{ kind: 'sixFields', start: first.start, end: last.start + last.text.length },
    ...(isFine && { instead: better.slice(from, to).join(' ') }),
  };
}

/**
 * The five fields with `*` for the `?` of one kind of day. Not beside a numbered weekday: for programs that know `?` the week
 * begins with 1.
 */
function withoutNoValue(five: readonly string[]): string[] {
  const isNumbered = /\d/.test(five[weekdayField] ?? '');
  return five.map((text, index) =>
    text === '?' && !isNumbered && (index === dayField || index === weekdayField) ? '*' : text,
  );
}

/** The values of one field; what is wrong with it is added to `findings`. */
function fieldValues(text: string, start: number, index: number, findings: CronFinding[]): Set<number> {
  const values = new Set<number>();
  const parts = text.split(',');
  const firstEmpty = parts.indexOf('');
  let at = start;
  for (const [place, part] of parts.entries()) {
    const finding = part === '' ? undefined : readPart(part, at, index, values);
    if (finding) {
      findings.push(finding);
    }
    if (place === firstEmpty) {
      // Only the commas around it can be marked, and once for the field says it.
      const [from, to] = [Math.max(at - 1, start), Math.min(at + 1, start + text.length)];
      findings.push({ kind: 'badValue', field: index, start: from, end: to });
    }
    at += part.length + 1;
  }
  return values;
}

/** `*`, `5`, `1-5` or `MON-FRI`, and the first and the last of these with a step as well. */
function readPart(part: string, start: number, index: number, values: Set<number>): CronFinding | undefined {
  const field = cronFields[index] ?? { least: 0, most: 0 };
  const end = start + part.length;
  if (otherDialect.test(part)) {
    return { kind: 'otherDialect', field: index, start, end };
  }
  const [range, step] = cutAt(part, '/');
  const [first, last] = range === '*' ? [undefined] : cutAt(range, '-');
  for (const [text, place] of [
    [first, start],
    [last, start + (first?.length ?? 0) + 1],
  ] as const) {
    const kind = text === undefined ? undefined : valueProblem(text, index);
    if (text !== undefined && kind) {
      // Of "-5" and "5-" what is there is marked.
      const isThere = text !== '';
      return { kind, field: index, start: isThere ? place : start, end: isThere ? place + text.length : end };
    }
  }
  const from = first === undefined ? field.least : valueOf(first, index);
  const to = last === undefined ? (first === undefined ? field.most : from) : valueOf(last, index);
  if (from > to) {
    const rangeEnd = start + range.length;
    const instead = step === undefined ? bothEnds(first ?? '', last ?? '', index) : undefined;
    return { kind: 'reversedRange', field: index, start, end: rangeEnd, ...(instead !== undefined && { instead }) };
  }
  if (step !== undefined) {
    const by = /^\d+$/.test(step) ? Number(step) : 0;
    // A step past the end comes to its start alone: whoever writes */90 wants something else.
    if (by < 1 || by > field.most) {
      return { kind: 'badStep', field: index, start: step ? end - step.length : start, end };
    }
    if (first !== undefined && last === undefined) {
      // Some take it for "from 5 on", some for 5 alone, and others refuse it.
      const instead = from > field.most ? undefined : `${first}-${field.most}/${step}`;
      return { kind: 'badStep', field: index, start, end, ...(instead !== undefined && { instead }) };
    }
  }
  for (let value = from; value <= to; value += Number(step ?? 1)) {
    values.add(index === weekdayField && value === sundayAgain ? 0 : value);
  }
  return undefined;
}

/** The text before and behind the first separator; one that is not there gives the text alone. */
function cutAt(text: string, separator: string): [before: string, behind?: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Whether any day is meant: 31 February is none, and 29 February is one. */
function hasDay({ days, months: monthSet, isAnyWeekday }: CronSets): boolean {
  const earliest = Math.min(...days);
  return !isAnyWeekday || [...monthSet].some((month) => earliest <= (longestMonths[month - 1] ?? 0));
}
