import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FilteredRuns } from '../../../src/model/filteredRuns';
import type { RunFilter } from '../../../src/model/runFilter';
import { RunStore } from '../../../src/model/runStore';
import type { Run } from '../../../src/oz/types';
import { noon } from '../fakeClock';
import { FakeMemento } from './fakeMemento';
import { FakeOz, problem, run } from './fakeOz';

/*
 * The list of runs changes between any two requests: runs are launched, change (and so move to its head) and are deleted,
 * on machines whose clocks differ by less than the overlap of two seconds. Whatever is read in between, once the list rests,
 * a reading of its head and loading more to its end must have found every run, in its newest version.
 *
 * What the service has to keep for that, and nearly has to anyway:
 * - The `updated_at` of one run never goes back, whichever machine writes it.
 * - A cursor names the run it goes on behind. With one that counts rows, a row that leaves the list lets the next page begin
 *   one too late, which nobody can see from outside: then no more runs are missed than left.
 *
 * A run that was deleted stays known until the store is reset. The service has no word for it: a run that is not on a page
 * may just as well have moved to another one while the pages were read, and dropping that would be a loss.
 */

/** Milliseconds by which the machines' clocks are wrong: any two differ by less than the overlap. */
const skews = [-999, 0, 999];
const states = ['INPROGRESS', 'FAILED', 'SUCCEEDED'] as const;
const sources = ['API', 'CLI', 'SLACK'] as const;

type Cursors = FakeOz['cursors'];

interface Change {
  /** `fail`: there is no answer, but a failure. */
  kind: 'launch' | 'update' | 'updateMany' | 'delete' | 'fail';
  which: number;
  machine: number;
  /** Milliseconds that pass before. */
  after: number;
}

const actions = [
  ...(['poll', 'poll', 'refresh', 'more', 'more', 'filteredMore', 'filteredMore', 'filteredRefresh'] as const),
  ...(['otherFilter', 'read', 'old', 'expire', 'wait'] as const),
];

interface Step {
  action: (typeof actions)[number];
  /** The next step begins when this one and those before are done. */
  isAwaited: boolean;
}

interface History {
  cursors: Cursors;
  mostOnPage: number;
  runsAtStart: number;
  filter: RunFilter;
  steps: Step[];
  /** What happens before the first, the second, … answer. */
  changes: Change[][];
}

const change = (kinds: Change['kind'][]): fc.Arbitrary<Change> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    which: fc.nat(1000),
    machine: fc.nat(skews.length - 1),
    after: fc.constantFrom(0, 0, 1, 50, 900, 5000),
  });

function history(cursors: Cursors, kinds: Change['kind'][], filters: RunFilter[]): fc.Arbitrary<History> {
  return fc.record({
    cursors: fc.constant(cursors),
    mostOnPage: fc.integer({ min: 1, max: 4 }),
    runsAtStart: fc.nat(12),
    filter: fc.constantFrom(...filters),
    steps: fc.array(fc.record({ action: fc.constantFrom(...actions), isAwaited: fc.boolean() }), { maxLength: 12 }),
    changes: fc.array(fc.array(change(kinds), { maxLength: 3 }), { maxLength: 20 }),
  });
}

/** The service and the time. */
class World {
  readonly oz = new FakeOz();
  /** Every version of every run, the oldest first. */
  readonly versions: Run[] = [];
  readonly deleted = new Set<string>();
  now = noon;
  #changes: Change[][];

  constructor({ cursors, mostOnPage, runsAtStart, changes }: History) {
    this.#changes = [...changes];
    this.oz.cursors = cursors;
    this.oz.mostOnPage = mostOnPage;
    for (let index = 0; index < runsAtStart; index += 1) {
      this.#launch(index, index);
      this.now += index % 3 === 0 ? 0 : 1500;
    }
    this.oz.beforeAnswer = () => {
      for (const one of this.#changes.shift() ?? []) {
        this.#happen(one);
      }
    };
  }

  /** Nothing changes from now on, and every answer is good. */
  rest(): void {
    this.#changes = [];
    this.oz.failures = [];
  }

  #happen({ kind, which, machine, after }: Change): void {
    this.now += after;
    const all = [...this.oz.runs.values()];
    const one = all[which % (all.length || 1)];
    if (kind === 'launch' || !one) {
      this.#launch(which, machine);
    } else if (kind === 'fail') {
      this.oz.failures.push(problem('server'));
    } else if (kind === 'delete') {
      this.oz.runs.delete(one.run_id);
      this.deleted.add(one.run_id);
    } else {
      const from = kind === 'update' ? all.indexOf(one) : 0;
      for (const item of all.slice(from, kind === 'update' ? from + 1 : which % 12)) {
        this.#update(item, which, machine);
      }
    }
  }

  #launch(which: number, machine: number): void {
    const source = sources[which % sources.length];
    this.#write(run(`r${this.versions.length}`, this.#timeOn(machine), { state: 'INPROGRESS', source }));
  }

  #update(item: Run, which: number, machine: number): void {
    const updated = Math.max(Date.parse(item.updated_at), this.#timeOn(machine));
    this.#write({
      ...item,
      title: `Version ${this.versions.length}`,
      state: states[which % states.length] ?? 'QUEUED',
      updated_at: new Date(updated).toISOString(),
    });
  }

  #timeOn(machine: number): number {
    return this.now + (skews[machine % skews.length] ?? 0);
  }

  #write(item: Run): void {
    this.versions.push(item);
    this.oz.set(item);
  }
}

