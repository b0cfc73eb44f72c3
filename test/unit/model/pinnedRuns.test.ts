import assert from 'node:assert/strict';
import { MissingPins } from '../../../src/model/missingPins';
import { PinnedRuns } from '../../../src/model/pinnedRuns';
import { RunStore } from '../../../src/model/runStore';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeMemento } from './fakeMemento';
import { FakeOz, problem, run } from './fakeOz';

function setUp(memento = new FakeMemento(), clock = new FakeClock()) {
  const pinned = new PinnedRuns(memento, clock);
  const told: (readonly string[])[] = [];
  pinned.onDidChange((ids) => told.push(ids));
  return { pinned, memento, clock, told };
}

describe('PinnedRuns', () => {
  it('keeps pins until they are taken away, also in the next session', () => {
    const { pinned, memento, told } = setUp();
    pinned.pin(['a', 'b']);
    pinned.pin(['b']);
    pinned.unpin(['a', 'never there']);
    assert.deepEqual(told, [['a', 'b'], ['a']]);
    assert.deepEqual([pinned.has('a'), pinned.has('b')], [false, true]);
    assert.deepEqual(new PinnedRuns(memento).ids, ['b']);
    assert.equal(memento.writes, 2, 'nothing is written that is written already');
  });

  it('drops the oldest pin when there are more than 50, and says so', () => {
    const { pinned, told } = setUp();
    assert.deepEqual(pinned.pin(Array.from({ length: 50 }, (_, index) => `r${index}`)), []);
    assert.deepEqual(pinned.pin(['r50', 'r7']), ['r0']);
    assert.deepEqual(pinned.ids.length, 50);
    assert.deepEqual(told.at(-1), ['r0', 'r50']);
  });

  it('knows what another window pinned, and tells it once', () => {
    const { pinned: here, memento } = setUp();
    const { pinned: there, told } = setUp(memento);
    here.pin(['a']);
    assert.equal(there.has('a'), true);
    assert.deepEqual(told, []);
    there.recheck();
    there.recheck();
    assert.deepEqual(told, [['a']]);
    there.pin(['b']);
    assert.deepEqual(here.ids, ['a', 'b']);
  });

  it('makes a change again that another window wrote over at the same time, not later', async () => {
    const { pinned, memento, clock } = setUp();
    pinned.pin(['old', 'unpinned']);
    await clock.advance(60_000);
    const before = [...memento.values];
    const overwrite = (): void => {
      before.forEach(([key, value]) => memento.values.set(key, structuredClone(value)));
    };
    pinned.pin(['new']);
    pinned.unpin(['unpinned']);
    overwrite();
    pinned.recheck();
    assert.deepEqual(pinned.ids, ['old', 'new']);
    assert.deepEqual(new PinnedRuns(memento).ids, ['old', 'new']);
    await clock.advance(10_000);
    overwrite();
    pinned.recheck();
    assert.deepEqual(pinned.ids, ['old', 'unpinned']);
  });

  it('survives whatever is stored', () => {
    for (const stored of [null, 'text', { a: 1 }, [1, null, 'a', 'a']]) {
      const memento = new FakeMemento();
      setUp(memento).pinned.pin(['z']);
      const [key] = [...memento.values.keys()];
      assert.equal(key, 'agentRuns.pinnedRuns');
      memento.values.set(key, stored);
      assert.deepEqual(new PinnedRuns(memento).ids, Array.isArray(stored) ? ['a'] : []);
    }
  });
});

describe('MissingPins', () => {
  function read(...pins: string[]) {
    const { pinned } = setUp();
    pinned.pin(pins);
    const oz = new FakeOz(run('old', noon - 1));
    oz.set(...Array.from({ length: 100 }, (_, index) => run(`r${index}`, noon + index)));
    const store = new RunStore(oz, new FakeClock());
    const missing = new MissingPins(pinned, store);
    return { oz, store, pinned, missing };
  }

  it('reads what the list does not have, each once and after the list', async () => {
    const { oz, store, pinned } = read('old', 'r5', 'of another account');
    await settle();
    assert.deepEqual(oz.reads, []);
    await store.refresh();
    await settle();
    assert.deepEqual(oz.reads, ['old', 'of another account']);
    assert.ok(store.get('old'));
    await store.refresh();
    pinned.pin(['r7']);
    await settle();
    assert.equal(oz.reads.length, 2);
    assert.equal(oz.mostAtOnce, 1);
    assert.ok(pinned.has('of another account'));
  });

  it('tries again with the next reading when asking fails, not for ever', async () => {
    const { oz, store } = read('elsewhere');
    let asked = 0;
    oz.getRun = () => {
      asked += 1;
      return Promise.reject(problem('server'));
    };
    for (let index = 0; index < 6; index += 1) {
      await store.refresh();
      await settle();
    }
    assert.equal(asked, 3);
  });

  it('asks the next account for what this one did not know', async () => {
    const { oz, store } = read('gone');
    await store.refresh();
    await settle();
    store.reset();
    await store.refresh();
    await settle();
    assert.deepEqual(oz.reads, ['gone', 'gone']);
  });

  it('asks nothing after it was disposed', async () => {
    const { oz, store, missing } = read('old');
    missing.dispose();
    await store.refresh();
    await settle();
    assert.deepEqual(oz.reads, []);
  });
});
