import assert from 'node:assert/strict';
import { whyNotCancellable } from '../../../src/model/cancelGate';
import type { Run } from '../../../src/oz/types';

function run(members: Partial<Run>): Run {
  const time = '2026-03-18T14:30:00Z';
  const ids = { run_id: 'r', task_id: 'r' };
  return { ...ids, title: '', prompt: '', state: 'INPROGRESS', created_at: time, updated_at: time, ...members };
}

describe('whyNotCancellable', () => {
  const table: [Partial<Run>, ReturnType<typeof whyNotCancellable>][] = [
    [{ state: 'QUEUED' }, undefined],
    [{ state: 'PENDING' }, undefined],
    [{ state: 'CLAIMED' }, undefined],
    [{ state: 'INPROGRESS' }, undefined],
    [{ state: 'INPROGRESS', is_run_type_cancellable: true, execution_location: 'REMOTE', source: 'API' }, undefined],
    [{ state: 'A_NEW_STATE' }, undefined],
    [{ state: 'SUCCEEDED' }, 'ended'],
    [{ state: 'FAILED' }, 'ended'],
    [{ state: 'ERROR' }, 'ended'],
    [{ state: 'CANCELLED' }, 'ended'],
    [{ state: 'BLOCKED' }, 'blocked'],
    [{ is_run_type_cancellable: false }, 'elsewhere'],
    [{ execution_location: 'LOCAL' }, 'elsewhere'],
    [{ source: 'GITHUB_ACTION' }, 'elsewhere'],
    [{ state: 'QUEUED', execution_location: 'LOCAL' }, 'elsewhere'],
    [{ state: 'SUCCEEDED', execution_location: 'LOCAL' }, 'ended'],
  ];
  for (const [members, expected] of table) {
    it(`is ${expected ?? 'nothing'} for ${JSON.stringify(members)}`, () => {
      assert.equal(whyNotCancellable(run(members)), expected);
    });
  }
});
