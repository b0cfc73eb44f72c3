import { asRecord, parsed } from '../oz/json';
import { ApiProblem, type ProblemFacts } from '../oz/problems';

/** How the last reading of the list went. Times are milliseconds since 1970 of this machine's clock. */
export interface RoundNote {
  readonly at: number;
  /** How many in a row failed. */
  readonly failures: number;
  /** Nobody asks before then: a back-off, or the service's own wish. */
  readonly notBefore: number;
  readonly problem?: ProblemFacts;
}

/** What the windows know of the last round; written after each one. */
export interface Beat extends RoundNote {
  readonly format: 1;
  /** The last turn that was finished. */
  readonly turn: number;
  /** The version of the feed, once there is one. */
  readonly feed?: string;
  /** When the newest runs were last read in full; 0 for never. */
  readonly lastHead: number;
}

/** Clocks are read a moment apart; further ahead is a clock that was set back since. */
const maxAhead = 5000;

/** The beat in a text, if there is one. Of one from the future only the turn counts. `now`: milliseconds since 1970. */
export function beatIn(text: string, now: number): Beat | undefined {
  const beat = asRecord(parsed(text)) as Partial<Beat> | undefined;
  const { turn = NaN, lastHead = NaN, at = NaN, failures, notBefore } = beat ?? {};
  if (beat?.format !== 1 || ![turn, lastHead, at, failures, notBefore].every(Number.isFinite)) {
    return undefined;
  }
  const isPast = Math.max(at, lastHead) <= now + maxAhead;
  return isPast ? (beat as Beat) : { format: 1, turn, lastHead: 0, at: 0, failures: 0, notBefore: 0 };
}

/** A link that connects an account is nobody's but of the window that asked. */
export function beatText(turn: number, feed: string | undefined, lastHead: number, note: RoundNote): string {
  const { at, failures, notBefore } = note;
  const problem = note.problem && { ...note.problem, authUrl: undefined };
  const beat: Beat = { format: 1, turn, feed, lastHead, at, failures, notBefore: Math.max(0, notBefore), problem };
  return JSON.stringify(beat);
}

/** What went wrong, as it stands at `now`. */
export function problemAt({ at, problem }: RoundNote, now: number): ApiProblem | undefined {
  const asked = problem?.retryAfter;
  const left = asked === undefined ? {} : { retryAfter: Math.max(0, asked - (now - at)) };
  return problem && new ApiProblem({ ...problem, ...left });
}
