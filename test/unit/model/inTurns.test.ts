import assert from 'node:assert/strict';
import { inTurns } from '../../../src/model/inTurns';

describe('long work', () => {
  it('ends a turn as soon as it took too long, and gives all of it in order', async () => {
    let time = 0;
    let pauses = 0;
    function* work(): Iterable<number> {
      for (let number = 0; number < 10; number++) {
        time += 7;
        yield number;
      }
    }
    const pause = (): Promise<void> => {
      pauses++;
      // Others worked meanwhile: that is none of its time.
      time += 1000;
      return Promise.resolve();
    };
    assert.deepEqual(await inTurns(work(), { now: () => time, pause }), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(pauses, 3);
  });

  it('stops at the next turn when nobody wants it any more', async () => {
    const stop = new AbortController();
    let done = 0;
    let time = 0;
    function* work(): Iterable<number> {
      for (;;) {
        time += 30;
        yield done++;
      }
    }
    const pause = (): Promise<void> => {
      stop.abort(new Error('enough'));
      return Promise.resolve();
    };
    await assert.rejects(inTurns(work(), { now: () => time, pause, signal: stop.signal }), /enough/);
    assert.equal(done, 1);
  });
});
