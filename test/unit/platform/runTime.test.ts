import assert from 'node:assert/strict';
import { parseIsoDuration, runTimeOf } from '../../../src/model/runTime';
import type { Run } from '../../../src/oz/types';

const ids = { run_id: 'r', task_id: 'r' };
const run = (facts: Partial<Run>): Run => ({
  ...ids,
  title: '',
  prompt: '',
  state: 'SUCCEEDED',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-09T00:00:00Z',
  ...facts,
});
const at = (iso: string): number => Date.parse(iso);

describe('run time', () => {
  it('reads the durations that the service writes and nothing else', () => {
    assert.equal(parseIsoDuration('PT1H2M3.5S'), 3_723_500);
    assert.equal(parseIsoDuration('P1DT1M'), 86_460_000);
    assert.equal(parseIsoDuration('PT0S'), 0);
    for (const text of ['P', 'PT', 'P1DT', '12', 'string', '', undefined, 'P1Y']) {
      assert.equal(parseIsoDuration(text), undefined);
    }
  });

  it('counts on while the run is active and never from updated_at', () => {
    const started = { started_at: '2026-01-01T00:00:10Z' };
    assert.equal(
      runTimeOf(run({ ...started, state: 'INPROGRESS', run_time: 'PT1S' }), at('2026-01-01T00:01:10Z')),
      60_000,
    );
    assert.equal(
      runTimeOf(run({ ...started, finished_at: '2026-01-01T00:00:40Z' }), at('2026-02-01T00:00:00Z')),
      30_000,
    );
    assert.equal(runTimeOf(run(started), at('2026-02-01T00:00:00Z')), undefined);
    assert.equal(runTimeOf(run({ run_time: 'PT2M' }), at('2026-02-01T00:00:00Z')), 120_000);
  });

  it('is never negative under a clock that is behind', () => {
    assert.equal(
      runTimeOf(run({ started_at: '2026-01-02T00:00:00Z', state: 'INPROGRESS' }), at('2026-01-01T00:00:00Z')),
      0,
    );
  });
});
