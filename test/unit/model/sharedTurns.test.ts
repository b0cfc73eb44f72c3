import assert from 'node:assert/strict';
import { AccountFiles } from '../../../src/model/sharedFiles';
import { SharedTurns } from '../../../src/model/sharedTurns';
import { accountOf } from '../../../src/platform/account';
import { FakeClock } from '../fakeClock';
import { MemoryFiles } from './memoryFiles';

const second = 1000;

function setUp() {
  const clock = new FakeClock();
  const memory = new MemoryFiles(clock);
  const files = new AccountFiles(memory, accountOf('https://oz.test', 'wk-key'), clock);
  const window = (): SharedTurns => new SharedTurns(clock);
  const names = (): string[] => [...memory.files.keys()].map((name) => name.replace(/^[0-9a-f]+\./, ''));
  return { clock, memory, files, window, names };
}

describe('SharedTurns', () => {
  it('gives one turn at a time, to one of those who ask', async () => {
    const { files, window, names } = setUp();
    const turns = await Promise.all(Array.from({ length: 20 }, () => window().take(files, 4)));
    const [turn, ...more] = turns.filter((taken) => taken !== undefined);
    assert.equal(more.length, 0);
    assert.equal(turn?.number, 5);
    assert.equal(await window().take(files, 4), undefined);
    await turn.finish(true);
    assert.deepEqual(names(), []);
    const next = await window().take(files, 5);
    assert.equal(next?.number, 6);
    await next.finish(true);
  });

  it('lasts as long as its window goes on, and not longer', async () => {
    const { clock, files, window } = setUp();
    const turn = await window().take(files, 0);
    await clock.advance(120 * second);
    assert.equal(turn?.isHeld, true);
    assert.equal(await window().take(files, 0), undefined);
    await turn.finish(false);
    assert.equal(clock.waiting, 0);
    assert.ok(await window().take(files, 0));
  });

  it('is over 20 s after its window was last heard of, and another one is next', async () => {
    const { clock, memory, files, window, names } = setUp();
    const turn = await window().take(files, 0);
    await clock.advance(7 * second);
    memory.broken = 'fails';
    await clock.advance(10 * second);
    memory.broken = undefined;
    assert.equal(turn?.isHeld, true);
    await clock.advance(7 * second);
    assert.equal(await window().take(files, 0), undefined);
    await clock.advance(2 * second);
    assert.equal(turn.isHeld, false);
    const taken = await Promise.all([window().take(files, 0), window().take(files, 0)]);
    assert.deepEqual(
      taken.map((next) => next?.number),
      [2, undefined],
    );
    // Nobody knows yet that the second one was finished: the first one keeps its number from being taken again.
    await taken[0]?.finish(false);
    assert.deepEqual(names(), ['turn.1']);
    const again = await window().take(files, 0);
    await again?.finish(true);
    assert.deepEqual(names(), []);
  });

  it('is over when it lasts longer than any: the clock was set back', async () => {
    const { clock, memory, files, window } = setUp();
    const early = new FakeClock(clock.now() + 3_600_000);
    await new SharedTurns(early).take(files, 0);
    assert.equal(memory.files.size, 1);
    assert.ok(await window().take(files, 0));
  });

  it('lasts 20 s from the first look when it cannot be read', async () => {
    const { clock, memory, files, window } = setUp();
    const id = accountOf('https://oz.test', 'wk-key').id;
    memory.files.set(`${id}.turn.1`, { content: new Uint8Array(), changed: 0 });
    const waiting = window();
    assert.equal(await waiting.take(files, 0), undefined);
    await clock.advance(19 * second);
    assert.equal(await waiting.take(files, 0), undefined);
    assert.equal(await window().take(files, 0), undefined);
    await clock.advance(second);
    assert.equal((await waiting.take(files, 0))?.number, 2);
  });
});
