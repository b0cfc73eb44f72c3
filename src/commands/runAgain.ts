import * as vscode from 'vscode';
import { canRunAgain, requestFor } from '../model/runAgain';
import { isActive } from '../model/runTime';
import type { Run } from '../oz/types';
import { runTitle } from '../platform/words';
import { leftOutWords } from './leftOutWords';
import { whichRuns } from './pickRun';
import { readRuns } from './readRuns';
import { cannotWords, type RunAgainDeps, runAgainWithChanges } from './runAgainWithChanges';
import { type SendHow, sendLaunch } from './sendLaunch';
import { titleLines } from './titleLines';

/**
 * Launches runs anew, as they were, one after another. A person is asked first where there are several, or where the new run
 * will not be quite the same.
 * @throws ApiProblem when a run is not known here and cannot be read
 */
export async function runAgain(deps: RunAgainDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const runIds = await whichRuns(deps.runs, argument, selected, {
    placeHolder: vscode.l10n.t('Run which ones again?'),
    isFit: canRunAgain,
    many: true,
  });
  if (!runIds) {
    return;
  }
  const chosen = await readRuns(deps, runIds);
  const fit = chosen.filter(canRunAgain);
  const [only] = fit.length === 1 ? fit : [];
  if (fit.length === 0) {
    void vscode.window.showInformationMessage(cannotWords());
    return;
  }
  const remarks = remarksOn(fit, chosen.length - fit.length);
  if ((!only || remarks.length > 0) && !(await isSure(fit, remarks))) {
    return;
  }
  if (only) {
    await launchOne(deps, only);
  } else {
    await launchAll(deps, fit);
  }
}

async function launchOne(deps: RunAgainDeps, run: Run): Promise<void> {
  if (!(await sendLaunch(deps, requestFor(run), () => undefined, undefined, howOf(run)))) {
    await runAgainWithChanges(deps, { runId: run.run_id });
  }
}

function howOf(run: Run): SendHow {
  return { key: `again ${run.run_id}`, isTyped: false };
}

/** Their conversations stay closed: the list shows them. A person may change one that failed, and go on with the others. */
async function launchAll(deps: RunAgainDeps, runs: readonly Run[]): Promise<void> {
  const { t } = vscode.l10n;
  const launched = new Set<Run>();
  for (const [index, run] of runs.entries()) {
    const closed: RunAgainDeps = {
      ...deps,
      launcher: {
        launch: async (request, signal, how) => {
          const outcome = await deps.launcher.launch(request, signal, how);
          launched.add(run);
          return outcome;
        },
        once: (key, work) => deps.launcher.once(key, work),
      },
      openConversation: () => Promise.resolve(),
    };
    const title = t('Launching run {0} of {1}…', index + 1, runs.length);
    const isOver = await sendLaunch(closed, requestFor(run), () => undefined, title, howOf(run));
    if (!isOver) {
      await runAgainWithChanges(closed, { runId: run.run_id });
    }
    const wentWell = isOver && launched.has(run);
    if (!wentWell && index + 1 < runs.length && !(await isGoingOn(run, launched.has(run)))) {
      break;
    }
  }
  const words = t('Launched again: {0} of {1} runs.', launched.size, runs.length);
  void vscode.window.showInformationMessage(words);
}

async function isGoingOn(run: Run, isLaunched: boolean): Promise<boolean> {
  const { t } = vscode.l10n;
  const goOn = t('Launch the Others');
  const title = runTitle(run, 80);
  const words = isLaunched ? t('The run “{0}” was launched.', title) : t('The run “{0}” was not launched.', title);
  return (await vscode.window.showWarningMessage(words, goOn)) === goOn;
}

async function isSure(runs: readonly Run[], remarks: readonly string[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const [only] = runs.length === 1 ? runs : [];
  const detail = [...(only ? [] : [titleLines(runs)]), ...remarks].join('\n\n');
  const launch: vscode.MessageItem = { title: only ? t('Run Again') : t('Run All Again') };
  const question = only ? t('Run “{0}” again?', runTitle(only, 80)) : t('Launch {0} runs again?', runs.length);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, launch)) === launch;
}

/** What a person should know before. */
function remarksOn(runs: readonly Run[], unfit: number): string[] {
  const { t } = vscode.l10n;
  const active = runs.filter(({ state }) => isActive(state)).length;
  return [
    ...(active > 0 ? [t('Still at work, so that two will do the same: {0}.', active)] : []),
    ...new Set(runs.flatMap(leftOutWords)),
    ...(unfit > 0 ? [t('Not launched, since they did not run in the cloud or were told nothing: {0}.', unfit)] : []),
  ];
}
