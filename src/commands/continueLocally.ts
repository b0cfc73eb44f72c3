import * as vscode from 'vscode';
import { branchesOf } from '../model/branchOf';
import { runSummary, type SummaryFacts } from '../model/runSummary';
import { isActive } from '../model/runTime';
import { safeFileName } from '../model/safeFileName';
import { artifactFile, artifactMembers } from '../model/artifactFile';
import { firstText } from '../oz/json';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { plain, visibleText } from '../platform/plainText';
import { credits, exactTime, runTitle, stateWord } from '../platform/words';
import { runPage } from '../product';
import { checkOutBranch, type CheckOutBranchDeps } from './checkOutBranch';
import { whichRun } from './pickRun';
import { withProgressIfSlow } from './progress';
import { readOutcomeOf, type ReadOutcomeDeps } from './readOutcomeOf';
import { readRun } from './readRuns';

export interface ContinueLocallyDeps extends CheckOutBranchDeps, ReadOutcomeDeps {
  client: CheckOutBranchDeps['client'] & ReadOutcomeDeps['client'] & Pick<OzClient, 'getArtifact'>;
  webUrl: () => string;
  /** Opens a read-only document; the name's extension says its language. */
  showText: (name: string, text: string) => Promise<void>;
}

/** Plans whose text is part of a summary. */
const mostPlans = 3;

/**
 * Hands a run over to a person: opens what it came to as a document, then checks out its branch. The document stays when
 * nothing is checked out.
 * @param argument `{ runId }`
 * @throws ApiProblem when the run is not known here and cannot be read; GitFailure
 */
export async function continueLocally(deps: ContinueLocallyDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const isFit = (run: Run): boolean => !isActive(run.state);
  const runId = await whichRun(deps.runs, argument, t('Continue which run locally?'), isFit);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  if (!run) {
    return;
  }
  if (isActive(run.state)) {
    void vscode.window.showInformationMessage(
      t('“{0}” is still at work. Continue locally once it has ended.', runTitle(run, 80)),
    );
    return;
  }
  const facts = await withProgressIfSlow(t('Reading what the run came to…'), (signal) => readFacts(deps, run, signal));
  const name = `${safeFileName(t('Summary of {0}', runTitle(run, 60)))}.md`;
  await deps.showText(name, summaryOf(facts));
  if (branchesOf(run).length > 0) {
    if (!(await checkOutBranch(deps, { runId: run.run_id }))) {
      void vscode.window.showInformationMessage(
        t('The branch was not checked out. What the run came to is in the document.'),
      );
    }
  } else {
    void vscode.window.showInformationMessage(
      t('No branch on GitHub came of this run, so nothing is checked out. What it came to is in the document.'),
    );
  }
}

async function readFacts(deps: ContinueLocallyDeps, run: Run, signal: AbortSignal): Promise<SummaryFacts> {
  const [outcome, plans] = await Promise.all([readOutcomeOf(deps, run, signal), readPlans(deps, run, signal)]);
  return { run, url: runPage(deps.webUrl(), run.run_id), outcome, plans };
}

/** The newest plans; one that cannot be read is left out. */
async function readPlans(
  { client }: ContinueLocallyDeps,
  run: Run,
  signal: AbortSignal,
): Promise<SummaryFacts['plans']> {
  const plans = (run.artifacts ?? []).flatMap((artifact) => {
    const { type, data } = artifactMembers(artifact);
    const uid = type.toUpperCase() === 'PLAN' ? artifactFile(artifact)?.uid : undefined;
    return uid === undefined ? [] : [{ uid, title: firstText(data, 'title') ?? '' }];
  });
  const read = await Promise.all(
    plans.slice(-mostPlans).map(async ({ uid, title }) => {
      try {
        const { data } = await client.getArtifact(uid, signal);
        return 'content' in data ? [{ title, text: data.content }] : [];
      } catch (error) {
        if (ApiProblem.is(error) && error.kind !== 'aborted') {
          return [];
        }
        throw error;
      }
    }),
  );
  return read.flat();
}

function summaryOf(facts: SummaryFacts): string {
  return runSummary(facts, {
    t: vscode.l10n.t,
    runTitle,
    stateWord,
    exactTime,
    credits,
    visible: visibleText,
    line: plain,
  });
}
