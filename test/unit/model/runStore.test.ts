import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RunStore, type RunsChange } from '../../../src/model/runStore';
import type { LoadStatus } from '../../../src/model/loadStatus';
import type { ListRunsQuery, Run, RunPage } from '../../../src/oz/types';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeOz, problem, run } from './fakeOz';

/** `count` runs, one a second, `r0` the newest. */
function manyRuns(count: number, newest = noon): Run[] {
  return Array.from({ length: count }, (_, index) => run(`r${index}`, newest - index * 1000));
}

function setUp(...runs: Run[]): { oz: FakeOz; store: RunStore; clock: FakeClock; changes: RunsChange[] } {
  const oz = new FakeOz(...runs);
  const clock = new FakeClock();
  const store = new RunStore(oz, clock);
  const changes: RunsChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return { oz, store, clock, changes };
}

/** A client whose list answers are written down page by page. */
function scripted(answer: (query: ListRunsQuery) => RunPage): {
  listRuns(query: ListRunsQuery): Promise<RunPage>;
  getRun(): Promise<Run>;
} {
  return {
    listRuns: (query) =>
      new Promise((resolve) => {
        resolve(answer(query));
      }),
    getRun: () => Promise.reject(problem('notFound')),
  };
}

describe('RunStore', () => {
  it('goes from starting over loading to ready', async () => {
    const { store } = setUp(run('a', noon));
    const seen: string[] = [store.status.kind];
    store.onDidChangeStatus(() => seen.push(store.status.kind));
    await store.refresh();
    assert.deepEqual(seen, ['starting', 'loading', 'ready']);
    assert.equal(store.get('a')?.title, 'Title of a');
  });

  it('keeps what it has when reading fails, and says since when', async () => {
    const { oz, store, clock } = setUp(run('a', noon));
    await store.refresh();
    await clock.advance(5000);
    oz.failures = [problem('unreachable')];
    await store.refresh();
    assert.equal(store.size, 1);
    assert.ok(store.status.kind === 'failed');
    assert.equal(store.status.problem.kind, 'unreachable');
    assert.equal(store.status.lastGood, noon);
    await store.refresh();
    assert.equal(store.status.kind, 'ready');
  });

  it('asks as a person does when one refreshes, and as nobody when it polls', async () => {
    const asked: boolean[] = [];
    const store = new RunStore(
      {
        listRuns: (_query: ListRunsQuery, _signal?: AbortSignal, isAsked?: boolean) => {
          asked.push(isAsked === true);
          return Promise.resolve({ runs: [] });
        },
        getRun: () => Promise.reject(problem('notFound')),
      },
      new FakeClock(),
    );
    await store.poll();
    await store.refresh();
    await store.poll();
    assert.deepEqual(asked, [false, true, false]);
  });

  it('tells a missing key from a failure', async () => {
    const { oz, store } = setUp();
    oz.failures = [problem('noKey')];
    await store.refresh();
    assert.equal(store.status.kind, 'noKey');
  });

  it('lets those who refresh at the same time share one call', async () => {
    const { oz, store } = setUp(run('a', noon));
    await Promise.all([store.refresh(), store.refresh(), store.refresh()]);
    assert.equal(oz.calls.length, 1);
    await store.refresh();
    assert.equal(oz.calls.length, 2);
  });

  it('reads the list once at a time, whoever asks', async () => {
    const { oz, store } = setUp(...manyRuns(150));
    await store.refresh();
    await Promise.all([store.refresh(), store.poll(), store.loadMore(), store.poll()]);
    assert.equal(oz.mostAtOnce, 1);
    assert.equal(oz.calls.length, 5);
  });

  it('goes on after a reading that failed', async () => {
    const { oz, store } = setUp(...manyRuns(150));
    await store.refresh();
    oz.failures = [problem('server')];
    const [more] = await Promise.allSettled([store.loadMore(), store.poll()]);
    assert.equal(more.status, 'rejected');
    assert.equal(store.status.kind, 'ready');
  });

  it('keeps the newer copy of a run, wherever it comes from', async () => {
    const { oz, store } = setUp(run('a', noon, { title: 'new' }));
    store.put(run('a', noon + 1, { title: 'newest' }));
    await store.refresh();
    assert.equal(store.get('a')?.title, 'newest');
    oz.set(run('a', noon + 2, { title: 'newer still' }));
    await store.refresh();
    assert.equal(store.get('a')?.title, 'newer still');
    store.put(run('a', noon, { title: 'old' }));
    assert.equal(store.get('a')?.title, 'newer still');
  });

  it('adopts a copy of the same time when it differs', async () => {
    const { oz, store, changes } = setUp(run('a', noon));
    await store.refresh();
    oz.set(run('a', noon, { title: 'other' }));
    await store.refresh();
    assert.equal(store.get('a')?.title, 'other');
    assert.deepEqual([...(changes.at(-1)?.ids ?? [])], ['a']);
    assert.equal(changes.at(-1)?.structural, false);
  });

  it('is silent when nothing changed', async () => {
    const { store, changes } = setUp(...manyRuns(5));
    await store.refresh();
    await store.refresh();
    await store.poll();
    assert.equal(changes.length, 1);
    assert.equal(changes[0]?.structural, true);
  });

  it('counts the active runs', async () => {
    const { oz, store } = setUp(run('a', noon, { state: 'INPROGRESS' }), run('b', noon, { state: 'QUEUED' }));
    await store.refresh();
    assert.equal(store.activeCount, 2);
    assert.deepEqual(new Set(store.activeIds()), new Set(['a', 'b']));
    oz.set(run('a', noon + 1, { state: 'SUCCEEDED' }));
    await store.refresh();
    assert.equal(store.activeCount, 1);
    assert.deepEqual([...store.activeIds()], ['b']);
    store.reset();
    assert.equal(store.activeCount, 0);
    assert.deepEqual([...store.activeIds()], []);
  });

  describe('polling', () => {
    it('asks for what changed since the newest time of a list, with an overlap', async () => {
      const { oz, store } = setUp(run('a', noon));
      await store.poll();
      oz.set(run('b', noon + 3000));
      await store.poll();
      assert.equal(oz.calls[0]?.updated_after, undefined);
      const after = Date.parse(oz.calls[1]?.updated_after ?? '');
      assert.ok(after <= noon - 1000 && after >= noon - 10_000, String(after));
      assert.ok(store.get('b'));
    });

    it('is not misled by a run that came from elsewhere', async () => {
      const { oz, store } = setUp(run('a', noon));
      await store.poll();
      store.put(run('launched', noon + 60_000));
      oz.set(run('colleague', noon + 30_000));
      await store.poll();
      assert.ok(store.get('colleague'));
    });

    it('reads the head when more changed than a page holds', async () => {
      const { oz, store } = setUp(run('old', noon - 1000));
      await store.poll();
      oz.set(...manyRuns(250, noon + 300_000));
      await store.poll();
      assert.equal(store.size, 251);
      assert.equal(store.hasMore, false);
    });

    it('reads the head now and then, for changes that moved no time', async () => {
      const { oz, store, clock } = setUp(...manyRuns(50));
      await store.poll();
      oz.set(run('r30', noon - 30_000, { title: 'other' }));
      await store.poll();
      assert.equal(store.get('r30')?.title, 'Title of r30');
      await clock.advance(5 * 60_000);
      await store.poll();
      assert.equal(store.get('r30')?.title, 'other');
    });
  });

  describe('the head', () => {
    it('is read on until it meets what is known', async () => {
      const { oz, store } = setUp(...manyRuns(300));
      await store.refresh();
      oz.set(...Array.from({ length: 150 }, (_, index) => run(`n${index}`, noon + 1000 + index)));
      oz.calls.length = 0;
      await store.refresh();
      assert.equal(store.size, 250);
      assert.equal(oz.calls.length, 2);
    });

    it('leaves no gap after a failure on its way', async () => {
      const { oz, store } = setUp(run('old', noon));
      await store.refresh();
      oz.set(...manyRuns(150, noon + 1_000_000));
      // The first page arrives, the second does not.
      const list = oz.listRuns.bind(oz);
      let pages = 0;
      oz.listRuns = (query) => ((pages += 1) === 2 ? Promise.reject(problem('server')) : list(query));
      await store.refresh();
      assert.equal(store.status.kind, 'failed');
      assert.equal(store.size, 101);
      await store.refresh();
      assert.equal(store.size, 151);
    });

    it('that changed too much leaves no run active that has ended unseen', async () => {
      const worked = run('worked', noon, { state: 'INPROGRESS' });
      const works = run('works', noon, { state: 'INPROGRESS' });
      const oz = new FakeOz(worked, works, run('gone', noon, { state: 'INPROGRESS' }));
      const store = new RunStore(oz, new FakeClock());
      await store.refresh();
      oz.runs.delete('gone');
      oz.set({ ...worked, state: 'SUCCEEDED', updated_at: new Date(noon + 1).toISOString() });
      oz.set(...Array.from({ length: 600 }, (_, index) => run(`new ${index}`, noon + 10 + index)));
      await store.refresh();
      assert.equal(store.get('worked')?.state, 'SUCCEEDED');
      assert.equal(store.get('works')?.state, 'INPROGRESS');
      assert.equal(store.status.kind, 'ready');
      assert.deepEqual(oz.reads.sort(), ['gone', 'worked', 'works']);
    });

    it('that changed too much is read in part, and loading more fills the gap and goes on behind it', async () => {
      const { oz, store } = setUp(...manyRuns(250));
      oz.cursors = 'runs';
      await store.refresh();
      await store.loadMore();
      assert.equal(store.size, 200);
      oz.set(...Array.from({ length: 1000 }, (_, index) => run(`n${index}`, noon + 1_000_000 - index)));
      oz.calls.length = 0;
      await store.refresh();
      assert.equal(oz.calls.length, 5);
      assert.equal(store.size, 700);
      for (let clicks = 0; store.hasMore; clicks += 1) {
        assert.ok(clicks < 20);
        await store.loadMore();
      }
      assert.equal(store.size, 1250);
    });
  });

  describe('loading more', () => {
    it('goes page by page to the end', async () => {
      const { store } = setUp(...manyRuns(250));
      await store.refresh();
      assert.equal(store.size, 100);
      assert.equal(store.hasMore, true);
      await store.loadMore();
      assert.equal(store.size, 200);
      await store.loadMore();
      assert.equal(store.size, 250);
      assert.equal(store.hasMore, false);
    });

    it('passes over pages of known runs when the list moved under it', async () => {
      const { oz, store } = setUp(...manyRuns(300));
      await store.refresh();
      oz.set(...Array.from({ length: 120 }, (_, index) => run(`n${index}`, noon + 1000 + index)));
      await store.refresh();
      await store.loadMore();
      // The cursor's position lies 120 runs before what was read to: a whole page of known ones.
      assert.ok(store.get('r120'), 'something older was found');
      while (store.hasMore) {
        await store.loadMore();
      }
      assert.equal(store.size, 420);
    });

    it('goes on to the end when most of each page is known', async () => {
      const store = new RunStore(
        scripted(({ cursor = '0' }) => ({
          runs: [...manyRuns(99), run(`new ${cursor}`, noon - 1_000_000)],
          ...(Number(cursor) < 20 ? { nextCursor: String(Number(cursor) + 1) } : {}),
        })),
        new FakeClock(),
      );
      await store.refresh();
      for (let clicks = 1; clicks <= 20; clicks += 1) {
        assert.equal(store.hasMore, true);
        await store.loadMore();
      }
      assert.equal(store.hasMore, false);
      assert.equal(store.size, 120);
    });

    it('starts again when its cursor went stale', async () => {
      const { oz, store } = setUp(...manyRuns(250));
      await store.refresh();
      oz.expireCursors();
      await store.loadMore();
      assert.equal(store.size, 200);
      oz.expireCursors();
      await store.loadMore();
      assert.equal(store.size, 250);
      assert.equal(store.hasMore, false);
    });

    it('fails when the service refuses every cursor', async () => {
      let calls = 0;
      const store = new RunStore(
        scripted(({ cursor }) => {
          calls += 1;
          if (cursor !== undefined) {
            throw problem('invalid');
          }
          return { runs: [run('a', noon)], nextCursor: 'stale' };
        }),
        new FakeClock(),
      );
      await store.refresh();
      await assert.rejects(store.loadMore(), { name: 'ApiProblem' });
      assert.ok(calls < 10);
    });

    it('ends when a cursor comes again', async () => {
      const pages = new Map([
        [undefined, { runs: [run('a', noon)], nextCursor: 'x' }],
        ['x', { runs: [run('b', noon - 1)], nextCursor: 'y' }],
        ['y', { runs: [run('c', noon - 2)], nextCursor: 'x' }],
      ]);
      const store = new RunStore(
        scripted(({ cursor }) => pages.get(cursor) ?? { runs: [] }),
        new FakeClock(),
      );
      await store.refresh();
      await store.loadMore();
      await store.loadMore();
      assert.equal(store.size, 3);
      assert.equal(store.hasMore, false);
    });

    it('ends when a server gives the same page with ever new cursors', async () => {
      let calls = 0;
      const store = new RunStore(
        scripted(() => ({ runs: manyRuns(100), nextCursor: `c${(calls += 1)}` })),
        new FakeClock(),
      );
      await store.refresh();
      await store.loadMore();
      assert.equal(store.hasMore, false);
      assert.ok(calls < 10, String(calls));
    });

    it('rejects with the problem and can be tried again', async () => {
      const { oz, store } = setUp(...manyRuns(150));
      await store.refresh();
      oz.failures = [problem('server')];
      await assert.rejects(store.loadMore(), { name: 'ApiProblem' });
      assert.equal(store.loadingMore, false);
      assert.equal(store.status.kind, 'ready');
      await store.loadMore();
      assert.equal(store.size, 150);
    });

    it('says while it is under way, and joins those who ask meanwhile', async () => {
      const { oz, store } = setUp(...manyRuns(250));
      await store.refresh();
      oz.calls.length = 0;
      const first = store.loadMore();
      const second = store.loadMore();
      assert.equal(store.loadingMore, true);
      await Promise.all([first, second]);
      assert.equal(store.loadingMore, false);
      assert.equal(oz.calls.length, 1);
    });

    it('finds every run of a list that moves as it is read', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(fc.nat(399), { maxLength: 80 }), { maxLength: 6 }), async (moves) => {
          const { oz, store } = setUp(...manyRuns(400));
          await store.refresh();
          let time = noon;
          for (const moved of moves) {
            for (const index of moved) {
              oz.set(run(`r${index}`, (time += 1)));
            }
            await store.loadMore();
            await store.refresh();
          }
          for (let clicks = 0; store.hasMore; clicks += 1) {
            assert.ok(clicks < 20);
            await store.loadMore();
          }
          assert.deepEqual(
            [...oz.runs.values()].filter((item) => store.get(item.run_id)?.updated_at !== item.updated_at),
            [],
          );
        }),
        { numRuns: 30 },
      );
    });
  });

  describe('reset', () => {
    it('forgets everything and ignores answers under way', async () => {
      const { oz, store, changes } = setUp(...manyRuns(250));
      await store.refresh();
      let open = (): void => undefined;
      oz.gate = new Promise((resolve) => (open = resolve));
      const late = [store.refresh(), store.poll(), store.readRun('r0'), store.loadMore()];
      store.reset();
      assert.equal(store.size, 0);
      assert.equal(store.status.kind, 'starting');
      assert.equal(store.hasMore, false);
      assert.deepEqual(changes.at(-1), { ids: new Set(), structural: true, isHistory: false });
      open();
      await Promise.all(late);
      assert.equal(store.size, 0);
      assert.equal(store.status.kind, 'starting');
      assert.equal(store.hasMore, false);
    });

    it('lets the next reading begin at once', async () => {
      const { oz, store } = setUp(run('a', noon));
      oz.gate = new Promise(() => undefined);
      void store.refresh();
      await settle();
      store.reset();
      oz.gate = Promise.resolve();
      await store.refresh();
      assert.equal(store.size, 1);
      assert.equal(store.status.kind, 'ready');
    });
  });

  describe('what another window read', () => {
    const covered = noon + 60_000;

    it('is a beginning: the next reading asks for what changed since, and older runs are looked for', async () => {
      const { oz, store } = setUp(...manyRuns(250));
      assert.equal(store.head, undefined);
      assert.equal(store.adoptHead(manyRuns(120), { since: noon - 119_000, covered: noon, lastHead: noon }), true);
      assert.deepEqual(store.head, { since: noon - 119_000, covered: noon, lastHead: noon });
      await store.poll();
      assert.equal(oz.calls.length, 1);
      assert.ok(oz.calls[0]?.updated_after);
      for (let size = 120; store.hasMore; size = store.size) {
        await store.loadMore();
        assert.ok(store.size > size);
      }
      assert.equal(store.size, 250);
    });

    it('is everything when it begins with the first change', () => {
      const { store } = setUp();
      assert.equal(store.adoptHead(manyRuns(3), { since: 0, covered: noon, lastHead: noon }), true);
      assert.equal(store.hasMore, false);
    });

    it('goes on to older runs past new ones, too', async () => {
      const { oz, store } = setUp(...manyRuns(250));
      store.adoptHead(manyRuns(100), { since: noon - 99_000, covered: noon, lastHead: noon });
      oz.set(run('new', noon + 1000));
      await store.loadMore();
      assert.ok(store.get('new') && store.get('r100'));
    });

    it('joins what was read here when no change can lie between', async () => {
      for (const [since, joins] of [
        [0, true],
        [noon - 2000, true],
        // The service tells of some changes a moment late.
        [noon - 1000, false],
        [noon + 1, false],
      ] as const) {
        const { store } = setUp(run('a', noon));
        await store.refresh();
        const head = { since, covered, lastHead: 0 };
        assert.equal(store.adoptHead([run('b', covered)], head), joins, String(since));
        assert.equal(store.head?.covered, joins ? covered : noon);
        assert.ok(store.get('b'), 'it is known either way');
      }
    });

    it('joins when it is behind what was read here, and takes nothing back', async () => {
      const { store } = setUp(run('a', covered, { title: 'new' }));
      await store.refresh();
      assert.equal(store.adoptHead([run('a', noon)], { since: noon, covered: noon, lastHead: 0 }), true);
      assert.equal(store.adoptHead([], { since: covered, covered, lastHead: 0 }), true);
      assert.equal(store.head?.covered, covered);
      assert.equal(store.get('a')?.title, 'new');
    });

    it('counts as read in full when it was', async () => {
      const { oz, store, clock } = setUp(run('a', noon));
      await store.poll();
      await clock.advance(4 * 60_000);
      store.adoptHead([], { since: 0, covered: noon, lastHead: clock.now() });
      await clock.advance(4 * 60_000);
      await store.poll();
      assert.ok(oz.calls[1]?.updated_after);
      await clock.advance(60_000);
      await store.poll();
      assert.equal(oz.calls[2]?.updated_after, undefined);
    });

    it('tells of the last reading, unless one here was later', async () => {
      const { oz, store, clock } = setUp(run('a', noon));
      const server = problem('server');
      const statuses: LoadStatus[] = [];
      store.onDidChangeStatus(() => statuses.push(store.status));
      store.adoptOutcome(noon - 1000, undefined);
      store.adoptOutcome(noon - 500, server);
      assert.deepEqual(statuses, [{ kind: 'ready' }, { kind: 'failed', problem: server, lastGood: noon - 1000 }]);
      await clock.advance(1000);
      await store.refresh();
      oz.failures = [problem('timeout')];
      statuses.length = 0;
      store.adoptOutcome(noon, server);
      assert.deepEqual(statuses, []);
      await store.refresh();
      store.adoptOutcome(noon + 500, undefined);
      store.adoptOutcome(noon + 1500, undefined);
      assert.deepEqual(
        statuses.map(({ kind }) => kind),
        ['failed', 'ready'],
      );
    });

    it('tells of the last reading after the clock was set back, and is read in full again in time', async () => {
      const oz = new FakeOz(run('a', noon));
      let now = noon;
      const store = new RunStore(oz, { now: () => now });
      await store.poll();
      now -= 3_600_000;
      store.adoptOutcome(now, problem('server'));
      assert.equal(store.status.kind, 'failed');
      await store.poll();
      assert.equal(oz.calls[1]?.updated_after, undefined);
    });

    it('has a gap of its own to tell of', async () => {
      const { oz, store } = setUp(...manyRuns(10));
      await store.refresh();
      assert.equal(store.head?.since, 0);
      oz.set(...Array.from({ length: 1000 }, (_, index) => run(`n${index}`, noon + 1_000_000 - index)));
      await store.refresh();
      const since = store.head.since;
      const missed = [...oz.runs.values()].filter(
        (item) => Date.parse(item.updated_at) >= since && !store.get(item.run_id),
      );
      assert.deepEqual(missed, []);
      assert.ok(since > noon);
    });
  });

  it('knows whether anything is looked at', () => {
    const { store } = setUp();
    const looking = store.look('a');
    assert.equal(store.isAnyLookedAt, true);
    looking.dispose();
    assert.equal(store.isAnyLookedAt, false);
  });

  describe('following', () => {
    it('lasts until everybody has ended it', () => {
      const { store } = setUp();
      const first = store.follow('a');
      const second = store.follow('a');
      first.dispose();
      first.dispose();
      assert.deepEqual([...store.followed], ['a']);
      second.dispose();
      assert.deepEqual([...store.followed], []);
    });

    it('notes a refused key in the status, and no other failure of one run', async () => {
      const { oz, store } = setUp();
      oz.failures = [problem('server')];
      await assert.rejects(store.readRun('a'), { name: 'ApiProblem' });
      assert.equal(store.status.kind, 'starting');
      oz.failures = [problem('keyRefused')];
      await assert.rejects(store.readRun('a'), { name: 'ApiProblem' });
      assert.equal(store.status.kind, 'failed');
    });
  });
});
