import * as vscode from 'vscode';
import type { LoadStatus } from '../model/loadStatus';
import { timeOf } from '../model/serviceTime';
import type { Run } from '../oz/types';
import { age, runTitle, stateWord } from '../platform/words';
import { knownRuns } from './knownRuns';
import { pickSome } from './pickSome';

export interface KnownRuns {
  get(runId: string): Run | undefined;
  all(): Iterable<Run>;
  readonly status: LoadStatus;
  /** Reads the newest runs; never rejects. */
  refresh(): Promise<void>;
  /** The runs whose rows are selected in the view. */
  selected?(): readonly string[];
  /** The runs that a key pressed in the view means: none on a row of something else, undefined where no row has the focus. */
  underKeys?(): Promise<readonly string[] | undefined>;
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

/** More than these are searched, not read through. */
const most = 200;

/**
 * The runs that a command is for, in the order in which they are listed; undefined when nobody picks any:
 * - from a row: its run, with the other runs that are selected when it is one of them. `selected` is what VS Code passes
 *   second: all selected rows.
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
  const named = namedRuns(argument, selected);
  if (named.length > 0) {
    return named;
  }
  const underKeys = await runsUnderKeys(runs, argument);
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
  const [named] = namedRuns(argument, undefined);
  if (named !== undefined) {
    return named;
  }
  const underKeys = await runsUnderKeys(runs, argument);
  if (underKeys && underKeys.length < 2) {
    return underKeys[0];
  }
  const inView = underKeys ?? runs.selected?.() ?? [];
  const picked = await pickRuns(runs, inView.slice(0, 1), { placeHolder, isFit });
  return picked?.[0];
}

/** Undefined when the command was not given by a key, or on no row. */
async function runsUnderKeys(runs: KnownRuns, argument: unknown): Promise<readonly string[] | undefined> {
  if (!isForSelection(argument)) {
    return undefined;
  }
  const selected = runs.selected?.() ?? [];
  return (await runs.underKeys?.()) ?? (selected.length > 0 ? selected : undefined);
}

/** The runs that a menu, a link or another command names. */
function namedRuns(argument: unknown, selected: unknown): string[] {
  const clicked = runIn(argument);
  if (clicked === undefined) {
    return [];
  }
  const others = Array.isArray(selected) ? selected.filter(isRunRow).map(runIn) : [];
  const ids = others.filter((id) => id !== undefined);
  return ids.includes(clicked) ? [...new Set(ids)] : [clicked];
}

function runIn(argument: unknown): string | undefined {
  const runId = memberOf(argument, 'runId');
  return typeof runId === 'string' && runId !== '' ? runId : undefined;
}

/** An artifact's row names its run, but is not selected for it. */
function isRunRow(row: unknown): boolean {
  return memberOf(row, 'kind') === 'run';
}

function isForSelection(argument: unknown): boolean {
  return memberOf(argument, 'selection') === true;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
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
