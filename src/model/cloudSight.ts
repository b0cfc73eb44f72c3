import type { GitHubRepository } from './skillSpec';

/** What is known of a file's repository, by what was last fetched or pushed; anything may be missing. */
export interface RepositoryState {
  /** The file's path from the repository's root, with `/`. */
  path?: string;
  gitHub?: GitHubRepository;
  /** The name of the remote that leads there. */
  remote?: string;
  /** The others that lead to other repositories on GitHub: a fork, or what this one was forked from. */
  otherRemotes?: readonly { name: string; gitHub: GitHubRepository }[];
  /** Where the repository is instead of GitHub; undefined for none, and for a folder of this machine. */
  host?: string;
  branch?: string;
  commit?: string;
  /** The branch at the remote that this one goes with, as `origin/main`; undefined when it was never pushed. */
  upstream?: string;
  upstreamCommit?: string;
  /** It was pushed once, and is not at the remote any more. */
  isUpstreamGone?: boolean;
  /** Commits that the remote does not have. */
  ahead?: number;
  /** Where a fresh clone starts: the default branch, if Git was told of it. */
  cloud?: CloudBranch;
  /** Where no branch is checked out: some branch of the remote has the commit. */
  isCommitPushed?: boolean;
  /** Git is told to leave it out, so that no commit ever has it. */
  isIgnored?: boolean;
}

export interface CloudBranch {
  branch: string;
  commit: string;
}

/** Something that a cloud agent would not see as it is here. */
export type Hidden = 'noRepository' | 'notOnGitHub' | 'ignored' | 'uncommitted' | 'notPushed';

/** What the cloud cannot see of a file with this state; the first one is the one that matters most. */
export function hiddenFromCloud(state: RepositoryState | undefined, isChanged: boolean): Hidden[] {
  if (!state) {
    return ['noRepository'];
  }
  const isPushed = (state.upstream !== undefined && !state.ahead) || state.isCommitPushed === true;
  return [
    ...(state.gitHub ? [] : (['notOnGitHub'] as const)),
    ...(state.isIgnored ? (['ignored'] as const) : isChanged ? (['uncommitted'] as const) : []),
    ...(isPushed ? [] : (['notPushed'] as const)),
  ];
}

/** How a file at the remote compares with the one here, by what was last fetched or pushed. */
export type CloudCopy = 'same' | 'different' | 'missing' | 'unknown';

/** Why a skill in the cloud would not be the one that is here: the cloud reads it from GitHub when the run starts. */
export type SkillTrouble = Hidden | 'missing' | 'different';

export function skillTrouble(
  state: RepositoryState | undefined,
  isChanged: boolean,
  copy: CloudCopy,
): SkillTrouble | undefined {
  const hidden = hiddenFromCloud(state?.path === undefined ? undefined : state, isChanged);
  const worst = hidden.find((one) => one !== 'notPushed');
  if (worst || copy === 'same') {
    return worst;
  }
  return hidden[0] ?? (copy === 'unknown' ? undefined : copy);
}

/** What can be done about it: push first, send the skill's text as the prompt, or run what GitHub has. */
export type SkillWay = 'push' | 'text' | 'pushed';

export function skillWays(state: RepositoryState | undefined, trouble: SkillTrouble, copy: CloudCopy): SkillWay[] {
  const isOnGitHub = state?.gitHub !== undefined && state.path !== undefined;
  // Where the pushed branch has it and the default branch does not, an environment may still work on that branch.
  const canRunPushed = isOnGitHub && trouble !== 'ignored' && (copy !== 'missing' || trouble === 'missing');
  return [
    ...(isOnGitHub && trouble === 'notPushed' ? (['push'] as const) : []),
    'text',
    ...(canRunPushed ? (['pushed'] as const) : []),
  ];
}

/** A place in a repository that a cloud agent can go to. */
export interface CloudPlace {
  branch?: string;
  commit?: string;
}

/** Where a cloud agent has a file as it is here, or else where it has the newest of it that is known. */
export function cloudPlace(state: RepositoryState, copy: CloudCopy): CloudPlace {
  const { branch, commit, upstream, remote, cloud } = state;
  if (state.isCommitPushed || (upstream !== undefined && !state.ahead)) {
    // The branch may have another name at the remote.
    return { branch: upstream?.slice((remote ?? '').length + 1) ?? branch, commit };
  }
  const pushed =
    upstream === undefined
      ? undefined
      : { branch: upstream.slice((remote ?? '').length + 1), commit: state.upstreamCommit };
  return (copy === 'same' ? (cloud ?? pushed) : (pushed ?? cloud)) ?? {};
}

/** What keeps the cloud from several files, the worst of all first. */
export const troublesInOrder: readonly SkillTrouble[] = [
  'noRepository',
  'notOnGitHub',
  'ignored',
  'uncommitted',
  'notPushed',
  'missing',
  'different',
];
