import * as vscode from 'vscode';
import type { LaunchContents, LaunchOptions } from '../model/launchOptions';
import { longestMcpFile, type McpFile, readMcpServers } from '../model/mcpServers';
import { ApiProblem } from '../oz/problems';
import { plain } from '../platform/plainText';
import { AttachmentProblem, readAttachments } from './attachments';
import { mcpProblemWords } from './launchMore/mcpWords';
import { withProgressIfSlow } from './progress';

/** A file that a launch names cannot be used. The message is for a person, a whole sentence, and safe to show. */
export class ProblemWithFile extends Error {
  override readonly name = 'ProblemWithFile';
  /** The same for a row of the file. */
  readonly mark: string;
  readonly canOpen: boolean;
  readonly #uri: vscode.Uri;
  readonly #line: number;

  /** @param place in the file where it is wrong, its line 1-based; undefined where it cannot be opened */
  constructor(message: string, mark: string, uri: vscode.Uri, place?: { line: number }) {
    super(message);
    this.mark = mark;
    this.canOpen = place !== undefined;
    this.#uri = uri;
    this.#line = place?.line ?? 1;
  }

  /** Says it, with a way to the place where there is one. */
  async show(): Promise<void> {
    const open = vscode.l10n.t('Open File');
    if ((await vscode.window.showErrorMessage(this.message, ...(this.canOpen ? [open] : []))) === open) {
      await this.open();
    }
  }

  async open(): Promise<void> {
    const at = new vscode.Position(this.#line - 1, 0);
    await vscode.window.showTextDocument(this.#uri, { selection: new vscode.Range(at, at) });
  }
}

/**
 * What the files hold that a launch names, read now; undefined when that is not possible, which a person was told then.
 * Nothing may be sent in that case.
 * @param askAgain for another file of servers than one that cannot be used
 */
export async function readContents(
  { mcpServers, attachments = [] }: LaunchOptions,
  askAgain: (problem: ProblemWithFile) => Promise<void>,
): Promise<LaunchContents | undefined> {
  const { t } = vscode.l10n;
  try {
    const file = mcpServers && 'file' in mcpServers ? await readMcpFile(mcpServers.file) : undefined;
    const inputs =
      attachments.length > 0
        ? await withProgressIfSlow(t('Reading the attachments…'), (signal) => readAttachments(attachments, signal))
        : [];
    return { ...(file && { mcpServers: file.servers }), ...(inputs.length > 0 && { attachments: inputs }) };
  } catch (error) {
    if (error instanceof ProblemWithFile) {
      await askAgain(error);
    } else if (error instanceof AttachmentProblem) {
      void vscode.window.showErrorMessage(error.message);
    } else if (!ApiProblem.is(error) || error.kind !== 'aborted') {
      throw error;
    }
    return undefined;
  }
}

/** @throws ProblemWithFile */
export async function readMcpFile(address: string): Promise<McpFile> {
  const { t } = vscode.l10n;
  const uri = vscode.Uri.parse(address);
  const name = fileWords(uri);
  if (!vscode.workspace.isTrusted && vscode.workspace.getWorkspaceFolder(uri)) {
    const words = t('{0} is in a workspace that is not trusted.', name);
    throw new ProblemWithFile(words, t('its workspace is not trusted'), uri, { line: 1 });
  }
  const text = await readShort(uri).catch((error: unknown) => {
    const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    throw isGone
      ? new ProblemWithFile(t('{0} is not there any more.', name), t('it is not there any more'), uri)
      : new ProblemWithFile(t('{0} cannot be read.', name), t('it cannot be read'), uri);
  });
  const read = text === undefined ? { problem: { kind: 'tooLong' } as const } : readMcpServers(text);
  if ('problem' in read) {
    const { problem } = read;
    const words = t('{0} cannot be used. {1}', name, mcpProblemWords(problem));
    const line = problem.kind === 'notJson' ? problem.line : 1;
    throw new ProblemWithFile(words, t('it cannot be used'), uri, { line });
  }
  return read;
}

/** Undefined when it is far too long. */
async function readShort(uri: vscode.Uri): Promise<string | undefined> {
  const { size } = await vscode.workspace.fs.stat(uri);
  // A character has four bytes at most.
  return size > longestMcpFile * 4 ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** A file's name, with its folders where it is in the workspace. */
export function fileWords(uri: vscode.Uri): string {
  const isHere = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return plain(isHere ? vscode.workspace.asRelativePath(uri) : uri.path.slice(uri.path.lastIndexOf('/') + 1), 80);
}
