import * as vscode from 'vscode';
import { isProblemForAgent, type ProblemForAgent } from '../model/problemForAgent';
import { type Lines, surroundingLines } from '../model/surroundingLines';
import { systemClock } from '../oz/clock';
import { launchOnText, selectedText } from './launchOnText';
import type { LaunchSheetDeps } from './launchSheet';
import { isWorkspaceTrusted } from './workspaceTrust';

/** Milliseconds in which a language says what functions a file has; after that the lines around the problem are sent. */
const patience = 1500;

/** Launches an agent on a TODO, or on what another extension found wrong, with the function that it is in. */
export async function fixWithAgent(deps: LaunchSheetDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  if (!isProblemForAgent(argument) || !(await isWorkspaceTrusted())) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(argument.uri, true));
  const words = firstWords(argument);
  const title = argument.todo === undefined ? t('Run Agent to Fix') : t('Run Agent on TODO');
  const about = { title, draftOf: `fix ${argument.uri} ${words}`, words };
  const selections = linesAround(document, argument).then((range) => [selectedText(document, range)]);
  await launchOnText(deps, document, selections, about, t('What should the agent do?'));
}

/** What the box begins with: a person changes it or goes on. */
function firstWords({ todo, problems = [], firstLine }: ProblemForAgent): string {
  const { t } = vscode.l10n;
  const [first, ...others] = problems;
  if (todo !== undefined) {
    return todo ? t('Do this TODO in line {0}: {1}', firstLine + 1, todo) : t('Do the TODO in line {0}', firstLine + 1);
  }
  if (first && others.length === 0) {
    return t('Fix this problem in line {0}: {1}', first.line + 1, first.words);
  }
  const lines = problems.map(({ line, words }) => `- ${t('line {0}: {1}', line + 1, words)}`);
  return [t('Fix these problems:'), ...lines].join('\n');
}

async function linesAround(
  document: vscode.TextDocument,
  { firstLine, lastLine }: ProblemForAgent,
): Promise<vscode.Range> {
  const end = document.lineCount - 1;
  const lines = { first: Math.min(firstLine, end), last: Math.min(lastLine, end) };
  const { first, last } = surroundingLines(lines, await functionsOf(document), document.lineCount);
  return document.validateRange(new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER));
}

/** What a language has found in the file that is like a function, in any depth. */
async function functionsOf({ uri }: vscode.TextDocument): Promise<Lines[]> {
  const none = new Promise<undefined>((resolve) => {
    systemClock.after(patience, () => {
      resolve(undefined);
    });
  });
  const asked = vscode.commands.executeCommand<Found[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
  const found = await Promise.race([asked, none]).then(undefined, () => undefined);
  return (found ?? []).flatMap(linesOf);
}

type Found = vscode.DocumentSymbol | vscode.SymbolInformation;

const { Function, Method, Constructor } = vscode.SymbolKind;

function linesOf(symbol: Found): Lines[] {
  const { start, end } = 'range' in symbol ? symbol.range : symbol.location.range;
  // A variable can hold a function, or just the line that the problem is in.
  const isLike = [Function, Method, Constructor].includes(symbol.kind) || end.line - start.line > 3;
  const inner = 'children' in symbol ? symbol.children.flatMap(linesOf) : [];
  return [...(isLike ? [{ first: start.line, last: end.line }] : []), ...inner];
}
