import * as vscode from 'vscode';
import { nextTime } from '../model/cronTimes';
import { cronInWords } from '../model/cronWords';
import { resultOf } from '../model/scheduleFailure';
import type { ScheduleHealth } from '../model/scheduleHealth';
import type { Run, Schedule } from '../oz/types';
import { dateFormat, numberFormat } from '../platform/formats';
import { plain, plainLines } from '../platform/plainText';
import { creditsWord, exactTime, runTime, runTitle, stateWord } from '../platform/words';
import { momentWord } from './dayWords';
import { factLines, runItem } from './runItem';

const { t } = vscode.l10n;

const startTime = dateFormat({ weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
const percent = numberFormat({ style: 'percent' });
const money = numberFormat({ style: 'currency', currency: 'USD' });
/** Of the expressions: each row is asked for them with each change of any. */
const words = new Map<string, string>();
const mostWords = 1000;
const utc = dateFormat({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Milliseconds since 1970, by the clock of this machine and by the service's. */
export interface Times {
  now: number;
  serverNow: number;
}

export function scheduleItem(schedule: Schedule, health: ScheduleHealth, times: Times): vscode.TreeItem {
  const item = new vscode.TreeItem(scheduleName(schedule), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = schedule.id;
  item.description = scheduleDescription(schedule, health, times);
  item.iconPath = icon(schedule, health);
  item.contextValue = schedule.enabled ? 'schedule enabled' : 'schedule paused';
  // A screen reader would say "black circle, black circle, multiplication x".
  const results = lastResults(health);
  const facts = [...scheduleFacts(schedule, health, times), results && t('last results: {0}', results)];
  item.accessibilityInformation = { label: [scheduleName(schedule), ...facts].filter(Boolean).join(', ') };
  return item;
}

/** "●●–✕○ · next today 10:00 · At 09:00 UTC, Monday through Friday" */
export function scheduleDescription(schedule: Schedule, health: ScheduleHealth, times: Times): string {
  const dots = health.last.map(({ state }) => dot(state)).join('');
  return [dots, ...scheduleFacts(schedule, health, times)].filter(Boolean).join(' · ');
}

function scheduleFacts(
  schedule: Schedule,
  { isFailing, overdue }: ScheduleHealth,
  { now, serverNow }: Times,
): string[] {
  const next = nextRun(schedule, serverNow);
  return [
    schedule.enabled ? '' : t('paused'),
    isFailing ? t('failing') : '',
    overdue === undefined ? '' : t('overdue'),
    next === undefined ? '' : t('next {0}', momentWord(next, now)),
    plain(wordsOf(schedule.cron_schedule), 120),
  ].filter(Boolean);
}

export function scheduleTooltip(schedule: Schedule, health: ScheduleHealth, { serverNow }: Times): string {
  const next = nextRun(schedule, serverNow);
  const times = wordsOf(schedule.cron_schedule);
  const config = schedule.agent_config;
  const lines = factLines([
    [t('State'), stateOf(schedule, health)],
    [t('Last error'), schedule.last_spawn_error ?? ''],
    [t('Last results'), lastResults(health)],
    [t('Success'), successWords(health)],
    [t('Cost'), costWords(health)],
    [t('Cron'), schedule.cron_schedule],
    [t('Times'), times === schedule.cron_schedule ? '' : times],
    [t('Next run'), next === undefined ? '' : `${exactTime(new Date(next).toISOString())} (${utc(next)} UTC)`],
    [t('Last run'), exactTime(schedule.history?.last_ran)],
    [t('Skill'), config?.skill_spec],
    [t('Model'), config?.model_id],
    [t('Environment'), schedule.environment?.name],
    [t('Created by'), schedule.created_by?.display_name ?? schedule.created_by?.email],
    [t('Schedule ID'), schedule.id],
  ]);
  const prompt = plainLines(schedule.prompt, 5, 400);
  return [scheduleName(schedule), ...(prompt ? ['', prompt] : []), '', ...lines].join('\n');
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
function lastResults({ last }: ScheduleHealth): string {
  const words = last.map(({ state }) => stateWord(state)).join(', ');
  return last.length > 1 ? t('{0} (the newest last)', words) : words;
}

function successWords({ decided, good }: ScheduleHealth): string {
  return decided === 0 ? '' : t('{0} of {1} runs ({2})', good, decided, percent(good / decided));
}

/** "34.2 credits, $1.20 (20 runs)" */
function costWords({ credits, dollars, runs }: ScheduleHealth): string {
  const amounts = [credits === undefined ? '' : creditsWord(credits), dollars === undefined ? '' : money(dollars)];
  const words = amounts.filter(Boolean).join(', ');
  return words && (runs === 1 ? t('{0} (1 run)', words) : t('{0} ({1} runs)', words, runs));
}

/** The row of a run below its schedule. They all have one title, so each is called by its start. */
export function pastRunItem(run: Run, options: Parameters<typeof runItem>[1]): vscode.TreeItem {
  const item = runItem(run, options);
  item.label = pastRunLabel(run);
  item.description = pastRunDescription(run, options.now);
  item.accessibilityInformation = { label: [item.label, item.description].join(', ') };
  return item;
}

/** "Thu, Nov 19, 6:00 AM", or the title where no time is known. */
export function pastRunLabel(run: Run): string {
  const start = Date.parse(run.started_at ?? run.created_at);
  return Number.isNaN(start) ? runTitle(run) : startTime(start);
}

/** "Finished · 4 min 05 s" */
export function pastRunDescription(run: Run, now: number): string {
  return [stateWord(run.state), runTime(run, now)].filter(Boolean).join(' · ');
}

function stateOf(schedule: Schedule, { isFailing, overdue }: ScheduleHealth): string {
  return (
    [
      schedule.enabled ? '' : t('Paused'),
      isFailing ? t('Failing') : '',
      overdue === undefined ? '' : t('Overdue since {0}', exactTime(new Date(overdue).toISOString())),
    ]
      .filter(Boolean)
      .join(', ') || t('Active')
  );
}

function scheduleName(schedule: Schedule): string {
  return plain(schedule.name, 120) || plain(schedule.prompt, 120) || plain(schedule.id, 120);
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

/** The service's own time wins, until it has passed. @param now milliseconds since 1970 by the service's clock */
function nextRun(schedule: Schedule, now: number): number | undefined {
  if (!schedule.enabled) {
    return undefined;
  }
  const told = Date.parse(schedule.history?.next_run ?? '');
  return told > now ? told : nextTime(schedule.cron_schedule, now);
}

function icon(schedule: Schedule, { isFailing, overdue }: ScheduleHealth): vscode.ThemeIcon {
  if (isFailing) {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('testing.iconErrored'));
  }
  if (overdue !== undefined) {
    return new vscode.ThemeIcon('watch', new vscode.ThemeColor('charts.yellow'));
  }
  return schedule.enabled
    ? new vscode.ThemeIcon('calendar')
    : new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('testing.iconSkipped'));
}
