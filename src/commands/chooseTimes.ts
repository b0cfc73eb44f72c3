import * as vscode from 'vscode';
import { type CronComplaint, cronComplaint, cronFields, type CronPresetKind, cronPresets } from '../model/cronFields';
import { dateFormat } from '../platform/formats';
import { plain } from '../platform/plainText';
import type { back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';

/** Reads cron expressions; comes from the bundle of the schedules. */
export interface CronReading {
  /** In English; what is no cron expression comes back as it is. */
  cronInWords: (expression: string) => string;
  /** At most `count` times after `after`, in milliseconds since 1970. */
  nextTimes: (expression: string, after: number, count: number) => number[];
}

export interface TimesQuestion {
  title: string;
  cron: CronReading;
  /** What was typed before. */
  typed: string;
  /** The expression that was chosen before. */
  chosen: string | undefined;
  onType: (typed: string) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The times of a schedule as a cron expression: a usual one, or what a person types. Undefined when dismissed. */
export async function chooseTimes(question: TimesQuestion): Promise<string | typeof back | undefined> {
  const { t } = vscode.l10n;
  let typed = question.typed;
  const picked = await chooseItem<TimeItem>({
    title: question.title,
    placeholder: t('When? Choose, or type a cron expression in UTC, as 0 9 * * 1-5'),
    value: typed,
    canGoBack: question.chosen !== undefined,
    items: () => timeItems(question, typed),
    activeId: question.chosen,
    onType: (value) => {
      typed = value;
      question.onType(value);
    },
    staysFor: (item) => item.expression === undefined,
  });
  return typeof picked === 'object' ? picked.expression : picked;
}

interface TimeItem extends Item {
  /** Undefined for what is no answer. */
  expression?: string;
}

function timeItems({ cron, chosen, now }: TimesQuestion, typed: string): TimeItem[] {
  const { t } = vscode.l10n;
  const item = (expression: string, label: string): TimeItem => ({
    id: expression,
    label,
    description: plain([cron.cronInWords(expression), expression].find((words) => words !== label) ?? '', 120),
    detail: nextTimeWords(cron, expression, now()),
    alwaysShow: true,
    expression,
  });
  const presets = cronPresets(new Date(now()).getTimezoneOffset()).map(({ kind, expression }) =>
    item(expression, presetWords(kind)),
  );
  const text = oneSpace(typed);
  if (text) {
    const complaint = timesComplaint(cron, text, now());
    const own = { id: 'typed', label: plain(text, 80), detail: complaint, alwaysShow: true };
    const fit = presets.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
    return [complaint === undefined ? item(text, plain(text, 80)) : own, ...fit];
  }
  const isOwn = chosen !== undefined && !presets.some(({ id }) => id === chosen);
  return [...(isOwn ? [item(chosen, plain(chosen, 80)), separator(t('Usual times'))] : []), ...presets];
}

function oneSpace(text: string): string {
  return text.trim().split(/\s+/).join(' ');
}

/** "Next: Mon, Nov 23, 10:00 AM (09:00 UTC) · …", with UTC's day where it is another one, and without where UTC is the time here. */
export function nextTimeWords(cron: CronReading, expression: string, now: number): string {
  const isUtcHere = new Date(now).getTimezoneOffset() === 0;
  const words = cron.nextTimes(expression, now, 2).map((time) => {
    const utc = localDay(time) === utcDay(time) ? utcTime(time) : `${utcDay(time)} ${utcTime(time)}`;
    return isUtcHere ? `${localTime(time)} UTC` : `${localTime(time)} (${utc} UTC)`;
  });
  return vscode.l10n.t('Next: {0}', words.join(' · '));
}

const localTime = dateFormat({ weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
const localDay = dateFormat({ weekday: 'short' });
const utcDay = dateFormat({ weekday: 'short', timeZone: 'UTC' });
const utcTime = dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });

/** Why an expression is no answer; undefined for one that is. */
function timesComplaint(cron: CronReading, expression: string, now: number): string | undefined {
  const { t } = vscode.l10n;
  const complaint = cronComplaint(expression);
  if (complaint) {
    return complaintWords(complaint);
  }
  return cron.nextTimes(expression, now, 1).length === 0 ? t('There is no such day: this would never run.') : undefined;
}

function complaintWords(complaint: CronComplaint): string {
  const { t } = vscode.l10n;
  if (complaint.kind === 'notFive') {
    return t('Five fields are needed, as in 0 9 * * 1-5: these are {0}.', complaint.count);
  }
  const { least = 0, most = 0, names = [] } = cronFields[complaint.index] ?? {};
  const allowed =
    names.length > 0
      ? t('{0} to {1}, or {2} to {3}', least, most, names[0] ?? '', names.at(-1) ?? '')
      : t('{0} to {1}', least, most);
  return t(
    '{0} cannot be “{1}”: it is {2}, a list, a range, or * with a step as in */2.',
    fieldWords(complaint.index),
    plain(complaint.text, 40),
    allowed,
  );
}

function fieldWords(index: number): string {
  const { t } = vscode.l10n;
  return (
    [t('The minute'), t('The hour'), t('The day of the month'), t('The month'), t('The day of the week')][index] ?? ''
  );
}

function presetWords(kind: CronPresetKind): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'hourly':
      return t('Every hour');
    case 'daily':
      return t('Every day');
    case 'weekdays':
      return t('Monday to Friday');
    case 'weekly':
      return t('Every week');
    case 'monthly':
      return t('Every month');
  }
}
