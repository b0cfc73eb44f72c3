import { lstat } from 'node:fs/promises';
import * as path from 'node:path';
import type { SeenSkill } from '../model/skillEntries';
import { skillSpec } from '../model/skillSpec';
import { readGitSight } from './gitSight';
import type { RunGit } from './runGit';

/** More places than this are not named to Git: it looks at the whole repository. */
const mostPlaces = 100;

/** Finds the repository that a file is in, as Git does: the nearest folder upwards with a `.git` in it. */
export class RepositoryRoots {
  readonly #roots = new Map<string, Promise<string | undefined>>();

  /** @param folder an absolute path without links in it */
  of(folder: string): Promise<string | undefined> {
    let root = this.#roots.get(folder);
    if (!root) {
      root = this.#look(folder);
      this.#roots.set(folder, root);
    }
    return root;
  }

  async #look(folder: string): Promise<string | undefined> {
    try {
      await lstat(path.join(folder, '.git'));
      return folder;
    } catch {
      const above = path.dirname(folder);
      return above === folder ? undefined : this.of(above);
    }
  }
}

/**
 * What the cloud has of SKILL.md files in one repository, by a fixed number of questions to Git however many they are. By
 * what was last fetched or pushed. Rejects when Git cannot be started or was stopped by the signal.
 * @param files their paths from the root, with `/`
 * @returns by these paths; empty when Git says no
 */
export async function readSkillSights(
  git: RunGit,
  root: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, SeenSkill>> {
  const repository = await readGitSight(git, root, { signal });
  if (!repository) {
    return new Map();
  }
  const { gitHub } = repository;
  if (!gitHub) {
    return new Map(files.map((file) => [file, { sight: 'notOnGitHub' }]));
  }
  const ask = async (...args: string[]): Promise<string[] | undefined> => {
    const { code, stdout } = await git(['--literal-pathspecs', ...args], root, signal);
    return code === 0 ? stdout.split('\0').filter(Boolean) : undefined;
  };
  const places = placesOf(files);
  const { remote = '', cloud, upstream, ahead } = repository;
  const inCloud = cloud && `refs/remotes/${remote}/${cloud.branch}`;
  const onBranch = upstream === undefined ? inCloud : `refs/remotes/${upstream}`;
  const differsFrom = async (ref: string | undefined, dots: string): Promise<string[] | undefined> =>
    ref === undefined
      ? undefined
      : ask('diff', '--name-only', '-z', '--no-renames', `${ref}${dots}HEAD`, '--', ...places);
  const [tracked, status, notPushed, different] = await Promise.all([
    ask('ls-files', '-z', '--', ...places),
    ask('status', '--porcelain', '-z', '--no-renames', '--untracked-files=normal', '--', ...places),
    upstream !== undefined && ahead === 0 ? [] : differsFrom(onBranch, '...'),
    differsFrom(inCloud, '..'),
  ]);
  if (!tracked || !status) {
    return new Map();
  }
  const isTracked = new Set(tracked);
  const changedFolders = foldersOf(status.map((line) => line.slice('XY '.length)));
  const aheadFolders = notPushed && foldersOf(notPushed);
  const differentFolders = different && foldersOf(different);
  return new Map(
    files.map((file) => {
      const folder = file.slice(0, file.lastIndexOf('/') + 1);
      // A fresh clone has the default branch: what is pushed elsewhere only is not what the cloud reads.
      const isOther = differentFolders?.has(folder);
      const isPushed = isOther === false || aheadFolders?.has(folder) === false;
      const isCommitted = isTracked.has(file) && !changedFolders.has(folder);
      // A partial clone may not have what it would have to compare.
      const isUnknown = onBranch !== undefined && aheadFolders === undefined;
      const committed = isPushed ? (isOther ? 'elsewhere' : 'pushed') : isUnknown ? undefined : 'notPushed';
      const sight = isCommitted ? committed : 'uncommitted';
      return [file, { sight, spec: skillSpec(gitHub, file) }];
    }),
  );
}

/** Folders, with all of their skills in them, that are to be looked at; none where that is the whole repository. */
function placesOf(files: readonly string[]): string[] {
  const places = new Set(files.map((file) => file.split('/').slice(0, -2).join('/')));
  return places.size > mostPlaces || places.has('') ? [] : [...places];
}

/** All folders that something of these paths is in, with `/` at the end; the root is empty. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const one of paths) {
    // Of a new folder Git names just that, with a `/` at its end.
    for (let end = one.lastIndexOf('/') + 1; !folders.has(one.slice(0, end));) {
      folders.add(one.slice(0, end));
      end = one.lastIndexOf('/', end - 2) + 1;
    }
  }
  return folders;
}
