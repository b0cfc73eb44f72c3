import assert from 'node:assert/strict';
import { clockNotes } from '../../../src/model/clockNotes';
import { zoneOffset } from '../../../src/model/zoneOffset';

/** "at «first run» shift was → becomes" of each note, the times as a clock there shows them. */
function notes(expression: string, zone: string, after: string, shown = after): string[] {
  return clockNotes(expression, zone, Date.parse(after), Date.parse(shown)).map(
    ({ change, shift, was, becomes, isOnlyTime }) => {
      const [from, to] = [was, becomes].map((time) => new Date(time).toISOString().slice(5, 16));
      const first = becomes - zoneOffset(zone)(change);
      return `${new Date(first).toISOString()}: ${shift} ${from} → ${to}${isOnlyTime ? '' : ' …'}`;
    },
  );
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

  it('are there however far the last shown run is, but no more than for spring and autumn', () => {
    const monthly = ['2027-04-01T08:00:00.000Z: 60 04-01T09:00 → 04-01T10:00'];
    assert.deepEqual(notes('0 8 1 * *', 'Europe/Berlin', '2026-11-22T00:00Z', '2027-04-01T08:00Z'), monthly);
    assert.deepEqual(notes('0 8 1 * *', 'Europe/Berlin', '2026-11-22T00:00Z', '2027-04-01T07:59Z'), []);
    assert.deepEqual(notes('0 8 1 1,7 *', 'Europe/Berlin', '2026-11-22T00:00Z', '2029-01-01T08:00Z'), [
      '2027-07-01T08:00:00.000Z: 60 07-01T09:00 → 07-01T10:00',
      '2028-01-01T08:00:00.000Z: -60 01-01T10:00 → 01-01T09:00',
    ]);
  });

  it('overlook changes between two runs that undo each other', () => {
    assert.deepEqual(notes('0 9 5 2,4 *', 'Africa/Casablanca', '2026-02-01T00:00Z'), []);
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
    for (const days of ['*/1 * *', '1-31 * *', '* * 0-6', '* * 1-5', '* * 1']) {
      assert.deepEqual(notes(`0 * ${days}`, 'Europe/Berlin', '2027-03-01T00:00Z'), [], 'the same times of day');
      assert.equal(notes(`0 1-23 ${days}`, 'Europe/Berlin', '2027-03-01T00:00Z').length, 1, days);
    }
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
