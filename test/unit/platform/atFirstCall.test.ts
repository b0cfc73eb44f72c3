import assert from 'node:assert/strict';
import { atFirstCall, once } from '../../../src/platform/atFirstCall';

class Counter {
  #count = 0;
  add(by: number): Promise<number> {
    this.#count += by;
    return Promise.resolve(this.#count);
  }
}

describe('at first call', () => {
  it('loads nothing until a method is called, and once for all calls', async () => {
    let loads = 0;
    const counter = atFirstCall(
      once(() => {
        loads += 1;
        return Promise.resolve(new Counter());
      }),
    );
    assert.equal(loads, 0);
    assert.deepEqual(await Promise.all([counter.add(1), counter.add(2)]), [1, 3]);
    assert.equal(loads, 1);
  });

  it('tries again after loading failed', async () => {
    let tries = 0;
    const load = once(() => (++tries === 1 ? Promise.reject(new Error('not there')) : Promise.resolve('there')));
    await assert.rejects(load());
    assert.equal(await load(), 'there');
  });
});
