import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { safeFileName } from '../model/safeFileName';
import { PartFile } from './partFile';
import { plain } from './plainText';

/** A file that is being saved: nothing of it is under its name before all of it is there. */
export interface FileToSave {
  begin(): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  /** Puts it in its place and tells where that is: beside a file that came there meanwhile, unless that is replaced. */
  finish(replaces: boolean): Promise<vscode.Uri>;
  /** Leaves nothing behind. After `finish` there is nothing to leave. */
  discard(): Promise<void>;
}

/** @throws what the file system says; `fileProblemWords` has the words for it */
export function fileToSave(target: vscode.Uri): FileToSave {
  const isOnDisk = target.scheme === 'file';
  const folder = isOnDisk ? path.dirname(target.fsPath) : tmpdir();
  const part = new PartFile(folder);
  return {
    begin: () => part.begin(),
    write: (bytes) => part.write(bytes),
    finish: async (replaces) => {
      if (!isOnDisk) {
        // A file system of VS Code's: it takes whole files only.
        await part.end();
        await vscode.workspace.fs.copy(vscode.Uri.file(part.path), target, { overwrite: replaces });
        await part.discard();
        return target;
      }
      const tried = new Set<string>();
      for (;;) {
        const name = safeFileNameBeside(target, tried);
        tried.add(name.toLowerCase());
        const place = replaces ? target : vscode.Uri.joinPath(target, '..', name);
        try {
          await part.becomes(place.fsPath, replaces);
          return place;
        } catch (error) {
          if (replaces || codeOf(error) !== 'EEXIST') {
            throw error;
          }
        }
      }
    },
    discard: () => part.discard(),
  };
}

/** The target's own name at first, then `name (2).ext` and so on. */
function safeFileNameBeside(target: vscode.Uri, tried: ReadonlySet<string>): string {
  const own = path.posix.basename(target.path);
  return tried.size === 0 ? own : safeFileName(own, (name) => tried.has(name.toLowerCase()));
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

/** What a file system says, in words; undefined for what is no error of one. */
export function fileProblemWords(error: unknown): string | undefined {
  const { t } = vscode.l10n;
  const code = codeOf(error);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return t('there is no space left on the disk');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'NoPermissions':
      return t('you may not write in that folder');
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
      return t('the folder is not there');
    case 'EISDIR':
    case 'FileIsADirectory':
    case 'ENOTEMPTY':
      return t('there is a folder of that name');
    case 'EEXIST':
    case 'FileExists':
      return t('there is a file of that name');
    case 'ENAMETOOLONG':
      return t('the path is too long');
    case 'EFBIG':
      return t('the file is too large for that disk');
    default:
      return /^E[A-Z0-9]{2,}$/.test(code) ? t('the file could not be written ({0})', plain(code, 40)) : undefined;
  }
}
