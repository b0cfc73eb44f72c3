import assert from 'node:assert/strict';
import type { Run } from '../../../src/oz/types';
import { oftenNote } from '../../../src/schedule/oftenNote';
import { run } from '../model/fakeOz';
import { words } from './fakeSchedulePage';

const costing = (...credits: (number | undefined)[]): Run[] =>
  credits.map((inference_cost, index) => run(`r${index}`, 0, { request_usage: { inference_cost } }));

describe('how often a schedule runs', () => {
  it('is said from 24 runs a day on', () => {
    const said = (cron: string): string | undefined => oftenNote(cron, [], words);
    assert.match(said('* * * * *') ?? '', /\b1,440 runs a day/);
    assert.match(said('0 * * * *') ?? '', /\b24 runs a day/);
    assert.match(said('*/5 9-17 * * 1-5') ?? '', /\b108 runs a day/);
    for (const cron of ['0 1-23 * * *', '0 9 * * *', '', '@daily', '* * * *']) {
      assert.equal(said(cron), undefined);
    }
  });

  it('is told with the cost of the run in the middle, where one is known', () => {
    const said = (...credits: (number | undefined)[]): string | undefined =>
      oftenNote('*/30 * * * *', costing(...credits), words);
    assert.match(said(1, 2, 900, undefined) ?? '', /48 runs.*\b96 credits/);
    assert.match(said(0.1) ?? '', /\b4\.8 credits/);
    assert.doesNotMatch(said(undefined) ?? '', /credits/);
  });
});
