import * as vscode from 'vscode';
import type { Launches } from '../model/launches';
import { isUnderWay, type LeftOutOfLaunch, type PendingLaunch } from '../model/pendingLaunch';
import { skillPlace } from '../model/skillSpec';
import { asList, asRecord, asText } from '../oz/json';
import { plain } from '../platform/plainText';
import { launchTitle } from '../platform/words';
import { LaunchMemory } from './launchMemory';
import { launchSheet, type LaunchSheetDeps } from './launchSheet';
import { withProgress } from './progress';
import { sendLaunch } from './sendLaunch';
import { tellLaunched, tellNotFound } from './tellLaunched';
import { typeAndLaunch } from './typeAndLaunch';

export interface PendingLaunchDeps extends LaunchSheetDeps {
  launcher: Pick<Launches, 'launch' | 'once' | 'find' | 'requestOf' | 'lookFor' | 'discard'>;
}

/** Sends a launch again as it was; by the launch sheet where not all of it was kept, or a person wants to change it. */
export async function retryLaunch(deps: PendingLaunchDeps, argument?: unknown): Promise<void> {
  const [launch] = waiting(deps, argument);
  const again = launch && deps.launcher.requestOf(launch.id);
  if (!again) {
    return;
  }
  const { id: replaces, isTyped } = launch;
  const how = { key: `launch ${replaces}`, replaces, isTyped };
  deps.previewButtons.end(draftOf(launch));
  if (again.leftOut || !(await sendLaunch(deps, again.request, () => undefined, undefined, how))) {
    await changeLaunch(deps, argument);
  }
}

/** The launch sheet with everything that a launch had; what comes of it takes the place of that launch. */
export async function changeLaunch(deps: PendingLaunchDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const [launch] = waiting(deps, argument);
  const again = launch && deps.launcher.requestOf(launch.id);
  if (!again) {
    return;
  }
  const { request: like } = again;
  const about = {
    title: t('Launch Again: {0}', launchTitle(like, 60)),
    draftOf: draftOf(launch),
    like,
    remarks: leftOutWords(launch.leftOut, again.leftOut !== undefined),
  };
  const { skill } = like;
  const rest = { prompt: (typed: string): string => typed, place: skillPlace(skill ?? '')?.repository, notes: [] };
  const { launcher } = deps;
  const replacing: LaunchSheetDeps = {
    ...deps,
    launcher: {
      launch: (request, signal, how) => launcher.launch(request, signal, { ...how, replaces: launch.id }),
      once: (key, work) => launcher.once(key, work),
    },
  };
  if (skill) {
    await launchSheet(replacing, { ...about, ...rest, skill, isTypedOptional: true, defaultTitle: '' });
  } else {
    await typeAndLaunch(replacing, about, t('What should the agent do?'), () => Promise.resolve(rest));
  }
}

/** Looks again for the run of a launch, and opens its conversation. */
export async function lookForLaunch(deps: PendingLaunchDeps, argument?: unknown): Promise<void> {
  const [launch] = waiting(deps, argument);
  if (!launch) {
    return;
  }
  const run = await withProgress(vscode.l10n.t('Looking for the run…'), (signal) =>
    Promise.race([deps.launcher.lookFor(launch.id), cancelled(signal)]),
  );
  if (run) {
    tellLaunched({ run, atCapacity: false, found: true }, false);
    await deps.openConversation(run.run_id);
  } else if (run === undefined && deps.launcher.find(launch.id)) {
    await tellNotFound(launch.id, launchTitle(launch.request, 60), false);
  }
}

/** Forgets launches, after asking where something that was typed would be gone. */
export async function discardLaunch(deps: PendingLaunchDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const launches = waiting(deps, argument, selected);
  const typed = launches.filter(({ isTyped, request }) => isTyped && request.prompt);
  const [only] = launches.length === 1 ? launches : [];
  if (typed.length > 0) {
    const discard: vscode.MessageItem = { title: t('Discard') };
    const question = only
      ? t('Discard the launch “{0}”?', launchTitle(only.request, 80))
      : t('Discard {0} launches?', launches.length);
    const detail = typed.map(({ request }) => plain(request.prompt ?? '', 200)).join('\n');
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, discard)) !== discard) {
      return;
    }
  }
  deps.launcher.discard(launches.map(({ id }) => id));
  const memory = new LaunchMemory(deps.memento);
  for (const launch of launches) {
    deps.previewButtons.end(draftOf(launch));
    memory.keep(draftOf(launch), { text: '', title: '' });
  }
}

/** The launches of these rows that wait for a person: all that are selected, when the first is one of them. */
function waiting({ launcher }: PendingLaunchDeps, argument: unknown, selected?: unknown): PendingLaunch[] {
  const clicked = launchIn(argument);
  const all = asList(selected).flatMap((row) => launchIn(row) ?? []);
  const ids = clicked === undefined || all.includes(clicked) ? all : [clicked];
  return ids.flatMap((id) => launcher.find(id) ?? []).filter((launch) => !isUnderWay(launch));
}

function launchIn(row: unknown): string | undefined {
  return asText(asRecord(row)?.launchId);
}

function draftOf({ id }: PendingLaunch): string {
  return `launch ${id}`;
}

/** The files are not carried over; the rest is lacking only when it is not there any more. */
function leftOutWords({ attachments, mcpServers, prompt }: LeftOutOfLaunch, isLacking: boolean): string[] {
  const { t } = vscode.l10n;
  const names = (list: readonly string[]): string => plain(list.join(', '), 120);
  return [
    ...(attachments.length > 0 ? [t('Attach these again: {0}', names(attachments))] : []),
    ...(isLacking && mcpServers.length > 0 ? [t('Choose the MCP servers again: {0}', names(mcpServers))] : []),
    ...(isLacking && prompt ? [t('The prompt was too long to be kept: this is its beginning')] : []),
  ];
}

/** Null as soon as the signal aborts: the looking goes on. */
function cancelled(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(null);
    });
  });
}
