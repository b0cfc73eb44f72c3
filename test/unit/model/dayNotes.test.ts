import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCron } from '../../../src/model/cronCheck';
import { nextTimes, timesWithin } from '../../../src/model/cronTimes';
import { dayNotes } from '../../../src/model/dayNotes';
import { croner, cronParser, expressions } from './cronLibraries';

const passed = (expression: string): unknown => dayNotes(expression).find(({ kind }) => kind === 'passedOver');

describe('notes of the days of an expression', () => {
  it('say which months have no such day', () => {
    const common = [2, 4, 6, 9, 11];
    assert.deepEqual(dayNotes('0 9 31 * *'), [{ kind: 'passedOver', months: common, isLeap: false }]);
    assert.deepEqual(dayNotes('0 9 30,31 * *'), [{ kind: 'passedOver', months: [2], isLeap: false }]);
    assert.deepEqual(dayNotes('0 9 29 * *'), [{ kind: 'passedOver', months: [2], isLeap: true }]);
    assert.deepEqual(dayNotes('0 9 31 3,4 *'), [{ kind: 'passedOver', months: [4], isLeap: false }]);
    for (const whole of [
      '0 9 28 * *',
      '0 9 28-31 * *',
      '0 9 29 3 *',
      '0 9 31 * 1',
      '0 9 * * 1',
      '0 9 31 2 *',
      '@daily',
    ]) {
      assert.deepEqual(dayNotes(whole), [], whole);
    }
  });

  it('say which months have not a day that is written as such, though others of the days', () => {
    const common = [2, 4, 6, 9, 11];
    const over = (day: number, months: number[], isLeap = false): unknown => ({
      ...{ kind: 'dayPassedOver', day, months, isLeap },
    });
    assert.deepEqual(dayNotes('0 9 15,31 * *'), [over(31, common)]);
    assert.deepEqual(dayNotes('0 9 1,15,29 1-3 *'), [over(29, [2], true)]);
    assert.deepEqual(dayNotes('0 9 31,29,31,15 * *'), [over(31, common), over(29, [2], true)]);
    assert.deepEqual(dayNotes('0 9 29,31 * *'), [
      { kind: 'passedOver', months: [2], isLeap: true },
      over(31, [4, 6, 9, 11]),
    ]);
    for (const clear of [
      '0 9 1,15,28-31 * *',
      '0 9 */2 * *',
      '0 9 1,16-31/5 * *',
      '0 9 15,31 1,3 *',
      '0 9 15,31 * 1',
    ]) {
      assert.deepEqual(dayNotes(clear), [], clear);
    }
  });

  it('name just the months without a run', () => {
    let some = 0;
    // A common year and a leap year, the same in all centuries but the odd one.
    const [common, leap] = [2027, 2028].map(
      (year) => (expression: string) =>
        new Set(
          timesWithin(
            `0 0 ${expression.split(' ').slice(2).join(' ')}`,
            Date.UTC(year, 0),
            Date.UTC(year + 1, 0),
            400,
          ).map((time) => new Date(time).getUTCMonth() + 1),
        ),
    );
    fc.assert(
      fc.property(expressions, (expression) => {
        const cron = readCron(expression);
        if (cron && common && leap) {
          const months = [...cron.months].filter((month) => !common(expression).has(month));
          const isLeap = months.includes(2) && leap(expression).has(2);
          some += months.length;
          assert.deepEqual(
            passed(expression),
            months.length > 0 ? { kind: 'passedOver', months, isLeap } : undefined,
            expression,
          );
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(some > 0);
  });

  it('say where others take days that are of both kinds', () => {
    const after = Date.parse('2026-11-22T12:00Z');
    for (const unclear of ['0 9 */2 * 1', '0 9 */1 * 1', '0 9 13 * */2', '0 9 */10,2 * 1']) {
      assert.deepEqual(dayNotes(unclear), [{ kind: 'readOtherwise' }], unclear);
      // The libraries do as we do, so that they cannot tell.
      for (const library of [croner, cronParser]) {
        assert.deepEqual(library.next(unclear, after, 9), nextTimes(unclear, after, 9), library.name);
      }
    }
    for (const clear of [
      '0 9 */2 * *',
      '0 9 * * */2',
      '0 9 1 * 1',
      '0 9 2-30/2 * 1',
      '0 9 */1 * */1',
      '*/5 */2 1 */2 1',
    ]) {
      assert.deepEqual(dayNotes(clear), [], clear);
    }
  });
});
