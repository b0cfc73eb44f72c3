import * as vscode from 'vscode';
import { branchesOf } from '../model/branchOf';
import { type AttachedRun, runPrompt } from '../model/runPrompt';
import type { Run } from '../oz/types';
import { runTitle } from '../platform/words';
import { runPage } from '../product';
import type { NoteWords } from './cloudNotes';
import type { LaunchSheetDeps } from './launchSheet';
import { type KnownRuns, whichRuns } from './pickRun';
import { withProgressIfSlow } from './progress';
import { readOutcomeOf, type ReadOutcomeDeps } from './readOutcomeOf';
import { readRuns, type ReadRunsDeps } from './readRuns';
import { type LaunchFacts, typeAndLaunch } from './typeAndLaunch';

export interface AttachRunDeps extends LaunchSheetDeps, ReadRunsDeps, ReadOutcomeDeps {
  runs: KnownRuns;
  client: LaunchSheetDeps['client'] & ReadRunsDeps['client'] & ReadOutcomeDeps['client'];
  webUrl: () => string;
}

/** Runs whose outcome one prompt holds. */
const mostRuns = 10;

/**
 * Launches a run that is told what came of others, below what a person types.
 * @param argument `{ runId }`
 * @param selected all rows that are selected
 * @throws ApiProblem when a run is not known here and cannot be read
 */
export async function attachRun(deps: AttachRunDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(deps.runs, argument, selected, {
    placeHolder: t('Attach which runs to a new prompt?'),
    many: true,
  });
  if (!runIds) {
    return;
  }
  if (runIds.length > mostRuns) {
    void vscode.window.showInformationMessage(
      t('{0} runs are selected. At most {1} go into one prompt.', runIds.length, mostRuns),
    );
    return;
  }
  const runs = await readRuns(deps, runIds);
  const attached = await withProgressIfSlow(t('Reading what the runs came to…'), (signal) =>
    Promise.all(runs.map((run) => attach(deps, run, signal))),
  );
  const about = { title: titleOf(runs), draftOf: 'attachRun' };
  const question =
    runs.length === 1 ? t('What should the agent do with it?') : t('What should the agent do with them?');
  await typeAndLaunch(deps, about, question, () => Promise.resolve(factsOf(attached)));
}

async function attach(deps: AttachRunDeps, run: Run, signal: AbortSignal): Promise<AttachedRun> {
  return { run, url: runPage(deps.webUrl(), run.run_id), outcome: await readOutcomeOf(deps, run, signal) };
}

function factsOf(attached: readonly AttachedRun[]): LaunchFacts {
  const [branch] = attached.flatMap(({ run }) => branchesOf(run));
  return {
    prompt: (typed) => runPrompt(typed, attached),
    place: branch?.repository,
    notes: notesOf(attached),
  };
}

function notesOf(attached: readonly AttachedRun[]): NoteWords[] {
  const { t } = vscode.l10n;
  const unread = attached.filter(({ outcome }) => outcome === undefined);
  const [only] = attached.length === 1 ? attached : [];
  return [
    {
      icon: 'history',
      label: only ? t('What “{0}” came to', runTitle(only.run, 60)) : t('What {0} runs came to', attached.length),
      detail: t('It stands below what you typed.'),
    },
    ...(unread.length > 0
      ? [
          {
            label: t('A conversation could not be read'),
            detail: t(
              'Only the state and the prompt are told of: {0}',
              unread.map(({ run }) => runTitle(run, 40)).join(', '),
            ),
          },
        ]
      : []),
  ];
}

function titleOf(runs: readonly Run[]): string {
  const { t } = vscode.l10n;
  const [only] = runs.length === 1 ? runs : [];
  return only ? t('New Run with “{0}”', runTitle(only, 60)) : t('New Run with {0} Runs', runs.length);
}
