import type { ProblemKind } from '../oz/problems';

/** Of what is done to several, the next one would meet the same. */
export const generalProblems: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'noKey',
  'keyRefused',
  'unreachable',
  'notOz',
  'aborted',
]);
