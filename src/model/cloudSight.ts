import type { GitHubRepository } from './skillSpec';

/** What is known of a file's repository; anything may be missing. */
export interface RepositoryState {
  /** The file's path from the repository's root, with `/`. */
  path?: string;
  gitHub?: GitHubRepository;
  branch?: string;
  commit?: string;
  /** The branch on the remote that this one follows, as `origin/main`; undefined when it was never pushed. */
  upstream?: string;
  /** Commits that the remote does not have, as of the last fetch or push. */
  ahead?: number;
}

/** Something that a cloud agent would not see as it is here. */
export type Hidden = 'noRepository' | 'notOnGitHub' | 'uncommitted' | 'notPushed';

/** What the cloud cannot see of a file with this state; the first one is the one that matters most. */
export function hiddenFromCloud(state: RepositoryState | undefined, isChanged: boolean): Hidden[] {
  if (!state) {
    return ['noRepository'];
  }
  const isPushed = state.upstream !== undefined && !state.ahead;
  return [
    ...(state.gitHub ? [] : (['notOnGitHub'] as const)),
    ...(isChanged ? (['uncommitted'] as const) : []),
    ...(isPushed ? [] : (['notPushed'] as const)),
  ];
}

/** How a file at the remote compares with the one here, by what was last fetched or pushed. */
export type CloudCopy = 'same' | 'different' | 'missing' | 'unknown';

/** Compares a file's text with the one at the remote; git may have changed the line ends. `undefined`: not there. */
export function cloudCopy(here: string, there: string | undefined): CloudCopy {
  const lines = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  return there === undefined ? 'missing' : lines(here) === lines(there) ? 'same' : 'different';
}

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
  const canRunPushed = isOnGitHub && (copy !== 'missing' || trouble === 'missing');
  return [
    ...(isOnGitHub && trouble === 'notPushed' ? (['push'] as const) : []),
    'text',
    ...(canRunPushed ? (['pushed'] as const) : []),
  ];
}
