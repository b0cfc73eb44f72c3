import assert from 'node:assert/strict';
import { TimedClaims } from '../../../src/model/timedClaims';
import { FakeClock } from '../fakeClock';

describe('TimedClaims', () => {
  function setUp() {
    const clock = new FakeClock();
    const claimed = new Set<string>();
    const claim = (name: string) => Promise.resolve(!claimed.has(name) && claimed.add(name).has(name));
    return { clock, one: new TimedClaims(claim, clock), other: new TimedClaims(claim, clock) };
  }

  it('are one window’s for half a minute at the least, whenever they begin, and end', async () => {
    for (const start of [0, 1, 29_999]) {
      const { clock, one, other } = setUp();
      await clock.advance(start);
      assert.equal(await one.take('a'), true);
      for (const wait of [0, 1, 29_999]) {
        await clock.advance(wait);
        assert.equal(await other.take('a'), false, `${wait} after ${start}`);
      }
      assert.equal(await other.take('b'), true);
      await clock.advance(60_000);
      assert.equal(await other.take('a'), true);
    }
  });

  it('are kept by the window that has them', async () => {
    const { one, other } = setUp();
    assert.deepEqual([await one.keep('a'), await one.keep('a'), await other.keep('a')], [true, true, false]);
  });
});
