import * as vscode from 'vscode';
import type { CreatedSchedule, ScheduleCreation } from '../model/scheduleCreation';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { ScheduleRequest } from '../oz/types';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { withProgress } from './progress';

export interface SendScheduleDeps {
  client: Pick<OzClient, 'listSchedules' | 'createSchedule'>;
  clock: Clock;
  /** Shows the schedule in its view; false when it is not there. */
  revealSchedule: (scheduleId: string) => Promise<boolean>;
}

/** How it ended: `change` and `leave` are what a person wants to do after a failure. */
export type ScheduleEnd = 'created' | 'change' | 'leave';

/**
 * Creates the schedule and shows it. What is unknown is looked for before anything is said.
 * @param creation the same for every try
 */
export async function sendSchedule(
  deps: SendScheduleDeps,
  creation: ScheduleCreation,
  request: ScheduleRequest,
): Promise<ScheduleEnd> {
  const { t } = vscode.l10n;
  for (;;) {
    let created: CreatedSchedule;
    try {
      created = await withProgress(t('Creating the schedule…'), (signal) => creation.create(request, signal));
    } catch (error) {
      const next = ApiProblem.is(error) ? await askWhatNext(error) : undefined;
      if (next === undefined) {
        throw error;
      }
      if (next === 'again') {
        continue;
      }
      return next;
    }
    await show(deps, created);
    return 'created';
  }
}

async function show({ revealSchedule }: SendScheduleDeps, { schedule, found }: CreatedSchedule): Promise<void> {
  const { t } = vscode.l10n;
  const name = plain(schedule.name, 80);
  if (found) {
    void vscode.window.showInformationMessage(
      t('The answer was lost on the way, but the schedule “{0}” was created: here it is.', name),
    );
  }
  try {
    // A list that was being read meanwhile may not have it yet.
    if ((await revealSchedule(schedule.id)) || (await revealSchedule(schedule.id))) {
      return;
    }
  } catch (error) {
    if (!ApiProblem.is(error)) {
      throw error;
    }
  }
  void vscode.window.showInformationMessage(
    t('The schedule “{0}” was created, but the list of schedules could not be read.', name),
  );
}

async function askWhatNext(problem: ApiProblem): Promise<'again' | 'change' | 'leave'> {
  const { t } = vscode.l10n;
  if (problem.kind === 'aborted') {
    return 'change';
  }
  const [again, change, showAll, setKey] = [t('Try Again'), t('Change…'), t('Show Schedules'), t('Set API Key…')];
  const isUnknown = problem.kind === 'outcomeUnknown';
  const words = isUnknown
    ? t('The connection broke after the schedule was sent, and it is not in the list. It may still come into being.')
    : t('The schedule was not created. {0}', problemWords(problem));
  const isKey = problem.kind === 'noKey' || problem.kind === 'keyRefused';
  const first = isKey ? setKey : isUnknown ? showAll : again;
  const buttons = [...new Set([first, ...(isKey ? [] : [again]), change])];
  switch (await vscode.window.showErrorMessage(words, ...buttons)) {
    case again:
      return 'again';
    case change:
      return 'change';
    case setKey:
      await vscode.commands.executeCommand('agentRuns.setApiKey');
      return 'change';
    case showAll:
      await vscode.commands.executeCommand('agentRuns.schedules.focus');
      await vscode.commands.executeCommand('agentRuns.refreshSchedules');
      return 'leave';
    default:
      return 'leave';
  }
}
