import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backOff, conflictWait, retryAfterOf } from '../../../src/oz/retry';

const unit = fc.double({ min: 0, max: 1, noNaN: true });

function headers(values: Record<string, string>): (name: string) => string | null {
  return (name) => values[name] ?? null;
}

describe('backOff', () => {
  it('stays between half a second and a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), unit, (failures, random) => {
        const wait = backOff(failures, random);
        assert.ok(wait >= 500 && wait <= 60_000);
      }),
    );
  });

  it('spreads the first tries over all of their range', () => {
    assert.deepEqual([backOff(1, 0), backOff(1, 1)], [500, 1500]);
    assert.deepEqual([backOff(2, 0), backOff(2, 1)], [500, 4500]);
  });

  it('keeps a steady interval once the service is down', () => {
    assert.deepEqual([backOff(3, 0), backOff(3, 1)], [12_150, 13_500]);
    assert.deepEqual([backOff(20, 0), backOff(20, 1)], [54_000, 60_000]);
  });
});

describe('conflictWait', () => {
  it('grows from a second', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((tries) => conflictWait(tries, 1)),
      [1000, 2000, 4000, 8000],
    );
    assert.equal(conflictWait(1, 0), 500);
  });
});

describe('retryAfterOf', () => {
  const now = Date.parse('2026-03-18T14:30:00Z');

  it('reads seconds of any length', () => {
    assert.equal(retryAfterOf(headers({ 'retry-after': '0' }), now), 0);
    assert.equal(retryAfterOf(headers({ 'retry-after': ' 90 ' }), now), 90_000);
    assert.equal(retryAfterOf(headers({ 'retry-after': '86400' }), now), 86_400_000);
    assert.equal(retryAfterOf(headers({ 'retry-after': '9'.repeat(400) }), now), Number.MAX_SAFE_INTEGER);
  });

  it('reads a date by the clock of the service', () => {
    const at = 'Wed, 18 Mar 2026 15:00:00 GMT';
    assert.equal(retryAfterOf(headers({ 'retry-after': at }), now), 30 * 60_000);
    assert.equal(retryAfterOf(headers({ 'retry-after': at, date: 'Wed, 18 Mar 2026 14:59:00 GMT' }), now), 60_000);
    assert.equal(retryAfterOf(headers({ 'retry-after': 'Wed, 18 Mar 2020 15:00:00 GMT' }), now), 0);
  });

  it('answers nothing to what is neither', () => {
    for (const value of ['', '-5', '1e9', 'soon', 'Infinity', '2026-03-18', 'NaN']) {
      assert.equal(retryAfterOf(headers({ 'retry-after': value }), now), undefined, value);
    }
    assert.equal(retryAfterOf(headers({}), now), undefined);
  });

  it('is a finite wait or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, date) => {
        const wait = retryAfterOf(headers({ 'retry-after': value, date }), now);
        assert.ok(wait === undefined || (Number.isFinite(wait) && wait >= 0));
      }),
    );
  });
});
