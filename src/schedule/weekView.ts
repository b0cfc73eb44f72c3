import { timesWithin } from '../model/cronTimes';
import { nextStart } from '../model/nextStart';
import type { ScheduleHealth } from '../model/scheduleHealth';
import { scheduleName } from '../model/scheduleName';
import type { ZoneFormats } from '../model/zoneFormats';
import type { Schedule } from '../oz/types';
import { plain } from '../platform/plainText';
import { meetingsOf } from './meetings';
import type { WeekDay, WeekGroup, WeekMark, WeekRun, WeekView } from './protocol';
import type { ScheduleWords } from './scheduleWords';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const days = 7;
/** The rest of today, six days, and of the last one what is still within seven days. */
const columns = days + 1;
/** A run each minute. */
const mostRuns = days * 24 * 60;

/** What runs more often than this in a day is a band, not marks: with fewer marks than `mostMarks` the first of them. */
const mostPerDay = [24, 8, 4, 2, 1];
const mostMarks = 1000;

export interface WeekParts {
  schedules: readonly Schedule[];
  showsPaused: boolean;
  /** Milliseconds since 1970. */
  now: number;
  formats: ZoneFormats;
  words: ScheduleWords;
  alert: (schedule: Schedule) => WeekMark['alert'];
  /** The number by which the page asks for a schedule. */
  item: (scheduleId: string) => number;
}

/** A schedule with its runs from now on until a week has passed, in milliseconds since 1970. */
interface Timed extends Pick<Schedule, 'enabled'>, Pick<WeekMark, 'item' | 'name' | 'alert'> {
  cron: string;
  times: readonly number[];
}

interface Start {
  of: Timed;
  time: number;
}

/** What is written of a time; many runs have the same. */
interface Moment extends Pick<WeekRun, 'minute' | 'time'> {
  day: number;
  hour: number;
  both: string;
}

