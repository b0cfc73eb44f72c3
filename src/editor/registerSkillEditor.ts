import * as vscode from 'vscode';
import type { Log } from '../platform/log';
import type { agentActions } from './agentActions';
import { isSkill, skillSelector } from './skillDocument';
import type { SkillEditor } from './skillEditor';
import { todoIn } from './todoIn';

export interface SkillEditorParts {
  /** Made when the first SKILL.md is open. */
  skillEditor: () => Promise<SkillEditor>;
  agentActions: () => Promise<typeof agentActions>;
  onDidChangeCodeLenses: vscode.Event<void>;
  log: Log;
}

/** Tells VS Code where there is something to ask for, and loads the code for it at the first question. */
export function registerSkillEditor(parts: SkillEditorParts): vscode.Disposable {
  const { skillEditor, onDidChangeCodeLenses, log } = parts;
  // What it finds wrong is shown unasked.
  const opened = (document: vscode.TextDocument): void => {
    if (isSkill(document)) {
      skillEditor().catch((error: unknown) => {
        log.error('skill editor', error);
      });
    }
  };
  vscode.workspace.textDocuments.forEach(opened);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.languages.registerCodeLensProvider(skillSelector, {
      onDidChangeCodeLenses,
      provideCodeLenses: async (document) => (isSkill(document) ? (await skillEditor()).lenses(document) : []),
    }),
    vscode.languages.registerCodeActionsProvider(
      skillSelector,
      {
        provideCodeActions: async (document, range, context) =>
          isSkill(document) ? (await skillEditor()).actions(document, range, context) : [],
      },
      {
        providedCodeActionKinds: [
          vscode.CodeActionKind.QuickFix,
          vscode.CodeActionKind.SourceFixAll.append('agentRuns'),
        ],
      },
    ),
    vscode.languages.registerCompletionItemProvider(
      skillSelector,
      {
        provideCompletionItems: async (document, position, _token, { triggerCharacter }) =>
          isSkill(document) ? (await skillEditor()).completions(document, position, triggerCharacter) : [],
      },
      // Suggestions while typing are off in Markdown: `---` begins a front matter, and a name follows `name: `.
      ...['-', ' '],
    ),
    vscode.languages.registerHoverProvider(skillSelector, {
      provideHover: async (document, position) =>
        isSkill(document) ? (await skillEditor()).hover(document, position) : undefined,
    }),
    vscode.languages.registerCodeActionsProvider(
      '*',
      {
        // Asked at every move of the cursor: nothing but the lines around it is looked at before there is something to offer.
        provideCodeActions: async (document, range, context) =>
          isOfTrustedWorkspace(document) && (context.diagnostics.length > 0 || todoIn(document, range.start.line))
            ? (await parts.agentActions())(document, range, context)
            : [],
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite] },
    ),
  );
}

function isOfTrustedWorkspace({ uri }: vscode.TextDocument): boolean {
  return vscode.workspace.isTrusted && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
