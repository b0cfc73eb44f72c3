import type { ApiProblem, ProblemKind } from '../oz/problems';

/** Milliseconds between two readings of a run that works, and of one that has not begun. */
const livePace = 4000;
const waitingPace = 15_000;
/** A reading may take this part of the time: a long conversation is read less often. */
const readingShare = 0.1;
const slowestPace = 60_000;
/** The pauses after the first, second, … reading that failed: somebody waits for it, and most outages are short. */
const backoff = [5000, 5000, 5000, 5000, 10_000, 20_000, 40_000, 60_000];

/** Asking again gives the same until something else changes. */
const lasting: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'noKey',
  'keyRefused',
  'forbidden',
  'notFound',
  'unsupported',
  'invalid',
]);

export interface LastReading {
  /** Milliseconds that it took. */
  took: number;
  problem: ApiProblem | undefined;
  /** Readings that failed one after another. */
  failures: number;
  /** The service is working on the run. */
  isActive: boolean;
  /** The agent has said something, or is about to. */
  hasBegun: boolean;
}

/** Milliseconds until the next reading, or undefined when only a change of the run, or a person, asks for one. */
export function readingPause({ took, problem, failures, isActive, hasBegun }: LastReading): number | undefined {
  const waits = isActive && problem?.kind === 'notFound';
  if (problem && !waits) {
    const pause = backoff[Math.min(failures, backoff.length) - 1] ?? livePace;
    return lasting.has(problem.kind) ? undefined : Math.max(pause, problem.facts.retryAfter ?? 0);
  }
  if (!isActive) {
    return undefined;
  }
  return hasBegun && !waits ? Math.min(slowestPace, Math.max(livePace, took / readingShare)) : waitingPace;
}
