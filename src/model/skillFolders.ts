import type { CloudSkill } from '../oz/types';
import type { WorkspaceSkill } from './workspaceSkill';

/** So many rows can stand in one list. */
const most = 200;

/** The rows of a long list by the folder that each is in. A key names a row: a file's address, or a spec. */
export class SkillFolders {
  readonly #keys = new Map<string, string[]>();
  readonly #folders = new Map<string, string>();

  constructor(rows: Iterable<{ key: string; folder: string }>) {
    for (const { key, folder } of rows) {
      const keys = this.#keys.get(folder) ?? [];
      keys.push(key);
      this.#keys.set(folder, keys);
      this.#folders.set(key, folder);
    }
  }

  get names(): string[] {
    return [...this.#keys.keys()].sort();
  }

  keysIn(folder: string): readonly string[] {
    return this.#keys.get(folder) ?? [];
  }

  folderOf(key: string): string | undefined {
    return this.#folders.get(key);
  }
}

/** By the folders that the skills' own folders are in. Undefined while there are few. */
export function hereFolders(skills: readonly WorkspaceSkill[]): SkillFolders | undefined {
  return skills.length > most
    ? new SkillFolders(
        skills.map(({ uri, folder, path }) => ({
          key: uri,
          folder: [folder, above(above(path))].filter(Boolean).join('/'),
        })),
      )
    : undefined;
}

/** By repositories. Undefined while there are few. */
export function cloudFolders(skills: readonly CloudSkill[]): SkillFolders | undefined {
  return skills.length > most
    ? new SkillFolders(
        skills.flatMap(({ variants }) =>
          variants.map(({ id, source: { owner, name } }) => ({ key: id, folder: `${owner}/${name}` })),
        ),
      )
    : undefined;
}

/** The folder that a file or folder is in; empty for one at the top. */
export function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
