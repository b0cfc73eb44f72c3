import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCron } from '../../../src/model/cronCheck';
import { nextTimes, timesWithin } from '../../../src/model/cronTimes';
import { croner, type CronLibrary, cronParser, expressions } from './cronLibraries';
import { moments, seed, zones } from './clockChanges';
import { inTimeZone } from './timeZone';

// All in which we and the two libraries differ. Each is a test below by its example, and no other difference passes.
//
// expression        we       croner     cron-parser  why we do so
// 0 0 L * *         refuse   takes      takes        other dialects (L, 15W, MON#2, ?, H): the service takes classic cron
// 0 0 L,1, * *      refuse   takes      refuses      a comma too many is a slip, also beside an L
// */60 * * * *      refuse   takes      takes        only the start of the field is meant by it: hardly by the person
// 5/15 * * * *      refuse   refuses    takes        some read “from 5 on”, some 5 alone
// 0 0 * * FRI-SUN   refuse   takes      refuses      SUN is 0: the range ends before it begins
// 0 0 * * SUN-SUN   Sundays  each day   Sundays      SUN is 0 at both ends
// 0 0 11-32/14 * *  refuse   takes      refuses      there is no 32nd, whether the step comes there or not
// 0 0 31 2 *        refuse   never      refuses      it would never run, and the person would wait
// @daily            refuse   takes      takes        the service documents five fields, no names
// 9 * * *           refuse   refuses    takes        something is missing, and six fields are no five either
// 0 9 1,1 * *       take     takes      refuses      the same value twice is no harm
// 0 0 */15 * *      each     some days  each         croner seeks 31 February, which is 3 March, and passes over 1 March
//
// Not seen by libraries that agree: beside a day of the week, in 0 9 */2 * 1, both of them and we take either kind of day. Vixie
// cron and cronie take days that are both, for a field that begins with *, and so does robfig/cron (Go) for */1. How the service
// reads it is not documented, so that the form says it (`dayNotes`, and its test).
const libraries = [croner, cronParser];

/** Expressions and dates, in all zones together; so many that each library gives times for 10,000 of them. */
const runs = 16_500;
const compared = 10_000;

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
        disagreements.some(({ accepts }) => accepts?.(finding, text, expression)),
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

describe(`our reading of cron against two libraries (CRON_SEED=${seed})`, function () {
  this.timeout(60_000);

  it(`has the same times for ${compared} random expressions and dates, wherever the person is`, () => {
    const agreed = new Map(libraries.map((library) => [library, 0]));
    for (const [index, [zone, { changes }]] of Object.entries(zones).entries()) {
      inTimeZone(zone, () => {
        fc.assert(
          fc.property(expressions, moments(changes), (expression, after) => {
            for (const library of libraries) {
              agreed.set(library, (agreed.get(library) ?? 0) + Number(agree(expression, after, library)));
            }
          }),
          { numRuns: Math.ceil(runs / Object.keys(zones).length), seed: seed + index },
        );
      });
    }
    for (const [{ name }, count] of agreed) {
      assert.ok(count >= compared, `${name}: ${count}`);
    }
  });

  for (const library of libraries) {
    for (const { why, example, after = Date.parse('2026-11-22T12:00Z'), ...they } of library.disagreements) {
      it(`differs from ${library.name}: ${why}`, () => {
        const findings = checkCron(example);
        const ours = nextTimes(example, after, 3);
        const theirs = library.next(example, after, 3);
        const { accepts, differs, skips } = they;
        if (accepts) {
          assert.ok(theirs);
          assert.ok(findings.some((one) => accepts(one, example.slice(one.start, one.end), example)));
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
    const span = fc.integer({ min: 1, max: 8 * 86_400_000 });
    fc.assert(
      fc.property(expressions, moments([]), span, (expression, from, length) => {
        const most = 50;
        const oneByOne = nextTimes(expression, from - 1, most).filter((time) => time < from + length);
        assert.deepEqual(timesWithin(expression, from, from + length, most), oneByOne);
      }),
      { numRuns: 300, seed },
    );
  });
});
