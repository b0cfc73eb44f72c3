import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Part, RunFamilies } from '../../../src/model/runFamilies';

describe('RunFamilies', () => {
  it('counts what is below each run, known or not, whatever becomes of whom', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const anyNote = fc.record({
      id: fc.constantFrom(...ids),
      parent: fc.option(fc.constantFrom(...ids, 'never known'), { nil: undefined }),
      part: fc.constantFrom<Part>('active', 'needsYou', 'other'),
    });
    fc.assert(
      fc.property(fc.array(anyNote, { maxLength: 60 }), (notes) => {
        const families = new RunFamilies();
        const parts = new Map<string, Part>();
        for (const { id, parent, part } of notes) {
          const before = new Map([...ids, 'never known'].map((one) => [one, families.below(one)]));
          const changed = new Set<string>();
          families.note(id, parent, part, changed);
          parts.set(id, part);
          for (const [one, counts] of before) {
            // A run that moved within a family may be told too much, but nothing is left out.
            assert.ok(changed.has(one) || JSON.stringify(families.below(one)) === JSON.stringify(counts), one);
          }
        }
        for (const id of [...ids, 'never known']) {
          const below = [...families.descendantsOf(id)];
          assert.equal(new Set(below).size, below.length);
          assert.ok(!below.includes(id), 'no way leads back');
          assert.deepEqual(families.below(id), {
            runs: below.length,
            active: below.filter((one) => parts.get(one) === 'active').length,
            needsYou: below.filter((one) => parts.get(one) === 'needsYou').length,
          });
        }
      }),
    );
  });

  it('takes a circle that comes apart for a line', () => {
    const families = new RunFamilies();
    const note = (id: string, parent?: string): void => {
      families.note(id, parent, 'other', new Set());
    };
    note('a', 'b');
    note('b', 'a');
    assert.deepEqual([families.parentOf('a'), families.parentOf('b')], ['b', undefined]);
    note('a');
    note('b', 'a');
    assert.deepEqual([families.parentOf('a'), families.parentOf('b')], [undefined, 'a']);
    assert.equal(families.below('a').runs, 1);
  });

  it('costs a few steps in the largest family', () => {
    const families = new RunFamilies();
    for (let index = 0; index < 50_000; index += 1) {
      families.note(`r${index}`, 'parent', 'active', new Set());
    }
    families.note('parent', 'grandparent', 'active', new Set());
    assert.equal(families.below('grandparent').active, 50_001);
    const changed = new Set<string>();
    families.note('r7', 'parent', 'needsYou', changed);
    assert.deepEqual(changed, new Set(['parent', 'grandparent']));
    assert.deepEqual(families.below('grandparent'), { runs: 50_001, active: 50_000, needsYou: 1 });
  });
});
