import assert from 'node:assert/strict';
import { SharedCall } from '../../../src/model/sharedCall';

describe('SharedCall', () => {
  it('is one call for all who ask while it is under way', async () => {
    const shared = new SharedCall<number>();
    let starts = 0;
    const start = (): Promise<number> => Promise.resolve((starts += 1));
    assert.deepEqual(await Promise.all([shared.join(start), shared.join(start)]), [1, 1]);
    assert.equal(shared.isUnderWay, false);
    assert.equal(await shared.join(start), 2);
  });

  it('is over when it fails', async () => {
    const shared = new SharedCall<number>();
    await assert.rejects(shared.join(() => Promise.reject(new Error('no'))));
    assert.equal(await shared.join(() => Promise.resolve(1)), 1);
  });

  it('does not let a forgotten call end the one after it', async () => {
    const shared = new SharedCall<number>();
    let end: (value: number) => void = () => undefined;
    const forgotten = shared.join(() => new Promise((resolve) => (end = resolve)));
    shared.forget();
    const next = shared.join(() => new Promise(() => undefined));
    end(1);
    await forgotten;
    assert.equal(shared.isUnderWay, true);
    assert.equal(
      shared.join(() => Promise.resolve(3)),
      next,
    );
  });
});
