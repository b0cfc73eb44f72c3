import * as vscode from 'vscode';
import { hasEnded, hasLiveSession } from '../model/runTime';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Run } from '../oz/types';
import { openUrl } from '../platform/openUrl';
import { isNotTooMany } from './isNotTooMany';
import { type KnownRuns, whichRuns } from './pickRun';

export interface OpenSessionDeps {
  runs: KnownRuns & { put(run: Run): void };
  client: Pick<OzClient, 'getRun' | 'sessionConversation'>;
  clock: Pick<Clock, 'after'>;
  /** Shows the run's conversation. */
  show: (runId: string) => Promise<void>;
}

/** Milliseconds that the service may take to say what became of a session, and that the status bar says it. */
const patience = 4000;
const saidFor = 6000;

/** Where a run's session is to be seen: in the browser, or, once it is over, as the run's conversation. */
type Place = { link: string } | { over: string } | undefined;

/**
 * Opens the agents' live sessions in the browser. One that is over by now has only a page that says so: its conversation is
 * opened instead.
 * @throws ApiProblem when a run's link is not known here and cannot be read
 */
export async function openSession(deps: OpenSessionDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const question = { placeHolder: t('Open the session of which run?'), isFit: hasLiveSession };
  const runIds = await whichRuns(deps.runs, argument, selected, question);
  if (!runIds) {
    return;
  }
  const places = (await placesOf(deps, runIds)).filter((place) => place !== undefined);
  const without = runIds.length - places.length;
  if (without > 0) {
    const words =
      runIds.length === 1
        ? t('This run has no session to open, or not yet.')
        : t('{0} of the {1} runs have no session to open, or not yet.', without, runIds.length);
    void vscode.window.showInformationMessage(words);
  }
  if (await isNotTooMany(places.length)) {
    for (const place of places) {
      await ('link' in place ? openUrl(place.link) : showInstead(deps, place.over));
    }
  }
}

function placesOf(deps: OpenSessionDeps, runIds: readonly string[]): Thenable<Place[]> {
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the session…') };
  return vscode.window.withProgress(options, () => Promise.all(runIds.map((runId) => placeOf(deps, runId))));
}

/** The link appears some time after the run does, so a run without one is read anew. */
async function placeOf(deps: OpenSessionDeps, runId: string): Promise<Place> {
  const known = deps.runs.get(runId);
  const run = known?.session_link ? known : await deps.client.getRun(runId);
  const link = run.session_link;
  if (!link) {
    return undefined;
  }
  return (await isOver(deps, run)) ? { over: runId } : { link };
}

/** Asks about the session itself: the run may be known here as it was a while ago, and some sessions outlive their run. */
async function isOver({ client, clock }: OpenSessionDeps, run: Run): Promise<boolean> {
  if (!run.session_id) {
    return hasEnded(run.state);
  }
  const stop = new AbortController();
  const stopWaiting = clock.after(patience, () => {
    stop.abort();
  });
  try {
    return (await client.sessionConversation(run.session_id, stop.signal)) !== undefined;
  } catch {
    // Only a question on the way: the browser will show what there is.
    return hasEnded(run.state);
  } finally {
    stopWaiting();
  }
}

async function showInstead({ client, runs, show }: OpenSessionDeps, runId: string): Promise<void> {
  await show(runId);
  // In its own panel nothing else would be seen to happen.
  vscode.window.setStatusBarMessage(vscode.l10n.t('The session is over: this is its conversation.'), saidFor);
  // Its row and its panel offer the session no longer.
  await client.getRun(runId).then(
    (run) => {
      runs.put(run);
    },
    () => undefined,
  );
}
