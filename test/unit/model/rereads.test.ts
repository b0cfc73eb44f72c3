import assert from 'node:assert/strict';
import { RunStore } from '../../../src/model/runStore';
import type { ProblemKind } from '../../../src/oz/problems';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { FakeOz, problem, run } from './fakeOz';

/** A store that knows this many active runs, all of which end while more changes than is read. */
async function afterGap(count: number): Promise<{ oz: FakeOz; store: RunStore; ids: string[] }> {
  const active = Array.from({ length: count }, (_, index) => run(`a${index}`, noon - index, { state: 'INPROGRESS' }));
  const oz = new FakeOz(...active);
  const store = new RunStore(oz, new FakeClock());
  await store.refresh();
  while (store.hasMore) {
    await store.loadMore();
  }
  oz.set(...active.map((one) => ({ ...one, state: 'SUCCEEDED', updated_at: time(noon + 1) })));
  oz.set(...Array.from({ length: 600 }, (_, index) => run(`new ${index}`, noon + 10_000 + index)));
  return { oz, store, ids: active.map((one) => one.run_id) };
}

function time(at: number): string {
  return new Date(at).toISOString();
}

function failing(oz: FakeOz, kinds: ProblemKind[]): void {
  const getRun = oz.getRun.bind(oz);
  oz.getRun = async (runId) => {
    const found: Run = await getRun(runId);
    const kind = kinds.shift();
    if (kind) {
      throw problem(kind);
    }
    return found;
  };
}

describe('active runs after a gap', () => {
  it('are read over several readings of the list, 50 each, and then no more', async () => {
    const { oz, store, ids } = await afterGap(120);
    for (const [reads, isBehind] of [
      [50, true],
      [100, true],
      [120, false],
      [120, false],
    ] as const) {
      await store.poll();
      assert.deepEqual([oz.reads.length, store.isBehind], [reads, isBehind]);
    }
    assert.deepEqual(new Set(oz.reads), new Set(ids));
    assert.equal(store.activeCount, 0);
    assert.equal(store.status.kind, 'ready');
  });

  it('are not forgotten when one cannot be read for a moment, which ends no reading of the list', async () => {
    const { oz, store } = await afterGap(4);
    failing(oz, ['server', 'notFound']);
    await store.poll();
    assert.deepEqual([store.status.kind, oz.reads, store.isBehind], ['ready', ['a0'], true]);
    await store.poll();
    assert.deepEqual(oz.reads, ['a0', 'a1', 'a2', 'a3', 'a0']);
    assert.deepEqual([...store.activeIds()], ['a1'], 'the one that is refused');
    assert.equal(store.isBehind, false);
  });

  it('wait when all calls fail, which fails the reading', async () => {
    const { oz, store } = await afterGap(3);
    failing(oz, ['rateLimited']);
    await store.poll();
    assert.deepEqual([store.status.kind, oz.reads.length], ['failed', 1]);
    await store.poll();
    assert.deepEqual([store.status.kind, store.activeCount, store.isBehind], ['ready', 0, false]);
  });

  it('are not read when the list has brought them meanwhile', async () => {
    const { oz, store } = await afterGap(3);
    failing(oz, ['server']);
    await store.poll();
    oz.set(run('a0', noon + 20_000, { state: 'INPROGRESS' }), run('a1', noon + 20_000));
    await store.poll();
    // What the list brings is taken in before the others are read.
    assert.deepEqual(oz.reads, ['a0', 'a2']);
    assert.equal(store.isBehind, false);
  });

  it('are forgotten with the account, also while one is read', async () => {
    const { oz, store } = await afterGap(3);
    const getRun = oz.getRun.bind(oz);
    oz.getRun = (runId) => {
      store.reset();
      return getRun(runId);
    };
    await store.poll();
    assert.deepEqual([store.isBehind, store.size, store.status.kind, oz.reads.length], [false, 0, 'starting', 1]);
  });
});
