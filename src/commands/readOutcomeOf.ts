import type * as reading from '../model/runOutcome';
import { hostTurns } from '../model/inTurns';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';

export interface ReadOutcomeDeps {
  client: Pick<OzClient, 'getRunConversation'>;
  /** What reads a conversation is loaded when one is read. */
  runOutcome: () => Promise<Pick<typeof reading, 'readOutcome'>>;
}

/**
 * What came of a run; undefined when its conversation cannot be read now, or there is none.
 * @throws ApiProblem `aborted`, or one that every request would meet, such as a refused key
 */
export async function readOutcomeOf(
  { client, runOutcome }: ReadOutcomeDeps,
  run: Run,
  signal: AbortSignal,
): Promise<reading.RunOutcome | undefined> {
  try {
    const [answer, { readOutcome }] = await Promise.all([client.getRunConversation(run.run_id, signal), runOutcome()]);
    return await readOutcome(run, answer, { ...hostTurns, signal });
  } catch (error) {
    if (ApiProblem.is(error) && !['aborted', 'noKey', 'keyRefused'].includes(error.kind)) {
      return undefined;
    }
    throw error;
  }
}
