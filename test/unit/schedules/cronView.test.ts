import assert from 'node:assert/strict';
import { cronInWords } from '../../../src/model/cronWords';
import { cameOf } from '../../../src/model/scheduleCreation';
import { emptyForm, requestOf } from '../../../src/model/scheduleForm';
import type { CronView } from '../../../src/schedule/protocol';
import { cronView } from '../../../src/schedule/cronView';
import { ZoneFormats } from '../../../src/model/zoneFormats';
import { schedule } from '../model/fakeSchedules';
import { words } from './fakeSchedulePage';

const viewOf = (cron: string, zone: string, now: number): CronView =>
  cronView(cron, now, new ZoneFormats(zone, 'en'), { ...words, cronInWords });

const notesOf = (cron: string, zone: string, now: string): string[] => viewOf(cron, zone, Date.parse(now)).notes;

describe('what stands under the times of a schedule', () => {
  it('says when the time comes to another day', () => {
    const [berlin, back] = [
      notesOf('30 22 * * 1', 'Europe/Berlin', '2027-03-01T00:00Z'),
      notesOf('30 22 * * 1', 'Europe/Berlin', '2027-10-01T00:00Z'),
    ];
    assert.equal(berlin.length, 1);
    assert.match(berlin[0] ?? '', /Mar 28, 2027.* 12:30\sAM of the next day instead of 11:30\sPM/);
    assert.match(back.at(-1) ?? '', /Oct 31, 2027.* 11:30\sPM of the day before instead of 12:30\sAM/);
    assert.equal(back.length, 2);
    const newYork = notesOf('30 4 * * 1', 'America/New_York', '2027-02-01T00:00Z').at(-1) ?? '';
    assert.match(newYork, /Mar 14, 2027.* 12:30\sAM of the next day instead of 11:30\sPM/);
    const [same = ''] = notesOf('0 8 * * *', 'Europe/Berlin', '2027-03-01T00:00Z');
    assert.match(same, /from then on it runs at 10:00\sAM instead of 9:00\sAM/);
  });

  it('names the first day at another time where that is not the day of the change', () => {
    const [spring = '', autumn = ''] = notesOf('30 2 * 3 0', 'Europe/Berlin', '2026-11-22T00:00Z');
    assert.match(spring, /Mar 28, 2027: from then on it runs at 4:30\sAM/);
    assert.match(autumn, /Oct 31, 2027: from Sun, Mar 5, 2028 on it runs at 3:30\sAM/);
  });

  it('says which days they are where the person is', () => {
    const [night = ''] = notesOf('0 2 * * 1-5', 'America/New_York', '2026-11-22T00:00Z');
    assert.match(night, /: where you are, that is Sunday to Thursday\.$/);
    const [some = ''] = notesOf('0 20 * * 5,6,1', 'Asia/Tokyo', '2026-11-22T00:00Z');
    assert.match(some, / is Tuesday, Saturday, and Sunday\.$/);
    const [monthly = ''] = notesOf('0 20 1 * *', 'Asia/Tokyo', '2026-11-22T00:00Z');
    assert.match(monthly, /each run is on the day after/);
    const [mixed = ''] = notesOf('0 2,20 * * 1', 'America/New_York', '2026-11-22T00:00Z');
    assert.match(mixed, /some runs are on the day before/);
  });

  it('says where a step begins anew', () => {
    const stepOf = (cron: string): string[] => notesOf(cron, 'UTC', '2026-11-22T00:00Z');
    assert.match(stepOf('*/7 * * * *').join(), /after :56 comes :00\.$/);
    assert.match(stepOf('30 */5 * * *').join(), /after 20:30 UTC comes 00:30 UTC\.$/);
    assert.match(stepOf('0 9 */3 * *').join(), /from day 1 on\.$/);
    assert.match(stepOf('0 9 1 */5 *').join(), /after November comes January\.$/);
    assert.match(stepOf('0 9 * * */4').join(), /after Thursday comes Sunday\.$/);
  });

  it('offers all that six fields may mean, in one sentence', () => {
    const read = { ...words, withInstead: ({ start, end }: { start: number; end: number }) => `${start} to ${end}` };
    const view = cronView('0 9 * * 1-5 *', 0, new ZoneFormats('UTC', 'en'), read);
    assert.deepEqual(view.problems, [{ words: '<sixFields>', fixes: ['0 to 1', '12 to 13'] }]);
    assert.equal(view.marks.length, 2);
  });

  it('names the months that are passed over', () => {
    const [monthly = ''] = notesOf('0 9 31 * *', 'UTC', '2026-11-22T00:00Z');
    assert.match(monthly, /February, April, June, September, or November/);
    const [leap = ''] = notesOf('0 9 29 * *', 'UTC', '2026-11-22T00:00Z');
    assert.match(leap, /^In February it runs only in leap years/);
    assert.deepEqual(notesOf('0 9 28 * *', 'UTC', '2026-11-22T00:00Z'), []);
  });

  it('says or of two kinds of day, and where others read it otherwise', () => {
    const view = viewOf('0 9 */2 * 1', 'UTC', Date.parse('2026-11-22T00:00Z'));
    assert.equal(view.words, 'At 09:00 UTC, every 2 days in a month, or on Monday');
    assert.equal(view.notes.length, 2);
    assert.match(view.notes[0] ?? '', /only days that fit both fields count/);
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
