import * as vscode from 'vscode';
import { cronInWords, nextTime } from '../model/cronWords';
import type { Run, Schedule } from '../oz/types';
import { dateFormat } from '../platform/formats';
import { plain, plainLines } from '../platform/plainText';
import { exactTime, runTime, runTitle, stateWord } from '../platform/words';
import { momentWord } from './dayWords';
import { factLines, runItem } from './runItem';

const { t } = vscode.l10n;

const startTime = dateFormat({ weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
const utc = dateFormat({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export function scheduleItem(schedule: Schedule, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(scheduleName(schedule), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = schedule.id;
  item.description = scheduleDescription(schedule, now);
  item.iconPath = icon(schedule);
  item.contextValue = schedule.enabled ? 'schedule enabled' : 'schedule paused';
  item.accessibilityInformation = { label: [scheduleName(schedule), item.description].join(', ') };
  return item;
}

/** "next today 10:00 · At 09:00 UTC, Monday through Friday" */
export function scheduleDescription(schedule: Schedule, now: number): string {
  const next = nextRun(schedule, now);
  return [
    schedule.enabled ? '' : t('paused'),
    isFailing(schedule) ? t('failing') : '',
    next === undefined ? '' : t('next {0}', momentWord(next, now)),
    plain(cronInWords(schedule.cron_schedule), 120),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function scheduleTooltip(schedule: Schedule, now: number): string {
  const next = nextRun(schedule, now);
  const words = cronInWords(schedule.cron_schedule);
  const config = schedule.agent_config;
  const lines = factLines([
    [t('State'), stateOf(schedule)],
    [t('Last error'), schedule.last_spawn_error ?? ''],
    [t('Cron'), schedule.cron_schedule],
    [t('Times'), words === schedule.cron_schedule ? '' : words],
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

function stateOf(schedule: Schedule): string {
  if (!schedule.enabled) {
    return t('Paused');
  }
  return isFailing(schedule) ? t('Failing') : t('Active');
}

function scheduleName(schedule: Schedule): string {
  return plain(schedule.name, 120) || plain(schedule.prompt, 120) || plain(schedule.id, 120);
}

function isFailing(schedule: Schedule): boolean {
  return Boolean(schedule.last_spawn_error);
}

/** The service's own time wins, until it has passed. */
function nextRun(schedule: Schedule, now: number): number | undefined {
  if (!schedule.enabled) {
    return undefined;
  }
  const told = Date.parse(schedule.history?.next_run ?? '');
  return told > now ? told : nextTime(schedule.cron_schedule, now);
}

function icon(schedule: Schedule): vscode.ThemeIcon {
  if (isFailing(schedule)) {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('testing.iconErrored'));
  }
  return schedule.enabled
    ? new vscode.ThemeIcon('calendar')
    : new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('testing.iconSkipped'));
}
