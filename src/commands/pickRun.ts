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
  runId: string;
}

/**
 * The runs that a command is for, in the order in which they are listed; undefined when nobody picks any:
 * - from a row: its run, with the other runs that are selected when it is one of them. `selected` is what VS Code passes
 *   second: all selected rows.
 * - from a key (`{ selection: true }`): the runs selected in the view.
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
  const inView = [...(runs.selected?.() ?? [])];
  return inView.length > 0 && isForSelection(argument) ? inView : pickRuns(runs, inView, question);
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
  const inView = runs.selected?.() ?? [];
  const [first] = inView;
  if (first !== undefined && inView.length === 1 && isForSelection(argument)) {
    return first;
  }
  const picked = await pickRuns(runs, inView.slice(0, 1), { placeHolder, isFit });
  return picked?.[0];
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
  const fit = known.filter(isFit).sort((a, b) => timeOf(b.updated_at) - timeOf(a.updated_at));
  if (fit.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no run for that in the list of runs.'));
    return undefined;
  }
  const now = Date.now();
  const items = fit.map((run): RunItem => {
    const description = [stateWord(run.state), age(run.created_at, now)].filter(Boolean).join(' · ');
    return { label: runTitle(run), description, runId: run.run_id };
  });
  const chosen = items.filter(({ runId }) => inView.includes(runId));
  const picked = await pickSome(items, { placeHolder, chosen, many: many || chosen.length > 1 });
  return picked?.map(({ runId }) => runId);
}

async function offerNewRun(): Promise<void> {
  const { t } = vscode.l10n;
  const newRun = t('New Run…');
  if ((await vscode.window.showInformationMessage(t('There are no runs yet.'), newRun)) === newRun) {
    await vscode.commands.executeCommand('agentRuns.newRun');
  }
}
