import assert from 'node:assert/strict';
import { ReadingMemory, type KeptReading } from '../../../src/conversation/readingMemory';
import { FakeMemento } from '../model/fakeMemento';

const reading: KeptReading = {
  anchor: { id: 'abc', offset: 12.5, place: 7 },
  following: false,
  folded: ['s1'],
  unfolded: ['abc.0'],
  seen: { id: 'xyz', place: 9 },
};

describe('what is remembered of where somebody reads', () => {
  it('is there after a restart', () => {
    const memento = new FakeMemento();
    new ReadingMemory(memento).set('a', reading);
    assert.deepEqual(new ReadingMemory(memento).get('a'), reading);
    assert.equal(new ReadingMemory(memento).get('b'), undefined);
  });

  it('is that of the 200 conversations that were read last', () => {
    const memento = new FakeMemento();
    const memory = new ReadingMemory(memento);
    for (let index = 0; index < 200; index++) {
      memory.set(`r${index}`, reading);
    }
    memory.set('r0', { ...reading, following: true });
    memory.set('one more', reading);
    const again = new ReadingMemory(memento);
    assert.equal(again.get('r1'), undefined);
    assert.equal(again.get('r0')?.following, true);
    assert.ok(again.get('r2') && again.get('one more'));
  });

  it('is bounded for each of them; what was folded last is kept', () => {
    const memory = new ReadingMemory(new FakeMemento());
    const ids = Array.from({ length: 5000 }, (_, index) => `s${index}`);
    memory.set('a', { ...reading, folded: ids, unfolded: ids });
    const kept = memory.get('a');
    assert.ok(kept && kept.folded.length <= 2000 && kept.unfolded.length <= 2000);
    assert.equal(kept.folded.at(-1), 's4999');
  });

  it('is nothing where another version wrote something else', () => {
    const nothing = { anchor: null, following: false, folded: [], unfolded: [], seen: null };
    for (const [stored, expected] of [
      ['text', undefined],
      [{ a: reading }, undefined],
      [[['a', null]], undefined],
      [[['a', {}]], nothing],
      [
        [['a', { ...reading, anchor: { id: '<b>', offset: 1, place: 1 }, seen: { id: 'x', place: -1 } }]],
        { ...reading, anchor: null, seen: null },
      ],
      [[['a', { anchor: { id: 'abc', offset: 1 }, folded: [1], unfolded: 'x' }]], nothing],
    ] as const) {
      const memento = new FakeMemento();
      memento.values.set('conversation.reading', stored);
      assert.deepEqual(new ReadingMemory(memento).get('a'), expected, JSON.stringify(stored));
    }
  });
});
