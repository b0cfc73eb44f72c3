import * as vscode from 'vscode';
import type { PageFiles } from './pageShell';

/**
 * Reads what a page is made of.
 * @param name of its bundles in dist/
 * @throws FileSystemError when one of them cannot be read
 */
export async function readPageFiles(extensionUri: vscode.Uri, name: 'conversation' | 'schedule'): Promise<PageFiles> {
  const text = async (file: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', file)));
  const [style, script] = await Promise.all([text(`${name}-style.css`), text(`${name}.js`)]);
  return { style, script, language: vscode.env.language };
}
