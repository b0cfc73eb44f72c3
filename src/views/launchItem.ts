import * as vscode from 'vscode';
import { helpForCode } from '../model/errorHelp';
import { isOfKey } from '../model/loadStatus';
import { isUnderWay, type PendingLaunch } from '../model/pendingLaunch';
import { ApiProblem } from '../oz/problems';
import { plainLines } from '../platform/plainText';
import { causeWord, problemWords } from '../platform/problemWords';
import { launchTitle } from '../platform/words';

const { t } = vscode.l10n;

/** The row of a launch whose run is not known. Enter and a click lead on, and send nothing. */
export function launchItem(launch: PendingLaunch, id: string): vscode.TreeItem {
  const item = new vscode.TreeItem(launchTitle(launch.request));
  const words = stateWords(launch);
  item.id = id;
  item.description = words;
  item.iconPath = iconOf(launch);
  item.contextValue = contextOf(launch);
  item.tooltip = tooltipOf(launch);
  item.accessibilityInformation = { label: [launchTitle(launch.request), words].join(', ') };
  if (!isUnderWay(launch)) {
    item.command =
      launch.state === 'unsure'
        ? { command: 'agentRuns.lookForLaunch', title: t('Look Again'), arguments: [{ launchId: launch.id }] }
        : { command: 'agentRuns.changeLaunch', title: t('Change…'), arguments: [{ launchId: launch.id }] };
  }
  return item;
}

function stateWords({ state, problem, isCancelled }: PendingLaunch): string {
  switch (state) {
    case 'sending':
      return t('Launching…');
    case 'looking':
      return isCancelled ? t('Stopped: looking whether it was launched…') : t('Looking whether it was launched…');
    case 'unsure':
      return t('May have been launched');
    case 'failed':
      return problem ? t('Not launched: {0}', causeWord(new ApiProblem(problem))) : t('Not launched');
  }
}

function iconOf({ state }: PendingLaunch): vscode.ThemeIcon {
  switch (state) {
    case 'sending':
    case 'looking':
      return new vscode.ThemeIcon('loading~spin');
    case 'unsure':
      return new vscode.ThemeIcon('question', new vscode.ThemeColor('charts.yellow'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  }
}

/** For `when` clauses: `launch sending`, `launch unsure`, `launch failed fix-key`. What is looked for is on its way as well. */
function contextOf({ state, problem }: PendingLaunch): string {
  if (state !== 'failed' || !problem) {
    return `launch ${state === 'looking' ? 'sending' : state}`;
  }
  const help = isOfKey(problem) ? 'key' : helpForCode(problem.code, problem.retryable);
  return ['launch failed', ...(help ? [`fix-${help}`] : [])].join(' ');
}

function tooltipOf({ state, problem, request }: PendingLaunch): string {
  const words = {
    sending: t('This launch is on its way.'),
    looking: t('The answer to this launch was lost: its run is looked for. Nothing is sent again.'),
    unsure: t('No run was found that came of this launch. It may still have started.'),
    failed: problem ? problemWords(new ApiProblem(problem)) : t('Nothing was launched.'),
  }[state];
  const title = launchTitle(request);
  const prompt = plainLines(request.prompt ?? '', 5, 400);
  return [title, ...(prompt && prompt !== title ? ['', prompt] : []), '', words].join('\n');
}
