import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Emitter } from '../../../src/model/emitter';
import { dayOf, daysAgo } from '../../../src/model/localDay';
import { PinnedRuns } from '../../../src/model/pinnedRuns';
import { type GroupsChange, RunGroups } from '../../../src/model/runGroups';
import type { Place } from '../../../src/model/runLists';
import { type RunsChange, RunStore } from '../../../src/model/runStore';
import { SeenRuns } from '../../../src/model/seenRuns';
import type { Run } from '../../../src/oz/types';
import { FakeClock } from '../fakeClock';
import { FakeMemento } from './fakeMemento';
import { FakeOz, run } from './fakeOz';
import { FakeShown } from './fakeShown';
import { inTimeZone } from './timeZone';

const noon = new Date(2026, 10, 22, 12).getTime();
const hour = 60 * 60_000;
const day = 24 * hour;

function setUp(oz = new FakeOz()) {
  const clock = new FakeClock(noon);
  const store = new RunStore(oz, clock);
  const seen = new SeenRuns(new FakeMemento(), clock);
  const pinned = new PinnedRuns(new FakeMemento());
  const shown = new FakeShown();
  const groups = new RunGroups(store, seen, pinned, shown);
  const changes: GroupsChange[] = [];
  groups.onDidChange((change) => changes.push(change));
  return { store, seen, pinned, shown, groups, changes };
}

function putAll(store: RunStore, ...runs: Run[]): void {
  for (const item of runs) {
    store.put(item);
  }
}

