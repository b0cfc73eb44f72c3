import assert from 'node:assert/strict';
import { idsUnderKeys, namedIds, type Selection } from '../../../src/commands/namedRows';

const ofRuns = { member: 'runId', kind: 'run' } as const;
const row = (runId: unknown, kind = 'run'): unknown => ({ kind, runId });

describe('the ids that a command names', () => {
  it('are those of the selected rows where the clicked one is among them', () => {
    assert.deepEqual(namedIds(row('a'), [row('b'), row('a'), row('b')], ofRuns), ['b', 'a']);
    assert.deepEqual(namedIds(row('a'), [row('b'), row('c')], ofRuns), ['a']);
    assert.deepEqual(namedIds({ runId: 'a' }, undefined, ofRuns), ['a']);
  });

  it('leave out rows of another kind, but for the clicked one', () => {
    assert.deepEqual(namedIds(row('a'), [row('a'), row('b', 'artifact'), { scheduleId: 'c' }], ofRuns), ['a']);
    assert.deepEqual(namedIds(row('b', 'artifact'), [row('a')], ofRuns), ['b']);
  });

  it('are none in anything else', () => {
    for (const other of [undefined, null, 'a', ['a'], {}, row(''), row(7), { scheduleId: 'a' }]) {
      assert.deepEqual(namedIds(other, [row('a')], ofRuns), []);
    }
  });
});

describe('the ids under a key', () => {
  const key = { selection: true };
  const view = (selected: string[], underKeys?: string[]): Required<Selection> => ({
    selected: () => selected,
    underKeys: () => Promise.resolve(underKeys),
  });

  it('are those of the row with the focus, before what is selected', async () => {
    assert.deepEqual(await idsUnderKeys(view(['a'], ['b']), key), ['b']);
    assert.deepEqual(await idsUnderKeys(view(['a'], []), key), []);
    assert.deepEqual(await idsUnderKeys(view(['a']), key), ['a']);
  });

  it('are unknown on no row, and of a command that no key gave', async () => {
    assert.equal(await idsUnderKeys(view([]), key), undefined);
    assert.equal(await idsUnderKeys({}, key), undefined);
    assert.equal(await idsUnderKeys(view(['a'], ['b']), { runId: 'c' }), undefined);
  });
});
