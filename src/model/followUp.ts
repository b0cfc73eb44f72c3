import { asNumber, asRecord, asText } from '../oz/json';
import type { ProblemFacts } from '../oz/problems';

/**
 * `waiting`: goes out when its time has come. `sending`: on its way, or it was when the window closed. `unsure`: it may have
 * arrived, and only a person may send it again. `refused`: the service said no. `sent`: the service has it, and the
 * conversation does not show it yet.
 */
export type FollowUpState = 'waiting' | 'sending' | 'unsure' | 'refused' | 'sent';

/** What is kept of a problem: enough to say it in words. */
export type KeptProblem = Pick<ProblemFacts, 'kind' | 'code' | 'message' | 'status' | 'retryAfter' | 'retryable'>;

/** A message to a run, from when a person sent it off until its conversation shows it. Times are by this machine's clock. */
export interface FollowUp {
  /** Never used again. */
  readonly id: number;
  readonly runId: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly state: FollowUpState;
  /** How often it was tried without success. */
  readonly tries: number;
  /** When it goes out, in milliseconds since 1970; undefined while it waits for another key. */
  readonly retryAt?: number;
  /** Why it was not sent. */
  readonly problem?: KeptProblem;
  /** When it went out last, in milliseconds since 1970. */
  readonly sentAt?: number;
  /** How it reaches the agent, in the service's word. */
  readonly outcome?: string;
  /** Messages of the conversation that are not this one; undefined where those from before it are not known. */
  readonly before?: readonly string[];
}

const states: readonly string[] = ['waiting', 'sending', 'unsure', 'refused', 'sent'] satisfies FollowUpState[];

/** A follow-up as it was stored, perhaps by another version; undefined for what is none. */
export function followUpIn(value: unknown): FollowUp | undefined {
  const { id, runId, text, createdAt, state, tries, retryAt, problem, sentAt, outcome, before } = asRecord(value) ?? {};
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof runId !== 'string' || typeof text !== 'string') {
    return undefined;
  }
  return {
    id,
    runId,
    text,
    createdAt: asNumber(createdAt) ?? 0,
    // A state that is not known may mean anything: a person decides.
    state: typeof state === 'string' && states.includes(state) ? (state as FollowUpState) : 'unsure',
    tries: asNumber(tries) ?? 0,
    retryAt: asNumber(retryAt),
    problem: asText(asRecord(problem)?.kind) === undefined ? undefined : (problem as KeptProblem),
    sentAt: asNumber(sentAt),
    outcome: asText(outcome),
    before: Array.isArray(before) ? before.filter((one) => typeof one === 'string') : undefined,
  };
}