/** Reads along as the history goes, then until nothing more is to be read; answers what is known and what is shown. */
async function readThrough(history: History): Promise<{ world: World; known: Run[]; shown: Map<string, Run> }> {
  const world = new World(history);
  const { oz } = world;
  const clock = { now: () => world.now };
  const store = new RunStore(oz, clock);
  const facts = { uid: undefined, repositories: [], environmentRepositories: () => [] };
  const never = () => ({ dispose: () => undefined });
  const filtered = new FilteredRuns(oz, store, { ...facts, onDidChange: never }, new FakeMemento(), clock);
  filtered.setFilter(history.filter);
  await store.refresh();
  const underWay: Promise<unknown>[] = [];
  for (const [index, { action, isAwaited }] of history.steps.entries()) {
    underWay.push(take(action, index).catch(() => undefined));
    await (isAwaited ? Promise.all(underWay) : undefined);
  }
  await Promise.all(underWay);
  filtered.setFilter(history.filter);
  world.rest();
  await filtered.refresh();
  for (let pages = 0; filtered.hasMore && pages < 300; pages += 1) {
    await filtered.loadMore();
  }
  // Before more is read without the filter: it has to come to the same by itself.
  const shown = byId([...store.all()].filter((one) => filtered.isShown(one)));
  for (let pages = 0; store.hasMore && pages < 300; pages += 1) {
    await store.loadMore();
  }
  return { world, known: [...store.all()], shown };

  async function take(action: Step['action'], index: number): Promise<void> {
    const some = world.versions[(index * 7) % (world.versions.length || 1)];
    switch (action) {
      case 'otherFilter':
        filtered.setFilter(filtered.filter.text === undefined ? { text: 'Version 1' } : history.filter);
        return undefined;
      case 'poll':
        return store.poll();
      case 'refresh':
        return store.refresh();
      case 'more':
        return store.loadMore();
      case 'filteredMore':
        return filtered.loadMore();
      case 'filteredRefresh':
        return filtered.refresh();
      case 'read':
        return some && store.readRun(some.run_id, { isHistory: index % 2 === 0 });
      case 'old':
        // A copy that was read long ago and comes late. One of the same time could be the newer one.
        if (some && some.updated_at !== oz.runs.get(some.run_id)?.updated_at) {
          store.put(some);
        }
        return undefined;
      case 'expire':
        oz.expireCursors();
        return undefined;
      case 'wait':
        world.now += 5 * 60_000;
        return undefined;
    }
  }
}

const byId = (runs: Iterable<Run>): Map<string, Run> => new Map([...runs].map((one) => [one.run_id, one]));

describe('A list that changes as it is read', () => {
  const everything: Change['kind'][] = ['launch', 'launch', 'update', 'update', 'updateMany', 'fail', 'delete'];
  const local: RunFilter = { sources: ['API', 'CLI'] };
  const remote: RunFilter = { states: ['FAILED', 'INPROGRESS'] };

  it('loses, doubles and sets back no run in 10,000 histories', async function () {
    this.timeout(60_000);
    const histories = fc.oneof(
      { weight: 3, arbitrary: history('runs', everything, [local, remote, { ...local, ...remote }]) },
      { weight: 1, arbitrary: history('positions', everything.slice(0, -1), [local]) },
    );
    await fc.assert(
      fc.asyncProperty(histories, async (one) => {
        const { world, known, shown } = await readThrough(one);
        const runs = byId(known);
        assert.equal(runs.size, known.length);
        for (const [id, newest] of world.oz.runs) {
          assert.deepEqual(runs.get(id), newest);
        }
        // What else is known was deleted, and was once as it is known.
        for (const [id, item] of runs) {
          assert.ok(world.oz.runs.has(id) || (world.deleted.has(id) && world.versions.includes(item)), id);
        }
        const { states: wantedStates, sources: wantedSources } = one.filter;
        for (const wanted of world.oz.runs.values()) {
          if (
            wantedStates?.includes(wanted.state) !== false &&
            wantedSources?.includes(wanted.source ?? '') !== false
          ) {
            assert.deepEqual(shown.get(wanted.run_id), wanted);
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('misses no more runs than were deleted when cursors count rows', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(history('positions', everything, [local]), async (one) => {
        const { world, known } = await readThrough(one);
        const runs = byId(known);
        const missed = [...world.oz.runs.values()].filter((item) => runs.get(item.run_id)?.title !== item.title);
        assert.ok(missed.length <= world.deleted.size);
      }),
      { numRuns: 1000 },
    );
  });
});
