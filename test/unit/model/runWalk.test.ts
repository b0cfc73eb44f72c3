import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RunWalk } from '../../../src/model/runWalk';

const nowhere = (): boolean => false;

describe('RunWalk', () => {
  it('goes round', () => {
    const walk = new RunWalk();
    const round = Array.from({ length: 5 }, () => walk.next(['a', 'b', 'c'], nowhere));
    assert.deepEqual(round, ['a', 'b', 'c', 'a', 'b']);
  });

  it('has nowhere to go without runs, and goes on when there are some again', () => {
    const walk = new RunWalk();
    assert.equal(walk.next([], nowhere), undefined);
    assert.equal(walk.next(['a'], nowhere), 'a');
    assert.equal(walk.next([], nowhere), undefined);
    assert.equal(walk.next(['a'], nowhere), 'a');
  });

  it('goes on though runs that were looked at need nobody any more, and to the new ones first', () => {
    const walk = new RunWalk();
    assert.equal(walk.next(['a', 'b', 'c'], nowhere), 'a');
    assert.equal(walk.next(['a', 'b', 'c'], nowhere), 'b');
    // `b` was looked at and is on the screen; `d` came meanwhile.
    const on = (shown: string) => (id: string) => id === shown;
    assert.equal(walk.next(['d', 'a', 'c'], on('b')), 'd');
    assert.equal(walk.next(['a', 'c'], on('d')), 'c');
    assert.equal(walk.next(['a'], on('c')), 'a');
  });

  it('starts after the run that a person went to by themselves', () => {
    const walk = new RunWalk();
    const on = (shown: string) => (id: string) => id === shown;
    assert.equal(walk.next(['a', 'b', 'c'], on('b')), 'c');
    assert.equal(walk.next(['a', 'b', 'c'], on('a')), 'b');
  });

  it('goes to what is on the screen only when nothing else is there', () => {
    const walk = new RunWalk();
    assert.equal(
      walk.next(['a', 'b', 'c'], (id) => id !== 'b'),
      'b',
    );
    assert.equal(
      walk.next(['a'], () => true),
      'a',
    );
  });

  it('comes to every run in one round', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 9 }).map(String), { maxLength: 10 });
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 5 }), ids, (before, list) => {
        const walk = new RunWalk();
        for (const runs of before) {
          walk.next(runs, nowhere);
        }
        // A round may have begun before.
        const visited = [...list, ...list].map(() => walk.next(list, nowhere));
        assert.deepEqual([...new Set(visited)].sort(), [...list].sort());
      }),
    );
  });
});
