/** The files beside a skill's own, which its text alone does not bring along. */
export interface SupportingFiles {
  /** Their paths from the skill's folder, with `/`, sorted. */
  names: readonly string[];
  /** Bytes of them all. */
  size: number;
  /** There are more than were counted. */
  isMore: boolean;
}

export interface FolderEntry {
  name: string;
  kind: 'file' | 'folder' | 'other';
  /** Bytes of a file. */
  size: number;
}

/** Files that are counted, and folders that are looked into. */
export const mostSupportingFiles = 500;
const mostFolders = 100;
/** They are not a part of any skill. */
const skipped = new Set(['.git', 'node_modules', '.venv', '__pycache__']);

/**
 * Reads a skill's folder and those in it. Links are not followed: they may lead anywhere.
 * @param read answers what is in a folder, by its path from the skill's own, with `/`; empty for that itself
 * @param own the name of the skill's file
 */
export async function supportingFiles(
  read: (folder: string) => Promise<readonly FolderEntry[]>,
  own: string,
): Promise<SupportingFiles> {
  const files: { path: string; size: number }[] = [];
  const folders = [''];
  for (let at = 0; at < folders.length && files.length <= mostSupportingFiles && at < mostFolders; at += 1) {
    const folder = folders[at] ?? '';
    // A folder that cannot be read has nothing that could be named.
    const entries = await read(folder).catch(() => []);
    for (const { name, kind, size } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder' && !skipped.has(name)) {
        folders.push(path);
      } else if (kind === 'file' && path !== own) {
        files.push({ path, size });
      }
    }
  }
  const kept = files.slice(0, mostSupportingFiles);
  return {
    names: kept.map(({ path }) => path).sort(),
    size: kept.reduce((sum, { size }) => sum + size, 0),
    isMore: files.length > mostSupportingFiles || folders.length > mostFolders,
  };
}

/** The files that a text speaks of, by their whole paths or by their names. */
export function mentionedFiles(text: string, names: readonly string[]): string[] {
  // A longer word is the name of no file.
  const words = (text.match(/[^\s()[\]{}<>"'`,;:|*=]+/g) ?? []).filter(({ length }) => length <= 300);
  const said = new Set(words.map((word) => word.replace(/^\.\//, '').replace(/[.!?]+$/, '')));
  return names.filter((name) => {
    const own = name.slice(name.lastIndexOf('/') + 1);
    return said.has(name) || (own.includes('.') && said.has(own));
  });
}
