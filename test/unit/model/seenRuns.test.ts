import assert from 'node:assert/strict';
import { SeenRuns } from '../../../src/model/seenRuns';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { FakeMemento } from './fakeMemento';
import { run } from './fakeOz';

const hour = 60 * 60_000;

function setUp(memento = new FakeMemento(), now = noon): { seen: SeenRuns; memento: FakeMemento } {
  return { seen: new SeenRuns(memento, new FakeClock(now)), memento };
}

describe('SeenRuns', () => {
  it('needs you for a blocked run even after a look, until it is marked as seen', () => {
    const { seen, memento } = setUp();
    const blocked = run('a', noon - 1000 * hour, { state: 'BLOCKED' });
    assert.equal(seen.needsYou(blocked), true);
    seen.look(blocked);
    assert.equal(seen.needsYou(blocked), true);
    seen.mark([blocked]);
    assert.equal(seen.needsYou(blocked), false);
    assert.equal(setUp(memento).seen.needsYou(blocked), false);
  });

  it('needs you again for a blocked run that was marked, when something becomes of it', () => {
    for (const next of [
      run('a', noon + 1, { state: 'BLOCKED' }),
      run('a', noon + 1, { state: 'FAILED' }),
      run('a', noon + 1, { state: 'SUCCEEDED' }),
    ]) {
      const { seen } = setUp();
      const blocked = run('a', noon, { state: 'BLOCKED' });
      seen.note([blocked]);
      seen.mark([blocked]);
      seen.note([next]);
      assert.equal(seen.needsYou(next), true, next.state);
    }
    const { seen } = setUp();
    const blocked = run('a', noon, { state: 'BLOCKED' });
    seen.mark([blocked]);
    seen.note([run('a', noon, { state: 'INPROGRESS' })]);
    assert.equal(seen.needsYou(blocked), true, 'it asks anew, whatever its time says');
  });

  it('needs you for a blocked run without a time, until it is marked', () => {
    const { seen } = setUp();
    const blocked = run('a', '', { state: 'BLOCKED' });
    assert.equal(seen.needsYou(blocked), true);
    seen.mark([blocked]);
    assert.equal(seen.needsYou(blocked), false);
  });

  it('needs you for failures of the last day at the first start, until each was looked at', () => {
    const { seen } = setUp();
    const fresh = run('fresh', noon - hour, { state: 'FAILED' });
    assert.equal(seen.needsYou(fresh), true);
    assert.equal(seen.needsYou(run('error', noon - 23 * hour, { state: 'ERROR' })), true);
    assert.equal(seen.needsYou(run('old', noon - 25 * hour, { state: 'FAILED' })), false);
    seen.look(fresh);
    assert.equal(seen.needsYou(fresh), false);
  });

  it('still needs you for a failure that nobody looked at when the editor starts days later', () => {
    const { seen, memento } = setUp();
    const failed = run('a', noon + hour, { state: 'FAILED' });
    const other = run('b', noon + hour, { state: 'FAILED' });
    assert.equal(seen.needsYou(failed), true);
    seen.look(other);
    const { seen: later } = setUp(memento, noon + 72 * hour);
    assert.equal(later.needsYou(failed), true);
    assert.equal(later.needsYou(other), false);
  });

  it('needs you for a success only when it was active before', () => {
    const { seen } = setUp();
    const done = run('a', noon, { state: 'SUCCEEDED' });
    assert.equal(seen.needsYou(done), false);
    seen.note([run('a', noon - 1, { state: 'INPROGRESS' })]);
    assert.equal(seen.needsYou(done), true);
    seen.look(done);
    assert.equal(seen.needsYou(done), false);
  });

  it('needs you for what was active when the editor was closed and has finished since', () => {
    const { seen, memento } = setUp();
    seen.note(['a', 'b', 'c', 'd'].map((id) => run(id, noon, { state: 'INPROGRESS' })));
    seen.note([run('b', noon + 1), run('c', noon + 1), run('d', noon + 1, { state: 'CANCELLED' })]);
    seen.look(run('c', noon + 1));
    const { seen: later } = setUp(memento, noon + 72 * hour);
    const needing = ['a', 'b', 'c', 'd', 'e'].filter((id) => later.needsYou(run(id, noon + 1)));
    assert.deepEqual(needing, ['a', 'b']);
    const old = run('a', noon + 1);
    later.noteHistory(old);
    assert.equal(later.needsYou(old), true, 'also where it is found by reading on');
  });

  it('needs you for a failure of before until it was looked at, however it is found', () => {
    const { seen, memento } = setUp();
    const failed = run('a', noon, { state: 'FAILED' });
    seen.note([failed]);
    const { seen: later } = setUp(memento, noon + 72 * hour);
    later.noteHistory(failed);
    later.note([failed]);
    assert.equal(later.needsYou(failed), true);
    later.look(failed);
    assert.equal(later.needsYou(failed), false);
  });

  it('remembers what it waits for under another key, too: it may be the same account', () => {
    const { seen } = setUp();
    seen.note([run('a', noon - 1, { state: 'QUEUED' })]);
    seen.forgetHistory();
    assert.equal(seen.needsYou(run('a', noon)), true);
  });

  it('writes once for many runs, and not at all for what it knows', () => {
    const { seen, memento } = setUp();
    seen.note([]);
    const active = Array.from({ length: 100 }, (_, index) => run(`r${index}`, noon, { state: 'INPROGRESS' }));
    const before = memento.writes;
    seen.note(active);
    assert.equal(memento.writes, before + 1);
    seen.note(active);
    seen.note([run('stranger', noon)]);
    assert.equal(memento.writes, before + 1);
    const failed = active.map((one) => ({ ...one, state: 'FAILED' }));
    const told: (readonly string[])[] = [];
    seen.onDidChange((ids) => told.push(ids));
    seen.mark(failed);
    seen.mark(failed);
    assert.equal(memento.writes, before + 2);
    assert.deepEqual(told, [failed.map((one) => one.run_id)]);
  });

  it('remembers a bounded number of runs, the newest', () => {
    const { seen, memento } = setUp();
    const active = Array.from({ length: 1200 }, (_, index) => run(`r${index}`, noon, { state: 'BLOCKED' }));
    seen.note(active);
    seen.mark(active);
    const { awaited, blocked } = [...memento.values.values()][0] as { awaited: string[]; blocked: [string, number][] };
    assert.deepEqual([awaited.length, awaited.at(-1)], [1000, 'r1199']);
    assert.deepEqual([blocked.length, blocked.at(-1)?.[0]], [1000, 'r1199']);
  });

  it('tells once what another window marked', () => {
    const { seen: here, memento } = setUp();
    const { seen: there } = setUp(memento);
    const failed = run('a', noon, { state: 'FAILED' });
    const blocked = run('b', noon, { state: 'BLOCKED' });
    for (const seen of [here, there]) {
      assert.equal(seen.needsYou(failed) && seen.needsYou(blocked), true);
    }
    const told: string[] = [];
    there.onDidChange((ids) => told.push(...ids));
    here.mark([failed, blocked]);
    // Asked in between, it knows already.
    assert.equal(there.needsYou(failed), false);
    there.recheck();
    assert.deepEqual(told.sort(), ['a', 'b']);
    there.recheck();
    assert.equal(told.length, 2);
    here.note([run('a', noon + 1, { state: 'INPROGRESS' })]);
    there.recheck();
    assert.equal(told.length, 3, 'and what goes on again');
    assert.equal(there.needsYou(run('a', noon + 2)), true, 'its end is awaited here as well');
  });

  it('needs nobody for a failure found in the past, until something becomes of it', () => {
    const { seen } = setUp();
    const failed = run('a', noon, { state: 'FAILED' });
    seen.noteHistory(failed);
    assert.equal(seen.needsYou(failed), false);
    assert.equal(seen.needsYou({ ...failed, state: 'BLOCKED' }), true);
    assert.equal(seen.needsYou(run('a', noon + 1, { state: 'ERROR' })), true);
    seen.forgetHistory();
    assert.equal(seen.needsYou(failed), true);
  });

  it('needs nobody for a cancelled, an active or an unknown run', () => {
    const { seen } = setUp();
    for (const state of ['CANCELLED', 'INPROGRESS', 'QUEUED', 'HIBERNATING']) {
      seen.note([run('a', noon - 1, { state: 'INPROGRESS' })]);
      assert.equal(seen.needsYou(run('a', noon, { state })), false, state);
    }
  });

  it('needs you again when a run that was looked at starts anew and fails', () => {
    const { seen } = setUp();
    seen.look(run('a', noon, { state: 'FAILED' }));
    seen.note([run('a', noon + 1, { state: 'INPROGRESS' })]);
    assert.equal(seen.needsYou(run('a', noon + 2, { state: 'FAILED' })), true);
  });

  it('keeps what was looked at in every window', () => {
    const { seen: here, memento } = setUp();
    const { seen: there } = setUp(memento);
    const runs = ['a', 'b'].map((id) => run(id, noon, { state: 'FAILED' })) as [Run, Run];
    assert.deepEqual(
      runs.map((one) => there.needsYou(one)),
      [true, true],
    );
    here.look(runs[0]);
    there.look(runs[1]);
    for (const seen of [here, there, setUp(memento).seen]) {
      assert.deepEqual(
        runs.map((one) => seen.needsYou(one)),
        [false, false],
      );
    }
  });

  it('does not take a look at an active run for a look at its outcome', () => {
    const { seen } = setUp();
    seen.look(run('a', noon, { state: 'INPROGRESS' }));
    assert.equal(seen.needsYou(run('a', noon + 1, { state: 'FAILED' })), true);
  });

  it('tells who was looked at, once', () => {
    const { seen } = setUp();
    const told: string[] = [];
    seen.onDidChange((ids) => told.push(...ids));
    seen.look(run('a', noon, { state: 'FAILED' }));
    seen.look(run('a', noon, { state: 'FAILED' }));
    assert.deepEqual(told, ['a']);
  });

  it('keeps a bounded number of marks, and none that is dropped comes back', () => {
    const { seen, memento } = setUp();
    const failures = Array.from({ length: 1200 }, (_, index) => run(`r${index}`, noon + index, { state: 'FAILED' }));
    for (const failure of failures) {
      seen.look(failure);
    }
    assert.equal(failures.filter((failure) => seen.needsYou(failure)).length, 0);
    const { seen: stored } = [...memento.values.values()][0] as { seen: unknown[] };
    assert.equal(stored.length, 1000);
    assert.equal(seen.needsYou(run('new', noon + 2000, { state: 'FAILED' })), true);
    const { seen: later } = setUp(memento);
    assert.equal(failures.filter((failure) => later.needsYou(failure)).length, 0);
  });

  it('survives whatever is stored', () => {
    for (const stored of [
      null,
      'text',
      { seen: 'x', blocked: 3, awaited: [1] },
      { since: 'x', seen: [null, ['a'], [1, 2], ['b', 3]] },
      [],
    ]) {
      const memento = new FakeMemento();
      setUp(memento).seen.look(run('z', noon, { state: 'FAILED' }));
      const [key] = [...memento.values.keys()];
      assert.ok(key);
      memento.values.set(key, stored);
      const { seen } = setUp(memento);
      assert.equal(seen.needsYou(run('a', noon, { state: 'FAILED' })), true);
    }
  });

  it('needs you again for a run that ended anew while nobody saw it at work', () => {
    const ended = (state: string, at: number): Run =>
      run('a', at + 5, { state, finished_at: new Date(at).toISOString() });
    for (const state of ['SUCCEEDED', 'FAILED', 'ERROR']) {
      for (const isHistory of [false, true]) {
        const { seen, memento } = setUp();
        seen.note([run('a', noon - hour, { state: 'INPROGRESS' })]);
        seen.look(ended(state, noon));
        const same = { ...ended(state, noon), updated_at: new Date(noon + hour).toISOString() };
        seen.note([same]);
        assert.equal(seen.needsYou(same), false, 'a change that is no other end');
        const { seen: later } = setUp(memento, noon + 72 * hour);
        const anew = ended(state, noon + 48 * hour);
        if (isHistory) {
          later.noteHistory(anew);
        }
        assert.equal(later.needsYou(anew), true, state);
        later.note([anew]);
        assert.equal(later.needsYou(anew), true, state);
        assert.equal(setUp(memento, noon + 73 * hour).seen.needsYou(anew), true, 'in the next session, too');
        later.look(anew);
        assert.equal(later.needsYou(anew), false);
        assert.equal(setUp(memento).seen.needsYou(anew), false);
      }
    }
  });

  it('takes a run whose end is told later than its last change for looked at', () => {
    const { seen } = setUp();
    const failed = run('a', noon, { state: 'FAILED', finished_at: new Date(noon + 500).toISOString() });
    seen.look(failed);
    assert.equal(seen.needsYou(failed), false);
    const undated = run('b', '', { state: 'FAILED', finished_at: new Date(noon).toISOString() });
    seen.look(undated);
    assert.equal(seen.needsYou(undated), false);
  });

  it('keeps a mark where no end is told', () => {
    const { seen } = setUp();
    seen.look(run('a', noon, { state: 'FAILED' }));
    assert.equal(seen.needsYou(run('a', noon + hour, { state: 'FAILED', finished_at: null })), false);
  });

  it('needs nobody for the successes of a night of which nothing was known', () => {
    const { seen, memento } = setUp();
    seen.note([run('mine', noon, { state: 'INPROGRESS' })]);
    const { seen: later } = setUp(memento, noon + 12 * hour);
    const night = ['mine', 'x', 'y', 'z'].map((id) =>
      run(id, noon + hour, { finished_at: new Date(noon + hour).toISOString() }),
    );
    later.note(night);
    assert.deepEqual(
      night.filter((one) => later.needsYou(one)).map((one) => one.run_id),
      ['mine'],
    );
  });

  it('makes a mark again that another window wrote over at the same time', () => {
    const memento = new FakeMemento();
    const clock = new FakeClock();
    const seen = new SeenRuns(memento, clock);
    const [failed, blocked] = [run('a', noon, { state: 'FAILED' }), run('b', noon, { state: 'BLOCKED' })];
    seen.note([failed, blocked]);
    const [[key, before] = ['', undefined]] = memento.values;
    seen.mark([failed, blocked]);
    memento.values.set(key, structuredClone(before));
    seen.recheck();
    const { seen: next } = setUp(memento);
    for (const one of [seen, next]) {
      assert.deepEqual([one.needsYou(failed), one.needsYou(blocked)], [false, false]);
    }
    // The mark was taken back by what became of the run.
    seen.note([run('a', noon + 1, { state: 'INPROGRESS' })]);
    memento.values.set(key, structuredClone(memento.values.get(key)));
    assert.equal(seen.needsYou(run('a', noon + 2)), true);
  });

  it('lets another window take a mark back after 10 s', async () => {
    const memento = new FakeMemento();
    const clock = new FakeClock();
    const seen = new SeenRuns(memento, clock);
    const failed = run('a', noon, { state: 'FAILED' });
    seen.note([failed]);
    const [[key, before] = ['', undefined]] = memento.values;
    seen.mark([failed]);
    await clock.advance(10_000);
    memento.values.set(key, structuredClone(before));
    seen.recheck();
    assert.equal(seen.needsYou(failed), true);
  });

  it('writes nothing that another window has written already', () => {
    const { seen: here, memento } = setUp();
    const { seen: there } = setUp(memento);
    const working = run('a', noon, { state: 'INPROGRESS' });
    there.recheck();
    here.note([working]);
    const writes = memento.writes;
    there.note([working]);
    assert.equal(memento.writes, writes);
  });

  it('knows across sessions whether anything is awaited', () => {
    const { seen, memento } = setUp();
    assert.equal(seen.isAwaiting, false);
    seen.note([run('a', noon, { state: 'INPROGRESS' })]);
    const { seen: later } = setUp(memento);
    assert.equal(later.isAwaiting, true);
    later.look(run('a', noon + 1));
    assert.deepEqual([later.isAwaiting, seen.isAwaiting], [false, false]);
  });
});
