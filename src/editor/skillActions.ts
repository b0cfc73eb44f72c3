import * as vscode from 'vscode';
import { type SkillFix, skillFixes, withSafeFixes } from '../model/skillFixes';
import type * as SkillReading from '../model/skillReading';
import { editBetween, type TextEdit } from '../model/textEdits';
import { plain } from '../platform/plainText';
import { isOfEditor } from './editorsOwn';
import { diagnosticsName, rangeOf } from './skillDiagnostics';
import { folderNameOf } from './skillDocument';
import type { SkillFindings } from './skillFindings';

const fixAll = vscode.CodeActionKind.SourceFixAll.append('agentRuns');

/** The fixes for what is wrong at a place, or all the safe ones where those are asked for. */
export async function skillActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  { only, diagnostics }: vscode.CodeActionContext,
  findings: SkillFindings,
  reading: typeof SkillReading,
): Promise<vscode.CodeAction[]> {
  const all = findings.of(document);
  if (all.length === 0) {
    return [];
  }
  const skill = { text: document.getText(), folderName: folderNameOf(document.uri) };
  if (only?.contains(fixAll)) {
    const edit = editBetween(skill.text, withSafeFixes(skill, reading));
    return edit ? [actionOf(document, vscode.l10n.t('Fix what is wrong with this skill'), fixAll, [edit])] : [];
  }
  if (only && !only.contains(vscode.CodeActionKind.QuickFix)) {
    return [];
  }
  const here = all.filter((finding) => rangeOf(document, finding).intersection(range) !== undefined);
  const actions = here.flatMap((finding) =>
    skillFixes(skill, finding, reading).map(async (fix) => {
      if (fix.kind === 'renameFolder' && !(await isFree(document, fix))) {
        return [];
      }
      const action = actionOf(document, fixWords(fix), vscode.CodeActionKind.QuickFix, fix.edits);
      if (fix.kind === 'renameFolder') {
        const [from, to] = foldersOf(document, fix);
        action.edit?.renameFile(from, to);
      }
      action.isPreferred = fix.isSafe;
      action.diagnostics = diagnostics.filter(
        (one) =>
          (one.source === diagnosticsName && one.code === finding.kind) ||
          isOfEditor(document, finding, rangeOf(document, finding), one),
      );
      return [action];
    }),
  );
  return (await Promise.all(actions)).flat();
}

function actionOf(
  document: vscode.TextDocument,
  title: string,
  kind: vscode.CodeActionKind,
  edits: readonly TextEdit[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of edits) {
    action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
  }
  return action;
}

function foldersOf({ uri }: vscode.TextDocument, { name = '' }: SkillFix): [from: vscode.Uri, to: vscode.Uri] {
  const folder = vscode.Uri.joinPath(uri, '..');
  return [folder, vscode.Uri.joinPath(folder, '..', name)];
}

/** True where the folder can have its new name: nothing else has it, and it is not what the workspace is open at. */
async function isFree(document: vscode.TextDocument, fix: SkillFix): Promise<boolean> {
  const [from, to] = foldersOf(document, fix);
  const above = vscode.Uri.joinPath(from, '..');
  if (!vscode.workspace.getWorkspaceFolder(above)) {
    return false;
  }
  try {
    await vscode.workspace.fs.stat(to);
    return false;
  } catch {
    return true;
  }
}

function fixWords({ kind, name = '', field }: SkillFix): string {
  const { t } = vscode.l10n;
  const words = plain(name, 70);
  switch (kind) {
    case 'addFrontMatter':
      return t('Add a front matter');
    case 'closeFrontMatter':
      return t('Close the front matter');
    case 'quote':
      return field ? t('Put the value of {0} in quotes', plain(field, 60)) : t('Put the values in quotes');
    case 'addName':
      return t('Add the name {0}', words);
    case 'changeName':
      return t('Change the name to {0}', words);
    case 'renameFolder':
      return t('Rename the folder to {0}', words);
    case 'addDescription':
      return t('Take the first paragraph for the description');
    case 'shorten':
      return t('Shorten {0}, and begin the instructions with the rest', plain(field ?? '', 60));
    case 'moveToMetadata':
      return t('Move {0} to metadata', plain(field ?? '', 60));
    case 'remove':
      return t('Remove {0}', plain(field ?? '', 60));
  }
}
