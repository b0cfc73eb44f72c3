import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCron } from '../../../src/model/cronCheck';
import { clockNotes } from '../../../src/model/clockNotes';
import { nextTimes, timesWithin } from '../../../src/model/cronTimes';
import { croner, type CronLibrary, cronParser, expressions } from './cronLibraries';
import { inTimeZone } from './timeZone';

/**
 * Expressions and dates, in all zones together: always the same ones, since what libraries read otherwise is rare. For others,
 * and more of them, set CRON_RUNS; 10,000 take a minute.
 */
const runs = Number(process.env.CRON_RUNS ?? 600);
const seed = process.env.CRON_RUNS === undefined ? { seed: 2026 } : {};

const minute = 60_000;
const day = 24 * 60 * minute;
const libraries = [croner, cronParser];

/** Where people set their clocks, by an hour or by half of one, and some of the moments at which they did or will. */
const zones: Record<string, readonly string[]> = {
  'Europe/Berlin': ['2026-10-25T01:00Z', '2027-03-28T01:00Z'],
  'America/New_York': ['2026-11-01T06:00Z', '2027-03-14T07:00Z'],
  'Australia/Lord_Howe': ['2026-04-04T15:00Z', '2026-10-03T15:30Z'],
  'Africa/Casablanca': ['2026-02-15T02:00Z', '2026-03-22T02:00Z'],
  'America/Sao_Paulo': ['2018-11-04T03:00Z', '2019-02-17T02:00Z'],
  'Asia/Kolkata': [],
};

function moments(changes: readonly string[]): fc.Arbitrary<number> {
  const any = fc.integer({ min: Date.parse('2020-01-01T00:00Z'), max: Date.parse('2036-01-01T00:00Z') });
  const near = changes.map((change) =>
    fc.integer({ min: Date.parse(change) - 3 * day, max: Date.parse(change) + 2 * day }),
  );
  return fc.oneof(any, ...near);
}

/** Our times, held against a library's; true when both read the expression. */
function agree(expression: string, after: number, library: CronLibrary): boolean {
  const findings = checkCron(expression);
  const theirs = library.next(expression, after, 3);
  const { disagreements } = library;
  const said = `${library.name}: ${expression} after ${new Date(after).toISOString()}`;
  if (findings.length > 0) {
    for (const finding of theirs ? findings : []) {
      const text = expression.slice(finding.start, finding.end);
      assert.ok(
        disagreements.some(({ accepts }) => accepts?.(finding, text)),
        `${said} is not ${finding.kind} at “${text}”`,
      );
    }
    assert.deepEqual(nextTimes(expression, after, 3), []);
    return false;
  }
  if (disagreements.some(({ differs }) => differs?.(expression))) {
    return false;
  }
  const isSkipped = (time: number): boolean =>
    !theirs?.includes(time) && disagreements.some(({ skips }) => skips?.(time));
  // A day of times each minute may be skipped whole.
  const ours = nextTimes(expression, after, 3);
  const others = ours.some(isSkipped)
    ? nextTimes(expression, after, 3 * 24 * 60 + 3).filter((time) => !isSkipped(time))
    : ours;
  assert.deepEqual(others.slice(0, 3), theirs, said);
  return true;
}

describe('our reading of cron against two libraries', function () {
  this.timeout(runs * 30);

  for (const [zone, changes] of Object.entries(zones)) {
    it(`is the same wherever the person is: ${zone}`, () => {
      inTimeZone(zone, () => {
        let agreed = 0;
        const numRuns = Math.ceil(runs / Object.keys(zones).length);
        fc.assert(
          fc.property(expressions, moments(changes), (expression, after) => {
            const same = libraries.map((library) => agree(expression, after, library));
            agreed += same.every(Boolean) ? 1 : 0;
          }),
          { numRuns, ...seed },
        );
        assert.ok(agreed > numRuns / 3, `${agreed} of ${numRuns}`);
      });
    });
  }

  for (const library of libraries) {
    for (const { why, example, after = Date.parse('2026-11-22T12:00Z'), ...they } of library.disagreements) {
      it(`differs from ${library.name}: ${why}`, () => {
        const findings = checkCron(example);
        const ours = nextTimes(example, after, 3);
        const theirs = library.next(example, after, 3);
        const { accepts, differs, skips } = they;
        if (accepts) {
          assert.ok(theirs);
          assert.ok(findings.some((finding) => accepts(finding, example.slice(finding.start, finding.end))));
        }
        if (differs) {
          assert.ok(findings.length === 0 && differs(example));
          assert.notDeepEqual(ours, theirs);
        }
        if (skips) {
          assert.ok(ours[0] !== undefined && skips(ours[0]));
          assert.equal(theirs?.includes(ours[0]), false);
        }
      });
    }
  }
});

describe('the times within a span', () => {
  it('are those that come one after the other', () => {
    const span = fc.integer({ min: 1, max: 8 * day });
    fc.assert(
      fc.property(expressions, moments([]), span, (expression, from, length) => {
        const most = 50;
        const oneByOne = nextTimes(expression, from - 1, most).filter((time) => time < from + length);
        assert.deepEqual(timesWithin(expression, from, from + length, most), oneByOne);
      }),
      { numRuns: 300, ...seed },
    );
  });
});

describe('notes of a change of clocks, by the libraries', function () {
  this.timeout(runs * 30);

  const times = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }));
  const days = fc.constantFrom('* * *', '* * 1-5', '1,15 * *', '*/3 * *', '* 1-11 0');

  for (const [zone, changes] of Object.entries(zones)) {
    it(`say the time on the wall before and behind it: ${zone}`, () => {
      let notes = 0;
      fc.assert(
        fc.property(
          times,
          days,
          moments(changes),
          fc.constantFrom(...libraries),
          ([past, hour], rest, after, library) => {
            for (const note of clockNotes(`${past} ${hour} ${rest}`, zone, after)) {
              notes += 1;
              assert.ok(note.change > after && note.first >= note.change);
              const inZone = (time: number, from: number): number | undefined => {
                const shown = new Date(time);
                const expression = `${shown.getUTCMinutes()} ${shown.getUTCHours()} * * *`;
                return library.next(expression, from, 1, zone)?.[0];
              };
              // An hour that the clocks show twice, or not at all, has another time there.
              const isPlain = note.first >= note.change + Math.abs(note.shift) * minute;
              if (isPlain) {
                assert.equal(inZone(note.becomes, note.first - minute), note.first);
              }
              const weekBefore = note.first - 7 * day;
              if (weekBefore < note.change - day) {
                assert.equal(inZone(note.was, weekBefore - minute), weekBefore);
              }
            }
          },
        ),
        { numRuns: Math.ceil(runs / 12), ...seed },
      );
      assert.equal(notes > 0, changes.length > 0);
    });

    it(`are there when a library finds another time on the wall: ${zone}`, () => {
      fc.assert(
        fc.property(times, moments(changes), ([past, hour], after) => {
          const daily = `${past} ${hour} * * *`;
          // Noon there, by the library, tells how far the zone is from UTC.
          const noons = croner.next('0 12 * * *', after, 120, zone) ?? [];
          const offsets = new Set(noons.slice(1).map((time) => time % day));
          assert.equal(clockNotes(daily, zone, after).length >= offsets.size - 1, true, new Date(after).toISOString());
        }),
        { numRuns: Math.min(Math.ceil(runs / 60), 40), ...seed },
      );
    });
  }
});
