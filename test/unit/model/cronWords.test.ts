import assert from 'node:assert/strict';
import cronstrue from 'cronstrue';
import fc from 'fast-check';
import { readCron } from '../../../src/model/cronCheck';
import { nextTime, nextTimes } from '../../../src/model/cronTimes';
import { cronInWords } from '../../../src/model/cronWords';
import { noon } from '../fakeClock';
import { expressions } from './cronLibraries';
import { inTimeZone } from './timeZone';

const at = (text: string): number => Date.parse(text);

describe('cron in words', () => {
  it('says the times as UTC', () => {
    for (const [expression, time] of [
      ['0 9 * * 1-5', '09:00 UTC'],
      ['30 18 * * *', '18:30 UTC'],
      ['*/30 8-17 * * *', '17:59 UTC'],
      ['0 9,17 * * *', '17:00 UTC'],
    ] as const) {
      const words = cronInWords(expression);
      assert.ok(words.includes(time), words);
      assert.equal(words.split('UTC').length, 2, words);
    }
    // Where the clocks are half an hour off, it is on the hour.
    assert.equal(cronInWords('30 * * * *'), 'At 30 minutes past the hour UTC');
    assert.match(cronInWords('5,20 * * * 1'), /past the hour UTC, only on Monday$/);
    assert.equal(cronInWords('0 */5 * * *'), 'On the hour, every 5 hours UTC');
    assert.equal(cronInWords('*/7 */6 * * 1'), 'Every 7 minutes, every 6 hours UTC, only on Monday');
    for (const always of ['*/5 * * * *', '0 * * * *', '0 */1 * * *']) {
      assert.ok(!cronInWords(always).includes('UTC'), always);
    }
  });

  it('says that either kind of day will do', () => {
    assert.equal(cronInWords('0 9 1 * 1'), 'At 09:00 UTC, on day 1 of the month, or on Monday');
    assert.equal(
      cronInWords('0 9 1,15 2 MON-FRI'),
      'At 09:00 UTC, on day 1 and 15 of the month, or Monday through Friday, only in February',
    );
    for (const days of ['1 * *', '* * 1']) {
      assert.ok(!/\b(?:or|and)\b/.test(cronInWords(`0 9 ${days}`)), days);
    }
  });

  it('says of days that are all of them no more than of *', () => {
    const daily = cronInWords('0 9 * * *');
    for (const days of ['1-31 * *', '*/1 * 1', '1 * 0-6', '1 * */1', '*,3 * *', '* * *,1']) {
      assert.deepEqual(nextTimes(`0 9 ${days}`, noon, 40), nextTimes('0 9 * * *', noon, 40));
      assert.equal(cronInWords(`0 9 ${days}`), daily, days);
    }
  });

  it('has the words of the library but for the one between both kinds of day', () => {
    let both = 0;
    fc.assert(
      fc.property(expressions, (expression) => {
        const sets = readCron(expression);
        if (sets && !sets.isAnyDay && !sets.isAnyWeekday && sets.days.size < 31 && sets.weekdays.size < 7) {
          both += 1;
          const [ours, options] = [cronInWords(expression), { use24HourTimeFormat: true }];
          const [minute, hour, day] = expression.split(' ');
          const [before, behind = '', ...others] = ours.split(', or ');
          assert.equal(before?.replace(' UTC', ''), cronstrue.toString(`${minute} ${hour} ${day} * *`, options));
          assert.ok(cronstrue.toString(expression, options).endsWith(behind) && behind !== '', ours);
          assert.deepEqual(others, []);
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(both > 100);
  });

  it('gives back what is no cron of five fields', () => {
    for (const text of [
      '',
      ' ',
      'string',
      '@daily',
      '0 9 * *',
      '0 0 9 * * 1',
      '61 * * * *',
      '* * * * x',
      '$(x) * * * *',
    ]) {
      assert.equal(cronInWords(text), text);
      assert.equal(nextTime(text, at('2026-11-22T12:00:00Z')), undefined);
    }
  });

  it('never throws', () => {
    const field = fc.oneof(
      fc.string(),
      fc.constantFrom('*', '*/5', '1-5', '0', '31', 'L', '1#5', 'MON', '?', '5/0', '-'),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 7 }), fc.double(), (fields, after) => {
        const expression = fields.join(' ');
        assert.equal(typeof cronInWords(expression), 'string');
        const next = nextTime(expression, after);
        assert.ok(next === undefined || next > after);
      }),
    );
  });
});

describe('next time of a cron', () => {
  it('counts in UTC, wherever the person is', () => {
    inTimeZone('America/New_York', () => {
      assert.equal(nextTime('0 9 * * *', at('2026-11-22T08:59:59Z')), at('2026-11-22T09:00:00Z'));
      // In New York 02:30 does not exist on this day.
      assert.equal(nextTime('30 2 * * *', at('2026-03-08T00:00:00Z')), at('2026-03-08T02:30:00Z'));
    });
  });

  it('is after the given time, not at it', () => {
    assert.equal(nextTime('0 9 * * *', at('2026-11-22T09:00:00Z')), at('2026-11-23T09:00:00Z'));
  });

  it('takes a day of the month or a day of the week when both are given, as cron does', () => {
    assert.equal(nextTime('0 0 1 * 1', at('2026-11-22T12:00:00Z')), at('2026-11-23T00:00:00Z'));
  });

  it('is undefined for a day that never comes', () => {
    assert.equal(nextTime('0 0 31 2 *', at('2026-11-22T12:00:00Z')), undefined);
  });
});
