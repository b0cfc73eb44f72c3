import assert from 'node:assert/strict';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import type { Schedule } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { problem } from './fakeOz';
import { FakeSchedules, schedule, spawned } from './fakeSchedules';

function setUp(...schedules: Schedule[]): { oz: FakeSchedules; store: ScheduleStore; clock: FakeClock } {
  const oz = new FakeSchedules();
  oz.schedules = schedules;
  const clock = new FakeClock();
  return { oz, store: new ScheduleStore(oz, clock), clock };
}

/** The schedules `a` and `b` whose past runs were read, three each; counts calls from now on. */
async function setUpRead(): Promise<{ oz: FakeSchedules; store: ScheduleStore }> {
  const { oz, store } = setUp(schedule('a'), schedule('b'));
  oz.set(...spawned('a', 3), ...spawned('b', 3));
  await store.refresh();
  await store.loadPastRuns('a');
  await store.loadPastRuns('b');
  oz.calls.length = 0;
  oz.lists = 0;
  return { oz, store };
}

const ids = (store: ScheduleStore, id: string): string[] => (store.pastRuns(id)?.runs ?? []).map((item) => item.run_id);

describe('ScheduleStore', () => {
  it('reads the schedules in the order of the service and tells what changed', async () => {
    const { oz, store } = setUp(schedule('b'), schedule('a'));
    const changes: unknown[] = [];
    store.onDidChange((change) => changes.push(change));
    await store.refresh();
    assert.deepEqual(store.ids(), ['b', 'a']);
    assert.equal(store.status.kind, 'ready');
    await store.refresh();
    oz.schedules = [schedule('b'), schedule('a', { enabled: false })];
    await store.refresh();
    oz.schedules = [schedule('b')];
    await store.refresh();
    assert.deepEqual(changes, [
      { ids: new Set(['b', 'a']), structural: true },
      { ids: new Set(['a']), structural: false },
      { ids: new Set(), structural: true },
    ]);
  });

  it('has a change that was made here at once, in its place', async () => {
    const { oz, store } = setUp(schedule('a', { name: 'Alpha' }), schedule('c', { name: 'gamma' }));
    await store.refresh();
    const changes: unknown[] = [];
    store.onDidChange((change) => changes.push(change));
    const here = store.ofThisAccount();
    here.put(schedule('a', { name: 'Alpha', enabled: false }));
    here.put(schedule('b', { name: 'Beta' }));
    assert.deepEqual(store.ids(), ['a', 'b', 'c']);
    here.put(schedule('a', { name: 'Zeta' }));
    assert.deepEqual(store.ids(), ['b', 'c', 'a']);
    here.remove('c');
    assert.deepEqual(store.ids(), ['b', 'a']);
    assert.deepEqual(changes, [
      { ids: new Set(['a']), structural: false },
      { ids: new Set(['b']), structural: true },
      { ids: new Set(['a']), structural: true },
      { ids: new Set(), structural: true },
    ]);
    await store.refresh();
    assert.deepEqual(store.ids(), ['a', 'c']);
    assert.equal(oz.lists, 2);
  });

  it('does not go back to a list that was on its way during a change', async () => {
    const { oz, store } = setUp(schedule('a'), schedule('b'), schedule('c'));
    await store.refresh();
    let answer = (): void => undefined;
    oz.gate = new Promise((resolve) => (answer = resolve));
    const reading = store.refresh();
    const later = { updated_at: '2026-01-02T00:00:00Z' };
    const here = store.ofThisAccount();
    here.put(schedule('a', { ...later, enabled: false }));
    here.put(schedule('d', later));
    here.put(schedule('c', { enabled: false }));
    here.remove('b');
    oz.schedules = [schedule('a'), schedule('b'), schedule('c', { ...later, name: 'Newer' })];
    answer();
    await reading;
    assert.deepEqual(store.ids(), ['a', 'd', 'c'], 'by name');
    assert.deepEqual([store.get('a')?.enabled, store.get('c')?.name], [false, 'Newer']);
    oz.schedules = [schedule('a'), schedule('b')];
    await store.refresh();
    assert.deepEqual([store.ids(), store.get('a')?.enabled], [['a', 'b'], true]);
  });

  it('keeps what it has when reading fails', async () => {
    const { oz, store } = setUp(schedule('a'));
    await store.refresh();
    oz.listFailures = [problem('server')];
    await store.refresh();
    assert.equal(store.size, 1);
    assert.ok(store.status.kind === 'failed');
    assert.equal(store.status.lastGood, noon);
  });

  it('is read anew for a person who asks while a reading is under way that fails', async () => {
    const { oz, store } = setUp(schedule('a'));
    oz.listFailures = [problem('unreachable')];
    const others = store.refresh();
    await store.refresh({ isAsked: true });
    await others;
    assert.equal(oz.lists, 2);
    assert.equal(store.status.kind, 'ready');
  });

  it('survives a schedule that comes twice', async () => {
    const { store } = setUp(schedule('a'), schedule('a'));
    await store.refresh();
    assert.deepEqual(store.ids(), ['a']);
  });

  describe('past runs', () => {
    it('are read when somebody looks into the schedule, then page by page, newest first', async () => {
      const { oz, store } = setUp(schedule('a'));
      oz.set(...spawned('a', 30), ...spawned('other', 5));
      await store.refresh();
      assert.equal(store.pastRuns('a'), undefined);
      assert.equal(oz.calls.length, 0);
      await store.loadPastRuns('a');
      assert.deepEqual(
        ids(store, 'a'),
        spawned('a', 20).map((item) => item.run_id),
      );
      assert.equal(store.pastRuns('a')?.hasMore, true);
      await store.loadPastRuns('a');
      assert.equal(ids(store, 'a').length, 30);
      assert.equal(store.pastRuns('a')?.hasMore, false);
    });

    it('are read again when their schedule changed, and on demand', async () => {
      const { oz, store } = await setUpRead();
      await store.refresh();
      assert.equal(oz.calls.length, 0);
      oz.schedules = [schedule('a', { history: { next_run: '2026-11-24T09:00:00Z' } }), schedule('b')];
      oz.set(...spawned('a', 1, 'new', noon + 1));
      await store.refresh();
      assert.deepEqual(ids(store, 'a'), ['new0', 'a0', 'a1', 'a2']);
      assert.deepEqual(
        oz.calls.map((call) => call.schedule_id),
        ['a'],
      );
      await store.refresh({ everything: true });
      assert.equal(oz.calls.length, 3);
    });

    it('are read again until they are closed, and when they are opened again if they changed', async () => {
      const { oz, store } = await setUpRead();
      const starts = (hour: number): void => {
        oz.schedules = [schedule('a', { history: { next_run: `2026-11-24T0${hour}:00:00Z` } }), schedule('b')];
      };
      store.close('a');
      starts(1);
      await store.refresh();
      assert.equal(oz.calls.length, 0);
      await store.open('a');
      await store.open('a');
      assert.equal(oz.calls.length, 1);
      starts(2);
      await store.refresh();
      assert.equal(oz.calls.length, 2);
    });

    it('are forgotten with their schedule', async () => {
      const { oz, store } = await setUpRead();
      store.ofThisAccount().remove('a');
      await store.readNewestRuns('a');
      oz.calls.length = 0;
      await store.refresh({ everything: true });
      assert.deepEqual(
        oz.calls.map((call) => call.schedule_id),
        ['b'],
      );
    });

    it('are read again for a person who asks while the schedules are being read anyway', async () => {
      const { oz, store } = await setUpRead();
      const background = store.refresh();
      await store.refresh({ everything: true });
      await background;
      assert.equal(oz.lists, 1);
      assert.deepEqual(
        oz.calls.map((call) => call.schedule_id),
        ['a', 'b'],
      );
    });

    it('begin anew when the newest page does not meet what was read', async () => {
      const { oz, store } = setUp(schedule('a'));
      oz.set(...spawned('a', 5));
      await store.refresh();
      await store.loadPastRuns('a');
      oz.set(...spawned('a', 40, 'new', noon + 100 * 3_600_000));
      await store.refresh({ everything: true });
      assert.equal(ids(store, 'a').length, 20);
      while (store.pastRuns('a')?.hasMore) {
        await store.loadPastRuns('a');
      }
      assert.equal(ids(store, 'a').length, 45);
    });

    it('begin anew when the cursor went stale', async () => {
      const { oz, store } = setUp(schedule('a'));
      oz.set(...spawned('a', 30));
      await store.loadPastRuns('a');
      oz.expireCursors();
      await store.loadPastRuns('a');
      assert.equal(store.pastRuns('a')?.problem, undefined);
      await store.loadPastRuns('a');
      assert.equal(ids(store, 'a').length, 30);
    });

    it('say what went wrong, keep what they have and can be tried again', async () => {
      const { oz, store } = setUp(schedule('a'));
      oz.set(...spawned('a', 30));
      oz.failures = [problem('server')];
      await store.loadPastRuns('a');
      assert.equal(store.pastRuns('a')?.problem?.kind, 'server');
      await store.loadPastRuns('a');
      assert.equal(store.pastRuns('a')?.problem, undefined);
      oz.failures = [problem('server')];
      await store.loadPastRuns('a');
      assert.equal(ids(store, 'a').length, 20);
      await store.loadPastRuns('a');
      assert.equal(ids(store, 'a').length, 30);
    });

    it('are read by one call at a time, and tell when it begins and ends', async () => {
      const { oz, store } = setUp(schedule('a'));
      oz.set(...spawned('a', 3));
      const loading: (boolean | undefined)[] = [];
      store.onDidChange(() => loading.push(store.pastRuns('a')?.isLoading));
      await Promise.all([store.loadPastRuns('a'), store.loadPastRuns('a')]);
      assert.equal(oz.calls.length, 1);
      assert.deepEqual(loading, [true, false]);
    });
  });

  it('takes no change that another account made', async () => {
    const { store } = setUp(schedule('a'));
    const here = store.ofThisAccount();
    here.put(schedule('b'));
    assert.deepEqual(store.ids(), ['b']);
    store.reset();
    await store.refresh();
    here.put(schedule('b'));
    here.remove('a');
    assert.deepEqual(store.ids(), ['a']);
  });

  it('forgets everything on reset and ignores answers under way', async () => {
    const { oz, store } = setUp(schedule('a'));
    await store.refresh();
    let open = (): void => undefined;
    oz.gate = new Promise((resolve) => (open = resolve));
    const late = [store.refresh(), store.loadPastRuns('a')];
    store.reset();
    open();
    await Promise.all(late);
    assert.equal(store.size, 0);
    assert.equal(store.status.kind, 'starting');
    assert.equal(store.pastRuns('a'), undefined);
  });
});
