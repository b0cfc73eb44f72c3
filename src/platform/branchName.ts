import type { RunGit } from './runGit';

/**
 * True for what Git takes as a branch's name and as nothing else: not an option, `@{-1}`, or a commit's number, and without
 * characters that nobody sees.
 */
export async function isBranchName(git: RunGit, root: string, branch: string): Promise<boolean> {
  if (/^-|^(?:HEAD|@)$|^(?:[\da-f]{40}|[\da-f]{64})$|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/iu.test(branch)) {
    return false;
  }
  const { code, stdout } = await git(['check-ref-format', '--branch', branch], root);
  return code === 0 && stdout.replace(/\r?\n$/, '') === branch;
}
