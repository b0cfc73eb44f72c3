import assert from 'node:assert/strict';
import type { Identity } from '../../local-oz/state';
import { call, get } from './call';
import { useLocalOz } from './localOz';

describe('local Oz: identities', () => {
  const local = useLocalOz();

  const status = async (what: string, body?: unknown): Promise<number> => (await call(local(), what, { body })).status;
  const list = async (): Promise<Identity[]> =>
    (await get<{ agents: Identity[] }>(local(), '/agent/identities')).agents;

  it('are made, renamed and deleted', async () => {
    const made = (await call(local(), 'POST /agent/identities', { body: { name: 'Tester' } })).body as Identity;
    assert.ok((await list()).some(({ name }) => name === 'Tester'));
    assert.equal(await status(`PUT /agent/identities/${made.uid}`, { name: 'Reviewer' }), 200);
    assert.ok((await list()).some(({ name }) => name === 'Reviewer'));
    assert.equal(await status(`DELETE /agent/identities/${made.uid}`), 204);
    assert.equal((await list()).length, 3);
    assert.equal(await status(`DELETE /agent/identities/${made.uid}`), 404);
    assert.equal(await status(`PUT /agent/identities/${made.uid}`, { name: 'x' }), 404);
  });

  it('need a name that is free', async () => {
    assert.equal(await status('POST /agent/identities', { name: ' ' }), 400);
    assert.equal(await status('POST /agent/identities', { name: 'Release manager' }), 409);
    assert.equal(await status('PUT /agent/identities/agent-oncall', { name: 'Release manager' }), 409);
    assert.equal(await status('PUT /agent/identities/agent-oncall', {}), 400);
  });

  it('keep the default one', async () => {
    assert.equal(await status('DELETE /agent/identities/agent-default'), 400);
  });

  it('are for people on one team only', async () => {
    local().state.caller = { type: 'service_account', uid: 'sa', teams: ['team-acme'] };
    assert.equal(await status('GET /agent/identities'), 403);
    for (const teams of [[], ['one', 'two']]) {
      local().state.caller = { type: 'user', uid: 'user', teams };
      assert.equal(await status('GET /agent/identities'), 400);
    }
  });

  it('can be used up to the limit of the plan', async () => {
    local().state.identityLimit = 2;
    assert.deepEqual(
      (await list()).map(({ available }) => available),
      [true, true, false],
    );
    assert.equal(await status('POST /agent/identities', { name: 'Tester' }), 403);
    const body = { prompt: 'x', agent_identity_uid: 'agent-oncall' };
    assert.equal(await status('POST /agent/runs', body), 403);
  });
});
