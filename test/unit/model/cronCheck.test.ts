import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCron, type CronFinding, maxCronLength, readCron, tidyCron } from '../../../src/model/cronCheck';
import { nextTime, nextTimes, timesWithin } from '../../../src/model/cronTimes';
import { cronInWords } from '../../../src/model/cronWords';
import { noon } from '../fakeClock';
import { expressions } from './cronLibraries';

/** "kind «text» field", or "kind «text» field → instead". */
function said(finding: CronFinding, expression: string): string {
  const text = expression.slice(finding.start, finding.end);
  const place = 'field' in finding ? ` ${finding.field}` : '';
  return `${finding.kind} «${text}»${place}${finding.instead === undefined ? '' : ` → ${finding.instead}`}`;
}

describe('the check of a cron expression', () => {
  it('finds nothing in the five fields of classic cron', () => {
    for (const good of [
      '* * * * *',
      '0 9 * * 1-5',
      ' 0   9 * * MON-FRI ',
      '0\t9 * * *',
      '*/15 0-23/2 1,15 jan,JUL sun',
      '0 10 */4 * *',
      '59 23 31 12 6',
      '0 0 29 2 *',
      '0 0 * * 7',
      '0 0 * * 5-7',
      '0 0 31 2 1',
      '0 0 31 4,5 *',
      '007 09 * * *',
    ]) {
      assert.deepEqual(checkCron(good), [], good);
    }
  });

  it('says what is wrong, and where', () => {
    for (const [bad, ...expected] of [
      ['', 'notFive «»'],
      ['0 9 * *', 'notFive «0 9 * *»'],
      ['  0 9 * *  ', 'notFive «0 9 * *»'],
      ['0 0 9 * * 1 2027', 'notFive «1 2027»'],
      ['0 0 9 * * 1', 'sixFields «0» → '],
      ['0 9 * * 1 2027', 'sixFields «2027» → '],
      // Seconds at the front, or any year at the end: both are written so.
      ['0 9 * * 1-5 *', 'sixFields «0» → ', 'sixFields «*» → '],
      ['0 0 9 * * *', 'sixFields «0» → ', 'sixFields «*» → '],
      ['0 30 9 * * *', 'sixFields «0» → '],
      ['0 9 15 1 MON *', 'sixFields «*» → '],
      ['0 9 ? * 2 *', 'sixFields «0»'],
      ['0 9 ? * MON-FRI *', 'sixFields «? * MON-FRI *» → * * MON-FRI'],
      ['0 99 99 * * *', 'sixFields «0»'],
      ['*/30 9 * * 1-5 2027-2029', 'sixFields «2027-2029» → '],
      ['0 0 9 ? * MON-FRI', 'sixFields «0 0 9 ?» → 0 9 *'],
      ['0 0 9 1 * ?', 'sixFields «0 0 9 1 * ?» → 0 9 1 * *'],
      ['0  9 ?  * MON 2027', 'sixFields «?  * MON 2027» → * * MON'],
      // Where ? is known, 2-6 is Monday to Friday.
      ['0 0 9 ? * 2-6', 'sixFields «0»'],
      ['0 0 ? 1 * MON', 'sixFields «0»'],
      ['0 0 99 * * 1', 'sixFields «0»'],
      ['@daily', 'macro «@daily» → 0 0 * * *'],
      [' @Midnight', 'macro «@Midnight» → 0 0 * * *'],
      ['@reboot', 'macro «@reboot»'],
      ['@every 5m', 'macro «@every 5m»'],
      ['TZ=Europe/Berlin 0 9 * * *', 'zone «TZ=Europe/Berlin»'],
      ['CRON_TZ=Asia/Tokyo 0 9 * *', 'zone «CRON_TZ=Asia/Tokyo»'],
      ['TZ=UTC', 'zone «TZ=UTC»'],
      [' cron_tz="Etc/UTC"  0 9 * * *', 'zone «cron_tz="Etc/UTC"  » → '],
      ['60 * * * *', 'outOfRange «60» 0'],
      ['0 24 * * *', 'outOfRange «24» 1'],
      ['0 9-24 * * *', 'outOfRange «24» 1'],
      ['0 0 0 * *', 'outOfRange «0» 2'],
      ['0 0 1 13 *', 'outOfRange «13» 3'],
      ['0 0 * * 8', 'outOfRange «8» 4'],
      ['-1 * * * *', 'badValue «-1» 0'],
      ['1- * * * *', 'badValue «1-» 0'],
      ['1.5 * * * *', 'badValue «1.5» 0'],
      ['1,, * * * *', 'badValue «,,» 0'],
      [',,,, * * * *', 'badValue «,» 0'],
      [',1 * * * *', 'badValue «,» 0'],
      ['1,,2,x,, * * * *', 'badValue «,,» 0', 'badValue «x» 0'],
      ['$(x) * * * *', 'badValue «$(x)» 0'],
      ['0 MON * * *', 'badValue «MON» 1'],
      ['0 0 1 MON *', 'badValue «MON» 3'],
      ['0 0 * * mon-friday', 'badValue «friday» 4'],
      ['*/0 * * * *', 'badStep «0» 0'],
      ['*/60 * * * *', 'badStep «60» 0'],
      ['*/x * * * *', 'badStep «x» 0'],
      ['*/ * * * *', 'badStep «*/» 0'],
      ['*/5/5 * * * *', 'badStep «5/5» 0'],
      ['5/15 * * * *', 'badStep «5/15» 0 → 5-59/15'],
      ['0 0 * * 7/2', 'badStep «7/2» 4'],
      ['0 22-2 * * *', 'reversedRange «22-2» 1 → 22-23,0-2'],
      ['0 23-0 * * *', 'reversedRange «23-0» 1 → 23,0'],
      ['0 22-2/2 * * *', 'reversedRange «22-2» 1'],
      ['0 9 * * 1,FRI-SUN', 'reversedRange «FRI-SUN» 4 → FRI-SAT,SUN'],
      ['0 9 * NOV-FEB *', 'reversedRange «NOV-FEB» 3 → NOV-DEC,JAN-FEB'],
      ['0 9 * * 7-2', 'reversedRange «7-2» 4 → 0-2'],
      ['0 0 L * *', 'otherDialect «L» 2'],
      ['0 0 1,15W * *', 'otherDialect «15W» 2'],
      ['0 0 ? * 1#2', 'otherDialect «?» 2', 'otherDialect «1#2» 4'],
      ['0 0 ? * MON', 'otherDialect «?» 2 → *'],
      ['0 0 1 * ?', 'otherDialect «?» 4 → *'],
      ['0 0 ? * 2', 'otherDialect «?» 2'],
      ['0 ? 1,? * *', 'otherDialect «?» 1', 'otherDialect «?» 2'],
      ['H 0 * * friL', 'otherDialect «H» 0', 'otherDialect «friL» 4'],
      ['H/15 H(0-7) H(1-9)/2 * *', 'otherDialect «H/15» 0', 'otherDialect «H(0-7)» 1', 'otherDialect «H(1-9)/2» 2'],
      ['0 0 31 2 *', 'neverMatches «31 2»'],
      ['0 0 30  2 *', 'neverMatches «30  2»'],
      ['0 0 31 4,6,9,11 *', 'neverMatches «31 4,6,9,11»'],
      ['0 0 30,31 feb *', 'neverMatches «30,31 feb»'],
      ['61 * 32 * *', 'outOfRange «61» 0', 'outOfRange «32» 2'],
      [`0 0 * * ${'1,'.repeat(maxCronLength)}1`, `tooLong «${'1,'.repeat(maxCronLength).slice(maxCronLength - 8)}1»`],
    ] as [string, ...string[]][]) {
      assert.deepEqual(
        checkCron(bad).map((finding) => said(finding, bad)),
        expected,
        bad,
      );
    }
  });

  it('takes 7 for Sunday', () => {
    assert.deepEqual(readCron('0 0 * * 5-7')?.weekdays, new Set([5, 6, 0]));
    assert.equal(nextTime('0 0 * * 7', noon), nextTime('0 0 * * 0', noon));
  });

  it('offers of six fields with a year only what is right as it stands', () => {
    let either = 0;
    fc.assert(
      fc.property(expressions, fc.constantFrom('0', '*/10', '30', '*'), (expression, first) => {
        for (const six of [`${first} ${expression}`, `${expression} *`]) {
          const findings = checkCron(six);
          // An expression of four fields has five here: what is offered for one of its faults leaves the others.
          const offered = findings.flatMap(({ kind, start, end, instead }) =>
            kind === 'sixFields' && instead !== undefined ? [six.slice(0, start) + instead + six.slice(end)] : [],
          );
          either += offered.length > 1 ? 1 : 0;
          assert.ok(offered.every((better) => checkCron(better).length === 0));
          if (checkCron(expression).length === 0 && findings.every(({ kind }) => kind === 'sixFields')) {
            assert.ok(offered.map(tidyCron).includes(tidyCron(expression)), six);
          }
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(either > 20);
  });

  it('marks a place in the text, and what it offers instead is right there', () => {
    let offered = 0;
    fc.assert(
      fc.property(fc.oneof(expressions, fc.string()), (expression) => {
        for (const { start, end, instead, kind } of checkCron(expression)) {
          assert.ok(start >= 0 && start <= end && end <= expression.length);
          if (instead !== undefined && checkCron(expression).length === 1) {
            offered += 1;
            const better = expression.slice(0, start) + instead + expression.slice(end);
            assert.ok(
              checkCron(better).every((finding) => finding.kind !== kind && finding.kind !== 'badValue'),
              `${expression}: ${better}`,
            );
          }
        }
      }),
      { numRuns: 2000 },
    );
    assert.ok(offered > 20);
  });

  it('marks places in their order, none of them in another', () => {
    const commas = fc.array(fc.constantFrom(',', ',', '1', 'x', '*', '?', '5-', ' '), { maxLength: 12 });
    let several = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          expressions,
          fc.string(),
          commas.map((parts) => `${parts.join('')} * * * *`),
        ),
        (expression) => {
          const findings = checkCron(expression);
          several += findings.length > 1 ? 1 : 0;
          let done = 0;
          for (const { start, end } of findings) {
            assert.ok(start >= done && end >= start, `${expression}: ${JSON.stringify(findings)}`);
            done = end;
          }
        },
      ),
      { numRuns: 2000 },
    );
    assert.ok(several > 50);
  });

  it('finds nothing only in what has words and times', () => {
    let good = 0;
    fc.assert(
      fc.property(expressions, (expression) => {
        if (checkCron(expression).length === 0) {
          good += 1;
          assert.notEqual(cronInWords(expression), expression);
          assert.notEqual(nextTime(expression, noon), undefined, expression);
          assert.deepEqual(nextTimes(tidyCron(expression), noon, 2), nextTimes(expression, noon, 2));
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(good > 100);
  });
});

describe('the next times of a cron', () => {
  it('are as many as asked for, each after the one before', () => {
    const times = nextTimes('0 9 * * 1-5', noon, 3).map((time) => new Date(time).toISOString());
    assert.deepEqual(times, ['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z', '2026-11-25T09:00:00.000Z']);
  });

  it('are found however far they are', () => {
    assert.equal(nextTime('0 0 29 2 *', Date.parse('2096-03-01T00:00Z')), Date.parse('2104-02-29T00:00Z'));
  });

  it('are none where there are none', () => {
    assert.deepEqual(nextTimes('0 0 31 2 *', noon, 3), []);
    assert.deepEqual(nextTimes('no cron', noon, 3), []);
    assert.deepEqual(nextTimes('* * * * *', noon, 0), []);
    for (const odd of [NaN, Infinity, -Infinity, 8.64e15, 1e300]) {
      assert.deepEqual(nextTimes('* * * * *', odd, 3), [], String(odd));
    }
    assert.deepEqual(timesWithin('* * * * *', noon, NaN, 3), []);
    assert.deepEqual(timesWithin('* * * * *', noon, -Infinity, 3), []);
  });

  it('within a span are those from its start on and before its end, and no more than asked for', () => {
    assert.deepEqual(timesWithin('*/30 * * * *', noon, noon + 3_600_000, 10), [noon, noon + 1_800_000]);
    assert.equal(timesWithin('* * * * *', noon, Infinity, 100).length, 100);
  });
});
