import { timesWithin } from '../model/cronTimes';
import type { Schedule } from '../oz/types';
import { plain } from '../platform/plainText';
import type { WeekDay, WeekGroup, WeekRun, WeekView } from './protocol';
import type { ScheduleWords, ZoneFormats } from './scheduleWords';

const hour = 3_600_000;
const day = 24 * hour;
const shownDays = 7;
const quarter = 15;

/** What runs more often than once an hour is a band, not marks. */
const mostMarks = shownDays * 24;
/** A run each minute. */
const mostRuns = shownDays * 24 * 60;

export interface WeekParts {
  schedules: readonly Schedule[];
  showsPaused: boolean;
  /** Milliseconds since 1970. */
  now: number;
  formats: ZoneFormats;
  words: ScheduleWords;
  /** The number by which the page asks for a schedule. */
  item: (scheduleId: string) => number;
}

interface Start {
  schedule: Schedule;
  time: number;
}

/** The runs of seven days, today the first of them, by the calendar of the person. */
export function weekView(parts: WeekParts): Omit<WeekView, 'bars' | 'isBusy'> {
  const { schedules, showsPaused, now, formats, words, item } = parts;
  const shown = schedules.filter(({ enabled }) => enabled || showsPaused);
  const often = shown.filter(
    (schedule) => timesOf(schedule, now, now + shownDays * day, mostMarks + 1).length > mostMarks,
  );
  const starts = shown
    .filter((schedule) => !often.includes(schedule))
    .flatMap((schedule) =>
      timesOf(schedule, now, now + (shownDays + 1) * day, mostRuns).map((time) => ({ schedule, time })),
    )
    .sort((a, b) => a.time - b.time || nameOf(a.schedule).localeCompare(nameOf(b.schedule)));
  const today = formats.parts(now).day;
  const days = Array.from({ length: shownDays }, (_, index): WeekDay & { inGroups: Map<string, Start[]> } => ({
    name:
      index === 0
        ? words.t('Today')
        : formats.write((today + index) * day, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' }),
    long: formats.write((today + index) * day, { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }),
    groups: [],
    inGroups: new Map(),
  }));
  for (const start of starts) {
    const place = formats.parts(start.time);
    const { inGroups } = days[place.day - today] ?? {};
    // By the time itself too: an hour that comes twice is two.
    const key = [place.hour, Math.floor(place.minute / quarter), Math.floor(start.time / hour)].join(' ');
    inGroups?.set(key, [...(inGroups.get(key) ?? []), start]);
  }
  const filled = days.map(({ inGroups, ...one }): WeekDay => ({
    ...one,
    groups: [...inGroups.values()].map((group) => groupOf(group, parts)),
  }));
  return {
    summary: summaryOf(filled, schedules, parts),
    zone: formats.zone,
    days: filled,
    bands: often.map((schedule) => bandOf(schedule, parts)),
    hours: Array.from({ length: 24 }, (_, index) => formats.write(index * hour, { hour: 'numeric', timeZone: 'UTC' })),
    paused: schedules.filter(({ enabled }) => !enabled).length,
    showsPaused,
  };

  function bandOf(schedule: Schedule, { words: { t, cronInWords } }: WeekParts): WeekView['bands'][number] {
    const count = timesOf(schedule, now, now + shownDays * day, mostRuns).length;
    const said = t('{0} · {1} runs in seven days', plain(cronInWords(schedule.cron_schedule), 120), count);
    return {
      item: item(schedule.id),
      name: nameOf(schedule),
      words: said,
      label: [nameOf(schedule), said, ...(schedule.enabled ? [] : [words.t('paused')])].join(', '),
      isPaused: !schedule.enabled,
    };
  }
}

/** The first one as the service says it; the others by the expression. */
function timesOf(
  { cron_schedule: cron, enabled, history }: Schedule,
  from: number,
  to: number,
  most: number,
): number[] {
  const told = enabled ? Date.parse(history?.next_run ?? '') : NaN;
  return told >= from && told < to
    ? [told, ...timesWithin(cron, told + 1, to, most - 1)]
    : timesWithin(cron, from, to, most);
}

function groupOf(starts: readonly Start[], { formats, now, words: { t }, item }: WeekParts): WeekGroup {
  const colliding = new Set(starts.filter(({ schedule }) => schedule.enabled).map(({ schedule }) => schedule.id)).size;
  const runs = starts.map(({ schedule, time }): WeekRun => {
    const { minute } = formats.parts(time);
    const name = nameOf(schedule);
    const when = t('{0} ({1} UTC)', formats.local(time, now), formats.utc(time, now));
    return {
      item: item(schedule.id),
      minute: `:${String(minute).padStart(2, '0')}`,
      time: formats.time(time),
      name,
      label: [name, when, ...(schedule.enabled ? [] : [t('paused')])].join(', '),
      isPaused: !schedule.enabled,
    };
  });
  return {
    hour: formats.parts(starts[0]?.time ?? 0).hour,
    collision: colliding > 1 ? t('{0} at once', colliding) : '',
    runs,
  };
}

function summaryOf(days: readonly WeekDay[], schedules: readonly Schedule[], { words: { t } }: WeekParts): string {
  const groups = days.flatMap((one) => one.groups);
  const runs = groups.flatMap((group) => group.runs).filter(({ isPaused }) => !isPaused).length;
  const collisions = groups.filter(({ collision }) => collision !== '').length;
  if (schedules.length === 0) {
    return '';
  }
  return [
    runs === 1 ? t('1 run in these seven days.') : t('{0} runs in these seven days.', runs),
    collisions === 0
      ? t('No two schedules run within the same quarter of an hour.')
      : collisions === 1
        ? t('Once, several run within the same quarter of an hour.')
        : t('{0} times, several run within the same quarter of an hour.', collisions),
  ].join(' ');
}

function nameOf({ name, prompt, id }: Schedule): string {
  return plain(name, 80) || plain(prompt, 80) || plain(id, 80);
}
