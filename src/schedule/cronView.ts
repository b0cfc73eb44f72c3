import { type ClockNote, clockNotes } from '../model/clockNotes';
import { checkCron, tidyCron } from '../model/cronCheck';
import { nextTimes } from '../model/cronTimes';
import type { CronView } from './protocol';
import type { ScheduleWords, ZoneFormats } from './scheduleWords';

const shownRuns = 5;

/** What stands under the times while they are typed. @param now milliseconds since 1970 */
export function cronView(cron: string, now: number, formats: ZoneFormats, words: ScheduleWords): CronView {
  const findings = cron.trim() === '' ? [] : checkCron(cron);
  const isFine = cron.trim() !== '' && findings.length === 0;
  return {
    words: isFine ? words.cronInWords(tidyCron(cron)) : '',
    marks: findings.map(({ start, end }) => ({ start, end })),
    problems: findings.map((finding) => ({
      words: words.cronFindingWords(finding, cron),
      fix: words.withInstead(finding, cron) ?? null,
    })),
    zone: formats.zone,
    runs: isFine
      ? nextTimes(cron, now, shownRuns).map((time) => ({
          local: formats.local(time, now),
          utc: formats.utc(time, now),
        }))
      : [],
    notes: isFine ? clockNotes(cron, formats.zone, now).map((note) => noteWords(note, formats, words)) : [],
  };
}

function noteWords(
  { change, shift, was, becomes, isOnlyTime }: ClockNote,
  formats: ZoneFormats,
  { t }: ScheduleWords,
): string {
  const day = formats.write(change, { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' });
  if (isOnlyTime) {
    const clock = (time: number): string =>
      formats.write(time, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
    return t(
      'The clocks change on {0}: from then on it runs at {1} instead of {2} where you are.',
      day,
      clock(becomes),
      clock(was),
    );
  }
  return shift > 0
    ? t('The clocks change on {0}: from then on it runs {1} minutes later where you are.', day, shift)
    : t('The clocks change on {0}: from then on it runs {1} minutes earlier where you are.', day, -shift);
}
