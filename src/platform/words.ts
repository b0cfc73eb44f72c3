import * as vscode from 'vscode';
import type { ArtifactType, LaunchRequest, Open, Run, RunSource, RunState } from '../oz/types';
import { dayOf, daysAgo } from '../model/localDay';
import { runTimeOf } from '../model/runTime';
import { skillName } from '../model/skillName';
import { dateFormat, numberFormat } from './formats';
import { plain } from './plainText';

const { t } = vscode.l10n;

/** The state in a person's words. A state that is not known yet is shown as the service wrote it. */
export function stateWord(state: Open<RunState>): string {
  const words: Record<RunState, string> = {
    QUEUED: t('Queued'),
    PENDING: t('Preparing'),
    CLAIMED: t('Starting'),
    INPROGRESS: t('Running'),
    SUCCEEDED: t('Finished'),
    FAILED: t('Failed'),
    BLOCKED: t('Needs your answer'),
    ERROR: t('Service error'),
    CANCELLED: t('Cancelled'),
  };
  return known(words, state);
}

/** Where a run was started from. */
export function sourceWord(source: Open<RunSource> | undefined): string {
  if (!source) {
    return '';
  }
  const words: Record<RunSource, string> = {
    LINEAR: 'Linear',
    API: 'API',
    SLACK: 'Slack',
    LOCAL: t('Local'),
    SCHEDULED_AGENT: t('Schedule'),
    WEB_APP: t('Web app'),
    GITHUB_ACTION: 'GitHub Action',
    CLOUD_MODE: t('Cloud mode'),
    CLI: 'CLI',
    JIRA: 'Jira',
    SELF_IMPROVEMENT: t('Self-improvement'),
    GITHUB_WEBHOOK: 'GitHub',
    GITLAB_WEBHOOK: 'GitLab',
    AUTOFIX: t('Autofix'),
    RUN_SCORER: t('Run scorer'),
    ORCHESTRATION: t('Orchestration'),
    TEAMS: 'Teams',
    AZURE_DEVOPS_WEBHOOK: 'Azure DevOps',
    BENCHMARK_TRIAL: t('Benchmark'),
    CREATE_BENCHMARK_TASK: t('Benchmark task'),
    CUSTOM_WEBHOOK: t('Webhook'),
  };
  return known(words, source);
}

export function artifactWord(type: Open<ArtifactType>): string {
  const words: Record<ArtifactType, string> = {
    PLAN: t('Plan'),
    PULL_REQUEST: t('Pull request'),
    SCREENSHOT: t('Screenshot'),
    FILE: t('File'),
    EXTERNAL_REFERENCE: t('Reference'),
  };
  return known(words, type);
}

function known<K extends string>(words: Record<K, string>, value: Open<K>): string {
  return Object.hasOwn(words, value) ? words[value as K] : plain(value, 40);
}

/** What a run is called in lists: its title, else the agent's name, else the prompt's beginning, else its id. */
export function runTitle(run: Pick<Run, 'run_id' | 'title' | 'prompt' | 'agent_config'>, maxLength = 120): string {
  for (const text of [run.title, run.agent_config?.name, run.prompt, run.run_id]) {
    const shown = plain(text ?? '', maxLength);
    if (shown) {
      return shown;
    }
  }
  return t('Run');
}

/** What a launch is called before there is a run. */
export function launchTitle({ title, prompt, skill, config }: LaunchRequest, maxLength = 120): string {
  const name = skillName({ agent_config: { skill_spec: skill ?? config?.skill_spec } });
  return runTitle({ run_id: '', title: firstOf(title, config?.name, name), prompt: prompt ?? '' }, maxLength);
}

function firstOf(...texts: (string | undefined)[]): string {
  return texts.find((text) => text?.trim()) ?? '';
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago, as people say it: "just now", "4 min ago", "3 h ago", "2 days ago", later the date. Days are counted as a
 * calendar does, so that they agree with the names of days. Times ahead of `now` (another clock) count as now; what is no
 * time is the empty string.
 */
export function age(iso: string | null | undefined, now: number): string {
  const time = Date.parse(iso ?? '');
  if (Number.isNaN(time)) {
    return '';
  }
  const passed = Math.max(0, now - time);
  if (passed < minute) {
    return t('just now');
  }
  if (passed < hour) {
    return t('{0} min ago', Math.floor(passed / minute));
  }
  if (passed < day) {
    return t('{0} h ago', Math.floor(passed / hour));
  }
  if (passed >= 30 * day) {
    return date(time);
  }
  const days = daysAgo(dayOf(time), now);
  // Still the same day after 24 hours: the clocks went back.
  return days <= 1 ? t('1 day ago') : t('{0} days ago', days);
}

const date = dateFormat({ dateStyle: 'medium' });
const dateTime = dateFormat({ dateStyle: 'medium', timeStyle: 'medium' });

/** The exact local time, or the empty string. */
export function exactTime(iso: string | null | undefined): string {
  const time = Date.parse(iso ?? '');
  return Number.isNaN(time) ? '' : dateTime(time);
}

/** A length of time in milliseconds as "850 ms", "12 s", "4 min 05 s", "2 h 10 min". */
export function duration(ms: number): string {
  if (ms < 1000) {
    return t('{0} ms', Math.max(0, Math.round(ms)));
  }
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) {
    return t('{0} s', seconds);
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return t('{0} min {1} s', minutes, twoDigits(seconds % 60));
  }
  return t('{0} h {1} min', Math.floor(minutes / 60), twoDigits(minutes % 60));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** How long the run worked, in words, or the empty string while nobody knows. */
export function runTime(run: Run, now: number): string {
  const ms = runTimeOf(run, now);
  return ms === undefined || ms < 1 ? '' : duration(ms);
}

const creditsFormat = numberFormat({ maximumFractionDigits: 1 });

/** What the run cost so far ("3.4 credits"): inference, compute and platform together, or the empty string. */
export function credits(run: Run): string {
  const usage = run.request_usage;
  const parts = [usage?.inference_cost, usage?.compute_cost, usage?.platform_cost].filter((part) => part !== undefined);
  const sum = parts.reduce((total, part) => total + part, 0);
  if (parts.length === 0 || !Number.isFinite(sum) || sum < 0) {
    return '';
  }
  return creditsWord(sum);
}

/** A number of credits as "3.4 credits". */
export function creditsWord(credits: number): string {
  const amount = creditsFormat(credits);
  return amount === creditsFormat(1) ? t('1 credit') : t('{0} credits', amount);
}

// The short word for bytes has no plural.
const sizeFormats = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const).map((unit) =>
  numberFormat({ style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }),
);

/** A number of bytes as "850 bytes", "1.2 MB". */
export function sizeWord(bytes: number): string {
  const power = bytes >= 1000 ? Math.min(sizeFormats.length - 1, Math.floor(Math.log10(bytes) / 3)) : 0;
  return sizeFormats[power]?.(bytes / 1000 ** power) ?? '';
}
