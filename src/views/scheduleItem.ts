import * as vscode from 'vscode';
import { cronInWords } from '../model/cronWords';
import { nextStart } from '../model/nextStart';
import type { PersonsZone } from '../model/personsZone';
import { resultOf } from '../model/scheduleFailure';
import type { ScheduleHealth } from '../model/scheduleHealth';
import { scheduleName } from '../model/scheduleName';
import type { Run, Schedule } from '../oz/types';
import { numberFormat } from '../platform/formats';
import { plain, plainLines } from '../platform/plainText';
import { creditsWord, runTime, runTitle, stateWord } from '../platform/words';
import { momentWord } from './dayWords';
import { factLines, runItem } from './runItem';

const { t } = vscode.l10n;

const percent = numberFormat({ style: 'percent' });
const money = numberFormat({ style: 'currency', currency: 'USD' });
/** Of the expressions: each row is asked for them with each change of any. */
const words = new Map<string, string>();
const mostWords = 1000;

const dayLength = 24 * 60 * 60_000;

export interface Times {
  /** Milliseconds since 1970, by the clock of this machine and by the service's. */
  now: number;
  serverNow: number;
  /** In which they are written. */
  zone: Pick<PersonsZone, 'formats' | 'isGuess'>;
}

export function scheduleItem(schedule: Schedule, health: ScheduleHealth, times: Times): vscode.TreeItem {
  const name = nameOf(schedule);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = schedule.id;
  item.description = scheduleDescription(schedule, health, times);
  item.iconPath = icon(schedule, health);
  item.contextValue = schedule.enabled ? 'schedule enabled' : 'schedule paused';
  // A screen reader would say "black circle, black circle, multiplication x".
  const [next, results] = [nextOf(schedule, health, times), lastResults(health)];
  const facts = [
    ...marks(schedule, health, times),
    next === undefined ? '' : t('next {0}', momentWord(next, times.now, times.zone.formats)),
    plain(wordsOf(schedule.cron_schedule), 120),
    results && t('last results: {0}', results),
  ];
  item.accessibilityInformation = { label: [name, ...facts].filter(Boolean).join(', ') };
  item.command = {
    command: 'agentRuns.editSchedule',
    title: t('Edit Schedule…'),
    arguments: [{ scheduleId: schedule.id }],
  };
  return item;
}

/** "failing · ●●–✕○ · 10:00 · At 09:00 UTC, Monday through Friday": the end is out of sight in a narrow side bar. */
export function scheduleDescription(schedule: Schedule, health: ScheduleHealth, times: Times): string {
  const { now, zone } = times;
  const { formats } = zone;
  const next = nextOf(schedule, health, times);
  // There a time alone is clear.
  const isToday = next !== undefined && formats.parts(next).day === formats.parts(now).day;
  return [
    ...marks(schedule, health, times),
    dots(health),
    next === undefined ? '' : isToday ? formats.time(next) : momentWord(next, now, formats),
    plain(wordsOf(schedule.cron_schedule), 120),
  ]
    .filter(Boolean)
    .join(' · ');
}

function marks(
  { enabled }: Schedule,
  { isFailing, isChanged, overdue }: ScheduleHealth,
  { now, zone }: Times,
): string[] {
  return [
    enabled ? '' : t('paused'),
    isFailing ? (isChanged ? t('changed since it failed') : t('failing')) : '',
    overdue === undefined ? '' : t('overdue since {0}', momentWord(overdue, now, zone.formats)),
  ].filter(Boolean);
}

/** Of one that is overdue nobody knows. */
function nextOf(schedule: Schedule, { overdue }: ScheduleHealth, { serverNow }: Times): number | undefined {
  return overdue === undefined ? nextStart(schedule, serverNow) : undefined;
}

export function scheduleTooltip(schedule: Schedule, health: ScheduleHealth, when: Times): string {
  const next = nextStart(schedule, when.serverNow);
  const times = wordsOf(schedule.cron_schedule);
  const config = schedule.agent_config;
  const lines = factLines([
    [t('State'), stateOf(schedule, health, when)],
    [t('Last error'), schedule.last_spawn_error ?? ''],
    [t('Last results'), lastResults(health)],
    [t('Success'), successWords(health)],
    [t('Cost'), costWords(health)],
    [t('Cron'), schedule.cron_schedule],
    [t('Times'), times === schedule.cron_schedule ? '' : times],
    [t('Next run'), next === undefined ? '' : bothTimes(next, when)],
    [t('Last successful run'), exactMoment(schedule.history?.last_ran, when)],
    [t('Time zone'), when.zone.isGuess ? t('{0}, as on the remote machine', when.zone.formats.zone) : ''],
    [t('Skill'), config?.skill_spec],
    [t('Model'), config?.model_id],
    [t('Environment'), schedule.environment?.name],
    [t('Created by'), schedule.created_by?.display_name ?? schedule.created_by?.email],
    [t('Schedule ID'), schedule.id],
  ]);
  const prompt = plainLines(schedule.prompt, 5, 400);
  return [nameOf(schedule), ...(prompt ? ['', prompt] : []), '', ...lines].join('\n');
}