/** The runs of the coming seven days by the calendar of the person, which begins with the rest of today. */
export function weekView(parts: WeekParts): Omit<WeekView, 'bars' | 'isBusy'> {
  const { schedules, showsPaused, now, formats, words } = parts;
  const all = timed(
    schedules.filter(({ enabled }) => enabled || showsPaused),
    parts,
  );
  const most = mostOfAMarked(all);
  const [often, marked] = [
    all.filter(({ times }) => times.length > most),
    all.filter((one) => one.times.length <= most),
  ];
  const starts = marked
    .flatMap((of) => of.times.map((time): Start => ({ of, time })))
    .sort((one, other) => one.time - other.time);
  const meetings = meetingsOf(starts.filter(({ of }) => of.enabled));
  const today = formats.parts(now).day;
  const shown = Array.from({ length: columns }, (_, index): WeekDay => ({
    name:
      index === 0
        ? words.t('Today')
        : formats.write((today + index) * day, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' }),
    long: formats.write((today + index) * day, { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }),
    groups: [],
  }));
  const moments = new Map<number, Moment>();
  const groups = new Map<string, WeekGroup>();
  for (const start of starts) {
    const moment = moments.get(start.time) ?? momentOf(start.time, parts);
    moments.set(start.time, moment);
    const meeting = meetings.get(start);
    // A meeting is in each hour that it touches; an hour that comes twice has its runs twice.
    const key = [moment.day, moment.hour, meeting ? meeting.id : `${start.of.item} ${start.time}`].join(' ');
    const known = groups.get(key);
    const group = known ?? { hour: moment.hour, collision: meetingWords(meeting, words), runs: [] };
    group.runs.push(runOf(start, moment, words));
    if (!known) {
      groups.set(key, group);
      shown[moment.day - today]?.groups.push(group);
    }
  }
  return {
    summary: summaryOf(all, often, new Set(meetings.values()).size, words),
    zone: formats.zone,
    days: shown,
    bands: often.map((one) => bandOf(one, words)),
    hours: Array.from({ length: 24 }, (_, index) => formats.write(index * hour, { hour: 'numeric', timeZone: 'UTC' })),
    paused: schedules.filter(({ enabled }) => !enabled).length,
    showsPaused,
  };
}

/** By name. The first run is the one that the service says, the others are by the expression. */
function timed(schedules: readonly Schedule[], { now, item, alert }: WeekParts): Timed[] {
  const known = new Map<string, number[]>();
  const end = now + days * day;
  return schedules
    .map((schedule): Timed => {
      const { id, cron_schedule: cron, enabled } = schedule;
      const times = known.get(cron) ?? timesWithin(cron, now, end, mostRuns);
      known.set(cron, times);
      // What starts now is still to come here.
      const next = nextStart(schedule, now - 1);
      return {
        ...{ item: item(id), name: plain(scheduleName(schedule), 80), alert: alert(schedule), cron, enabled },
        times: next === undefined ? times : [next, ...times.filter((time) => time > next)].filter((time) => time < end),
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** How often a schedule runs at most that has marks. */
function mostOfAMarked(all: readonly Timed[]): number {
  const marks = (most: number): number =>
    all.reduce((sum, { times }) => sum + (times.length <= most ? times.length : 0), 0);
  const limits = mostPerDay.map((perDay) => perDay * days);
  return limits.find((most) => marks(most) <= mostMarks) ?? days;
}

function momentOf(time: number, { formats, now, words: { t } }: WeekParts): Moment {
  const parts = formats.parts(time);
  return {
    ...{ day: parts.day, hour: parts.hour, minute: `:${String(parts.minute).padStart(2, '0')}` },
    time: formats.time(time),
    both: t('{0} ({1} UTC)', formats.local(time, now), formats.utc(time, now)),
  };
}

function runOf({ of, time }: Start, { minute: past, time: written, both }: Moment, words: ScheduleWords): WeekRun {
  return {
    ...markOf(of, both, words),
    ...{ at: Math.floor(time / minute), minute: past, time: written },
  };
}

function bandOf(one: Timed, words: ScheduleWords): WeekView['bands'][number] {
  const often = words.t('{0} · {1} runs in seven days', plain(words.cronInWords(one.cron), 120), one.times.length);
  return { ...markOf(one, often, words), words: often };
}

function markOf({ item, name, enabled, alert }: Timed, said: string, { t }: ScheduleWords): WeekMark {
  const alerts = { failing: t('failing'), changed: t('changed since it failed'), overdue: t('overdue') };
  const state = [enabled ? '' : t('paused'), alert ? alerts[alert] : ''];
  return { item, name, said: [said, ...state].filter(Boolean).join(', '), isPaused: !enabled, alert };
}

/** As the rows of the Schedules view are marked. */
export function alertOf({ isFailing, isChanged, overdue }: ScheduleHealth): WeekMark['alert'] {
  return isFailing ? (isChanged ? 'changed' : 'failing') : overdue === undefined ? null : 'overdue';
}

function meetingWords(meeting: { count: number; span: number } | undefined, { t }: ScheduleWords): string {
  if (!meeting) {
    return '';
  }
  const minutes = Math.ceil(meeting.span / minute);
  return minutes === 0 ? t('{0} at once', meeting.count) : t('{0} within {1} min', meeting.count, minutes);
}

function summaryOf(
  all: readonly Timed[],
  often: readonly Timed[],
  meetings: number,
  { t, language }: ScheduleWords,
): string {
  if (all.length === 0) {
    return '';
  }
  const count = all.reduce((sum, { times, enabled }) => sum + (enabled ? times.length : 0), 0);
  const met =
    meetings === 0
      ? often.length === 0
        ? t('No two start within 15 minutes of each other.')
        : t('Beside those that run often, no two start within 15 minutes of each other.')
      : meetings === 1
        ? t('Once, several start within 15 minutes of each other.')
        : t('{0} times, several start within 15 minutes of each other.', meetings);
  return [
    count === 1
      ? t('1 run in the next seven days.')
      : t('{0} runs in the next seven days.', new Intl.NumberFormat(language).format(count)),
    met,
  ].join(' ');
}
