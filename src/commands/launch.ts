// The entry of a bundle of its own, loaded at the first launch.
import * as vscode from 'vscode';
import { hiddenFromCloud } from '../model/cloudSight';
import type { SelectedText } from '../model/selectionPrompt';
import { repositoryHere } from './chosenRemote';
import { launchOnText, selectedText } from './launchOnText';
import type { LaunchSheetDeps } from './launchSheet';
import { typeAndLaunch } from './typeAndLaunch';
import { isWorkspaceTrusted } from './workspaceTrust';

export { attachRun } from './attachRun';
export { attachToRun } from './attachToRun';
export { confirmLaunch } from './confirmLaunch';
export { continueInNewRun } from './continueInNewRun';
export { fixWithAgent } from './fixWithAgent';
export { FormFields } from './formFields';
export { launchFromFiles } from './launchFiles';
export { launchSkill, launchSkillNow } from './launchSkill';
export { changeLaunch, discardLaunch, lookForLaunch, retryLaunch } from './pendingLaunches';
export { runAgain } from './runAgain';
export { runAgainWithChanges } from './runAgainWithChanges';
export { tellSettled } from './tellLaunched';
export { copyCron } from './copyCron';
export { deleteSchedule } from './deleteSchedules';
export { copySchedule, editSchedule, newSchedule, scheduleLastLaunch, scheduleRun } from './openScheduleForm';
export { openScheduleInBrowser } from './openScheduleInBrowser';
export { pauseSchedule, resumeSchedule } from './pauseSchedules';
export { runScheduleNow } from './runScheduleNow';
export { scheduleSkill } from './scheduleSkill';

/** Launches what a person types. */
export async function launchFromPrompt(deps: LaunchSheetDeps): Promise<void> {
  const { t } = vscode.l10n;
  const place = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.window.activeTextEditor?.document.uri;
  const repository = place ? repositoryHere(deps.memento, place) : undefined;
  const about = { title: t('New Run'), draftOf: 'prompt' };
  await typeAndLaunch(deps, about, t('What should the agent do?'), async () => {
    const source = await repository;
    const notes = source ? hiddenFromCloud(source, source.isChanged) : [];
    return { prompt: (typed) => typed, place: source?.gitHub, source, notes };
  });
}

/** Launches with the selected text, and where it is from, below what a person types. */
export async function launchFromSelection(
  deps: LaunchSheetDeps,
  editor: vscode.TextEditor | undefined = vscode.window.activeTextEditor,
): Promise<void> {
  const { t } = vscode.l10n;
  if (!(await isWorkspaceTrusted())) {
    return;
  }
  if (!editor) {
    void vscode.window.showInformationMessage(t('Open a file and select what the agent should work with.'));
    return;
  }
  // Read now: what was selected when the command was given is what is sent.
  const { document } = editor;
  const selections = selectedTexts(editor) ?? (await wholeFile(document));
  if (!selections) {
    return;
  }
  const about = { title: t('Run Agent on Selection'), draftOf: 'selection' };
  await launchOnText(deps, document, selections, about, t('What should the agent do with the selected text?'));
}

/** What is selected, from top to bottom; undefined when nothing is. */
function selectedTexts({ document, selections }: vscode.TextEditor): SelectedText[] | undefined {
  const texts = selections
    .filter((selection) => !selection.isEmpty)
    .toSorted((a, b) => a.start.compareTo(b.start))
    .map((selection) => selectedText(document, selection));
  return texts.length > 0 ? texts : undefined;
}

async function wholeFile(document: vscode.TextDocument): Promise<SelectedText[] | undefined> {
  const { t } = vscode.l10n;
  if (document.getText().trim() === '') {
    void vscode.window.showInformationMessage(t('Nothing is selected, and the file is empty.'));
    return undefined;
  }
  const useWholeFile = t('Use the Whole File');
  const words = t('Nothing is selected. Select what the agent should work with.');
  const answer = await vscode.window.showInformationMessage(words, useWholeFile);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  return answer === useWholeFile ? [selectedText(document, document.validateRange(all))] : undefined;
}