describe('RunGroups', () => {
  it('lists what needs you, what is active and the others by day, newest first', () => {
    const { store, groups } = setUp();
    putAll(
      store,
      run('old', noon - 9 * day),
      run('working', noon, { state: 'INPROGRESS' }),
      run('earlier today', noon - hour),
      run('yesterday', noon - day),
      run('blocked', noon - 3 * day, { state: 'BLOCKED' }),
      run('today', noon),
      run('queued', noon, { state: 'QUEUED', created_at: new Date(noon + 1).toISOString() }),
      run('failed', noon - hour, { state: 'FAILED' }),
    );
    assert.deepEqual(
      groups.groups().map((place) => [place, groups.runs(place)]),
      [
        ['needsYou', ['failed', 'blocked']],
        ['active', ['queued', 'working']],
        ['day/2026-11-22', ['today', 'earlier today']],
        ['day/2026-11-21', ['yesterday']],
        ['day/2026-11-13', ['old']],
      ],
    );
    assert.equal(groups.count('needsYou'), 2);
  });

  it('shows every state, the unknown ones among the others', () => {
    const { store, groups } = setUp();
    const places = Object.entries({
      QUEUED: 'active',
      PENDING: 'active',
      CLAIMED: 'active',
      INPROGRESS: 'active',
      BLOCKED: 'needsYou',
      FAILED: 'needsYou',
      ERROR: 'needsYou',
      SUCCEEDED: 'day/2026-11-22',
      CANCELLED: 'day/2026-11-22',
      HIBERNATING: 'day/2026-11-22',
      '': 'day/2026-11-22',
      constructor: 'day/2026-11-22',
    });
    for (const [state, place] of places) {
      store.put(run(`run ${state}`, noon, { state }));
      assert.equal(groups.placeOf(`run ${state}`), place, state);
    }
  });

  it('puts runs without a time last', () => {
    const { store, groups } = setUp();
    putAll(store, run('undated', 'string'), run('dated', noon - 400 * day), run('empty', ''));
    assert.deepEqual(groups.groups().at(-1), 'day/');
    assert.deepEqual(groups.runs('day/'), ['empty', 'undated']);
  });

  it('keeps the active ones where they are at a sign of life', () => {
    const { store, groups, changes } = setUp();
    const created = (time: number): { created_at: string } => ({ created_at: new Date(time).toISOString() });
    putAll(
      store,
      run('a', noon, { state: 'INPROGRESS', ...created(noon - 2000) }),
      run('b', noon, { state: 'INPROGRESS', ...created(noon - 1000) }),
    );
    store.put(run('a', noon + 5000, { state: 'INPROGRESS', ...created(noon - 2000) }));
    assert.deepEqual(groups.runs('active'), ['b', 'a']);
    assert.deepEqual(changes.at(-1), { rows: new Set(['a']), places: new Set(), groups: false });
  });

  it('tells no change of a list whose order stays', () => {
    const { store, groups, changes } = setUp();
    putAll(store, run('a', noon), run('b', noon - 2000), run('c', noon - 3000));
    store.put(run('b', noon - 1000));
    assert.deepEqual(changes.at(-1), { rows: new Set(['b']), places: new Set(), groups: false });
    store.put(run('c', noon + 1000));
    assert.deepEqual(changes.at(-1)?.places, new Set(['day/2026-11-22']));
    assert.deepEqual(groups.runs('day/2026-11-22'), ['c', 'a', 'b']);
  });

  it('tells which lists change when a run finishes', () => {
    const { store, groups, changes } = setUp();
    putAll(store, run('a', noon, { state: 'QUEUED' }), run('b', noon, { state: 'QUEUED' }), run('c', noon));
    store.put(run('a', noon + 1, { state: 'CANCELLED' }));
    assert.deepEqual(changes.at(-1), {
      rows: new Set(['a']),
      places: new Set<Place>(['active', 'day/2026-11-22']),
      groups: false,
    });
    store.put(run('b', noon + 1, { state: 'CANCELLED' }));
    assert.equal(changes.at(-1)?.groups, true, 'the last one leaves no empty group');
    assert.deepEqual(groups.groups(), ['day/2026-11-22']);
  });

  it('is empty after the store was reset', () => {
    const { store, groups, changes } = setUp();
    putAll(store, run('a', noon), run('b', noon, { parent_run_id: 'a' }));
    store.reset();
    assert.deepEqual(groups.groups(), []);
    assert.equal(groups.placeOf('b'), undefined);
    assert.equal(changes.at(-1)?.groups, true);
  });

  describe('families', () => {
    it('lists sub-runs under their parent, in whatever order they came', () => {
      for (const order of [
        ['parent', 'child', 'grandchild'],
        ['grandchild', 'child', 'parent'],
        ['child', 'parent', 'grandchild'],
      ]) {
        const { store, groups } = setUp();
        const family: Record<string, Run> = {
          parent: run('parent', noon, { state: 'INPROGRESS' }),
          child: run('child', noon, { parent_run_id: 'parent', state: 'FAILED' }),
          grandchild: run('grandchild', noon, { parent_run_id: 'child' }),
        };
        putAll(store, ...order.flatMap((id) => family[id] ?? []));
        assert.deepEqual(groups.groups(), ['active']);
        assert.deepEqual(groups.runs('active'), ['parent']);
        assert.deepEqual(groups.runs('run/parent'), ['child']);
        assert.deepEqual(groups.runs('run/child'), ['grandchild']);
      }
    });

    it('lists a sub-run by itself while its parent is not known', () => {
      const { store, groups } = setUp();
      store.put(run('child', noon, { parent_run_id: 'elsewhere' }));
      assert.equal(groups.placeOf('child'), 'day/2026-11-22');
    });

    it('brings a blocked sub-run up, and takes it back afterwards', () => {
      const { store, groups, changes } = setUp();
      putAll(store, run('parent', noon, { state: 'INPROGRESS' }), run('child', noon, { parent_run_id: 'parent' }));
      store.put(run('child', noon + 1, { parent_run_id: 'parent', state: 'BLOCKED' }));
      assert.equal(groups.placeOf('child'), 'needsYou');
      assert.ok(changes.at(-1)?.rows.has('parent'), 'the parent has no sub-runs any more');
      store.put(run('child', noon + 2, { parent_run_id: 'parent', state: 'INPROGRESS' }));
      assert.equal(groups.placeOf('child'), 'run/parent');
    });

    it('lists every run of a circle, wherever it is entered', () => {
      const { store, groups } = setUp();
      putAll(
        store,
        run('self', noon, { parent_run_id: 'self' }),
        run('a', noon, { parent_run_id: 'b' }),
        run('b', noon, { parent_run_id: 'a' }),
        run('c', noon, { parent_run_id: 'a' }),
      );
      assert.deepEqual(groups.runs('day/2026-11-22'), ['b', 'self']);
      assert.deepEqual(groups.runs('run/b'), ['a']);
      assert.deepEqual(groups.runs('run/a'), ['c']);
      assert.equal(groups.family('b').runs, 2);
      // The circle was a mistake that is mended now.
      store.put(run('a', noon + 1));
      store.put(run('b', noon + 1, { parent_run_id: 'a' }));
      assert.deepEqual(groups.runs('day/2026-11-22'), ['a', 'self']);
      assert.deepEqual(groups.runs('run/a'), ['b', 'c']);
    });

    it('keeps the sub-runs where they are at a sign of life', () => {
      const { store, groups, changes } = setUp();
      const child = (id: string, created: number, updated: number): Run =>
        run(id, updated, { parent_run_id: 'parent', created_at: new Date(created).toISOString(), state: 'INPROGRESS' });
      putAll(store, run('parent', noon), child('a', noon, noon), child('b', noon + 1, noon + 1));
      store.put(child('a', noon, noon + hour));
      assert.deepEqual(groups.runs('run/parent'), ['b', 'a']);
      assert.deepEqual(changes.at(-1), { rows: new Set(['a']), places: new Set(), groups: false });
    });

    it('counts what goes on below, at any depth, and tells every row above', () => {
      const { store, seen, groups, changes } = setUp();
      const child = (id: string, parent: string, state: string, updated = noon): Run =>
        run(id, updated, { parent_run_id: parent, state });
      putAll(
        store,
        child('grandchild', 'child', 'INPROGRESS'),
        child('child', 'parent', 'QUEUED'),
        child('other', 'parent', 'FAILED'),
        run('parent', noon),
      );
      assert.deepEqual(groups.family('parent'), { runs: 3, active: 2, needsYou: 1 });
      assert.deepEqual(groups.family('child'), { runs: 1, active: 1, needsYou: 0 });
      assert.deepEqual(groups.family('grandchild'), { runs: 0, active: 0, needsYou: 0 });
      store.put(child('grandchild', 'child', 'SUCCEEDED', noon + 1));
      assert.deepEqual(changes.at(-1)?.rows, new Set(['grandchild', 'child', 'parent']));
      assert.deepEqual(groups.family('parent'), { runs: 3, active: 1, needsYou: 1 });
      const failed = store.get('other');
      assert.ok(failed);
      seen.look(failed);
      assert.deepEqual(changes.at(-1)?.rows, new Set(['other', 'parent']));
      assert.equal(groups.family('parent').needsYou, 0);
      // What counts the same as before is nothing that the rows above say.
      store.put(child('other', 'parent', 'FAILED', noon + 2));
      assert.deepEqual(changes.at(-1)?.rows, new Set(['other']));
    });

    it('names all runs below some', () => {
      const { store, groups } = setUp();
      putAll(
        store,
        run('parent', noon),
        run('child', noon, { parent_run_id: 'parent' }),
        run('grandchild', noon, { parent_run_id: 'child' }),
        run('stranger', noon),
      );
      assert.deepEqual(groups.withSubRuns(['parent', 'child']), new Set(['parent', 'child', 'grandchild']));
      assert.deepEqual(groups.subRuns('parent'), ['child']);
      assert.deepEqual(groups.subRuns('grandchild'), []);
    });

    it('lists every run once and in order, and counts right, whatever the parents and the order of arrival', () => {
      const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
      const anyId = fc.constantFrom(...ids);
      const anyRun = fc.record({
        id: anyId,
        parent: fc.option(fc.constantFrom(...ids, 'unknown'), { nil: undefined }),
        state: fc.constantFrom('QUEUED', 'INPROGRESS', 'BLOCKED', 'FAILED', 'SUCCEEDED', 'CANCELLED', 'NEW'),
        hours: fc.nat(60),
      });
      const anyDeed = fc.record({ deed: fc.constantFrom('look', 'mark', 'pin', 'unpin', 'hide', 'show'), id: anyId });
      fc.assert(
        fc.property(fc.array(anyRun, { maxLength: 40 }), fc.array(anyDeed, { maxLength: 40 }), (arrivals, deeds) => {
          const { store, seen, pinned, shown, groups } = setUp();
          for (const [index, { id, parent, state, hours }] of arrivals.entries()) {
            // Each copy is newer than the ones before it.
            const updated = noon - 60 * hour + index * 1000 + hours * hour;
            store.put(run(id, updated, { state, parent_run_id: parent }));
            const { deed, id: other } = deeds[index] ?? {};
            const known = store.get(other ?? '');
            if (known && other !== undefined) {
              ({
                look: () => {
                  seen.look(known);
                },
                mark: () => {
                  seen.mark([known]);
                },
                pin: () => {
                  pinned.pin([other]);
                },
                unpin: () => {
                  pinned.unpin([other]);
                },
                hide: () => {
                  shown.hide(other);
                },
                show: () => {
                  shown.show(other);
                },
              })[deed ?? 'look']();
            }
          }
          const known = ids.filter((id) => store.get(id));
          const listed: string[] = [];
          const walk = (place: Place): void => {
            for (const id of groups.runs(place)) {
              listed.push(id);
              assert.equal(groups.placeOf(id), place);
              walk(`run/${id}`);
            }
          };
          groups.groups().forEach(walk);
          assert.deepEqual(
            listed.sort(),
            known.filter((id) => !shown.hidden.has(id)),
          );
          assert.equal(groups.size, listed.length);
          for (const place of groups.groups().filter((group) => group === 'needsYou' || group.startsWith('day/'))) {
            const times = groups.runs(place).map((id) => store.get(id)?.updated_at ?? '');
            assert.deepEqual(times, [...times].sort().reverse());
          }
          for (const id of known) {
            const below = [...groups.withSubRuns([id])].slice(1).flatMap((other) => store.get(other) ?? []);
            const needing = below.filter((other) => other.state !== 'SUCCEEDED' && seen.needsYou(other));
            assert.deepEqual(groups.family(id), {
              runs: below.length,
              active: below.filter(({ state }) => state === 'QUEUED' || state === 'INPROGRESS').length,
              needsYou: needing.length,
            });
          }
          // All that is listed as needing you does; what is hidden or pinned is counted nevertheless.
          const needing = new Set(groups.needing());
          assert.ok([...needing].every((id) => seen.needsYou(store.get(id) ?? run('', 0))));
          const hasParent = (id: string): boolean => store.get(store.get(id)?.parent_run_id ?? '') !== undefined;
          for (const id of known.filter((other) => !hasParent(other) || store.get(other)?.state === 'BLOCKED')) {
            assert.equal(needing.has(id), seen.needsYou(store.get(id) ?? run('', 0)), id);
          }
        }),
      );
    });

    it('stays quick on a chain of parents without end', () => {
      const { store, groups } = setUp();
      let reads = 0;
      const get = store.get.bind(store);
      store.get = (id) => {
        reads += 1;
        return get(id);
      };
      for (let index = 0; index < 2000; index += 1) {
        store.put(run(`r${index}`, noon, { parent_run_id: `r${index - 1}` }));
      }
      assert.ok(reads < 2000 * 10, String(reads));
      // Lines of parents this long are bad data: they are cut.
      assert.ok(groups.count('day/2026-11-22') > 1);
      assert.equal(groups.placeOf('r90'), 'run/r89');
    });
  });

  it('looks at a handful of runs when one of 100,000 changes', function () {
    // Not what is measured: making them takes a busy machine some seconds.
    this.timeout(30_000);
    const runs = new Map<string, Run>();
    for (let index = 0; index < 100_000; index += 1) {
      const id = `r${index}`;
      runs.set(id, run(id, noon - index * 60_000, index % 10 === 0 ? { parent_run_id: `r${index + 1}` } : {}));
    }
    const changed = new Emitter<RunsChange>();
    let reads = 0;
    const get = (id: string): Run | undefined => {
      reads += 1;
      return runs.get(id);
    };
    const store = {
      get,
      all: () => runs.values(),
      lookedAt: [],
      isLookedAt: () => false,
      onDidChange: changed.event,
      onDidLook: new Emitter<string>().event,
    };
    const seen = new SeenRuns(new FakeMemento(), new FakeClock(noon));
    const groups = new RunGroups(store, seen, new PinnedRuns(new FakeMemento()), new FakeShown());
    changed.fire({ ids: new Set(runs.keys()), structural: true, isHistory: false });
    const changes: GroupsChange[] = [];
    groups.onDidChange((change) => changes.push(change));
    for (const [id, state] of [
      ['r50000', 'INPROGRESS'],
      ['r50001', 'SUCCEEDED'],
      ['r99999', 'BLOCKED'],
    ] as const) {
      reads = 0;
      runs.set(id, run(id, noon, { state }));
      changed.fire({ ids: new Set([id]), structural: false, isHistory: false });
      assert.ok(reads <= 5, String(reads));
      assert.ok((changes.at(-1)?.places.size ?? 99) <= 2);
      assert.ok((changes.at(-1)?.rows.size ?? 99) <= 2);
    }
    assert.equal(groups.placeOf('r99999'), 'needsYou');
    assert.equal(groups.placeOf('r50000'), 'active');
  });

  it('takes a run out of what needs you when it is opened', () => {
    const { store, groups } = setUp();
    store.put(run('failed', noon, { state: 'FAILED' }));
    assert.equal(groups.placeOf('failed'), 'needsYou');
    store.look('failed').dispose();
    assert.equal(groups.placeOf('failed'), 'day/2026-11-22');
  });

  it('needs you no more often however far the list is read, but for what is blocked', async () => {
    const failures = Array.from({ length: 250 }, (_, index) =>
      run(`r${index}`, noon - index * 60_000, { state: 'FAILED' }),
    );
    const oz = new FakeOz(...failures, run('blocked', noon - 240.5 * 60_000, { state: 'BLOCKED' }));
    const { store, groups } = setUp(oz);
    await store.refresh();
    assert.equal(groups.count('needsYou'), 100);
    while (store.hasMore) {
      await store.loadMore();
    }
    await store.refresh();
    assert.equal(store.size, 251);
    assert.equal(groups.count('needsYou'), 101);
    assert.equal(groups.placeOf('blocked'), 'needsYou');
    assert.equal(groups.placeOf('r249'), 'day/2026-11-22');
    // What becomes of it from now on is news.
    oz.set(run('r249', noon + 1, { state: 'FAILED' }));
    await store.poll();
    assert.equal(groups.placeOf('r249'), 'needsYou');
  });

  it('lists pinned runs on top, by their start, with their sub-runs below them', () => {
    const { store, pinned, groups, changes } = setUp();
    pinned.pin(['old', 'child', 'not here']);
    putAll(
      store,
      run('old', noon - 9 * day),
      run('parent', noon, { state: 'INPROGRESS' }),
      run('child', noon, { parent_run_id: 'parent', state: 'BLOCKED' }),
      run('grandchild', noon, { parent_run_id: 'child' }),
    );
    assert.deepEqual(
      groups.groups().map((place) => [place, groups.runs(place)]),
      [
        ['pinned', ['child', 'old']],
        ['active', ['parent']],
      ],
    );
    assert.deepEqual(groups.runs('run/child'), ['grandchild']);
    assert.deepEqual(groups.needing(), ['child'], 'a pin changes nothing about that');
    const before = changes.length;
    pinned.unpin(['old', 'child']);
    assert.equal(changes.length, before + 1);
    assert.deepEqual(groups.groups(), ['needsYou', 'active', 'day/2026-11-13']);
  });

  it('lists only what is shown, and sub-runs by themselves without their parent', () => {
    const { store, shown, groups, changes } = setUp();
    shown.hidden.add('parent');
    putAll(
      store,
      run('parent', noon, { state: 'INPROGRESS' }),
      run('child', noon, { parent_run_id: 'parent' }),
      run('failed', noon, { state: 'FAILED' }),
    );
    assert.deepEqual(groups.groups(), ['needsYou', 'day/2026-11-22']);
    assert.equal(groups.placeOf('parent'), undefined);
    assert.equal(groups.size, 2);
    const before = changes.length;
    shown.hidden.delete('parent');
    shown.hide('failed');
    assert.deepEqual(changes.slice(before), [{ rows: new Set(), places: new Set(), groups: true }]);
    assert.deepEqual(groups.groups(), ['active']);
    assert.deepEqual(groups.runs('run/parent'), ['child']);
    assert.deepEqual(groups.needing(), ['failed'], 'whatever is shown');
  });

  it('moves sub-runs when their parent comes to be shown, or is no more', () => {
    const { store, shown, groups } = setUp();
    putAll(store, run('parent', noon), run('child', noon, { parent_run_id: 'parent' }));
    shown.hidden.add('parent');
    store.put(run('parent', noon + 1));
    assert.equal(groups.placeOf('child'), 'day/2026-11-22');
    shown.hidden.delete('parent');
    store.put(run('parent', noon + 2));
    assert.equal(groups.placeOf('child'), 'run/parent');
  });

  it('names all that need you, the newest change first, until they were seen', () => {
    const { store, seen, groups } = setUp();
    putAll(
      store,
      run('failed', noon - hour, { state: 'FAILED' }),
      run('blocked', noon, { state: 'BLOCKED' }),
      run('parent', noon, { state: 'INPROGRESS' }),
      run('failed child', noon, { state: 'FAILED', parent_run_id: 'parent' }),
      run('blocked child', noon + 1, { state: 'BLOCKED', parent_run_id: 'parent' }),
    );
    assert.deepEqual(groups.needing(), ['blocked child', 'blocked', 'failed']);
    store.put(run('failed', noon + hour, { state: 'FAILED' }));
    assert.deepEqual(groups.needing(), ['failed', 'blocked child', 'blocked']);
    seen.mark(['failed', 'blocked', 'blocked child'].flatMap((id) => store.get(id) ?? []));
    assert.deepEqual(groups.needing(), []);
    assert.equal(groups.placeOf('blocked child'), 'run/parent');
    assert.equal(groups.placeOf('blocked'), 'day/2026-11-22');
  });

  it('takes 500 marks as one change', () => {
    const { store, seen, groups, changes } = setUp();
    const failures = Array.from({ length: 500 }, (_, index) => run(`r${index}`, noon + index, { state: 'FAILED' }));
    putAll(store, ...failures);
    const before = changes.length;
    seen.mark(failures);
    assert.equal(changes.length, before + 1);
    assert.equal(groups.count('needsYou'), 0);
  });

  it('tells what comes behind a run', () => {
    const { store, groups } = setUp();
    assert.deepEqual([groups.lastRun(), groups.runAfter('a')], [undefined, undefined]);
    putAll(store, run('a', noon), run('b', noon - 1), run('c', noon - day), run('child', noon, { parent_run_id: 'a' }));
    assert.deepEqual([groups.runAfter('a'), groups.runAfter('b'), groups.runAfter('c')], ['b', 'c', undefined]);
    assert.equal(groups.runAfter('child'), undefined);
    assert.equal(groups.lastRun(), 'c');
  });

  it('counts an outcome as looked at while its conversation is open', () => {
    const { store, groups } = setUp();
    store.put(run('a', noon, { state: 'INPROGRESS' }));
    store.put(run('b', noon, { state: 'INPROGRESS' }));
    store.look('a');
    store.put(run('a', noon + 1, { state: 'FAILED' }));
    store.put(run('b', noon + 1, { state: 'FAILED' }));
    assert.deepEqual(groups.runs('needsYou'), ['b']);
  });

  it('counts it only once somebody works in the window', () => {
    const { store, groups } = setUp();
    groups.setFocused(false);
    for (const id of ['open', 'opened later', 'closed again']) {
      store.put(run(id, noon, { state: 'INPROGRESS' }));
    }
    store.look('open');
    const closed = store.look('closed again');
    for (const id of ['open', 'opened later', 'closed again']) {
      store.put(run(id, noon + 1, { state: 'FAILED' }));
    }
    store.look('opened later');
    assert.equal(groups.count('needsYou'), 3);
    closed.dispose();
    groups.setFocused(true);
    assert.deepEqual(groups.runs('needsYou'), ['closed again']);
  });
});

