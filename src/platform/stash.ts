import { lstat } from 'node:fs/promises';
import * as path from 'node:path';
import { GitFailure, type GitOutcome, gitWords, type RunGit } from './runGit';

/** Changes that were put aside. Its place in the list of stashes changes, its commit does not. */
export interface Stash {
  commit: string;
  message: string;
}

/** What is not committed. */
export interface Changes {
  /** How many files. */
  files: number;
  /** How many files have a conflict that nobody has resolved. */
  unmerged: number;
  /** What Git ignores in the place of a file that it tracks: no stash has it, and Git would overwrite it. */
  endangered: string[];
}

/**
 * A submodule's own changes do not count: neither a stash nor a checkout touches its files.
 * @throws GitFailure
 */
export async function changesIn(git: RunGit, root: string): Promise<Changes> {
  const args = ['status', '--porcelain=v2', '--no-renames', '--untracked-files=all', '--ignore-submodules=all', '-z'];
  const { stdout } = mustBeFine(await git(args, root));
  const entries = stdout.split('\0').filter(Boolean);
  const missing = entries
    .map((entry) => /^1 .D (?:\S+ ){6}(.+)$/s.exec(entry)?.[1])
    .filter((file) => file !== undefined);
  return {
    files: entries.length,
    unmerged: entries.filter((entry) => entry.startsWith('u ')).length,
    endangered: await ignoredInPlaceOf(git, root, missing),
  };
}

/** Of files that are missing: what Git ignores and is there instead, as a folder of that name or a file where a folder was. */
async function ignoredInPlaceOf(git: RunGit, root: string, missing: readonly string[]): Promise<string[]> {
  const places = new Set<string>();
  for (const file of missing) {
    const parts = file.split('/');
    for (const depth of parts.keys()) {
      const place = parts.slice(0, depth + 1).join('/');
      const there = await lstat(path.join(root, place)).catch(() => undefined);
      if (there?.isDirectory() === (place === file)) {
        places.add(place);
      }
    }
  }
  if (places.size === 0) {
    return [];
  }
  const args = [
    '--literal-pathspecs',
    'ls-files',
    '--others',
    '--ignored',
    '--exclude-standard',
    '-z',
    '--',
    ...places,
  ];
  return mustBeFine(await git(args, root))
    .stdout.split('\0')
    .filter(Boolean);
}

/**
 * Puts all changes aside: staged, unstaged and untracked ones, but nothing that is ignored.
 * @returns `stash` as soon as there is one, even if Git then could not finish; `failure` is what it said
 */
export async function stashChanges(
  git: RunGit,
  root: string,
  message: string,
): Promise<{ stash?: Stash; failure?: string }> {
  const before = await newestStash(git, root);
  const outcome = await git(['stash', 'push', '--include-untracked', '--quiet', `--message=${message}`], root);
  const commit = await newestStash(git, root);
  return {
    ...(commit !== undefined && commit !== before && { stash: { commit, message } }),
    ...(outcome.code !== 0 && { failure: gitWords(outcome) }),
  };
}

export type Restored =
  | { kind: 'restored' }
  /** Both sides are in the files, marked; the stash is kept. */
  | { kind: 'conflicts' }
  /** The stash is kept. */
  | { kind: 'failed'; words: string }
  /** Somebody applied or dropped it already. */
  | { kind: 'gone' };

/** Puts what is in the stash back, staged files staged, and drops the stash when that went well. */
export async function restoreStash(git: RunGit, root: string, { commit }: Stash): Promise<Restored> {
  const pop = async (...options: string[]): Promise<Restored> => {
    const list = mustBeFine(await git(['stash', 'list', '--format=%H'], root)).stdout.split('\n');
    const index = list.indexOf(commit);
    if (index < 0) {
      return { kind: 'gone' };
    }
    const popped = await git(['stash', 'pop', '--quiet', ...options, `stash@{${index}}`], root);
    if (popped.code === 0) {
      return { kind: 'restored' };
    }
    const { unmerged } = await changesIn(git, root);
    return unmerged > 0 ? { kind: 'conflicts' } : { kind: 'failed', words: gitWords(popped) };
  };
  const restored = await pop('--index');
  // What was staged may no longer fit as such. Git itself leaves what it would overwrite.
  return restored.kind === 'failed' ? pop() : restored;
}

async function newestStash(git: RunGit, root: string): Promise<string | undefined> {
  const { code, stdout } = await git(['rev-parse', '--verify', '--quiet', 'refs/stash'], root);
  return code === 0 ? stdout.trim() : undefined;
}

function mustBeFine(outcome: GitOutcome): GitOutcome {
  if (outcome.code !== 0) {
    throw new GitFailure(outcome);
  }
  return outcome;
}
