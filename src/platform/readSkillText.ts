import { open, realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** A file of more bytes is not read whole. */
const largest = 1024 * 1024;
/** Bytes of such a file that are read: its front matter is in them. */
const beginning = 64 * 1024;

export interface SkillText {
  /** Undefined for a file that is not in UTF-8. */
  text: string | undefined;
  /** The same for two addresses that lead to one file. */
  file: string;
  /** Where Git knows it: the folder's own path, without links in it; undefined where Git cannot look. */
  gitPath?: string;
}

/** Undefined where there is no such file any more, or where it cannot be read. */
export async function readSkillText(uri: vscode.Uri): Promise<SkillText | undefined> {
  try {
    return await (uri.scheme === 'file' ? readLocal(uri.fsPath) : readVirtual(uri));
  } catch {
    return undefined;
  }
}

async function readLocal(name: string): Promise<SkillText | undefined> {
  const stats = await stat(name);
  // Opening a pipe would wait for whoever writes to it.
  if (!stats.isFile()) {
    return undefined;
  }
  const [file, folder] = await Promise.all([realpath(name), realpath(path.dirname(name))]);
  const handle = await open(file);
  try {
    const isLarge = stats.size > largest;
    const bytes = isLarge ? Buffer.alloc(beginning) : await handle.readFile();
    const length = isLarge ? (await handle.read(bytes, 0, beginning, 0)).bytesRead : bytes.length;
    return {
      text: decode(bytes.subarray(0, length), isLarge),
      file: vscode.Uri.file(file).toString(),
      gitPath: path.join(folder, path.basename(name)),
    };
  } finally {
    await handle.close();
  }
}

async function readVirtual(uri: vscode.Uri): Promise<SkillText | undefined> {
  const { size, type } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.File) === 0) {
    return undefined;
  }
  // Such a file system has no way to read a part.
  const bytes = size > largest ? undefined : await vscode.workspace.fs.readFile(uri);
  return bytes && { text: decode(bytes, false), file: uri.toString() };
}

function decode(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    // With `stream` a character that is cut at the end is left out.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
