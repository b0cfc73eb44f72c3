import * as vscode from 'vscode';
import { runHelp } from '../model/errorHelp';
import type { News, NewsKind, NotificationRule } from '../model/runNews';
import { scheduleName } from '../model/scheduleName';
import { errorSentence, helpButton } from '../platform/errorWords';
import type { Log } from '../platform/log';
import type { Schedule } from '../oz/types';
import { plain } from '../platform/plainText';
import { runTitle } from '../platform/words';

const rules: readonly string[] = ['all', 'mine', 'needsYou', 'off'] satisfies NotificationRule[];

/** The setting `agentRuns.notifications`, whatever somebody wrote there. */
export function notificationRule(): NotificationRule {
  const value: unknown = vscode.workspace.getConfiguration('agentRuns').get('notifications');
  return typeof value === 'string' && rules.includes(value) ? (value as NotificationRule) : 'mine';
}

interface Offer {
  button: string;
  command: string;
  argument?: unknown;
}

/** Tells a person what became of runs, as one message. Nobody waits for what they do with it; what fails is in the log. */
export function showNews(news: readonly News[], log: Pick<Log, 'error'>): void {
  const isGood = news.every(({ kind }) => kind === 'finished');
  tell(news[0] && news.length === 1 ? one(news[0]) : several(news), isGood, log);
}

/** Tells a person that schedules cannot start their runs any more, as one message. */
export function showSpawnNews(news: readonly Schedule[], log: Pick<Log, 'error'>): void {
  const { t } = vscode.l10n;
  const [schedule] = news;
  if (schedule && news.length === 1) {
    const why = plain(schedule.last_spawn_error ?? '', 200);
    const argument = { scheduleId: schedule.id };
    const words = t('The schedule “{0}” cannot start its runs any more.', plain(scheduleName(schedule), 80));
    tell({ words: withMore(words, why), offers: scheduleOffers(argument, argument) }, false, log);
  } else {
    const words = t('{0} schedules cannot start their runs any more.', news.length);
    tell({ words, offers: [{ button: t('Show Schedules'), command: 'agentRuns.schedules.focus' }] }, false, log);
  }
}

function tell({ words, offers }: Message, isGood: boolean, log: Pick<Log, 'error'>): void {
  const show = isGood ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const follow = async (): Promise<void> => {
    const clicked = await show(words, ...offers.map(({ button }) => button));
    const offer = offers.find(({ button }) => button === clicked);
    if (offer) {
      await vscode.commands.executeCommand(offer.command, offer.argument);
    }
  };
  follow().catch((error: unknown) => {
    log.error('notification', error);
  });
}

interface Message {
  words: string;
  offers: Offer[];
}

function one({ kind, run, isFirstFailure }: News): Message {
  const { t } = vscode.l10n;
  const argument = { runId: run.run_id };
  const open: Offer = { button: t('Open'), command: 'agentRuns.openConversation', argument };
  const title = runTitle(run, 80);
  const said = plain(run.status_message?.message ?? '', 200);
  switch (kind) {
    case 'blocked':
      return { words: withMore(t('The run “{0}” needs your answer.', title), said), offers: [open] };
    case 'failed': {
      const help = runHelp(run);
      const fix = help === undefined || help === 'browser' ? [] : [{ ...helpButton(help), argument }];
      const why = errorSentence(run.status_message?.error_code) ?? said;
      if (run.schedule && isFirstFailure) {
        const name = plain(run.schedule.schedule_name || title, 80);
        const words = t('The schedule “{0}” has started to fail.', name);
        return {
          words: withMore(words, why),
          offers: scheduleOffers(argument, { scheduleId: run.schedule.schedule_id }),
        };
      }
      return { words: withMore(t('The run “{0}” failed.', title), why), offers: [...fix, open] };
    }
    case 'finished':
      return { words: t('The run “{0}” is finished.', title), offers: [open] };
  }
}

/** "Runs: 3 finished, 1 failed, 1 needs your answer". */
function several(news: readonly News[]): Message {
  const { t } = vscode.l10n;
  const count = (kind: NewsKind): number => news.filter((item) => item.kind === kind).length;
  const [finished, failed, blocked] = [count('finished'), count('failed'), count('blocked')];
  const parts = [
    finished > 0 ? t('{0} finished', finished) : '',
    failed > 0 ? t('{0} failed', failed) : '',
    blocked > 1 ? t('{0} need your answer', blocked) : blocked === 1 ? t('1 needs your answer') : '',
  ];
  return {
    words: t('Runs: {0}', parts.filter(Boolean).join(', ')),
    offers: [{ button: t('Show Runs'), command: 'agentRuns.runs.focus' }],
  };
}

/** `agentRuns.showSchedule` knows a schedule by itself or by one of its runs. */
function scheduleOffers(shown: unknown, paused: { scheduleId: string }): Offer[] {
  const { t } = vscode.l10n;
  return [
    { button: t('Show'), command: 'agentRuns.showSchedule', argument: shown },
    { button: t('Pause'), command: 'agentRuns.pauseSchedule', argument: paused },
  ];
}

function withMore(sentence: string, more: string): string {
  return more ? `${sentence} ${more}` : sentence;
}
