import { type ClockNote, clockNotes } from '../model/clockNotes';
import { checkCron } from '../model/cronCheck';
import { nextTimes } from '../model/cronTimes';
import { type DayNote, dayNotes } from '../model/dayNotes';
import type { ZoneFormats } from '../model/zoneFormats';
import type { CronView } from './protocol';
import type { ScheduleWords } from './scheduleWords';

const shownRuns = 5;

/** What stands under the times while they are typed. @param now milliseconds since 1970 */
export function cronView(cron: string, now: number, formats: ZoneFormats, words: ScheduleWords): CronView {
  const findings = cron.trim() === '' ? [] : checkCron(cron);
  const isFine = cron.trim() !== '' && findings.length === 0;
  const runs = isFine ? nextTimes(cron, now, shownRuns) : [];
  return {
    words: isFine ? words.cronInWords(cron) : '',
    marks: findings.map(({ start, end }) => ({ start, end })),
    problems: findings.map((finding) => ({
      words: words.cronFindingWords(finding, cron),
      fix: words.withInstead(finding, cron) ?? null,
    })),
    zone: formats.zone,
    runs: runs.map((time) => ({ local: formats.local(time, now), utc: formats.utc(time, now) })),
    notes: isFine
      ? [
          ...dayNotes(cron).map((note) => dayWords(note, formats, words)),
          ...clockNotes(cron, formats.zone, now, runs.at(-1)).map((note) => clockWords(note, formats, words)),
        ]
      : [],
  };
}

function dayWords(note: DayNote, formats: ZoneFormats, { t, language }: ScheduleWords): string {
  if (note.kind === 'readOtherwise') {
    return t(
      'Some programs read a field of days that begins with * otherwise: only days that fit both fields count. Once it is saved, its next run shows how the service reads it.',
    );
  }
  const names = note.months.map((month) =>
    formats.write(Date.UTC(1970, month - 1), { month: 'long', timeZone: 'UTC' }),
  );
  const months = new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
  if (note.kind === 'dayPassedOver') {
    return note.isLeap
      ? t('It does not run on day {0} in {1} but in leap years: there is no such day.', note.day, months)
      : t('It does not run on day {0} in {1}: there is no such day.', note.day, months);
  }
  return note.isLeap
    ? t('It does not run in {0} but in leap years: there is no such day.', months)
    : t('It does not run in {0}: there is no such day.', months);
}

function clockWords(
  { change, shift, was, becomes, isOnlyTime }: ClockNote,
  formats: ZoneFormats,
  { t }: ScheduleWords,
): string {
  const day = formats.write(change, { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' });
  if (isOnlyTime) {
    const clock = (time: number): string =>
      formats.write(time, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
    const moved = dayOf(becomes) - dayOf(was);
    const at = clock(becomes);
    return t(
      'The clocks change on {0}: from then on it runs at {1} instead of {2} where you are.',
      day,
      moved === 0 ? at : moved > 0 ? t('{0} of the next day', at) : t('{0} of the day before', at),
      clock(was),
    );
  }
  return shift > 0
    ? t('The clocks change on {0}: from then on it runs {1} minutes later where you are.', day, shift)
    : t('The clocks change on {0}: from then on it runs {1} minutes earlier where you are.', day, -shift);
}

/** Whole days since 1970. */
function dayOf(time: number): number {
  return Math.floor(time / 86_400_000);
}
