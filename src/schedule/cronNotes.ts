import { type ClockNote, clockNotes } from '../model/clockNotes';
import { type DayNote, dayNotes } from '../model/dayNotes';
import { type LocalDays, localDays } from '../model/localDays';
import { type StepNote, stepNotes } from '../model/stepNotes';
import type { ZoneFormats } from '../model/zoneFormats';
import type { ScheduleWords } from './scheduleWords';

const day = 86_400_000;

/**
 * What a person may not expect of times that are right; `shown` is the last one that is shown.
 * @param now milliseconds since 1970, as `shown`
 */
export function cronNotes(
  cron: string,
  { now, shown }: { now: number; shown: number | undefined },
  formats: ZoneFormats,
  words: ScheduleWords,
): string[] {
  const moved = localDays(cron, formats.zone, now);
  return [
    ...dayNotes(cron).map((note) => dayWords(note, formats, words)),
    ...stepNotes(cron).map((note) => stepWords(note, formats, words)),
    ...(moved ? [localDayWords(moved, formats, words)] : []),
    ...clockNotes(cron, formats.zone, now, shown).map((note) => clockWords(note, formats, words)),
  ];
}

function dayWords(note: DayNote, formats: ZoneFormats, { t, language }: ScheduleWords): string {
  if (note.kind === 'readOtherwise') {
    return t(
      'Some programs read a field of days that begins with * otherwise: only days that fit both fields count. Once it is saved, its next run shows how the service reads it.',
    );
  }
  const names = note.months.map((month) => monthName(month, formats));
  const months = new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
  if (note.kind === 'dayPassedOver') {
    return note.isLeap
      ? t('In {0} it runs on day {1} only in leap years.', months, note.day)
      : t('It does not run on day {0} in {1}: there is no such day.', note.day, months);
  }
  return note.isLeap
    ? t('In {0} it runs only in leap years.', months)
    : t('It does not run in {0}: there is no such day.', months);
}

function stepWords(note: StepNote, formats: ZoneFormats, { t }: ScheduleWords): string {
  switch (note.kind) {
    case 'minutes':
      return t('The minutes are counted anew each hour: after :{0} comes :00.', String(note.last).padStart(2, '0'));
    case 'hours': {
      const [first, last] = [formats.utcTime(note.first), formats.utcTime(note.last)];
      return t('The hours are counted anew each day: after {0} UTC comes {1} UTC.', last, first);
    }
    case 'days':
      return t('The days are counted anew each month, from day 1 on.');
    case 'months': {
      const [first, last] = [monthName(1, formats), monthName(note.last, formats)];
      return t('The months are counted anew each year: after {0} comes {1}.', last, first);
    }
    case 'weekdays': {
      const [first, last] = [weekdayName(0, formats), weekdayName(note.last, formats)];
      return t('The days of the week are counted anew each week: after {0} comes {1}.', last, first);
    }
  }
}

function localDayWords(
  { shift, isAlways, weekdays }: LocalDays,
  formats: ZoneFormats,
  { t, language }: ScheduleWords,
): string {
  if (weekdays) {
    // Of days on end, the first one is that behind the gap.
    const first = weekdays.find((weekday) => !weekdays.includes((weekday + 6) % 7)) ?? 0;
    const inOrder = weekdays.map((weekday) => (weekday - first + 7) % 7).sort((one, other) => one - other);
    const names = inOrder.map((place) => weekdayName((first + place) % 7, formats));
    const [begin = '', end = ''] = [names[0], names.at(-1)];
    const isSpan = names.length > 2 && inOrder.at(-1) === names.length - 1;
    const days = isSpan ? t('{0} to {1}', begin, end) : new Intl.ListFormat(language).format(names);
    return t('Its days are days in UTC: where you are, that is {0}.', days);
  }
  if (isAlways) {
    return shift < 0
      ? t('Its days are days in UTC: where you are, each run is on the day before.')
      : t('Its days are days in UTC: where you are, each run is on the day after.');
  }
  return shift < 0
    ? t('Its days are days in UTC: where you are, some runs are on the day before.')
    : t('Its days are days in UTC: where you are, some runs are on the day after.');
}

function clockWords(
  { change, shift, was, becomes, isOnlyTime }: ClockNote,
  formats: ZoneFormats,
  { t }: ScheduleWords,
): string {
  const date = { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' } as const;
  const [changes, begins] = [formats.write(change, date), formats.write(was, { ...date, timeZone: 'UTC' })];
  const from = changes === begins ? t('from then on') : t('from {0} on', begins);
  if (isOnlyTime) {
    const clock = (time: number): string =>
      formats.write(time, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
    const moved = Math.floor(becomes / day) - Math.floor(was / day);
    const at = clock(becomes);
    return t(
      'The clocks change on {0}: {1} it runs at {2} instead of {3} where you are.',
      changes,
      from,
      moved === 0 ? at : moved > 0 ? t('{0} of the next day', at) : t('{0} of the day before', at),
      clock(was),
    );
  }
  return shift > 0
    ? t('The clocks change on {0}: {1} it runs {2} minutes later where you are.', changes, from, shift)
    : t('The clocks change on {0}: {1} it runs {2} minutes earlier where you are.', changes, from, -shift);
}

function monthName(month: number, formats: ZoneFormats): string {
  return formats.write(Date.UTC(1970, month - 1), { month: 'long', timeZone: 'UTC' });
}

/** The fourth of January 1970 was a Sunday. */
function weekdayName(weekday: number, formats: ZoneFormats): string {
  return formats.write(Date.UTC(1970, 0, 4 + weekday), { weekday: 'long', timeZone: 'UTC' });
}
