import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meetingsOf } from '../../../src/schedule/meetings';

const minute = 60_000;
const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Of each start ("a 0" is of a, in minute 0) how many meet there, within how many minutes; 0 for one that meets nothing. */
function met(...texts: string[]): string[] {
  const things = new Map(names.map((name) => [name, { name }]));
  const starts = texts.map((text) => {
    const [name = '', at] = text.split(' ');
    return { of: things.get(name) ?? {}, time: Number(at) * minute };
  });
  const meetings = meetingsOf(starts);
  return starts.map((start) => {
    const { count = 0, span = 0 } = meetings.get(start) ?? {};
    return `${count} in ${span / minute}`;
  });
}

describe('meetings', () => {
  it('are of those that start within a quarter of an hour of each other', () => {
    assert.deepEqual(met('a 0', 'b 14', 'c 29'), ['2 in 14', '2 in 14', '0 in 0']);
    assert.deepEqual(met('a 0', 'a 5', 'a 10'), ['0 in 0', '0 in 0', '0 in 0']);
  });

  it('are also of what started twice before another one', () => {
    assert.deepEqual(met('a 0', 'a 10', 'b 12'), ['2 in 12', '2 in 12', '2 in 12']);
  });

  it('are several where one meets the next all day, each with those that it meets', () => {
    assert.deepEqual(met('a 0', 'b 14', 'c 28', 'd 42', 'e 56', 'f 60'), [
      ...Array<string>(4).fill('4 in 42'),
      ...['2 in 4', '2 in 4'],
    ]);
  });

  it('leave out nothing that is near to another one, and take in nothing else', () => {
    const one = fc.record({ name: fc.constantFrom(...names.slice(0, 4)), time: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (some) => {
        const sorted = some.sort((a, b) => a.time - b.time);
        const found = met(...sorted.map(({ name, time }) => `${name} ${time}`));
        for (const [at, { name, time }] of sorted.entries()) {
          const meets = sorted.some((other) => other.name !== name && Math.abs(other.time - time) < 15);
          assert.equal(Number(found[at]?.split(' ')[0]) >= 2, meets);
          assert.ok(Number(found[at]?.split(' in ')[1]) < 75);
        }
      }),
    );
  });
});
