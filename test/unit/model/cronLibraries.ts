import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import fc from 'fast-check';
import type { CronFinding } from '../../../src/model/cronCheck';
import { cronFields } from '../../../src/model/cronValue';

/** A reader of cron expressions that others wrote. */
export interface CronLibrary {
  name: string;
  /** The next times after `after`, in UTC; undefined for what it refuses. */
  next(expression: string, after: number, count: number): number[] | undefined;
  /** What it reads otherwise than we do; nothing else may be. */
  disagreements: readonly Disagreement[];
}

export interface Disagreement {
  why: string;
  example: string;
  /** When the example shows it, in milliseconds since 1970. */
  after?: number;
  /** It accepts what we find to be wrong, `text`, in an expression. */
  accepts?: (finding: CronFinding, text: string, expression: string) => boolean;
  /** It refuses, or reads otherwise, an expression that we accept. */
  differs?: (expression: string) => boolean;
  /** It may leave out this time, in milliseconds since 1970. */
  skips?: (time: number) => boolean;
}

export const croner: CronLibrary = {
  name: 'croner',
  next(expression, after, count) {
    let cron: Cron;
    try {
      // Eight times as quick as the time zone of that name, and the same.
      cron = new Cron(expression, { utcOffset: 0, mode: '5-part', paused: true });
    } catch {
      return undefined;
    }
    try {
      return cron.nextRuns(count, new Date(after)).map((date) => date.getTime());
    } catch {
      // For a day that never comes it calls itself month after month until the stack is full.
      return [];
    }
  },
  disagreements: [
    {
      why: 'it knows last days, nearest weekdays, the second Monday, and ? for any',
      example: '0 0 L * *',
      accepts: ({ kind }) => kind === 'otherDialect',
    },
    {
      why: 'it overlooks a comma too many beside an L',
      example: '0 0 L,1, * *',
      accepts: ({ kind }, text, expression) =>
        kind === 'badValue' && /^,+$/.test(text) && /(?:^|[ ,])L(?:[ ,]|$)/i.test(expression),
    },
    {
      why: 'it takes a step as long as the field, which comes to the start of the field alone',
      example: '*/60 * * * *',
      accepts: (finding, text) => finding.kind === 'badStep' && /^(?:60|24|7)$/.test(text),
    },
    {
      why: 'it takes the end of a range of weekdays that is SUN for the Sunday after',
      example: '0 0 * * FRI-SUN',
      accepts: (finding, text) => finding.kind === 'reversedRange' && /-SUN$/i.test(text),
    },
    {
      why: 'for the same reason Sunday to Sunday is the whole week to it',
      example: '0 0 * * SUN-SUN',
      differs: (expression) => /\b(?:SUN|0+)-SUN\b/i.test(expression),
    },
    {
      why: 'it looks at each value only, not at an end of a range that the step leaves out',
      example: '0 0 11-32/14 * *',
      accepts: (finding, text) => finding.kind === 'outOfRange' && /^\d+$/.test(text),
    },
    {
      why: 'it takes days that never come, and finds no time',
      example: '0 0 31 2 *',
      accepts: ({ kind }) => kind === 'neverMatches',
    },
    {
      why: 'it knows names of whole expressions',
      example: '@daily',
      accepts: ({ kind }) => kind === 'macro',
    },
    {
      why: 'it takes 31 February for 3 March when it looks for a day, and passes over the days before',
      example: '0 0 */15 * *',
      after: Date.parse('2019-02-16T12:00Z'),
      skips: isInLongerMonth,
    },
  ],
};

