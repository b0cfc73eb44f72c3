import * as vscode from 'vscode';
import { problemIn } from '../model/loadStatus';
import { scheduleName } from '../model/scheduleName';
import type { ScheduleStore } from '../model/scheduleStore';
import type { OzClient } from '../oz/ozClient';
import type { Schedule } from '../oz/types';
import { plain } from '../platform/plainText';
import { idsUnderKeys, namedIds, type Selection } from './namedRows';
import { pickSome } from './pickSome';
import { withProgressIfSlow } from './progress';

/** The schedules that are known, and their view. */
export interface KnownSchedules extends Required<Selection> {
  readonly store: Pick<ScheduleStore, 'all' | 'get' | 'status' | 'refresh' | 'ofThisAccount'>;
  /** What the row of a schedule says beside its name. */
  words(schedule: Schedule): string;
}

export interface SchedulesDeps {
  schedules: () => Promise<KnownSchedules>;
  client: Pick<OzClient, 'getSchedule'>;
}

/** What a person is asked when nothing names the schedules. */
export interface ScheduleQuestion {
  placeHolder: string;
  /** Leaves out schedules that the command can do nothing with. */
  isFit?: (schedule: Schedule) => boolean;
  /** Several may be picked. */
  many?: boolean;
}

/**
 * The schedules that a command is for; undefined when nobody picks any:
 * - from a row or `{ scheduleId }`: that one, with the other schedules that are selected when it is one of them.
 * - from a key (`{ selection: true }`): those that the keyboard is on in the view.
 * - else those that a person picks.
 * @throws ApiProblem when one is not known here and cannot be read, or there is no list to pick from
 */
export async function whichSchedules(
  deps: SchedulesDeps,
  argument: unknown,
  selected: unknown,
  question: ScheduleQuestion,
): Promise<Schedule[] | undefined> {
  const known = await deps.schedules();
  const named = namedIds(argument, selected, { member: 'scheduleId', kind: 'schedule' });
  const ids = named.length > 0 ? named : await idsUnderKeys(known, argument);
  if (!ids) {
    return pickSchedules(known, question);
  }
  if (ids.length === 0) {
    return undefined;
  }
  const read = (id: string): Promise<Schedule> => Promise.resolve(known.store.get(id) ?? deps.client.getSchedule(id));
  return withProgressIfSlow(vscode.l10n.t('Reading the schedule…'), () => Promise.all(ids.map(read)));
}

/** The one schedule that a command is for, for commands that do nothing with several. */
export async function whichSchedule(
  deps: SchedulesDeps,
  argument: unknown,
  placeHolder: string,
): Promise<Schedule | undefined> {
  return (await whichSchedules(deps, argument, undefined, { placeHolder }))?.[0];
}

/** For a dialog or a message. */
export function scheduleTitle(schedule: Schedule): string {
  return plain(scheduleName(schedule), 80);
}

async function pickSchedules(
  known: KnownSchedules,
  { placeHolder, isFit = () => true, many = false }: ScheduleQuestion,
): Promise<Schedule[] | undefined> {
  const { t } = vscode.l10n;
  const { store } = known;
  if (store.all().length === 0) {
    await withProgressIfSlow(t('Reading the schedules…'), () => store.refresh({ isAsked: true }));
  }
  const all = store.all();
  const problem = all.length === 0 ? problemIn(store.status) : undefined;
  if (problem) {
    throw problem;
  }
  const fit = all.filter(isFit);
  if (all.length === 0) {
    void offerNewSchedule();
  } else if (fit.length === 0) {
    void vscode.window.showInformationMessage(t('There is no schedule for that.'));
  }
  if (fit.length === 0) {
    return undefined;
  }
  const items = fit.map((schedule) => {
    return { label: scheduleTitle(schedule), description: known.words(schedule), schedule };
  });
  const inView = known.selected();
  const chosen = items.filter(({ schedule }) => inView.includes(schedule.id));
  return (await pickSome(items, { placeHolder, chosen, many }))?.map(({ schedule }) => schedule);
}

async function offerNewSchedule(): Promise<void> {
  const { t } = vscode.l10n;
  const create = t('New Schedule…');
  if ((await vscode.window.showInformationMessage(t('There are no schedules yet.'), create)) === create) {
    await vscode.commands.executeCommand('agentRuns.newSchedule');
  }
}
