import { iso } from '../clock';
import { invalid, notFound, Problem } from '../problems';
import type { Identity, OzState } from '../state';
import { ok, type Handlers } from './operation';

export const identityOperations = {
  'GET /agent/identities': ({ state }) => {
    checkCaller(state);
    return ok({ agents: withAvailability(state) });
  },
  'POST /agent/identities': ({ state }, { body }) => {
    checkCaller(state);
    checkName(state, body.name);
    if (state.identities.size >= state.identityLimit) throw beyondPlan();
    const identity: Identity = {
      uid: state.random.uuid(),
      name: body.name,
      available: true,
      created_at: iso(state.now),
    };
    state.identities.set(identity.uid, identity);
    return { status: 201, body: identity };
  },
  'PUT /agent/identities/{uid}': ({ state }, { path, body }) => {
    checkCaller(state);
    const identity = withAvailability(state).find(({ uid }) => uid === path.uid);
    if (!identity) throw notFound('Agent');
    if (body.name === undefined) throw invalid('A name is required.');
    checkName(state, body.name, path.uid);
    if (!identity.available) throw beyondPlan();
    const changed = { ...identity, name: body.name };
    state.identities.set(path.uid, changed);
    return ok(changed);
  },
  'DELETE /agent/identities/{uid}': ({ state }, { path }) => {
    checkCaller(state);
    if (!state.identities.has(path.uid)) throw notFound('Agent');
    if (path.uid === state.defaultIdentityUid) throw invalid('The default agent cannot be deleted.');
    state.identities.delete(path.uid);
    return { status: 204 };
  },
} satisfies Partial<Handlers>;

function checkCaller({ caller }: OzState): void {
  if (caller.type !== 'user') throw new Problem(403, 'not_authorized', 'Only human users can manage agents.');
  if (caller.teams.length !== 1)
    throw invalid(caller.teams.length ? 'You are on several teams.' : 'You are on no team.');
}

function checkName(state: OzState, name: string, own?: string): void {
  if (name.trim() === '') throw invalid('A name is required.');
  const isTaken = [...state.identities.values()].some((one) => one.uid !== own && one.name === name);
  if (isTaken) throw new Problem(409, 'conflict', 'An agent with this name exists.', { retryable: false });
}

/** The oldest identities up to the plan's limit can be used. */
export function withAvailability({ identities, identityLimit }: OzState): Identity[] {
  return [...identities.values()].map((identity, index) => ({ ...identity, available: index < identityLimit }));
}

const beyondPlan = (): Problem => new Problem(403, 'feature_not_available', 'Your plan allows no more agents.');
