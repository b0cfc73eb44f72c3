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
