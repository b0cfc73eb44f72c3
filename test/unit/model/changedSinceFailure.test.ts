import assert from 'node:assert/strict';
import { ChangedSinceFailure } from '../../../src/model/changedSinceFailure';
import type { Schedule } from '../../../src/oz/types';
import { schedule } from './fakeSchedules';

const failed = (members: Partial<Schedule> = {}): Schedule =>
  schedule('a', {
    last_spawn_error: 'Environment e1 not found',
    agent_config: { environment_id: 'e1', model_id: 'm1' },
    history: { next_run: '2026-11-22T13:00:00Z' },
    ...members,
  });
const otherEnvironment = failed({ agent_config: { environment_id: 'e2', model_id: 'm1' } });

/** Whether it counts as changed after it was so, one after the other. */
function after(...states: (Schedule | undefined)[]): boolean {
  const changed = new ChangedSinceFailure();
  states.forEach((now, at) => {
    changed.note(states[at - 1], now);
  });
  return changed.has('a');
}

describe('a schedule that could not start its run', () => {
  it('is changed since where what the error is about is another', () => {
    assert.equal(after(failed(), otherEnvironment), true);
    assert.equal(after(failed(), failed()), false);
    assert.equal(after(failed(), failed({ name: 'Other', prompt: 'Other' })), false);
    assert.equal(after(failed(), failed({ agent_config: { environment_id: 'e1', model_id: 'm2' } })), false);
  });

  it('is changed since with any change of its runs where the error says nothing that is understood', () => {
    const unclear = { last_spawn_error: 'It broke' };
    assert.equal(after(failed(unclear), failed({ ...unclear, prompt: 'Other' })), true);
    assert.equal(after(failed(unclear), failed({ ...unclear, name: 'Other', cron_schedule: '0 8 * * *' })), false);
  });

  it('is not where no change of it helps', () => {
    const account = { last_spawn_error: 'Not enough credits' };
    assert.equal(after(failed(account), failed({ ...account, prompt: 'Other' })), false);
  });

  it('stays changed until it tries again, or is right, or gone', () => {
    const next = { history: { next_run: '2026-11-22T14:00:00Z' } };
    assert.equal(after(failed(), otherEnvironment, { ...otherEnvironment, name: 'Other' }), true);
    assert.equal(after(failed(), otherEnvironment, { ...otherEnvironment, enabled: false, history: {} }), true);
    assert.equal(
      after(failed(), otherEnvironment, { ...otherEnvironment, ...next, cron_schedule: '0 14 * * *' }),
      true,
    );
    assert.equal(after(failed(), otherEnvironment, { ...otherEnvironment, ...next }), false);
    assert.equal(after(failed(), otherEnvironment, { ...otherEnvironment, last_spawn_error: null }), false);
    assert.equal(after(failed(), otherEnvironment, { ...otherEnvironment, last_spawn_error: 'Other' }), false);
    assert.equal(after(failed(), otherEnvironment, undefined), false);
  });
});
