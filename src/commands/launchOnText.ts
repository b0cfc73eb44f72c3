import * as vscode from 'vscode';
import { hiddenFromCloud } from '../model/cloudSight';
import { type SelectedText, selectionPrompt } from '../model/selectionPrompt';
import { repositoryName } from '../model/skillSpec';
import { repositoryHere, sourceChange } from './chosenRemote';
import type { LaunchSheetDeps } from './launchSheet';
import { type LaunchFacts, type LaunchQuestion, typeAndLaunch } from './typeAndLaunch';

/** Launches with parts of a document, and where they are from, below what a person types. */
export async function launchOnText(
  deps: LaunchSheetDeps,
  document: vscode.TextDocument,
  selections: readonly SelectedText[] | Promise<readonly SelectedText[]>,
  about: LaunchQuestion,
  question: string,
): Promise<void> {
  const rest = async (): Promise<LaunchFacts> => {
    const [source, texts] = await Promise.all([repositoryHere(deps.memento, document.uri), selections]);
    const facts = {
      path: source?.path ?? pathInWorkspace(document.uri),
      languageId: document.languageId,
      repository: source?.gitHub && repositoryName(source.gitHub),
      branch: source?.branch,
      commit: source?.commit,
    };
    const isChanged = document.isDirty || (source?.isChanged ?? false);
    return {
      prompt: (typed) => selectionPrompt(typed, facts, texts),
      place: source?.gitHub,
      source,
      notes: hiddenFromCloud(source, isChanged),
      changeSource: sourceChange(deps.memento, source, rest),
    };
  };
  await typeAndLaunch(deps, about, question, rest);
}

export function selectedText(document: vscode.TextDocument, { start, end }: vscode.Range): SelectedText {
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
