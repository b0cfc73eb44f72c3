import assert from 'node:assert/strict';
import { Emitter } from '../../../src/model/emitter';
import { FilteredRuns } from '../../../src/model/filteredRuns';
import type { GitHubRepository } from '../../../src/model/skillSpec';
import { RunStore, type RunsChange } from '../../../src/model/runStore';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeMemento } from './fakeMemento';
import { FakeOz, problem, run } from './fakeOz';

const hour = 60 * 60 * 1000;

class Facts {
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  uid: string | undefined;
  repositories: GitHubRepository[] = [];
  environmentRepositories = (): GitHubRepository[] => [];

  tell(): void {
    this.#changed.fire(undefined);
  }
}

interface World {
  oz: FakeOz;
  store: RunStore;
  clock: FakeClock;
  facts: Facts;
  memento: FakeMemento;
  filtered: FilteredRuns;
  /** What was shown each time when everything had to be grouped anew. */
  grouped: string[][];
  shown: () => string[];
}

function world(runs: Run[], memento = new FakeMemento()): World {
  const oz = new FakeOz(...runs);
  const clock = new FakeClock();
  const store = new RunStore(oz, clock);
  const facts = new Facts();
  const filtered = new FilteredRuns(oz, store, facts, memento, clock);
  const grouped: string[][] = [];
  filtered.onDidChange(() => grouped.push(shown()));
  const shown = (): string[] =>
    [...store.all()]
      .filter((one) => filtered.isShown(one))
      .map((one) => one.run_id)
      .sort();
  return { oz, store, clock, facts, memento, filtered, shown, grouped };
}

/** As `world`, with the newest runs read. */
async function readWorld(...runs: Run[]): Promise<World> {
  const made = world(runs);
  await made.store.refresh();
  return made;
}

/** `count` runs, one a second, `r0` the newest; every `nth` one failed. */
function manyRuns(count: number, nth: number): Run[] {
  return Array.from({ length: count }, (_, index) =>
    run(`r${index}`, noon - index * 1000, { state: index % nth === nth - 1 ? 'FAILED' : 'SUCCEEDED' }),
  );
}

