import assert from 'node:assert/strict';
import { LastTrace } from '../../../src/platform/lastTrace';
import { json, kindFrom, noRuns, scripted } from './testClient';

describe('trace ids', () => {
  it('are heard of every error that has one, also when a later try ends well', async () => {
    const trace = new LastTrace();
    const passing = json({ error: 'x', trace_id: 'first', retryable: true }, 500);
    const final = json({ error: 'x', trace_id: 'second' }, 400);
    const { client, clock } = scripted([passing, json(noRuns), final, json({ error: 'x' }, 400)], {
      onTrace: trace.note,
    });
    assert.equal(trace.id, undefined);
    await clock.until(client.listRuns({}));
    assert.equal(trace.id, 'first');
    for (let call = 0; call < 2; call += 1) {
      assert.equal(await kindFrom(client.listRuns({})), 'invalid');
      assert.equal(trace.id, 'second');
    }
  });
});
