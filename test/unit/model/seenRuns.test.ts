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
  it('needs you for a blocked run even after a look', () => {
    const { seen } = setUp();
    const blocked = run('a', noon - 1000 * hour, { state: 'BLOCKED' });
    assert.equal(seen.needsYou(blocked), true);
    seen.look(blocked);
    assert.equal(seen.needsYou(blocked), true);
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

  it('needs you for a success only when it was active in this session', () => {
    const { seen } = setUp();
    const done = run('a', noon, { state: 'SUCCEEDED' });
    assert.equal(seen.needsYou(done), false);
    seen.note(run('a', noon - 1, { state: 'INPROGRESS' }));
    assert.equal(seen.needsYou(done), true);
    seen.look(done);
    assert.equal(seen.needsYou(done), false);
  });

  it('forgets what was active under another key', () => {
    const { seen } = setUp();
    seen.note(run('a', noon - 1, { state: 'QUEUED' }));
    seen.forgetSession();
    assert.equal(seen.needsYou(run('a', noon)), false);
  });

  it('needs nobody for a failure found in the past, until something becomes of it', () => {
    const { seen } = setUp();
    const failed = run('a', noon, { state: 'FAILED' });
    seen.noteHistory(failed);
    assert.equal(seen.needsYou(failed), false);
    assert.equal(seen.needsYou({ ...failed, state: 'BLOCKED' }), true);
    assert.equal(seen.needsYou(run('a', noon + 1, { state: 'ERROR' })), true);
    seen.forgetSession();
    assert.equal(seen.needsYou(failed), true);
  });

  it('needs nobody for a cancelled, an active or an unknown run', () => {
    const { seen } = setUp();
    for (const state of ['CANCELLED', 'INPROGRESS', 'QUEUED', 'HIBERNATING']) {
      seen.note(run('a', noon - 1, { state: 'INPROGRESS' }));
      assert.equal(seen.needsYou(run('a', noon, { state })), false, state);
    }
  });

  it('needs you again when a run that was looked at starts anew and fails', () => {
    const { seen } = setUp();
    seen.look(run('a', noon, { state: 'FAILED' }));
    seen.note(run('a', noon + 1, { state: 'INPROGRESS' }));
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
    seen.onDidChange((id) => told.push(id));
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
    for (const stored of [null, 'text', { seen: 'x' }, { since: 'x', seen: [null, ['a'], [1, 2], ['b', 3]] }, []]) {
      const memento = new FakeMemento();
      setUp(memento).seen.look(run('z', noon, { state: 'FAILED' }));
      const [key] = [...memento.values.keys()];
      assert.ok(key);
      memento.values.set(key, stored);
      const { seen } = setUp(memento);
      assert.equal(seen.needsYou(run('a', noon, { state: 'FAILED' })), true);
    }
  });
});