export const cronParser: CronLibrary = {
  name: 'cron-parser',
  next(expression, after, count) {
    try {
      const cron = CronExpressionParser.parse(expression, { currentDate: new Date(after), tz: 'UTC' });
      return Array.from({ length: count }, () => cron.next().getTime());
    } catch {
      return undefined;
    }
  },
  disagreements: [
    {
      why: 'it knows last days, the second Monday, ? for any, and H for a value by chance',
      example: '0 0 L * *',
      accepts: ({ kind }) => kind === 'otherDialect',
    },
    {
      why: 'it takes steps of any length, and reads 5/15 as from 5 on',
      example: '5/15 * * * *',
      accepts: (finding, text) => finding.kind === 'badStep' && !/\/0*$/.test(text) && !/^0+$/.test(text),
    },
    {
      why: 'it fills what is missing at the front, and takes seconds',
      example: '9 * * *',
      accepts: ({ kind }) => kind === 'notFive' || kind === 'sixFields',
    },
    {
      why: 'it knows names of whole expressions',
      example: '@daily',
      accepts: ({ kind }) => kind === 'macro',
    },
    {
      why: 'it refuses a value that is in a list twice',
      example: '0 9 1,1 * *',
      differs: (expression) => expression.split(' ').some(hasTwice),
    },
  ],
};

/** A day on or before the 31st of the month before, were that one so long. */
function isInLongerMonth(time: number): boolean {
  const date = new Date(time);
  const dayBefore = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0)).getUTCDate();
  return dayBefore + date.getUTCDate() <= 31;
}

/** Expands a list by itself, so that the exception is no wider than what it names. */
function hasTwice(field: string, index: number): boolean {
  const { least, most, names = [] } = cronFields[index] ?? { least: 0, most: 0 };
  const valueOf = (text = ''): number =>
    names.includes(text.toUpperCase()) ? least + names.indexOf(text.toUpperCase()) : Number(text);
  const values = field.split(',').flatMap((part) => {
    const [range = '', step = '1'] = part.split('/');
    const [from, to] = range === '*' ? [least, most] : [valueOf(range.split('-')[0]), valueOf(range.split('-').at(-1))];
    const count = Math.floor((to - from) / Number(step)) + 1;
    return Array.from({ length: count }, (_, at) => (from + at * Number(step)) % (index === 4 ? 7 : 60));
  });
  return field.includes(',') && new Set(values).size < values.length;
}

const int = (min: number, max: number) => fc.integer({ min, max }).map(String);

function field(index: number): fc.Arbitrary<string> {
  const { least, most, names = [] } = cronFields[index] ?? { least: 0, most: 0 };
  const named =
    names.length > 0 ? [fc.constantFrom(...names), fc.constantFrom(...names).map((name) => name.toLowerCase())] : [];
  const good = fc.oneof({ arbitrary: int(least, most), weight: 3 }, ...named);
  const value = fc.oneof({ arbitrary: good, weight: 40 }, int(most + 1, most + 3), int(0, least));
  const ordered = fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));
  const range = fc.oneof(
    { arbitrary: ordered.map((ends) => ends.toSorted((one, other) => one - other).join('-')), weight: 20 },
    fc.tuple(value, value).map((ends) => ends.join('-')),
  );
  const step = fc.oneof({ arbitrary: int(1, most), weight: 20 }, int(0, most + 3));
  const stepped = fc
    .tuple(fc.oneof({ arbitrary: fc.constant('*'), weight: 10 }, { arbitrary: range, weight: 10 }, value), step)
    .map((parts) => parts.join('/'));
  const odd = fc.constantFrom('L', '?', '15W', '1#2', 'H', '', 'x', '5-', '*-5', '$(x)', '1.5');
  const part = fc.oneof(
    { arbitrary: value, weight: 24 },
    { arbitrary: range, weight: 12 },
    { arbitrary: stepped, weight: 12 },
    odd,
  );
  return fc.oneof(
    { arbitrary: fc.constant('*'), weight: 4 },
    { arbitrary: part, weight: 8 },
    { arbitrary: fc.uniqueArray(int(least, most), { minLength: 2 }).map((parts) => parts.join(',')), weight: 1 },
    { arbitrary: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join(',')), weight: 1 },
  );
}

/** Most have five fields, and more than half are right; what is wrong is wrong in many ways. */
export const expressions: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc.tuple(field(0), field(1), field(2), field(3), field(4)).map((fields) => fields.join(' ')),
    weight: 30,
  },
  fc.array(fc.oneof(...cronFields.map((_, index) => field(index))), { maxLength: 7 }).map((fields) => fields.join(' ')),
  fc.constantFrom('@daily', '@hourly', '@reboot', '@every 5m'),
);
