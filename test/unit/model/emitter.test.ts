import assert from 'node:assert/strict';
import { Emitter } from '../../../src/model/emitter';

describe('an emitter', () => {
  it('keeps what a listener throws from the other listeners and from who fired', async () => {
    const heard: number[] = [];
    const emitter = new Emitter<number>();
    const broken = new Error('broken listener');
    emitter.event(() => {
      throw broken;
    });
    emitter.event((value) => heard.push(value));
    const mochas = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const reported = new Promise((resolve) => process.once('uncaughtException', resolve));
    emitter.fire(1);
    assert.deepEqual(heard, [1]);
    assert.equal(await reported, broken);
    for (const listener of mochas) {
      process.on('uncaughtException', listener);
    }
  });

  it('takes the same listener twice, and each once away', () => {
    let heard = 0;
    const emitter = new Emitter<undefined>();
    const listener = (): void => {
      heard += 1;
    };
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(undefined);
    first.dispose();
    first.dispose();
    emitter.fire(undefined);
    assert.equal(heard, 3);
  });
});
