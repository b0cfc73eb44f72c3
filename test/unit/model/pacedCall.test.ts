import assert from 'node:assert/strict';
import { PacedCall } from '../../../src/model/pacedCall';
import { FakeClock } from '../fakeClock';

describe('PacedCall', () => {
  it('calls soon, once for all who ask, then less often', async () => {
    const clock = new FakeClock();
    const start = clock.now();
    const calls: number[] = [];
    const paced = new PacedCall(clock, { soon: 100, apart: 1000 }, () => calls.push(clock.now() - start));
    paced.ask();
    await clock.advance(60);
    paced.ask();
    await clock.advance(140);
    paced.ask();
    paced.ask();
    await clock.advance(5000);
    assert.deepEqual(calls, [100, 1100]);
    paced.ask();
    await clock.advance(100);
    assert.equal(calls.at(-1), 5300);
    paced.ask();
    paced.dispose();
    await clock.advance(5000);
    assert.equal(calls.length, 3);
    assert.equal(clock.waiting, 0);
  });
});
