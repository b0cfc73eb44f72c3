import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const prefix = 'agent-runs-artifact-';
/** Milliseconds that a file stays, since the tab that shows it reads it again when VS Code starts anew. */
const kept = 24 * 60 * 60_000;

/**
 * Makes a folder for a file that VS Code can only show from the disk, and deletes those that were made a day ago or earlier.
 * @param now milliseconds since 1970
 */
export async function newArtifactFolder(now: number, parent = tmpdir()): Promise<string> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  // One that another user made, or that another window deletes at the same time, is no reason not to show the file.
  await Promise.allSettled(names.map((name) => deleteOld(path.join(parent, name), now)));
  return mkdtemp(path.join(parent, prefix));
}

async function deleteOld(folder: string, now: number): Promise<void> {
  if (now - (await stat(folder)).mtimeMs >= kept) {
    await rm(folder, { recursive: true });
  }
}
