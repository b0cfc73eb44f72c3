import type { SkillProblem } from './skillFile';

/** What the cloud has of a skill that is in this workspace, by what Git knows here. */
export type SkillSight =
  /** As it is here. */
  | 'pushed'
  /** The file, or another one in its folder, has changes that are not committed, or Git does not know it. */
  | 'uncommitted'
  /** It is committed, and not on the branch at the remote. */
  | 'notPushed'
  /** It is pushed, and the default branch, from which the cloud reads it, has another version or none. */
  | 'elsewhere'
  /** There is no repository around it, or none of its remotes is on GitHub. */
  | 'notOnGitHub';

/** A SKILL.md of the workspace. */
export interface WorkspaceSkill {
  /** The file's address: its identity. */
  readonly uri: string;
  /** The name of the workspace folder that it is in. */
  readonly folder: string;
  /** The file's path from that folder, with `/`. */
  readonly path: string;
  /** As the service would read them: a missing name is the folder's, a missing description the first paragraph. */
  readonly name: string;
  readonly description: string;
  /** Why the service would leave it out. */
  readonly problem?: SkillProblem;
  /** True where the service finds it by itself; others run by their full path only. */
  readonly isInSkillFolder: boolean;
  /** What the cloud has of it; undefined until Git said so. */
  readonly sight?: SkillSight;
  /** `owner/repo:path/to/SKILL.md`; undefined until Git said so, or where GitHub does not have it. */
  readonly spec?: string;
}

/** The skills of this workspace, as far as they were read: what the views and the editor go by. */
export interface WorkspaceSkills {
  readonly status: 'notRead' | 'reading' | 'ready';
  /** By name, then by path. Stays the same list until something changes. */
  readonly all: readonly WorkspaceSkill[];
  /** Something of `all` or `status` is another; many changes come as one. */
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  /** Begins to read and to watch, at the first call; nothing is read before. */
  start(): void;
  /** Reads everything again. */
  refresh(): void;
}
