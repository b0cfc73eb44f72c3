import * as vscode from 'vscode';
import type { ProblemForAgent } from '../model/problemForAgent';
import { plain } from '../platform/plainText';
import { diagnosticsName } from './skillDiagnostics';
import { todoIn } from './todoIn';

/** Last in the lightbulb's menu and never preferred: the fixes of those who found a problem come first. */
export function agentActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics, only }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const wants = (kind: vscode.CodeActionKind): boolean => !only || only.contains(kind);
  const action = (
    title: string,
    kind: vscode.CodeActionKind,
    about: Omit<ProblemForAgent, 'uri'>,
  ): vscode.CodeAction => {
    const made = new vscode.CodeAction(title, kind);
    made.command = {
      command: 'agentRuns.fixWithAgent',
      title,
      arguments: [{ uri: document.uri.toString(), ...about }],
    };
    return made;
  };
  const actions: vscode.CodeAction[] = [];

  // A hint is no problem, and what is wrong with a SKILL.md has fixes of its own.
  const problems = diagnostics.filter(
    ({ severity, source }) => severity !== vscode.DiagnosticSeverity.Hint && source !== diagnosticsName,
  );
  const [first] = problems;
  if (first && wants(vscode.CodeActionKind.QuickFix)) {
    const words = plain(first.message, 60);
    const title =
      problems.length > 1
        ? t('Run agent to fix this and {0} more: {1}', problems.length - 1, words)
        : t('Run agent to fix this: {0}', words);
    const made = action(`${title}…`, vscode.CodeActionKind.QuickFix, {
      firstLine: Math.min(...problems.map((problem) => problem.range.start.line)),
      lastLine: Math.max(...problems.map((problem) => problem.range.end.line)),
      problems: problems.map((problem) => ({ line: problem.range.start.line, words: problemWords(problem) })),
    });
    made.diagnostics = problems;
    actions.push(made);
  }

  const todo = todoIn(document, range.start.line);
  // No quick fix: a light bulb at each TODO that the cursor passes would be a nuisance. It stands with the refactorings.
  const rewrite = vscode.CodeActionKind.RefactorRewrite.append('agentRuns');
  if (todo && wants(rewrite)) {
    const { first: firstLine, last: lastLine, words } = todo;
    actions.push(action(t('Run agent on this TODO…'), rewrite, { firstLine, lastLine, todo: words }));
  }
  return actions;
}

/** The message with who says so, as a person would quote it. */
function problemWords({ message, source, code }: vscode.Diagnostic): string {
  const name = typeof code === 'object' ? code.value : code;
  const from = [source, name].filter((part) => part !== undefined && part !== '').join(' ');
  return from ? `${message} (${from})` : message;
}
