import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { conflicts, type OnConflict, planNames, sameName } from '../../../src/model/artifactNames';

const names = (plan: ReturnType<typeof planNames>): (string | undefined)[] => plan.map(({ name }) => name);

describe('names for several files in a folder', () => {
  it('are their own, and numbered where two are called the same in any case', () => {
    assert.deepEqual(names(planNames(['a.txt', 'A.TXT', 'a.txt', 'b.txt'], [], 'keepBoth')), [
      'a.txt',
      'A (2).TXT',
      'a (3).txt',
      'b.txt',
    ]);
  });

  it('that are taken are found without regard to case', () => {
    assert.deepEqual(conflicts(['a.txt', 'b.txt', 'a.txt'], ['A.txt', 'c.txt']), ['a.txt']);
    assert.deepEqual(conflicts(['e\u0301.txt'], ['\u00e9.TXT']), ['e\u0301.txt']);
  });

  it('that are taken are numbered, replaced or left out, as was answered', () => {
    const given = ['a.txt', 'b.txt', 'a.txt'];
    const taken = ['A.txt', 'a (2).txt'];
    assert.deepEqual(planNames(given, taken, 'keepBoth'), [
      { name: 'a (3).txt', replaces: false },
      { name: 'b.txt', replaces: false },
      { name: 'a (4).txt', replaces: false },
    ]);
    assert.deepEqual(planNames(given, taken, 'replace'), [
      { name: 'a.txt', replaces: true },
      { name: 'b.txt', replaces: false },
      // Two of these are called the same: neither replaces the other, nor what nobody asked about.
      { name: 'a (3).txt', replaces: false },
    ]);
    assert.deepEqual(names(planNames(given, taken, 'skip')), [undefined, 'b.txt', undefined]);
  });

  it('never meet, never leave the folder, and take nobody’s place unasked', () => {
    const piece = fc.constantFrom(
      'a',
      'A',
      'é',
      'e\u0301',
      ' (2)',
      '.txt',
      '..',
      '/',
      ':',
      'CON',
      '\u202e',
      'x'.repeat(130),
    );
    const name = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 12 }),
        fc.array(name, { maxLength: 8 }),
        fc.constantFrom<OnConflict>('keepBoth', 'replace', 'skip'),
        (given, taken, on) => {
          const plan = planNames(given, taken, on);
          assert.equal(plan.length, given.length);
          const kept = plan.flatMap(({ name: one }) => (one === undefined ? [] : [sameName(one)]));
          assert.equal(new Set(kept).size, kept.length);
          const there = new Set(taken.map(sameName));
          for (const { name: one, replaces } of plan) {
            assert.ok(one !== undefined || on === 'skip');
            assert.ok(one === undefined || replaces === there.has(sameName(one)));
            assert.ok(!replaces || on === 'replace');
            assert.doesNotMatch(one ?? 'a', /^[. ]|[. ]$|[<>:"/\\|?*\p{Cc}\p{Cf}]|^$/u);
            assert.ok(Buffer.byteLength(one ?? '') <= 255);
          }
        },
      ),
    );
  });
});