describe('local days', () => {
  it('begin at midnight where the person is', () => {
    inTimeZone('Pacific/Auckland', () => {
      assert.equal(dayOf(Date.parse('2026-11-22T10:59:59Z')), '2026-11-22');
      assert.equal(dayOf(Date.parse('2026-11-22T11:00:00Z')), '2026-11-23');
    });
    inTimeZone('America/Los_Angeles', () => {
      assert.equal(dayOf(Date.parse('2026-11-22T07:59:59Z')), '2026-11-21');
    });
  });

  it('count the same when the clock changes', () => {
    inTimeZone('Europe/Berlin', () => {
      // Clocks go forward on 2026-03-29 and back on 2026-10-25.
      const at = (text: string): number => new Date(text).getTime();
      assert.equal(daysAgo('2026-03-28', at('2026-03-29T23:30')), 1);
      assert.equal(daysAgo('2026-03-28', at('2026-03-30T00:30')), 2);
      assert.equal(daysAgo('2026-10-25', at('2026-10-25T23:30')), 0);
      assert.equal(daysAgo('2026-10-24', at('2026-10-25T00:10')), 1);
      assert.equal(daysAgo('2026-10-26', at('2026-10-25T23:59')), -1);
    });
  });

  it('are empty for no time, and nothing else fails', () => {
    assert.equal(dayOf(0), '');
    assert.ok(Number.isNaN(daysAgo('', noon)));
    assert.ok(dayOf(8.64e15).length > 0);
  });
});