/** A time as the service writes it, for a tooltip, or the empty string. */
export function exactMoment(iso: string | null | undefined, times: Times): string {
  const time = Date.parse(iso ?? '');
  return Number.isNaN(time) ? '' : bothTimes(time, times);
}

/** "Mon, Nov 23, 7:30 AM (06:30 UTC)", with the day in UTC where that is another one. */
function bothTimes(time: number, { now, zone: { formats } }: Times): string {
  const isSameDay = formats.parts(time).day === Math.floor(time / dayLength);
  return t('{0} ({1} UTC)', formats.local(time, now), isSameDay ? formats.utcTime(time) : formats.utc(time, now));
}

/** "●●–✕○!", the newest last. */
function dots({ last, couldNotStart }: ScheduleHealth): string {
  return last.map(({ state }) => dot(state)).join('') + (couldNotStart ? '!' : '');
}

/** Told apart by their form alone; the tooltip has the words. */
function dot(state: Run['state']): string {
  switch (resultOf(state)) {
    case 'good':
      return '●';
    case 'bad':
      return '✕';
    case undefined:
      return state === 'BLOCKED' ? '?' : state === 'CANCELLED' ? '–' : '○';
  }
}

/** "Finished, Cancelled, Failed (the newest last)", as the dots are. */
function lastResults({ last, couldNotStart }: ScheduleHealth): string {
  const results = [...last.map(({ state }) => stateWord(state)), ...(couldNotStart ? [t('Not started')] : [])];
  const words = results.join(', ');
  return results.length > 1 ? t('{0} (the newest last)', words) : words;
}

function successWords({ decided, good, couldNotStart }: ScheduleHealth): string {
  if (decided === 0) {
    return '';
  }
  return couldNotStart
    ? t('{0} of {1} runs; since then none could be started', good, decided)
    : t('{0} of {1} runs ({2})', good, decided, percent(good / decided));
}

/** "34.2 credits, $1.20 (20 runs)" */
function costWords({ credits, dollars, runs }: ScheduleHealth): string {
  const amounts = [credits === undefined ? '' : creditsWord(credits), dollars === undefined ? '' : money(dollars)];
  const words = amounts.filter(Boolean).join(', ');
  return words && (runs === 1 ? t('{0} (1 run)', words) : t('{0} ({1} runs)', words, runs));
}

/** The row of a run below its schedule. They all have one title, so each is called by its start. */
export function pastRunItem(run: Run, options: Parameters<typeof runItem>[1], times: Times): vscode.TreeItem {
  const item = runItem(run, options);
  item.label = pastRunLabel(run, times);
  item.description = pastRunDescription(run, options.now);
  item.accessibilityInformation = { label: [item.label, item.description].join(', ') };
  return item;
}

/** "Thu, Nov 19, 6:00 AM", or the title where no time is known. */
export function pastRunLabel(run: Run, { now, zone }: Times): string {
  const start = Date.parse(run.started_at ?? run.created_at);
  return Number.isNaN(start) ? runTitle(run) : zone.formats.local(start, now);
}

/** "Finished · 4 min 05 s" */
export function pastRunDescription(run: Run, now: number): string {
  return [stateWord(run.state), runTime(run, now)].filter(Boolean).join(' · ');
}

function stateOf(schedule: Schedule, { isFailing, isChanged, overdue }: ScheduleHealth, times: Times): string {
  return (
    [
      schedule.enabled ? '' : t('Paused'),
      isFailing ? (isChanged ? t('Changed since it failed') : t('Failing')) : '',
      overdue === undefined ? '' : t('Overdue since {0}', bothTimes(overdue, times)),
    ]
      .filter(Boolean)
      .join(', ') || t('Active')
  );
}

function nameOf(schedule: Schedule): string {
  return plain(scheduleName(schedule), 120);
}

/** The cron expression as a person reads it. */
function wordsOf(expression: string): string {
  const known = words.get(expression) ?? cronInWords(expression);
  if (words.size >= mostWords) {
    words.clear();
  }
  words.set(expression, known);
  return known;
}

function icon(schedule: Schedule, { isFailing, isChanged, overdue }: ScheduleHealth): vscode.ThemeIcon {
  if (isFailing) {
    const color = isChanged ? 'charts.yellow' : 'testing.iconErrored';
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor(color));
  }
  if (overdue !== undefined) {
    return new vscode.ThemeIcon('watch', new vscode.ThemeColor('charts.yellow'));
  }
  return schedule.enabled
    ? new vscode.ThemeIcon('calendar')
    : new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('testing.iconSkipped'));
}
