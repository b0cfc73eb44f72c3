import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCron } from '../../../src/model/cronCheck';
import { localDays } from '../../../src/model/localDays';
import { croner, expressions } from './cronLibraries';

const winter = Date.parse('2026-11-22T12:00Z');
const day = 86_400_000;

/** Their clocks do not change. */
const zones = ['Pacific/Kiritimati', 'Asia/Tokyo', 'Asia/Kolkata', 'UTC', 'America/Phoenix', 'Pacific/Pago_Pago'];

describe('the days of a schedule where the person is', () => {
  it('are told where they are others than in UTC', () => {
    const newYork = (cron: string): unknown => localDays(cron, 'America/New_York', winter);
    assert.deepEqual(newYork('0 2 * * 1-5'), { shift: -1, isAlways: true, weekdays: [0, 1, 2, 3, 4] });
    assert.deepEqual(newYork('0 2 1 * *'), { shift: -1, isAlways: true });
    assert.deepEqual(newYork('0 2 1 * 1'), { shift: -1, isAlways: true });
    assert.deepEqual(newYork('0 2,20 * * 1'), { shift: -1, isAlways: false });
    assert.deepEqual(localDays('0 20 * * 6', 'Asia/Tokyo', winter), { shift: 1, isAlways: true, weekdays: [0] });
  });

  it('are not told where they are the same, or all', () => {
    for (const cron of ['0 13 * * 1-5', '0 2 * * *', '0 2 1-31 * *', '0 2 */1 * 1', '0 2 * * 0-6', '0 2 * 3 *', 'no']) {
      assert.equal(localDays(cron, 'America/New_York', winter), undefined, cron);
    }
    assert.equal(localDays('0 2 * * 1', 'Nowhere/Land', winter), undefined);
    assert.equal(localDays('0 2 * * 1', 'America/New_York', NaN), undefined);
  });

  it('are as the clocks are at the next run', () => {
    const late = (now: string): unknown => localDays('30 22 * * 1', 'Europe/Berlin', Date.parse(now))?.weekdays;
    assert.equal(late('2027-03-01T00:00Z'), undefined);
    assert.deepEqual(late('2027-03-28T03:00Z'), [2]);
  });

  it('are those that a calendar there shows', () => {
    const seen = { note: 0, every: 0 };
    fc.assert(
      fc.property(expressions, fc.constantFrom(...zones), (expression, zone) => {
        const runs = croner.next(expression, winter, 20) ?? [];
        const note = localDays(expression, zone, winter);
        const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
        const moves = runs.map((run) => Math.round((Date.parse(format.format(run)) - startOf(run)) / day));
        if (note) {
          seen.note += 1;
          assert.ok(
            moves.every((move) => move === note.shift || (move === 0 && !note.isAlways)),
            expression,
          );
          for (const run of note.weekdays ? runs : []) {
            assert.ok(note.weekdays?.includes(new Date(format.format(run)).getUTCDay()), expression);
          }
        } else if (readCron(expression) && moves.some((move) => move !== 0)) {
          seen.every += 1;
          const days = croner.next(`0 0 ${expression.split(' ').slice(2).join(' ')}`, winter, 40) ?? [];
          const gaps = days.map((time, index) => time - (days[index - 1] ?? time - day));
          assert.ok(
            days.every((time, index) => gaps[index] === day || new Date(time).getUTCDate() === 1),
            expression,
          );
        }
      }),
      { numRuns: 300 },
    );
    assert.ok(seen.note > 10 && seen.every > 1, JSON.stringify(seen));
  });
});

function startOf(time: number): number {
  return Math.floor(time / day) * day;
}
