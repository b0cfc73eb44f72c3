import { skillRoots } from './skillSpec';

/** Where new skills go unless a person says something else. */
export const usualSkillFolder = '.agents/skills';

export interface SkillHome {
  /** The folder whose agents find the skill, from the workspace folder's root with `/`; empty for the root. */
  base: string;
  /** Where skills are in it, when a person has said that already. */
  folder?: string;
}

/**
 * Where a skill goes that is to be made in a folder: into the folder's own skills, or into those that it is a part of.
 * @param path from the workspace folder's root, with `/`
 */
export function skillHome(path: string): SkillHome {
  const parts = path.split('/').filter(Boolean);
  const at = parts.findIndex((part) => skillRoots.has(part));
  const root = parts[at];
  return root === undefined
    ? { base: parts.join('/') }
    : { base: parts.slice(0, at).join('/'), folder: `${root}/skills` };
}

/** All folders of skills that there can be, the usual one first. */
export function skillFolders(): string[] {
  return [...new Set([usualSkillFolder, ...Array.from(skillRoots, (root) => `${root}/skills`)])];
}
