import * as vscode from 'vscode';
import type { LoadStatus } from '../model/loadStatus';
import { timeOf } from '../model/serviceTime';
import type { Run } from '../oz/types';
import { age, runTitle, stateWord } from '../platform/words';
import { knownRuns } from './knownRuns';
import { idsUnderKeys, namedIds, type Selection } from './namedRows';
import { pickSome } from './pickSome';

export interface KnownRuns extends Selection {
  get(runId: string): Run | undefined;
  all(): Iterable<Run>;
  readonly status: LoadStatus;
  /** Reads the newest runs; never rejects. */
  refresh(): Promise<void>;
}

/** What a person is asked when nothing names the runs. */
export interface RunQuestion {
  placeHolder: string;
  /** Leaves out runs that the command can do nothing with. */
  isFit?: (run: Run) => boolean;
  /** Several may be picked, also where one row or none is selected. */
  many?: boolean;
}

interface RunItem extends vscode.QuickPickItem {
  /** Undefined for the line that leads to a search of all runs. */
  runId: string | undefined;
}

/** An artifact's row names its run as well, but is not selected for it. */
const ofRuns = { member: 'runId', kind: 'run' } as const;
/** More than these are searched, not read through. */
const most = 200;

/**
 * The runs that a command is for, in the order in which they are listed; undefined when nobody picks any:
 * - from a row: its run, with the other runs that are selected when it is one of them.
 * - from a key (`{ selection: true }`): the runs that the keyboard is on in the view.
 * - else those that a person picks from the runs known, beginning with what is selected.
 * @throws ApiProblem when there is no list to pick from
 */
export async function whichRuns(
  runs: KnownRuns,
  argument: unknown,
  selected: unknown,
  question: RunQuestion,
): Promise<string[] | undefined> {
  const named = namedIds(argument, selected, ofRuns);
  if (named.length > 0) {
    return named;
  }
  const underKeys = await idsUnderKeys(runs, argument);
  if (underKeys) {
    return underKeys.length > 0 ? [...underKeys] : undefined;
  }
  return pickRuns(runs, runs.selected?.() ?? [], question);
}

/**
 * The one run that a command is for, for commands that do nothing with several.
 * @throws ApiProblem when there is no list to pick from
 */
export async function whichRun(
  runs: KnownRuns,
  argument: unknown,
  placeHolder: string,
  isFit?: (run: Run) => boolean,
): Promise<string | undefined> {
  const [named] = namedIds(argument, undefined, ofRuns);
  if (named !== undefined) {
    return named;
  }
  const underKeys = await idsUnderKeys(runs, argument);
  if (underKeys && underKeys.length < 2) {
    return underKeys[0];
  }
  const inView = underKeys ?? runs.selected?.() ?? [];
  const picked = await pickRuns(runs, inView.slice(0, 1), { placeHolder, isFit });
  return picked?.[0];
}

async function pickRuns(
  runs: KnownRuns,
  inView: readonly string[],
  { placeHolder, isFit = () => true, many = false }: RunQuestion,
): Promise<string[] | undefined> {
  const known = await knownRuns(runs);
  if (known.length === 0) {
    void offerNewRun();
    return undefined;
  }
  const fit = newestFirst(known.filter(isFit));
  if (fit.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no run for that in the list of runs.'));
    return undefined;
  }
  const listed = fit.filter(({ run_id: id }, index) => index < most || inView.includes(id));
  const now = Date.now();
  const items = listed.map((run): RunItem => {
    const description = [stateWord(run.state), age(run.created_at, now)].filter(Boolean).join(' · ');
    return { label: runTitle(run), description, runId: run.run_id };
  });
  const chosen = items.filter(({ runId }) => runId !== undefined && inView.includes(runId));
  const isForMany = many || chosen.length > 1;
  const isCut = listed.length < fit.length;
  const all = isCut && !isForMany ? [...items, searchItem()] : items;
  const asked = isCut ? vscode.l10n.t('{0} (the {1} that changed last)', placeHolder, most) : placeHolder;
  const picked = await pickSome(all, { placeHolder: asked, chosen, many: isForMany });
  if (picked?.some(({ runId }) => runId === undefined)) {
    await vscode.commands.executeCommand('agentRuns.goToRun');
    return undefined;
  }
  return picked?.flatMap(({ runId }) => runId ?? []);
}

function searchItem(): RunItem {
  return { label: `$(search) ${vscode.l10n.t('Search All Runs…')}`, runId: undefined, alwaysShow: true };
}

function newestFirst(runs: readonly Run[]): Run[] {
  const timed = runs.map((run) => ({ run, at: timeOf(run.updated_at) }));
  return timed.sort((a, b) => b.at - a.at).map(({ run }) => run);
}

async function offerNewRun(): Promise<void> {
  const { t } = vscode.l10n;
  const newRun = t('New Run…');
  if ((await vscode.window.showInformationMessage(t('There are no runs yet.'), newRun)) === newRun) {
    await vscode.commands.executeCommand('agentRuns.newRun');
  }
}
