import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atExit } from './atExit';

/** The project's folder. */
export const projectFolder = path.resolve(__dirname, '..', '..');

/** What the suites install and write: git-ignored, may be deleted at any time. */
export const cacheFolder = path.join(projectFolder, '.cache');

/** Makes a folder outside the project that is removed when this process ends. */
export function temporaryFolder(name: string): string {
  // The real path: macOS's temporary folder is a link, and editors compare paths.
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), `agent-runs-${name}-`));
  atExit(() => {
    removeFolder(folder);
  });
  return folder;
}

/** Removes a folder and what is in it; tries again while a process that was just killed still writes there. */
export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/**
 * Makes `folder` by filling a folder beside it and renaming that: nobody ever sees it half full. A folder that
 * is there already is kept, also when another process was quicker.
 */
export async function makeFolderOnce(folder: string, fill: (folder: string) => Promise<void>): Promise<void> {
  if (fs.existsSync(folder)) {
    return;
  }
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const partial = fs.mkdtempSync(`${folder}.part-`);
  const removePartial = atExit(() => {
    removeFolder(partial);
  });
  try {
    await fill(partial);
    try {
      fs.renameSync(partial, folder);
    } catch (error) {
      if (!fs.existsSync(folder)) {
        throw error;
      }
    }
  } finally {
    removePartial();
  }
}
