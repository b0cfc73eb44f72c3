import { access } from 'node:fs/promises';
import * as path from 'node:path';
import { isBranchName } from './branchName';
import { GitFailure, type GitOutcome, gitWords, type RunGit } from './runGit';
import { changesIn, restoreStash, type Restored, type Stash, stashChanges } from './stash';

/** A branch of a remote, and the folder of the repository that is to have it. */
export interface CheckoutTarget {
  /** The root of the repository, or of the linked worktree. */
  root: string;
  /** The name of a configured remote. */
  remote: string;
  /** As the service says: anything. */
  branch: string;
}

/** Fetches one refspec of a remote. Rejects only when it cannot be started or is stopped by the signal. */
export type FetchBranch = (remote: string, refspec: string, signal: AbortSignal) => Promise<GitOutcome>;

/** What Git is in the middle of. */
export type Operation = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect';

/** How the local branch is to the remote's: the same, moved on to it, with more of its own, or with both. */
export type Commits = 'same' | 'forwarded' | 'ahead' | 'diverged';

export interface CheckoutPlan {
  target: CheckoutTarget;
  /** Undefined where the branch is checked out already. */
  switchTo?: 'local' | 'new';
  commits: Commits;
}

export type Prepared =
  | { kind: 'ready'; plan: CheckoutPlan }
  /** It is checked out, and there is nothing that it could be moved on to. */
  | { kind: 'already'; commits: Commits }
  | { kind: 'cancelled' }
  /** No name that a branch can have, or one made to deceive. */
  | { kind: 'badName' }
  | { kind: 'busy'; with: Operation }
  /** The remote has no such branch. */
  | { kind: 'gone' }
  | { kind: 'fetchFailed'; words: string }
  /** Another worktree of the repository has it checked out. */
  | { kind: 'elsewhere'; folder: string };

/** `notForwarded` is why Git would not move the branch on, if it would not. */
type Unstashed = { kind: 'done'; commits: Commits; notForwarded?: string } | { kind: 'failed'; words: string };

export type CheckedOut =
  /**
   * With the stash that has the changes from before, if there were any. Where it failed nothing was checked out, and the stash
   * was put back as `restored` says. Without `restored` it was only half made: files may be in it and in the folder.
   */
  | (Unstashed & { stash?: Stash; restored?: Restored })
  /** Nothing was touched: Git would overwrite these files, which it ignores, and no stash has them. */
  | { kind: 'endangered'; files: string[] };

const markers: readonly (readonly [file: string, operation: Operation])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];

/**
 * Fetches the branch and finds out what a checkout would do. No file is touched, and no local branch.
 * @throws GitFailure when Git does not work in that folder
 */
export async function prepareCheckout(
  git: RunGit,
  target: CheckoutTarget,
  fetch: FetchBranch,
  signal: AbortSignal,
): Promise<Prepared> {
  const { root, remote, branch } = target;
  if (!(await isBranchName(git, root, branch)) || remote.startsWith('-')) {
    return { kind: 'badName' };
  }
  const operation = await operationIn(git, root);
  if (operation) {
    return { kind: 'busy', with: operation };
  }
  const fetched = await fetch(remote, `+refs/heads/${branch}:${trackingRef(target)}`, signal).catch(
    (error: unknown) => {
      if (!signal.aborted) {
        throw error;
      }
    },
  );
  if (!fetched || signal.aborted) {
    return { kind: 'cancelled' };
  }
  if (fetched.code !== 0) {
    return /find remote ref/i.test(fetched.stderr)
      ? { kind: 'gone' }
      : { kind: 'fetchFailed', words: gitWords(fetched) };
  }
  return plan(git, target);
}

async function plan(git: RunGit, target: CheckoutTarget): Promise<Prepared> {
  const { root, branch } = target;
  const isCurrent = (await currentRef(git, root)) === localRef(branch);
  if (!isCurrent) {
    const folder = await worktreeOf(git, root, branch);
    if (folder !== undefined) {
      return { kind: 'elsewhere', folder };
    }
  }
  const isLocal = await succeeds(git, root, 'rev-parse', '--verify', '--quiet', localRef(branch));
  const commits = isLocal ? await commitsOf(git, target) : 'same';
  if (isCurrent && commits !== 'forwarded') {
    return { kind: 'already', commits };
  }
  return { kind: 'ready', plan: { target, commits, ...(!isCurrent && { switchTo: isLocal ? 'local' : 'new' }) } };
}

/**
 * Checks the branch out and moves it on to the remote's where that loses nothing; never by force. If nothing comes of it, what
 * was put aside is put back.
 * @param stashMessage names the stash that all changes are put into first; without it they stay, and Git may refuse
 * @param signal stops the steps in which Git waits for hooks and filters; what was done by then is told as after a failure
 * @throws GitFailure when Git does not work in that folder
 */
export async function carryOut(
  git: RunGit,
  plan: CheckoutPlan,
  stashMessage?: string,
  signal?: AbortSignal,
): Promise<CheckedOut> {
  const { root } = plan.target;
  if (stashMessage === undefined) {
    return checkOut(git, plan, signal);
  }
  const { endangered } = await changesIn(git, root);
  if (endangered.length > 0) {
    return { kind: 'endangered', files: endangered };
  }
  const { stash, failure } = await stashChanges(git, root, stashMessage);
  if (failure !== undefined) {
    return { kind: 'failed', words: failure, stash };
  }
  if (!stash) {
    return checkOut(git, plan, signal);
  }
  const outcome = await checkOut(git, plan, signal).catch(failed);
  const restored = outcome.kind === 'failed' ? await restoreStash(git, root, stash).catch(failed) : undefined;
  return { ...outcome, stash, ...(restored && { restored }) };
}

