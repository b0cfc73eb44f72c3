import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextTimes } from '../../../src/model/cronTimes';
import { cronInWords } from '../../../src/model/cronWords';
import { cameOf } from '../../../src/model/scheduleCreation';
import { emptyForm, requestOf } from '../../../src/model/scheduleForm';
import type { CronView } from '../../../src/schedule/protocol';
import { cronView } from '../../../src/schedule/cronView';
import { ZoneFormats } from '../../../src/model/zoneFormats';
import { moments, seed, zones } from '../model/clockChanges';
import { schedule } from '../model/fakeSchedules';
import { words } from './fakeSchedulePage';

const minute = 60_000;
const day = 24 * 60 * minute;

const viewOf = (cron: string, zone: string, now: number): CronView =>
  cronView(cron, now, new ZoneFormats(zone, 'en'), { ...words, cronInWords });

const notesOf = (cron: string, zone: string, now: string): string[] => viewOf(cron, zone, Date.parse(now)).notes;

describe('what stands under the times of a schedule', () => {
  it('has a note wherever the rows go to another time', () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 });
    const days = fc.constantFrom('* * *', '* * 1-5', '* * 0', '1 * *', '31 * *', '1 1,7 *', '4 7 *', '29 2 *', '1 * 1');
    let shifted = 0;
    for (const [index, [zone, { changes }]] of Object.entries(zones).entries()) {
      const formats = new ZoneFormats(zone, 'en');
      fc.assert(
        fc.property(hours, days, moments(changes), (inDay, rest, now) => {
          const cron = `30 ${inDay.join(',')} ${rest}`;
          const onWall = new Map<number, Set<string>>();
          for (const time of nextTimes(cron, now, 5)) {
            const shown = onWall.get(time % day) ?? new Set();
            onWall.set(time % day, shown.add(formats.time(time)));
          }
          if ([...onWall.values()].some(({ size }) => size > 1)) {
            shifted += 1;
            assert.ok(viewOf(cron, zone, now).notes.some((note) => note.startsWith('The clocks change')));
          }
        }),
        { numRuns: 200, seed: seed + index },
      );
    }
    assert.ok(shifted > 100, String(shifted));
  });

  it('says when the time comes to another day', () => {
    const [berlin, back] = [
      notesOf('30 22 * * 1', 'Europe/Berlin', '2027-03-01T00:00Z'),
      notesOf('30 22 * * 1', 'Europe/Berlin', '2027-10-01T00:00Z'),
    ];
    assert.equal(berlin.length, 1);
    assert.match(berlin[0] ?? '', /Mar 28, 2027.* 12:30\sAM of the next day instead of 11:30\sPM/);
    assert.match(back[0] ?? '', /Oct 31, 2027.* 11:30\sPM of the day before instead of 12:30\sAM/);
    const [newYork = ''] = notesOf('30 4 * * 1', 'America/New_York', '2027-02-01T00:00Z');
    assert.match(newYork, /Mar 14, 2027.* 12:30\sAM of the next day instead of 11:30\sPM/);
    const [same = ''] = notesOf('0 8 * * *', 'Europe/Berlin', '2027-03-01T00:00Z');
    assert.match(same, / 10:00\sAM instead of 9:00\sAM/);
  });

  it('names the months that are passed over', () => {
    const [monthly = ''] = notesOf('0 9 31 * *', 'UTC', '2026-11-22T00:00Z');
    assert.match(monthly, /February, April, June, September, or November/);
    const [leap = ''] = notesOf('0 9 29 * *', 'UTC', '2026-11-22T00:00Z');
    assert.match(leap, /February but in leap years/);
    assert.deepEqual(notesOf('0 9 28 * *', 'UTC', '2026-11-22T00:00Z'), []);
  });

  it('says or of two kinds of day, and where others read it otherwise', () => {
    const view = viewOf('0 9 */2 * 1', 'UTC', Date.parse('2026-11-22T00:00Z'));
    assert.equal(view.words, 'At 09:00 UTC, every 2 days in a month, or on Monday');
    assert.equal(view.notes.length, 1);
    assert.deepEqual(notesOf('0 9 1 * 1', 'UTC', '2026-11-22T00:00Z'), []);
  });

  it('is of what is sent', () => {
    const now = Date.parse('2026-11-22T12:00Z');
    const pasted = '\u00a00\u00a09   *\t* 1 ';
    const sent = requestOf({ ...emptyForm(), cron: pasted }).cron_schedule;
    assert.equal(sent, '0 9 * * 1');
    const made = schedule('made', { name: 'N', prompt: 'P', cron_schedule: sent });
    const form = { ...emptyForm(), name: 'N', prompt: 'P', cron: pasted };
    assert.equal(cameOf({ form, before: [], at: now }, [made]), made);
    assert.deepEqual(viewOf(pasted, 'UTC', now), viewOf(sent, 'UTC', now));
  });
});
