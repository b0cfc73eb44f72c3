/** Why a push failed, as far as what Git says tells. */
export type PushFailure =
  /** The remote has commits that are not here. */
  | 'rejected'
  /** Nobody is signed in, or somebody who may not push there. */
  | 'denied'
  /** A rule or a hook of the remote does not take it. */
  | 'refused'
  /** A hook on this machine stopped it. */
  | 'hook'
  | 'unreachable'
  | 'other';

/** In their order: a rejection by the remote also says that something failed to be pushed. */
const signs: readonly (readonly [PushFailure, RegExp])[] = [
  ['refused', /\[remote rejected\]|protected branch|GH\d{3}:|hook declined/i],
  ['rejected', /\[rejected\]|non-fast-forward|fetch first/i],
  [
    'denied',
    /authentication failed|permission (?:to \S+ )?denied|could not read (?:username|password)|access denied|error: 40[13]|repository not found|publickey|invalid (?:username|credentials)/i,
  ],
  [
    'unreachable',
    /could not resolve host|connection (?:timed out|refused|reset)|failed to connect|network is unreachable|operation timed out|unable to access/i,
  ],
  ['hook', /\bhook\b|husky/i],
];

/** @param words everything that Git and hooks printed, in English */
export function pushFailure(words: string): PushFailure {
  const found = signs.find(([, sign]) => sign.test(words))?.[0];
  // A hook of this machine stops Git before it says anything about the branch itself.
  return found ?? (/failed to push some refs/i.test(words) && !/!\s+\[/.test(words) ? 'hook' : 'other');
}
