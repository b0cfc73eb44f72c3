import * as vscode from 'vscode';
import { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { problemWords } from '../platform/problemWords';
import { generalProblems } from './generalProblems';
import { withProgressIfSlow } from './progress';
import { scheduleTitle, type SchedulesDeps } from './whichSchedules';

/**
 * Does the same to schedules, one after another; their rows follow at once. What is gone already, and what cannot be done to
 * some of several, is said. Answers with those that it was done to.
 * @param change answers the schedule as it is then, undefined when it is gone
 * @throws ApiProblem when it cannot be done to the only one, or to any for a reason of its own
 */
export async function changeSchedules(
  { schedules: known }: SchedulesDeps,
  schedules: readonly Schedule[],
  title: string,
  change: (scheduleId: string, signal: AbortSignal) => Promise<Schedule | undefined>,
): Promise<Schedule[]> {
  const store = (await known()).store.ofThisAccount();
  const done: Schedule[] = [];
  const gone: Schedule[] = [];
  const failed: { schedule: Schedule; problem: ApiProblem }[] = [];
  await withProgressIfSlow(title, async (signal) => {
    for (const schedule of schedules) {
      try {
        const changed = await change(schedule.id, signal);
        if (changed) {
          store.put(changed);
        } else {
          store.remove(schedule.id);
        }
        done.push(changed ?? schedule);
      } catch (error) {
        if (!ApiProblem.is(error)) {
          throw error;
        }
        if (error.kind === 'notFound') {
          store.remove(schedule.id);
          gone.push(schedule);
          continue;
        }
        failed.push({ schedule, problem: error });
        if (generalProblems.has(error.kind)) {
          break;
        }
      }
    }
  });
  tellGone(gone);
  const [first] = failed;
  if (first && schedules.length === 1) {
    throw first.problem;
  }
  if (first) {
    const words = vscode.l10n.t(
      'Done: {0} of {1} schedules. “{2}”: {3}',
      done.length,
      schedules.length,
      scheduleTitle(first.schedule),
      problemWords(first.problem),
    );
    void vscode.window.showWarningMessage(words);
  }
  return done;
}

/**
 * The schedule as it is on the service now, which its row then shows; undefined, and said, when it is gone.
 * @throws ApiProblem
 */
export async function readFresh({ schedules, client }: SchedulesDeps, known: Schedule): Promise<Schedule | undefined> {
  const store = (await schedules()).store.ofThisAccount();
  const title = vscode.l10n.t('Reading the schedule…');
  try {
    const schedule = await withProgressIfSlow(title, (signal) => client.getSchedule(known.id, signal));
    store.put(schedule);
    return schedule;
  } catch (error) {
    if (!ApiProblem.is(error) || error.kind !== 'notFound') {
      throw error;
    }
    store.remove(known.id);
    tellGone([known]);
    return undefined;
  }
}

function tellGone(gone: readonly Schedule[]): void {
  const { t } = vscode.l10n;
  const [only] = gone;
  if (only) {
    const words =
      gone.length === 1
        ? t('The schedule “{0}” is gone: it was deleted meanwhile.', scheduleTitle(only))
        : t('{0} schedules are gone: they were deleted meanwhile.', gone.length);
    void vscode.window.showInformationMessage(words);
  }
}