async function checkOut(
  git: RunGit,
  { target, switchTo, commits }: CheckoutPlan,
  signal: AbortSignal | undefined,
): Promise<Unstashed> {
  const { root, branch } = target;
  if (switchTo === 'new') {
    // Before any file changes: `switch --create` leaves the new branch's files behind when it cannot make the branch.
    const made = await git(['branch', '--quiet', '--no-track', branch, trackingRef(target)], root);
    if (made.code !== 0) {
      return { kind: 'failed', words: gitWords(made) };
    }
  }
  if (switchTo) {
    // Files that Git ignores are in no stash: they must not be overwritten either.
    const args = ['switch', '--quiet', '--no-overwrite-ignore', '--no-guess', branch];
    const switched = await stoppable(git, args, root, signal);
    // A hook that fails makes Git say no after all was done.
    if (switched.code !== 0 && (await currentRef(git, root)) !== localRef(branch)) {
      if (switchTo === 'new') {
        await removeNew(git, target);
      }
      return { kind: 'failed', words: gitWords(switched) };
    }
  }
  if (switchTo === 'new') {
    await follow(git, target);
  }
  if (commits !== 'forwarded') {
    return { kind: 'done', commits };
  }
  const args = ['merge', '--quiet', '--ff-only', '--no-overwrite-ignore', trackingRef(target)];
  const merged = await stoppable(git, args, root, signal);
  if (merged.code === 0 || (await commitsOf(git, target)) === 'same') {
    return { kind: 'done', commits };
  }
  const words = gitWords(merged);
  return switchTo ? { kind: 'done', commits, notForwarded: words } : { kind: 'failed', words };
}

/** A step that was stopped is one that failed: what is there afterwards says how far it came. */
async function stoppable(
  git: RunGit,
  args: readonly string[],
  root: string,
  signal: AbortSignal | undefined,
): Promise<GitOutcome> {
  return git(args, root, signal).catch((error: unknown) => {
    if (!signal?.aborted) {
      throw error;
    }
    return { code: -1, stdout: '', stderr: 'Git was stopped. Some files may be those of the branch already.' };
  });
}

/** Only while it still is what the remote has. */
async function removeNew(git: RunGit, target: CheckoutTarget): Promise<void> {
  const { code, stdout } = await git(['rev-parse', '--verify', '--quiet', trackingRef(target)], target.root);
  if (code === 0) {
    await git(['update-ref', '-d', localRef(target.branch), stdout.trim()], target.root);
  }
}

function failed(error: unknown): { kind: 'failed'; words: string } {
  return { kind: 'failed', words: error instanceof Error ? error.message : String(error) };
}

/** Without `--track`: in a clone of a single branch Git refuses that. The names decide only what a later pull and push do. */
async function follow(git: RunGit, { root, remote, branch }: CheckoutTarget): Promise<void> {
  await git(['config', `branch.${branch}.remote`, remote], root);
  await git(['config', `branch.${branch}.merge`, localRef(branch)], root);
}

async function operationIn(git: RunGit, root: string): Promise<Operation | undefined> {
  for (const [file, operation] of markers) {
    const outcome = await git(['rev-parse', '--git-path', file], root);
    if (outcome.code !== 0) {
      throw new GitFailure(outcome);
    }
    const marker = path.resolve(root, outcome.stdout.replace(/\r?\n$/, ''));
    if (
      await access(marker).then(
        () => true,
        () => false,
      )
    ) {
      return operation;
    }
  }
  return undefined;
}

/** Where another worktree has the branch checked out. */
async function worktreeOf(git: RunGit, root: string, branch: string): Promise<string | undefined> {
  const { stdout } = await git(['worktree', 'list', '--porcelain'], root);
  const worktree = stdout.split('\n\n').find((one) => one.split('\n').includes(`branch ${localRef(branch)}`));
  return worktree === undefined ? undefined : /^worktree (.*)$/m.exec(worktree)?.[1];
}

async function commitsOf(git: RunGit, target: CheckoutTarget): Promise<Commits> {
  const { root, branch } = target;
  const isIn = (older: string, newer: string): Promise<boolean> =>
    succeeds(git, root, 'merge-base', '--is-ancestor', older, newer);
  const isBehind = await isIn(localRef(branch), trackingRef(target));
  const isAhead = await isIn(trackingRef(target), localRef(branch));
  if (isBehind) {
    return isAhead ? 'same' : 'forwarded';
  }
  return isAhead ? 'ahead' : 'diverged';
}

/** Undefined where no branch is checked out. */
async function currentRef(git: RunGit, root: string): Promise<string | undefined> {
  const { code, stdout } = await git(['symbolic-ref', '--quiet', 'HEAD'], root);
  return code === 0 ? stdout.trim() : undefined;
}

async function succeeds(git: RunGit, root: string, ...args: string[]): Promise<boolean> {
  return (await git(args, root)).code === 0;
}

function localRef(branch: string): string {
  return `refs/heads/${branch}`;
}

function trackingRef({ remote, branch }: CheckoutTarget): string {
  return `refs/remotes/${remote}/${branch}`;
}
