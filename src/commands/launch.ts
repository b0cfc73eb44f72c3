// The entry of a bundle of its own, loaded at the first launch.
import * as vscode from 'vscode';
import { hiddenFromCloud } from '../model/cloudSight';
import { type SelectedText, selectionPrompt } from '../model/selectionPrompt';
import { repositoryName } from '../model/skillSpec';
import { repositoryOf } from '../platform/repository';
import type { LaunchSheetDeps } from './launchSheet';
import { typeAndLaunch } from './typeAndLaunch';
import { isWorkspaceTrusted } from './workspaceTrust';

export { continueInNewRun } from './continueInNewRun';
export { launchSkill } from './launchSkill';
export { runAgain } from './runAgain';
export { runAgainWithChanges } from './runAgainWithChanges';

/** Launches what a person types. */
export async function launchFromPrompt(deps: LaunchSheetDeps): Promise<void> {
  const { t } = vscode.l10n;
  const place = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.window.activeTextEditor?.document.uri;
  const repository = place ? repositoryOf(place) : undefined;
  const about = { title: t('New Run'), draftOf: 'prompt' };
  await typeAndLaunch(deps, about, t('What should the agent do?'), async () => ({
    prompt: (typed) => typed,
    place: (await repository)?.gitHub,
    notes: [],
  }));
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
  const repository = repositoryOf(document.uri);
  const about = { title: t('Run Agent on Selection'), draftOf: 'selection' };
  await typeAndLaunch(deps, about, t('What should the agent do with the selected text?'), async () => {
    const source = await repository;
    const facts = {
      path: source?.path ?? pathInWorkspace(document.uri),
      languageId: document.languageId,
      repository: source?.gitHub && repositoryName(source.gitHub),
      branch: source?.branch,
      commit: source?.commit,
    };
    const isChanged = document.isDirty || (source?.isChanged(document.uri) ?? false);
    return {
      prompt: (typed) => selectionPrompt(typed, facts, selections),
      place: source?.gitHub,
      source,
      notes: hiddenFromCloud(source, isChanged),
    };
  });
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

function selectedText(document: vscode.TextDocument, { start, end }: vscode.Range): SelectedText {
  // A selection that ends before a line's first character has nothing of that line.
  const lastLine = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return { text: document.getText(new vscode.Range(start, end)), firstLine: start.line + 1, lastLine };
}

/** A file outside of the workspace is named without its folders: they are nobody's business. */
function pathInWorkspace(uri: vscode.Uri): string | undefined {
  if (uri.scheme === 'untitled') {
    return undefined;
  }
  return vscode.workspace.getWorkspaceFolder(uri)
    ? vscode.workspace.asRelativePath(uri, false)
    : uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