describe('FilteredRuns', () => {
  it('shows everything and leaves reading to the store without a filter', async () => {
    const { oz, filtered, store, shown } = await readWorld(...manyRuns(150, 2));
    assert.equal(filtered.isFiltered, false);
    assert.equal(shown().length, 100);
    assert.deepEqual([filtered.hasMore, filtered.status], [true, store.status]);
    let told = 0;
    filtered.onDidChangeStatus(() => (told += 1));
    const more = filtered.loadMore();
    assert.equal(filtered.loadingMore, true);
    await more;
    assert.deepEqual([shown().length, filtered.hasMore, filtered.loadingMore], [150, false, false]);
    assert.ok(told > 0);
    assert.ok(oz.calls.every((call) => call.state === undefined));
  });

  it('asks for what is filtered by at once, and shows what is known of it meanwhile', async () => {
    const { oz, filtered, grouped, shown } = await readWorld(...manyRuns(300, 100));
    const statuses: string[] = [];
    filtered.onDidChangeStatus(() => statuses.push(filtered.status.kind));
    filtered.setFilter({ states: ['FAILED'] });
    assert.deepEqual([shown(), grouped, filtered.status.kind], [['r99'], [['r99']], 'loading']);
    await settle();
    assert.deepEqual(shown(), ['r199', 'r299', 'r99']);
    assert.deepEqual(oz.calls.at(-1), { limit: 100, state: ['FAILED'], sort_by: 'updated_at', sort_order: 'desc' });
    assert.equal(statuses.at(-1), 'ready');
    assert.equal(grouped.length, 1);
    assert.equal(filtered.hasMore, false);
  });

  it('gives what it reads to the store as history, except what the store has yet to read', async () => {
    const { oz, filtered, store } = await readWorld(...manyRuns(150, 1));
    const changes: RunsChange[] = [];
    store.onDidChange((change) => changes.push(change));
    oz.set(run('new', noon + 60_000, { state: 'FAILED' }));
    filtered.setFilter({ states: ['FAILED'] });
    await settle();
    await filtered.loadMore();
    const told = (isHistory: boolean): string[] =>
      changes.filter((change) => change.isHistory === isHistory).flatMap(({ ids }) => [...ids]);
    assert.deepEqual(told(false), ['new']);
    assert.equal(told(true).length, 50);
  });

  it('polls for nothing under a filter, and shows what polling finds', async () => {
    const { oz, filtered, store, shown } = await readWorld(run('a', noon, { state: 'FAILED' }));
    filtered.setFilter({ states: ['FAILED'] });
    await settle();
    oz.set(run('b', noon + 5000, { state: 'FAILED' }), run('c', noon + 5000));
    const calls = oz.calls.length;
    await store.poll();
    assert.deepEqual(shown(), ['a', 'b']);
    assert.deepEqual(
      oz.calls.slice(calls).map(({ state }) => state),
      [undefined],
    );
  });

  it('goes back to everything when the filter is taken off', async () => {
    const { filtered, grouped, memento, shown } = await readWorld(run('a', noon), run('b', noon));
    filtered.setFilter({ states: ['FAILED'] });
    await settle();
    assert.deepEqual(shown(), []);
    filtered.setFilter({});
    assert.deepEqual([shown(), filtered.isFiltered, grouped], [['a', 'b'], false, [[], ['a', 'b']]]);
    assert.equal(memento.values.has('agentRuns.filter'), false);
  });

  it('does nothing for the filter that it has', async () => {
    const { oz, filtered, grouped } = await readWorld(run('a', noon));
    filtered.setFilter({ model: { id: 'm', name: 'Model' } });
    await settle();
    const calls = oz.calls.length;
    filtered.setFilter({ model: { id: 'm', name: 'Model' }, states: [] });
    await settle();
    assert.deepEqual([oz.calls.length, grouped.length], [calls, 1]);
  });

  describe('remembered', () => {
    it('is there in the next window, and read as soon as the store is', async () => {
      const first = await readWorld(...manyRuns(150, 149));
      first.filtered.setFilter({ states: ['FAILED'] });
      const { oz, filtered, store, shown } = world(manyRuns(150, 149), first.memento);
      assert.deepEqual(filtered.filter, { states: ['FAILED'] });
      await settle();
      assert.deepEqual([oz.calls.length, filtered.status.kind, filtered.hasMore], [0, 'starting', false]);
      await store.refresh();
      await settle();
      assert.deepEqual([shown(), filtered.status.kind], [['r148'], 'ready']);
    });

    it('is none when it is nonsense', () => {
      const memento = new FakeMemento();
      memento.values.set('agentRuns.filter', { states: 'FAILED' });
      assert.equal(world([], memento).filtered.isFiltered, false);
    });
  });

  describe('by text', () => {
    const cart = (id: string, updated = noon): Run => run(id, updated, { title: `Mend the cart ${id}` });

    it('shows what the service answers with, not what it looks like here', async () => {
      const { oz, filtered, grouped, shown } = await readWorld(cart('a'), run('b', noon, { prompt: 'the cart' }));
      // The service of this test looks at titles alone.
      filtered.setFilter({ text: 'cart' });
      assert.deepEqual(shown(), []);
      await settle();
      assert.deepEqual([shown(), oz.calls.at(-1)?.q], [['a'], 'cart']);
      assert.ok(grouped.every((ids) => !ids.includes('b')));
      assert.deepEqual(grouped.at(-1), ['a']);
    });

    it('tells of found runs that were known, of which the store has nothing to tell', async () => {
      const carts = Array.from({ length: 150 }, (_, index) => cart(`c${index}`, noon - index));
      const { filtered, grouped, shown, store } = await readWorld(...carts);
      await store.loadMore();
      filtered.setFilter({ text: 'cart' });
      await settle();
      assert.deepEqual([shown().length, grouped.at(-1)?.length], [100, 100]);
      await filtered.loadMore();
      assert.deepEqual([shown().length, grouped.at(-1)?.length], [150, 150]);
    });

    it('does not guess about what was known before it asked', async () => {
      const memento = new FakeMemento();
      memento.values.set('agentRuns.filter', { text: 'cart' });
      const { filtered, shown, store } = world([cart('a'), run('b', noon, { prompt: 'the cart' })], memento);
      await store.refresh();
      await settle();
      assert.deepEqual([filtered.status.kind, shown()], ['ready', ['a']]);
    });

    it('guesses about runs that come later, and not about those found in the past', async () => {
      const old = run('old', noon - hour, { prompt: 'the cart' });
      const { oz, filtered, store, shown } = await readWorld(cart('a'), run('b', noon, { prompt: 'the cart' }));
      filtered.setFilter({ text: 'cart' });
      await settle();
      store.putHistory([old]);
      assert.deepEqual(shown(), ['a']);
      oz.set(cart('c', noon + 5000), run('d', noon + 5000), run('e', noon + 5000, { prompt: 'Cart' }));
      await store.poll();
      assert.deepEqual(shown(), ['a', 'c', 'e']);
      oz.set(run('b', noon + 9000, { prompt: 'the cart' }));
      await store.poll();
      assert.deepEqual(shown(), ['a', 'b', 'c', 'e']);
    });

    it('keeps to the other members of the filter', async () => {
      const { oz, filtered, store, shown } = await readWorld(cart('a'));
      filtered.setFilter({ text: 'cart', states: ['SUCCEEDED'] });
      await settle();
      assert.deepEqual(shown(), ['a']);
      oz.set({ ...cart('a', noon + 5000), state: 'FAILED' }, cart('b', noon + 5000));
      await store.poll();
      assert.deepEqual(shown(), ['b']);
    });

    it('finds a known run by its id whatever the service finds', async () => {
      const { filtered, shown } = await readWorld(run('a1', noon), run('a', noon));
      filtered.setFilter({ text: 'https://oz.example/runs/A' });
      await settle();
      assert.deepEqual(shown(), ['a']);
    });

    it('never shows the answer to what was typed before', async () => {
      const { oz, filtered, shown } = await readWorld(cart('a'), run('b', noon, { title: 'carp' }));
      let answer: () => void = () => undefined;
      oz.gate = new Promise((resolve) => {
        answer = resolve;
      });
      filtered.setFilter({ text: 'ca' });
      await settle();
      filtered.setFilter({ text: 'car' });
      filtered.setFilter({ text: 'cart' });
      await settle();
      assert.deepEqual(shown(), []);
      answer();
      await settle();
      assert.deepEqual(shown(), ['a']);
    });

    it('keeps what looks like it in sight while the service cannot be asked', async () => {
      const { clock, filtered, grouped, oz, shown, store } = await readWorld(
        cart('a'),
        run('b', noon, { prompt: 'the cart' }),
      );
      oz.failures = [problem('unreachable')];
      filtered.setFilter({ text: 'cart' });
      await settle();
      assert.deepEqual([filtered.status.kind, shown(), grouped.at(-1)], ['failed', ['a', 'b'], ['a', 'b']]);
      await clock.advance(60_000);
      await store.poll();
      await settle();
      assert.deepEqual([filtered.status.kind, shown(), grouped.at(-1)], ['ready', ['a'], ['a']]);
    });
  });

  describe('loading more', () => {
    it('waits for the first page', async () => {
      const { filtered, shown } = await readWorld(...manyRuns(500, 2));
      filtered.setFilter({ states: ['FAILED'] });
      await filtered.loadMore();
      assert.equal(shown().length, 200);
    });

    it('fills a gap that many changes left, and goes on behind what is known', async () => {
      const { oz, filtered, shown } = await readWorld(...manyRuns(1000, 1));
      filtered.setFilter({ states: ['FAILED'] });
      await settle();
      await filtered.loadMore();
      await filtered.loadMore();
      oz.set(
        ...manyRuns(600, 1).map((one, index) => run(`n${index}`, noon + 1e6 - index * 1000, { state: one.state })),
      );
      await filtered.refresh();
      assert.equal(shown().length, 800);
      await filtered.loadMore();
      await filtered.loadMore();
      assert.equal(shown().length, 1000);
      assert.ok(filtered.hasMore);
    });

    it('reads on page by page', async () => {
      const { filtered, shown } = await readWorld(...manyRuns(500, 2));
      filtered.setFilter({ states: ['FAILED'] });
      await settle();
      assert.deepEqual([shown().length, filtered.hasMore], [100, true]);
      const more = filtered.loadMore();
      assert.equal(filtered.loadingMore, true);
      await Promise.all([more, filtered.loadMore()]);
      assert.deepEqual([shown().length, filtered.hasMore, filtered.loadingMore], [200, true, false]);
      await filtered.loadMore();
      assert.deepEqual([shown().length, filtered.hasMore], [250, false]);
    });

    it('reads on to something that is not shown yet', async () => {
      const { oz, store, filtered, shown } = await readWorld(...manyRuns(1000, 2));
      for (let pages = 0; pages < 6; pages += 1) {
        await store.loadMore();
      }
      filtered.setFilter({ states: ['FAILED'] });
      await settle();
      assert.equal(shown().length, 350);
      const calls = oz.calls.length;
      await filtered.loadMore();
      assert.deepEqual([shown().length, oz.calls.length - calls], [400, 3]);
    });

    it('reads wide pages, and many, when it has to look itself', async () => {
      const runs = manyRuns(3000, 10_000).map((one, index) => ({ ...one, source: index === 2600 ? 'CLI' : 'API' }));
      const { oz, filtered, shown } = await readWorld(...runs);
      filtered.setFilter({ sources: ['CLI', 'SLACK'] });
      await settle();
      assert.deepEqual([shown(), filtered.hasMore, oz.calls.at(-1)?.limit], [[], true, 500]);
      const calls = oz.calls.length;
      await filtered.loadMore();
      assert.deepEqual([shown(), oz.calls.length - calls, filtered.hasMore], [['r2600'], 5, false]);
    });

    it('gives up for now after 10,000 runs', async () => {
      const { oz, filtered } = await readWorld(...manyRuns(12_000, 20_000));
      filtered.setFilter({ sources: ['CLI', 'SLACK'] });
      await settle();
      const calls = oz.calls.length;
      await filtered.loadMore();
      assert.deepEqual([oz.calls.length - calls, filtered.hasMore], [20, true]);
      await filtered.loadMore();
      assert.deepEqual([oz.calls.length - calls, filtered.hasMore], [23, false]);
    });

    it('ends when it is told to, and goes on from there', async () => {
      const { oz, filtered, shown } = await readWorld(
        ...manyRuns(3000, 10_000).map((one, index) => ({ ...one, source: index === 2600 ? 'CLI' : 'API' })),
      );
      filtered.setFilter({ sources: ['CLI', 'SLACK'] });
      await settle();
      const calls = oz.calls.length;
      const abort = new AbortController();
      oz.beforeAnswer = () => {
        if (oz.calls.length - calls === 3) {
          abort.abort();
        }
      };
      await filtered.loadMore(abort.signal);
      assert.deepEqual([oz.calls.length - calls, shown(), filtered.loadingMore], [3, [], false]);
      await filtered.loadMore();
      assert.deepEqual([oz.calls.length - calls, shown()], [6, ['r2600']]);
    });

    it('ends with the filter', async () => {
      const { oz, filtered } = await readWorld(...manyRuns(3000, 10_000));
      filtered.setFilter({ sources: ['CLI', 'SLACK'] });
      await settle();
      const calls = oz.calls.length;
      oz.beforeAnswer = () => {
        if (oz.calls.length - calls === 2) {
          filtered.setFilter({});
        }
      };
      await filtered.loadMore();
      assert.equal(oz.calls.length - calls, 2);
      assert.equal(filtered.loadingMore, false);
    });

    it('rejects with the problem and can be tried again', async () => {
      const { oz, filtered, shown } = await readWorld(...manyRuns(500, 2));
      filtered.setFilter({ states: ['FAILED'] });
      await settle();
      oz.failures = [problem('server')];
      await assert.rejects(filtered.loadMore(), { kind: 'server' });
      assert.deepEqual([filtered.hasMore, filtered.loadingMore, filtered.status.kind], [true, false, 'ready']);
      await filtered.loadMore();
      assert.equal(shown().length, 200);
    });

    it('reads one page at a time', async () => {
      const { oz, filtered } = await readWorld(...manyRuns(500, 2));
      filtered.setFilter({ states: ['FAILED'] });
      await settle();
      await Promise.all([filtered.refresh(), filtered.loadMore(), filtered.refresh(), filtered.loadMore()]);
      const filteredCalls = oz.calls.filter(({ state }) => state !== undefined);
      assert.deepEqual(
        filteredCalls.map(({ cursor }) => cursor),
        [undefined, '0|100', undefined],
      );
    });
  });

  describe('failing', () => {
    it('says so, and is tried again along with the store, but not at every round', async () => {
      const { oz, filtered, store, clock } = await readWorld(run('a', noon));
      oz.failures = [problem('server')];
      filtered.setFilter({ states: ['FAILED'] });
      await settle();
      assert.equal(filtered.status.kind, 'failed');
      const asked = (): number => oz.calls.filter(({ state }) => state).length;
      for (const expected of [1, 1, 2]) {
        await clock.advance(14_000);
        oz.failures = [];
        await store.poll();
        await settle();
        assert.equal(asked(), expected);
      }
      assert.equal(filtered.status.kind, 'ready');
    });

    it('is not tried again by itself when the answer would be the same', async () => {
      const { oz, filtered, store, clock } = await readWorld(run('a', noon));
      oz.failures = [problem('invalid')];
      filtered.setFilter({ states: ['NO_SUCH_STATE'] });
      await settle();
      await clock.advance(10 * 60_000);
      await store.poll();
      await settle();
      assert.equal(filtered.status.kind, 'failed');
      await filtered.refresh();
      assert.equal(filtered.status.kind, 'ready');
    });

    it('waits until the store can be read', async () => {
      const { oz, filtered, store, clock } = await readWorld(run('a', noon));
      oz.failures = [problem('unreachable')];
      await clock.advance(5000);
      await store.poll();
      const calls = oz.calls.length;
      filtered.setFilter({ states: ['SUCCEEDED'] });
      await settle();
      assert.deepEqual([oz.calls.length, filtered.status.kind], [calls, 'starting']);
      await store.poll();
      await settle();
      assert.equal(filtered.status.kind, 'ready');
    });
  });

  it('refreshes the list and what is filtered', async () => {
    const { oz, filtered, shown } = await readWorld(run('a', noon, { state: 'FAILED' }));
    filtered.setFilter({ states: ['FAILED'] });
    await settle();
    oz.set(run('b', noon + 5000, { state: 'FAILED' }));
    const calls = oz.calls.length;
    await filtered.refresh();
    assert.deepEqual(shown(), ['a', 'b']);
    assert.deepEqual(
      oz.calls.slice(calls).map(({ state }) => state?.[0]),
      [undefined, 'FAILED'],
    );
  });

  describe('for own runs', () => {
    const own = run('own', noon, { creator: { uid: 'u1' } });
    const other = run('other', noon, { creator: { uid: 'u2' } });

    it('asks for nothing before it is known whose they are', async () => {
      const { oz, filtered, facts, shown } = await readWorld(own, other);
      filtered.setFilter({ mine: true });
      await filtered.refresh();
      assert.deepEqual([filtered.lacksMe, filtered.status.kind, filtered.hasMore, shown()], [true, 'ready', false, []]);
      assert.ok(oz.calls.every(({ creator, sort_by: by }) => creator === undefined && by === 'updated_at'));
      assert.equal(oz.calls.length, 2);
      facts.uid = 'u1';
      facts.tell();
      await settle();
      assert.deepEqual([filtered.lacksMe, shown(), oz.calls.at(-1)?.creator], [false, ['own'], 'u1']);
    });

    it('starts over for somebody else, and only then', async () => {
      const { facts, filtered, grouped, oz, shown } = await readWorld(own, other);
      facts.uid = 'u1';
      filtered.setFilter({ mine: true });
      await settle();
      const before = [oz.calls.length, grouped.length];
      facts.tell();
      await settle();
      assert.deepEqual([oz.calls.length, grouped.length], before);
      facts.uid = 'u2';
      assert.deepEqual(shown(), ['own']);
      facts.tell();
      await settle();
      assert.deepEqual(shown(), ['other']);
    });

    it('hears with the next reading that another window learned it', async () => {
      const { store, filtered, facts, shown } = await readWorld(own, other);
      filtered.setFilter({ mine: true });
      facts.uid = 'u1';
      await store.poll();
      await settle();
      assert.deepEqual([filtered.lacksMe, shown()], [false, ['own']]);
    });
  });

  it('hears of repositories and environments when it goes by them', async () => {
    const { facts, filtered, grouped, shown } = await readWorld(
      run('a', noon, { agent_config: { environment_id: 'env' } }),
      run('b', noon),
    );
    facts.tell();
    assert.equal(grouped.length, 0);
    filtered.setFilter({ thisRepository: true });
    await settle();
    assert.deepEqual(shown(), []);
    const before = grouped.length;
    facts.repositories = [{ owner: 'acme', repo: 'web' }];
    facts.environmentRepositories = () => [{ owner: 'Acme', repo: 'Web' }];
    facts.tell();
    assert.deepEqual([shown(), grouped.length], [['a'], before + 1]);
  });

  it('reads nothing for a repository that is not there, until one is', async () => {
    const { oz, facts, filtered } = await readWorld(...manyRuns(150, 2));
    oz.calls.length = 0;
    filtered.setFilter({ thisRepository: true });
    await settle();
    assert.deepEqual([filtered.lacksRepository, filtered.hasMore, filtered.status.kind], [true, false, 'ready']);
    assert.equal(oz.calls.length, 0);
    facts.repositories = [{ owner: 'acme', repo: 'web' }];
    facts.tell();
    await settle();
    assert.equal(filtered.lacksRepository, false);
    assert.equal(oz.calls.length, 1);
  });

  it('does not look for repositories unless it goes by them', async () => {
    const { filtered, facts } = await readWorld(run('a', noon));
    Object.defineProperty(facts, 'repositories', {
      get: () => assert.fail('They were looked for.'),
    });
    filtered.setFilter({ states: ['FAILED'] });
    facts.tell();
    await settle();
  });

  it('lets runs grow too old when it is told that time went by', async () => {
    const { clock, filtered, grouped, shown } = await readWorld(run('a', noon - 23 * hour), run('b', noon));
    filtered.setFilter({ created: 'day' });
    await settle();
    const before = grouped.length;
    await clock.advance(hour - 1);
    filtered.recheck();
    assert.deepEqual([shown(), grouped.length], [['a', 'b'], before]);
    await clock.advance(60_000);
    assert.deepEqual(shown(), ['a', 'b']);
    filtered.recheck();
    assert.deepEqual([shown(), grouped.length], [['b'], before + 1]);
  });

  it('forgets what it read with the store, keeps the filter, and ignores answers under way', async () => {
    const { oz, store, filtered, shown } = await readWorld(run('a', noon, { title: 'cart' }));
    filtered.setFilter({ text: 'cart' });
    await settle();
    let answer: () => void = () => undefined;
    oz.gate = new Promise((resolve) => {
      answer = resolve;
    });
    const refreshing = filtered.refresh();
    await settle();
    const calls = oz.calls.length;
    store.reset();
    await settle();
    filtered.reset();
    oz.runs.clear();
    oz.set(run('b', noon, { title: 'cart b' }));
    answer();
    await refreshing;
    await settle();
    assert.deepEqual([shown(), filtered.status.kind, filtered.filter], [[], 'starting', { text: 'cart' }]);
    assert.equal(oz.calls.length, calls);
    await store.refresh();
    await settle();
    assert.deepEqual([shown(), filtered.status.kind], [['b'], 'ready']);
  });

  it('is silent when it is disposed', async () => {
    const { facts, filtered, grouped, oz, store } = await readWorld(run('a', noon, { state: 'FAILED' }));
    filtered.setFilter({ states: ['FAILED'] });
    filtered.dispose();
    const before = grouped.length;
    await settle();
    facts.tell();
    oz.set(run('b', noon + 5000));
    await store.poll();
    await settle();
    assert.deepEqual([grouped.length, filtered.status.kind], [before, 'loading']);
  });
});
