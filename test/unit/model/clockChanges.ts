import fc from 'fast-check';

/** Of all comparisons with libraries: always the same one, so that a change is to blame for what fails. CRON_SEED for others. */
export const seed = Number(process.env.CRON_SEED ?? 2026);

const day = 86_400_000;

interface Zone {
  /** Some of the moments at which the clocks were or will be set. */
  changes: readonly string[];
  /** Minutes that the clocks are before UTC, in all times of `moments`. */
  offsets: readonly number[];
}

/** Where people set their clocks, by an hour or by half of one, once or twice a year, or not at all. */
export const zones: Readonly<Record<string, Zone>> = {
  'Europe/Berlin': { changes: ['2026-10-25T01:00Z', '2027-03-28T01:00Z'], offsets: [60, 120] },
  'America/New_York': { changes: ['2026-11-01T06:00Z', '2027-03-14T07:00Z'], offsets: [-300, -240] },
  'Australia/Lord_Howe': { changes: ['2026-04-04T15:00Z', '2026-10-03T15:30Z'], offsets: [630, 660] },
  'Africa/Casablanca': { changes: ['2026-02-15T02:00Z', '2026-03-22T02:00Z'], offsets: [60, 0] },
  'America/Sao_Paulo': { changes: ['2018-11-04T03:00Z', '2019-02-17T02:00Z'], offsets: [-180, -120] },
  'Asia/Kolkata': { changes: [], offsets: [330] },
};

/** Milliseconds since 1970 from 2018 to 2036, many of them shortly before or behind one of the changes. */
export function moments(changes: readonly string[]): fc.Arbitrary<number> {
  const any = fc.integer({ min: Date.parse('2020-01-01T00:00Z'), max: Date.parse('2036-01-01T00:00Z') });
  const near = changes.map((change) =>
    fc.integer({ min: Date.parse(change) - 3 * day, max: Date.parse(change) + 2 * day }),
  );
  return fc.oneof(any, ...near);
}
