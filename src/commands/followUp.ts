import * as vscode from 'vscode';
import { type NotFollowable, whyNotFollowable } from '../model/followUpGate';
import { continuationOf } from '../model/runAgain';
import { hasEnded } from '../model/runTime';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { FollowUpOutcome, Open, Run } from '../oz/types';
import { problemWords } from '../platform/problemWords';
import { runTitle, sourceWord } from '../platform/words';
import { askText, back } from './askText';
import { LaunchMemory } from './launchMemory';
import { leftOutWords } from './leftOutWords';
import { type KnownRuns, whichRun } from './pickRun';
import { withProgress } from './progress';
import { readRun } from './readRuns';
import { helpsFor, isCancelled, sendLaunch, type SendLaunchDeps } from './sendLaunch';

export interface FollowUpDeps extends SendLaunchDeps {
  runs: KnownRuns & { put(run: Run): void };
  client: Pick<OzClient, 'followUp' | 'getRun'>;
  /** Of the workspace: the drafts. */
  memento: vscode.Memento;
}

/**
 * Gives a run another message. Where it takes none, a new run can go on with its conversation. What is typed is kept until
 * it was sent.
 * @throws ApiProblem when the run is not known here and cannot be read, or nothing can be sent before the key is right
 */
export async function followUp(deps: FollowUpDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const isFit = (run: Run): boolean => !whyNotFollowable(run);
  const runId = await whichRun(deps.runs, argument, t('Follow up on which run?'), isFit);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  const why = whyNotFollowable(run);
  if (why) {
    await explain(run, why);
    return;
  }
  const memory = new LaunchMemory(deps.memento);
  const draftOf = `followUp ${run.run_id}`;
  const keep = (text: string): void => {
    memory.keep(draftOf, { text, title: '' });
  };
  for (;;) {
    const message = await askText({
      title: t('Follow Up: {0}', runTitle(run, 60)),
      prompt: t('What should the agent do next?'),
      placeholder: t('For example: Also update the documentation'),
      value: memory.draft(draftOf).text,
      emptyComplaint: t('Say what the agent should do.'),
      onChange: keep,
    });
    if (message === undefined || message === back) {
      return;
    }
    keep(message);
    const isOver = await send(deps, run, message, () => {
      keep('');
    });
    if (isOver) {
      return;
    }
  }
}

/** Sends it, once unless a person says so. False when they want to change it; `onSent` is called when the agent has it. */
async function send(deps: FollowUpDeps, run: Run, message: string, onSent: () => void): Promise<boolean> {
  const { client, runs, openConversation } = deps;
  for (;;) {
    try {
      const outcome = await withProgress(vscode.l10n.t('Sending the follow-up…'), (signal) =>
        client.followUp(run.run_id, message, signal),
      );
      onSent();
      void vscode.window.showInformationMessage(outcomeWords(outcome));
    } catch (error) {
      const next = ApiProblem.is(error) ? await askWhatNext(deps, run, message, error, onSent) : undefined;
      if (next === undefined) {
        throw error;
      }
      if (next === 'send') {
        continue;
      }
      return next === 'leave';
    }
    // The service shows what came of it a moment later: the conversation follows that.
    client.getRun(run.run_id).then(
      (fresh) => {
        runs.put(fresh);
      },
      () => undefined,
    );
    await openConversation(run.run_id);
    return true;
  }
}

async function askWhatNext(
  deps: FollowUpDeps,
  run: Run,
  message: string,
  problem: ApiProblem,
  onSent: () => void,
): Promise<'send' | 'sheet' | 'leave'> {
  const { t } = vscode.l10n;
  switch (problem.kind) {
    case 'aborted':
      return 'sheet';
    case 'outcomeUnknown': {
      const [look, again] = [t('Open Conversation'), t('Send Again')];
      const why = isCancelled(problem)
        ? t('Cancelled while the follow-up was being sent: it may have arrived.')
        : t('The connection broke after the follow-up was sent: it may have arrived.');
      const words = t('{0} Look at the conversation before you send it again. The text is kept.', why);
      const clicked = await vscode.window.showErrorMessage(words, look, again);
      if (clicked === look) {
        await deps.openConversation(run.run_id);
      }
      return clicked === again ? 'send' : 'leave';
    }
    case 'notFound':
    case 'unsupported':
    case 'invalid':
      return (await offerNewRun(deps, run, message, problem, onSent)) ? 'leave' : 'sheet';
    default: {
      const words = t('The follow-up was not sent, and the text is kept. {0}', problemWords(problem));
      const helps = helpsFor(problem, { prompt: message });
      const clicked = await vscode.window.showErrorMessage(words, ...helps.map(({ button }) => button));
      return helps.find(({ button }) => button === clicked)?.act() ?? 'leave';
    }
  }
}

/** The service does not take this follow-up. False when a person wants to change it. */
async function offerNewRun(
  deps: FollowUpDeps,
  run: Run,
  message: string,
  problem: ApiProblem,
  onSent: () => void,
): Promise<boolean> {
  const { t } = vscode.l10n;
  // Two runs at work in one conversation would disturb each other.
  const request = hasEnded(run.state) ? continuationOf(run, message) : undefined;
  const [start, change, browser] = [t('Start New Run'), t('Change…'), t('Open in Browser')];
  const words = [
    t('The run takes no follow-up, and the text is kept. {0}', problemWords(problem)),
    ...(request ? [t('A new run can go on with the conversation.'), ...leftOutWords(run)] : []),
  ].join(' ');
  const clicked = await vscode.window.showWarningMessage(words, ...(request ? [start] : []), change, browser);
  if (clicked === start && request) {
    return sendLaunch(deps, request, onSent);
  }
  if (clicked === browser) {
    await vscode.commands.executeCommand('agentRuns.openInBrowser', { runId: run.run_id });
  }
  return clicked !== change;
}

/** When the agent reads it. */
function outcomeWords(outcome: Open<FollowUpOutcome> | undefined): string {
  const { t } = vscode.l10n;
  switch (outcome) {
    case 'live_session':
      return t('The agent has the follow-up: it is at work on the run.');
    case 'queued_prompt':
      return t('The agent takes up the follow-up as soon as it goes on with the run.');
    case 'handoff_execution':
      return t('The run starts again with the follow-up.');
    case 'queue_pending':
      return t('The agent gets the follow-up once the run has begun.');
    default:
      return t('The follow-up was sent.');
  }
}

async function explain(run: Run, why: NotFollowable): Promise<void> {
  const { t } = vscode.l10n;
  const browser = t('Open in Browser');
  const words =
    why === 'local'
      ? t("This run works on somebody's own machine: answer it there.")
      : t('A run that was started by {0} takes no follow-up.', sourceWord(run.source));
  if ((await vscode.window.showInformationMessage(words, browser)) === browser) {
    await vscode.commands.executeCommand('agentRuns.openInBrowser', { runId: run.run_id });
  }
}
