import assert from 'node:assert/strict';
import { clockNotes } from '../../../src/model/clockNotes';

/** "at «first run» shift was → becomes" of each note, the times as a clock there shows them. */
function notes(expression: string, zone: string, after: string): string[] {
  return clockNotes(expression, zone, Date.parse(after)).map(({ first, shift, was, becomes, isOnlyTime }) => {
    const [from, to] = [was, becomes].map((time) => new Date(time).toISOString().slice(5, 16));
    return `${new Date(first).toISOString()}: ${shift} ${from} → ${to}${isOnlyTime ? '' : ' …'}`;
  });
}

describe('notes of a change of clocks', () => {
  it('say from when on it is at another time', () => {
    assert.deepEqual(notes('0 8 * * *', 'Europe/Berlin', '2027-02-01T00:00Z'), [
      '2027-03-28T08:00:00.000Z: 60 03-28T09:00 → 03-28T10:00',
    ]);
    assert.deepEqual(notes('0 13 * * 1-5', 'America/New_York', '2026-10-20T00:00Z'), [
      '2026-11-02T13:00:00.000Z: -60 11-02T09:00 → 11-02T08:00',
    ]);
  });

  it('say all of several changes', () => {
    assert.deepEqual(notes('0 9 * * *', 'Africa/Casablanca', '2026-02-01T00:00Z'), [
      '2026-02-15T09:00:00.000Z: -60 02-15T10:00 → 02-15T09:00',
      '2026-03-22T09:00:00.000Z: 60 03-22T09:00 → 03-22T10:00',
    ]);
  });

  it('know that the day may be another one', () => {
    assert.deepEqual(notes('30 22 * * 1', 'Europe/Berlin', '2027-03-01T00:00Z'), [
      '2027-03-29T22:30:00.000Z: 60 03-29T23:30 → 03-30T00:30',
    ]);
  });

  it('say nothing of what stays as it is', () => {
    for (const hourly of ['0 * * * *', '*/15 * * * *', '* * * * *']) {
      assert.deepEqual(notes(hourly, 'Europe/Berlin', '2027-03-01T00:00Z'), [], hourly);
    }
    assert.deepEqual(notes('*/30 * * * *', 'Australia/Lord_Howe', '2026-09-01T00:00Z'), []);
    assert.equal(notes('0 * * * *', 'Australia/Lord_Howe', '2026-09-01T00:00Z').length, 1, 'half an hour');
    assert.deepEqual(notes('0 * * * 1', 'Europe/Berlin', '2027-03-20T00:00Z'), [
      '2027-03-29T00:00:00.000Z: 60 03-29T01:00 → 03-29T02:00 …',
    ]);
  });

  it('are none where nothing is felt', () => {
    assert.deepEqual(notes('0 8 * * *', 'Asia/Kolkata', '2027-02-01T00:00Z'), []);
    assert.deepEqual(notes('0 8 * * *', 'UTC', '2027-02-01T00:00Z'), []);
    // Its next run is behind the change already.
    assert.deepEqual(notes('0 8 1 6 *', 'Europe/Berlin', '2027-02-01T00:00Z'), []);
    assert.deepEqual(notes('0 8 * * *', 'Nowhere/Land', '2027-02-01T00:00Z'), []);
    assert.deepEqual(notes('no cron', 'Europe/Berlin', '2027-02-01T00:00Z'), []);
    for (const odd of [NaN, Infinity, 8.64e15]) {
      assert.deepEqual(clockNotes('0 8 * * *', 'Europe/Berlin', odd), []);
    }
  });
});
