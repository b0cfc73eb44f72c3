import assert from 'node:assert/strict';
import { MissingParents } from '../../../src/model/missingParents';
import { RunStore, type RunsChange } from '../../../src/model/runStore';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeOz, problem, run } from './fakeOz';

function child(id: string, parent: string | undefined, updated = noon): Run {
  return run(id, updated, { parent_run_id: parent });
}

/** Runs that are on no page but can be read one by one: they are older than the list. */
function setUp(listed: Run[], unlisted: Run[] = []) {
  const oz = new FakeOz(...listed);
  const clock = new FakeClock();
  const store = new RunStore(
    {
      listRuns: (query) => oz.listRuns(query),
      getRun: async (runId) => {
        const found = unlisted.find((one) => one.run_id === runId);
        return found && !oz.runs.has(runId) ? readAs(found) : oz.getRun(runId);
      },
    },
    clock,
  );
  return { oz, clock, store, parents: new MissingParents(oz, store) };

  async function readAs(found: Run): Promise<Run> {
    await oz.getRun(found.run_id).catch((error: unknown) => {
      if ((error as { kind?: string }).kind !== 'notFound') {
        throw error;
      }
    });
    return found;
  }
}

/** Answers wait from the first runs on until the result is called. */
function hold(oz: FakeOz, store: RunStore): () => void {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const subscription = store.onDidChange(() => {
    oz.gate = gate;
    subscription.dispose();
  });
  return letGo;
}

const old = noon - 60 * 60_000;

