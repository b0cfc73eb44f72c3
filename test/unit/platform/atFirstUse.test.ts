import assert from 'node:assert/strict';
import { commandsAtFirstUse, once } from '../../../src/platform/atFirstUse';

describe('at first use', () => {
  it('loads commands with the first of them, and passes what they are given', async () => {
    let loads = 0;
    const said: unknown[] = [];
    const say = (deps: string, argument?: unknown, selected?: unknown): void => {
      said.push([deps, argument, selected]);
    };
    const load = once(() => {
      loads += 1;
      return Promise.resolve({ hello: say, goodbye: say });
    });
    const commands = commandsAtFirstUse(['hello', 'goodbye'], load, 'deps');
    assert.equal(loads, 0);
    await Promise.all([commands.hello('row', ['row', 'other']), commands.goodbye()]);
    assert.equal(loads, 1);
    assert.deepEqual(said, [
      ['deps', 'row', ['row', 'other']],
      ['deps', undefined, undefined],
    ]);
  });

  it('tries again after loading failed', async () => {
    let tries = 0;
    const load = once(() => (++tries === 1 ? Promise.reject(new Error('not there')) : Promise.resolve('there')));
    await assert.rejects(load());
    assert.equal(await load(), 'there');
  });
});
