import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextTime } from '../../../src/model/cronTimes';
import { cronInWords } from '../../../src/model/cronWords';
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
    assert.ok(!cronInWords('*/5 * * * *').includes('UTC'));
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
