import assert from 'node:assert/strict';
import { timesWithin } from '../../../src/model/cronTimes';
import { stepNotes } from '../../../src/model/stepNotes';
import { croner } from './cronLibraries';

const minute = 60_000;
const hour = 60 * minute;

/** The spans between runs, as croner has them, each once. */
function gaps(expression: string, count: number): number[] {
  const times = croner.next(expression, Date.parse('2026-12-31T23:59Z'), count) ?? [];
  return [...new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))];
}

describe('notes of steps', () => {
  it('are there for steps of minutes and hours that are not even, and only for them', () => {
    for (let step = 1; step < 60; step += 1) {
      const [expression, isEven] = [`*/${step} * * * *`, gaps(`*/${step} * * * *`, 200).length === 1];
      const last = new Date(timesWithin(expression, 0, hour, 60).at(-1) ?? 0).getUTCMinutes();
      assert.deepEqual(stepNotes(expression), isEven ? [] : [{ kind: 'minutes', last }], expression);
    }
    for (let step = 1; step < 24; step += 1) {
      const [expression, isEven] = [`5 */${step} * * *`, gaps(`5 */${step} * * *`, 60).length === 1];
      const last = timesWithin(expression, 0, 24 * hour, 24).at(-1);
      assert.deepEqual(stepNotes(expression), isEven ? [] : [{ kind: 'hours', first: 5 * minute, last }], expression);
    }
  });

  it('are there for all steps of days, and for those of months that are not even', () => {
    assert.deepEqual(stepNotes('0 9 */3 * *'), [{ kind: 'days' }]);
    assert.deepEqual(stepNotes('0 9 */31 * *'), [{ kind: 'days' }]);
    assert.deepEqual(stepNotes('0 9 1 */5 *'), [{ kind: 'months', last: 11 }]);
    assert.deepEqual(stepNotes('0 9 * * */2'), [{ kind: 'weekdays', last: 6 }]);
    for (const even of ['0 9 */1 * *', '0 9 1 */3 *', '0 9 1 */12 *', '0 9 * * */1']) {
      assert.deepEqual(stepNotes(even), [], even);
    }
  });

  it('are there for each field that has one', () => {
    const kinds = stepNotes('*/7 */5 */2 */5 *').map(({ kind }) => kind);
    assert.deepEqual(kinds, ['minutes', 'hours', 'days', 'months']);
  });

  it('are none for spans that someone wrote, and for what cannot be read', () => {
    for (const other of ['0 8-18/3 * * *', '5-59/7 * * * *', '0,7,14 * * * *', '*/7 * * *', '*/0 * * * *', '']) {
      assert.deepEqual(stepNotes(other), [], other);
    }
  });
});
