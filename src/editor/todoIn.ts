import type * as vscode from 'vscode';
import { todoAt, type TodoComment } from '../model/todoComment';

/** The TODO that a line of a document is part of. */
export function todoIn(document: vscode.TextDocument, line: number): TodoComment | undefined {
  return todoAt((at) => (at >= 0 && at < document.lineCount ? document.lineAt(at).text : undefined), line);
}
