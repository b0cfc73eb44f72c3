import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { canRunAgain, hiddenIn, leftOutOf, requestFor } from '../model/runAgain';
import { draftOfCopy, draftOfLaunch } from '../model/scheduleDrafts';
import type { FormTarget } from '../model/scheduleForm';
import { spawnHelp } from '../model/spawnHelp';
import { memberOf } from '../oz/json';
import { ApiProblem } from '../oz/problems';
import type { Identity, Run } from '../oz/types';
import { plain } from '../platform/plainText';
import { readFresh } from './changeSchedules';
import { repositoryHere } from './chosenRemote';
import { leftOutWord } from './leftOutWords';
import { likelyChoices, type LikelyChoicesDeps } from './likelyChoices';
import { type KnownRuns, whichRun } from './pickRun';
import { withProgressIfSlow } from './progress';
import { readRun, type ReadRunsDeps } from './readRuns';
import { type SchedulesDeps, whichSchedule, whichSchedules } from './whichSchedules';

export interface OpenScheduleDeps {
  /** Opens the form of a schedule, or of a new one. `from` names what it comes of: a draft is kept of each. */
  openSchedule: (what: FormTarget) => Promise<void>;
}

type SchedulesFormDeps = SchedulesDeps & OpenScheduleDeps;

export interface ScheduleRunDeps extends OpenScheduleDeps, ReadRunsDeps {
  runs: KnownRuns;
  catalog: Pick<Catalog, 'identities'>;
}

export interface ScheduleLastLaunchDeps extends ScheduleRunDeps {
  /** The last run that was launched from here. */
  lastLaunched: () => string | undefined;
}

/** Opens the form of a schedule that is not there yet, in the environment and with the model that a launch would have. */
export async function newSchedule(deps: OpenScheduleDeps & LikelyChoicesDeps): Promise<void> {
  const place = vscode.workspace.workspaceFolders?.[0]?.uri;
  const draft = await withProgressIfSlow(vscode.l10n.t('Looking up environments and models…'), async () => {
    const repository = place && (await repositoryHere(deps.memento, place));
    return likelyChoices(deps, repository?.gitHub, false);
  });
  await deps.openSchedule({ draft, from: 'new' });
}

/** Opens the forms of schedules. */
export async function editSchedule(deps: SchedulesFormDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const placeHolder = vscode.l10n.t('Edit which schedule?');
  const schedules = (await whichSchedules(deps, argument, selected, { placeHolder })) ?? [];
  for (const { id, last_spawn_error: error } of schedules) {
    const help = isErrorRow(argument) ? spawnHelp(error ?? '') : undefined;
    await deps.openSchedule({ scheduleId: id, ...(typeof help === 'object' && { field: help.field }) });
  }
}

/** The row that says why a schedule could not start its run: what is wrong is to be changed. */
function isErrorRow(argument: unknown): boolean {
  return memberOf(argument, 'kind') === 'spawnError';
}

/** Opens the form of a new schedule that is like another one. */
export async function copySchedule(deps: SchedulesFormDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const known = await whichSchedule(deps, argument, t('Duplicate which schedule?'));
  const schedule = known && (await readFresh(deps, known));
  if (schedule) {
    const name = t('{0} (copy)', schedule.name);
    await deps.openSchedule({ draft: draftOfCopy(schedule, name), from: `copy ${schedule.id}` });
    tellLeftOut(hiddenIn(schedule.agent_config ?? {}).map(leftOutWord));
  }
}

/**
 * Opens the form of a new schedule that does what a run did.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function scheduleRun(deps: ScheduleRunDeps, argument?: unknown): Promise<void> {
  const runId = await whichRun(deps.runs, argument, vscode.l10n.t('Schedule which run?'), canRunAgain);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (run) {
    await openFormOf(deps, run);
  }
}

/**
 * Opens the form of a new schedule that does what was launched last from here.
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function scheduleLastLaunch(deps: ScheduleLastLaunchDeps): Promise<void> {
  const runId = deps.lastLaunched();
  if (runId !== undefined) {
    await scheduleRun(deps, { runId });
    return;
  }
  const { t } = vscode.l10n;
  const pick = t('Schedule Another Run…');
  if ((await vscode.window.showInformationMessage(t('Nothing was launched from here yet.'), pick)) === pick) {
    await scheduleRun(deps);
  }
}

async function openFormOf({ openSchedule, catalog }: ScheduleRunDeps, run: Run): Promise<void> {
  if (!canRunAgain(run)) {
    const { t } = vscode.l10n;
    void vscode.window.showInformationMessage(
      t("This run worked on somebody's own machine or was told nothing, so it cannot be repeated in the cloud."),
    );
    return;
  }
  const leftOut = leftOutOf(run);
  const isAgents = leftOut.some(({ kind }) => kind === 'agent');
  const identity = isAgents ? await identityOf(catalog, run) : undefined;
  const request = { ...requestFor(run), ...(identity && { agent_identity_uid: identity.uid }) };
  await openSchedule({ draft: draftOfLaunch(request), from: `run ${run.run_id}` });
  const { t } = vscode.l10n;
  tellLeftOut(
    leftOut.flatMap((left) => {
      if (left.kind !== 'agent') {
        return [leftOutWord(left)];
      }
      const name = plain(left.name, 60);
      return identity ? [] : [t('It acted as the identity {0}. Choose whom the runs act as under “More”.', name)];
    }),
  );
}

/** Whom the run acted as, where the team has an identity of that uid: the service says only who executed the run. */
async function identityOf(catalog: ScheduleRunDeps['catalog'], { executor }: Run): Promise<Identity | undefined> {
  try {
    return (await catalog.identities()).find(({ uid }) => uid === executor?.uid);
  } catch (error) {
    if (!ApiProblem.is(error)) {
      throw error;
    }
    return undefined;
  }
}

function tellLeftOut(words: readonly string[]): void {
  if (words.length > 0) {
    void vscode.window.showWarningMessage(words.join(' '));
  }
}
