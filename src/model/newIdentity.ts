import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Identity } from '../oz/types';

/**
 * Makes an identity, once. When the answer is lost it is looked for by its name, which a team has only once.
 * @throws ApiProblem; of kind `outcomeUnknown` when there is none of that name yet
 */
export async function newIdentity(
  client: Pick<OzClient, 'createIdentity' | 'listIdentities'>,
  name: string,
  signal: AbortSignal,
): Promise<Identity> {
  try {
    return await client.createIdentity(name, signal);
  } catch (error) {
    if (!ApiProblem.is(error) || error.kind !== 'outcomeUnknown' || signal.aborted) {
      throw error;
    }
    const identities = await client.listIdentities(signal).catch(() => []);
    const made = identities.find((identity) => identity.name === name);
    if (!made) {
      throw error;
    }
    return made;
  }
}
