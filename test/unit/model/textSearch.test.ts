import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextSearch, type SearchedText } from '../../../src/model/textSearch';

interface Item {
  id: string;
  texts: SearchedText<string>[];
}

const item = (id: string, ...texts: (string | [text: string, from: number])[]): Item => ({
  id,
  texts: texts.map((given, index) => {
    const [text, from] = typeof given === 'string' ? [given, 0] : given;
    return { place: `${id}.${index % 2}`, text, from };
  }),
});

let made: string[] = [];

function searchIn(items: readonly Item[]): TextSearch<Item, string> {
  const search = new TextSearch<Item, string>({
    id: ({ id }) => id,
    isSame: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    texts: ({ id, texts }) => {
      made.push(id);
      return texts;
    },
    fold: (text) => text.toLowerCase(),
    separator: '\0',
  });
  prepare(search, items);
  return search;
}

function prepare(search: TextSearch<Item, string>, items: readonly Item[]): void {
  made = [];
  for (const nothing of search.prepare(items)) {
    assert.equal(nothing, undefined);
  }
}

/** Counts another way. */
function naive(text: string, query: string): number {
  return query === '' ? 0 : text.split(query).length - 1;
}

describe('searching texts', () => {
  it('counts hits without overlaps, in each item and in all', () => {
    const search = searchIn([item('a', 'aaaa', 'ba'), item('b'), item('c', 'AA')]);
    assert.equal(search.search('aa', false), 3);
    assert.deepEqual(
      [0, 1, 2, 3].map((place) => search.count(place)),
      [2, 0, 1, 0],
    );
    assert.deepEqual(
      [0, 1, 2, 3].map((place) => search.countBefore(place)),
      [0, 2, 2, 3],
    );
  });

  it('takes a text as it is written where that is wanted', () => {
    const search = searchIn([item('a', 'Error error')]);
    assert.equal(search.search('error', true), 1);
    assert.equal(search.search('ERROR', false), 2);
    assert.equal(search.search('', false), 0);
  });

  it('finds nothing that begins in one text and ends in the next', () => {
    assert.equal(searchIn([item('a', 'one', 'two'), item('b', 'three')]).search('etw', false), 0);
  });

  it('passes over what counts elsewhere, but numbers hits with it', () => {
    const search = searchIn([item('a', 'x', ['x x x', 2], 'y', 'x')]);
    assert.equal(search.search('x', false), 4);
    const hits = [0, 1, 2, 3, 4].map((number) => search.hit(0, number));
    assert.deepEqual(
      hits.map((hit) => hit && [hit.found.place, hit.offset, hit.nth]),
      // The last text is in the same place as the second.
      [['a.0', 0, 0], ['a.1', 2, 1], ['a.1', 4, 2], ['a.1', 0, 3], undefined],
    );
  });

  it('goes round in both directions', () => {
    const search = searchIn(['', 'x', '', 'x', ''].map((text, index) => item(`${index}`, text)));
    search.search('x', false);
    assert.deepEqual([search.next(2, 1), search.next(4, 1), search.next(5, 1)], [3, 1, 1]);
    assert.deepEqual([search.next(2, -1), search.next(0, -1), search.next(-1, -1)], [1, 3, 3]);
    search.search('z', false);
    assert.equal(search.next(0, 1), undefined);
  });

  it('makes the texts of an item once, until it changes', () => {
    const search = searchIn([item('a', 'x'), item('b', 'x')]);
    assert.deepEqual(made, ['a', 'b']);
    prepare(search, [item('a', 'x'), item('b', 'x x'), item('c', 'x')]);
    assert.deepEqual(made, ['b', 'c']);
    assert.equal(search.search('x', false), 4);
    prepare(search, [item('c', 'x')]);
    assert.equal(search.search('x', false), 1);
  });

  it('keeps what it made when it was not let to the end', () => {
    const search = searchIn([item('z', 'x')]);
    made = [];
    const all = Array.from({ length: 9 }, (_, index) => item(`${index}`, 'x'));
    const [first] = search.prepare(all);
    assert.equal(first, undefined);
    assert.deepEqual([made, search.search('x', false)], [['0'], 1]);
    prepare(search, all);
    assert.equal(made.includes('0'), false);
    assert.equal(search.search('x', false), 9);
  });

  it('counts as another count does, and names each hit once', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', ' ', 'É', 'é', '✓'), maxLength: 30 });
    const texts = fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        texts,
        fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'é'), minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (given, query, isExact) => {
          const items = given.map((list, index) => item(`${index}`, ...list));
          const search = searchIn(items);
          const fold = (value: string): string => (isExact ? value : value.toLowerCase());
          const expected = given.map((list) => list.reduce((sum, one) => sum + naive(fold(one), fold(query)), 0));
          assert.equal(
            search.search(query, isExact),
            expected.reduce((sum, count) => sum + count, 0),
          );
          expected.forEach((count, place) => {
            assert.equal(search.count(place), count);
            const hits = Array.from({ length: count }, (_, number) => search.hit(place, number));
            assert.ok(hits.every((hit) => hit && fold(hit.found.text).startsWith(fold(query), hit.offset)));
            assert.equal(new Set(hits.map((hit) => `${hit?.found.place} ${hit?.nth}`)).size, count);
            assert.equal(search.hit(place, count), undefined);
          });
        },
      ),
    );
  });
});
