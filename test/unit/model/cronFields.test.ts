import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cronComplaint, cronPresets, maxCronLength } from '../../../src/model/cronFields';
import { cronInWords, nextTime, nextTimes } from '../../../src/model/cronWords';
import { noon } from '../fakeClock';

describe('what is wrong with a cron expression', () => {
  it('is nothing with the five fields of classic cron', () => {
    for (const good of [
      '* * * * *',
      '0 9 * * 1-5',
      ' 0   9 * * MON-FRI ',
      '*/15 0-23/2 1,15 jan,JUL sun',
      '0 10 */4 * *',
      '59 23 31 12 6',
      '0 0 29 2 *',
    ]) {
      assert.equal(cronComplaint(good), undefined, good);
    }
  });

  it('is the number of fields', () => {
    for (const [bad, count] of [
      ['', 0],
      ['@daily', 1],
      ['0 9 * *', 4],
      ['0 0 9 * * 1', 6],
      [`${' '.repeat(3)}* * * * *${' '.repeat(3)}x`, 6],
    ] as const) {
      assert.deepEqual(cronComplaint(bad), { kind: 'notFive', count });
    }
    assert.equal(cronComplaint(`0 0 * * ${'1,'.repeat(maxCronLength)}1`)?.kind, 'notFive');
  });

  it('is the first field that cannot be', () => {
    for (const [bad, index] of [
      ['60 * * * *', 0],
      ['-1 * * * *', 0],
      ['1.5 * * * *', 0],
      ['*/0 * * * *', 0],
      ['*/60 * * * *', 0],
      ['1,, * * * *', 0],
      ['$(x) * * * *', 0],
      ['0 24 * * *', 1],
      ['0 9-5 * * *', 1],
      ['0 MON * * *', 1],
      ['0 0 0 * *', 2],
      ['0 0 L * *', 2],
      ['0 0 15W * *', 2],
      ['0 0 1 13 *', 3],
      ['0 0 1 MON *', 3],
      ['0 0 ? * 7', 2],
      ['0 0 * * 7', 4],
      ['0 0 * * 1#2', 4],
      ['0 0 * * monday', 4],
    ] as const) {
      const complaint = cronComplaint(bad);
      assert.deepEqual(complaint && [complaint.kind, 'index' in complaint && complaint.index], ['field', index], bad);
    }
  });

  it('is nothing only with what can be said in words, and has times unless its day never comes', () => {
    const value = (least: number, most: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min: least - 1, max: most + 1 }).map(String),
        fc
          .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
          .map((pair) => pair.join('-')),
        fc.integer({ min: 0, max: most }).map((step) => `*/${step}`),
        fc.string({ maxLength: 4 }),
      );
    const fields = fc.tuple(value(0, 59), value(0, 23), value(1, 28), value(1, 12), value(0, 6));
    let good = 0;
    fc.assert(
      fc.property(fields, (texts) => {
        const expression = texts.join(' ');
        if (cronComplaint(expression) === undefined) {
          good += 1;
          assert.notEqual(cronInWords(expression), expression);
          assert.ok(nextTime(expression, noon) !== undefined, expression);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(good > 50);
  });
});

describe('the next times of a cron', () => {
  it('are as many as asked for, each after the one before', () => {
    const times = nextTimes('0 9 * * 1-5', noon, 3).map((time) => new Date(time).toISOString());
    assert.deepEqual(times, ['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z', '2026-11-25T09:00:00.000Z']);
  });

  it('are none for a day that never comes', () => {
    assert.deepEqual(nextTimes('0 0 31 2 *', noon, 3), []);
    assert.deepEqual(nextTimes('no cron', noon, 3), []);
  });
});

describe('usual times', () => {
  it('are in the morning where the person is, on the same day in UTC', () => {
    const daily = (offset: number): string | undefined =>
      cronPresets(offset).find(({ kind }) => kind === 'daily')?.expression;
    assert.equal(daily(0), '0 9 * * *');
    assert.equal(daily(-60), '0 8 * * *', 'Berlin in winter');
    assert.equal(daily(480), '0 17 * * *', 'Los Angeles in winter');
    assert.equal(daily(-330), '30 3 * * *', 'Kolkata');
    assert.equal(daily(-840), '0 0 * * *', 'Kiritimati: not the day before');
    assert.equal(daily(720), '0 21 * * *', 'Baker Island');
  });

  it('can be sent wherever the person is', () => {
    for (let offset = -840; offset <= 720; offset += 15) {
      for (const { expression } of cronPresets(offset)) {
        assert.equal(cronComplaint(expression), undefined, expression);
      }
    }
  });
});