describe('MissingParents', () => {
  it('reads the parents of sub-runs at any depth, as history', async () => {
    const line = Array.from({ length: 20 }, (_, index) => child(`p${index}`, index < 19 ? `p${index + 1}` : '', old));
    const { oz, store } = setUp([child('a', 'p0'), child('b', 'p0'), run('c', noon)], line);
    const changes: RunsChange[] = [];
    store.onDidChange((change) => changes.push(change));
    await store.refresh();
    await settle(60);
    assert.deepEqual(
      oz.reads,
      line.map((one) => one.run_id),
    );
    assert.equal(store.size, 23);
    assert.ok(changes.every(({ isHistory, ids }) => isHistory === !ids.has('a')));
  });

  it('asks for nobody who is known', async () => {
    const { oz, store } = setUp([child('a', 'b'), run('b', noon), child('self', 'self')]);
    await store.refresh();
    await settle();
    assert.deepEqual(oz.reads, []);
  });

  it('comes to an end with parents that go round, and with ever new ones', async () => {
    const circle = [child('p0', 'p1', old), child('p1', 'p2', old), child('p2', 'p0', old)];
    const { oz, store } = setUp([child('a', 'p0')], circle);
    await store.refresh();
    await settle(40);
    assert.equal(oz.reads.length, 3);

    let reads = 0;
    const clock = new FakeClock();
    const endless = new RunStore(
      {
        listRuns: (query) => oz.listRuns(query),
        getRun: (id) => Promise.resolve(child(id, `${(reads += 1)}`, old)),
      },
      clock,
    );
    new MissingParents(oz, endless);
    for (const most of [50, 100, 100]) {
      await endless.refresh();
      await settle(400);
      assert.equal(reads, most);
      await clock.advance(1000);
    }
  });

  it('asks for each once in a session when it is not to be had', async () => {
    const { oz, store } = setUp([child('a', 'gone')]);
    await store.refresh();
    await settle();
    oz.set(child('a', 'gone', noon + 5000), child('b', 'gone', noon + 5000));
    await store.poll();
    await settle();
    assert.deepEqual(oz.reads, ['gone']);
    store.reset();
    await store.refresh();
    await settle();
    assert.deepEqual(oz.reads, ['gone', 'gone']);
  });

  it('tries a passing failure again with the next good reading, three times at most', async () => {
    for (const [failures, expected] of [
      [1, 'p'],
      [2, 'p'],
      [6, undefined],
    ] as const) {
      const { oz, store } = setUp([child('a', 'p')], [run('p', old)]);
      oz.beforeAnswer = () => {
        // The answer to a list is good.
        oz.failures = oz.reads.length > reads && oz.reads.length <= failures ? [problem('server')] : [];
        reads = oz.reads.length;
      };
      let reads = 0;
      for (let round = 0; round < 8; round += 1) {
        await store.poll();
        await settle();
        assert.equal(oz.reads.length, Math.min(round, failures, 2) + 1);
      }
      assert.equal(store.get('p')?.run_id, expected);
    }
  });

  it('asks for nothing while the list cannot be read', async () => {
    const { oz, store } = setUp([run('c', noon)], [run('p', old)]);
    await store.refresh();
    oz.failures = [problem('unreachable')];
    await store.poll();
    store.put(child('a', 'p'));
    await settle();
    assert.deepEqual([store.status.kind, oz.reads], ['failed', []]);
    await store.poll();
    await settle();
    assert.deepEqual(oz.reads, ['p']);
  });

  it('asks for a few at once, for 50 at most between two good readings, and in the end for all', async () => {
    const children = Array.from({ length: 80 }, (_, index) => child(`c${index}`, `p${index}`));
    const { oz, store, clock } = setUp(children);
    await store.refresh();
    oz.mostAtOnce = 0;
    await settle(60);
    assert.deepEqual([oz.reads.length, oz.mostAtOnce], [50, 3]);
    await clock.advance(1000);
    await store.loadMore();
    oz.failures = [problem('server')];
    await store.poll();
    await settle(60);
    assert.equal(oz.reads.length, 50);
    await store.poll();
    await settle(60);
    assert.equal(new Set(oz.reads).size, 80);
  });

  it('drops what it asked for before a reset', async () => {
    const { oz, store } = setUp([child('a', 'p'), child('b', 'q'), child('c', 'r'), child('d', 's')], [run('p', old)]);
    const letGo = hold(oz, store);
    await store.refresh();
    store.reset();
    letGo();
    await settle();
    assert.deepEqual([store.size, oz.reads.length], [0, 3]);
  });

  it('asks for nothing more once it is disposed', async () => {
    const { oz, store, parents } = setUp([child('a', 'p'), child('b', 'q'), child('c', 'r'), child('d', 's')]);
    const letGo = hold(oz, store);
    await store.refresh();
    parents.dispose();
    letGo();
    await settle();
    store.put(child('e', 't'));
    await store.poll();
    await settle();
    assert.equal(oz.reads.length, 3);
  });

  describe('reading a family', () => {
    const family = [
      child('top', undefined, old),
      child('left', 'top', old - 1),
      child('right', 'top', old - 2),
      child('low', 'left', old - 3),
    ];
    const others = Array.from({ length: 150 }, (_, index) => run(`o${index}`, noon - index));

    it('reads all runs below one, once, as history', async () => {
      const { oz, store, parents } = setUp([...family, ...others]);
      await store.refresh();
      await store.readRun('top', { isHistory: true });
      const changes: RunsChange[] = [];
      store.onDidChange((change) => changes.push(change));
      await Promise.all([parents.readFamily('top'), parents.readFamily('top')]);
      await parents.readFamily('top');
      assert.deepEqual(
        [...store.all()].map((one) => one.run_id).filter((id) => !id.startsWith('o')),
        ['top', 'left', 'right', 'low'],
      );
      assert.equal(oz.calls.filter((call) => call.ancestor_run_id === 'top').length, 1);
      assert.ok(changes.every(({ isHistory }) => isHistory));
    });

    it('reads its pages, and asks for no parent that is on one of them', async () => {
      const wide = Array.from({ length: 40 }, (_, index) =>
        child(`w${index}`, index ? `w${index - 1}` : 'top', old + index),
      );
      const { oz, store, parents } = setUp([run('top', noon), ...others, ...wide]);
      oz.mostOnPage = 10;
      await store.refresh();
      await parents.readFamily('top');
      await settle();
      assert.equal([...store.all()].filter((one) => one.run_id.startsWith('w')).length, 40);
      assert.deepEqual(oz.reads, []);
    });

    it('ends after 1,000 runs, and after 10 pages', async () => {
      const many = Array.from({ length: 1200 }, (_, index) => child(`m${index}`, 'top', old + index));
      for (const [mostOnPage, expected] of [
        [Infinity, 1000],
        [300, 1000],
        [30, 300],
      ] as const) {
        const { oz, store, parents } = setUp([run('top', noon), ...others, ...many]);
        oz.mostOnPage = mostOnPage;
        await store.refresh();
        const before = store.size;
        await parents.readFamily('top');
        assert.equal(store.size - before, expected);
      }
    });

    it('can be tried again after a failure, unless the answer would be the same', async () => {
      const { oz, store, parents } = setUp([...family, ...others]);
      await store.refresh();
      oz.failures = [problem('server')];
      await parents.readFamily('top');
      assert.equal(store.get('low'), undefined);
      await parents.readFamily('top');
      assert.ok(store.get('low'));
      const calls = oz.calls.length;
      oz.failures = [problem('invalid')];
      await parents.readFamily('other');
      await parents.readFamily('other');
      assert.equal(oz.calls.length - calls, 1);
    });

    it('is forgotten with the store', async () => {
      const { oz, store, parents } = setUp([...family, ...others]);
      await store.refresh();
      const reading = parents.readFamily('top');
      store.reset();
      await reading;
      assert.equal(store.size, 0);
      await parents.readFamily('top');
      assert.equal(store.size, 3);
      assert.equal(oz.calls.filter((call) => call.ancestor_run_id === 'top').length, 2);
    });
  });
});
