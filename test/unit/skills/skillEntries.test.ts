import assert from 'node:assert/strict';
import { SkillEntries, type SkillEntry } from '../../../src/model/skillEntries';

function entry(uri: string, { name = 'a', isInSkillFolder = true, file = uri } = {}): SkillEntry {
  return {
    file,
    skill: { uri, folder: 'shop', path: uri.slice('file:///shop/'.length), name, description: '', isInSkillFolder },
  };
}

describe('SkillEntries', () => {
  let entries: SkillEntries;
  const uris = (): string[] => entries.list().map(({ uri }) => uri);

  beforeEach(() => {
    entries = new SkillEntries();
  });

  it('lists by name in any case, then by path', () => {
    entries.put(entry('file:///shop/z', { name: 'c' }));
    entries.put(entry('file:///shop/y', { name: 'a' }));
    entries.put(entry('file:///shop/x', { name: 'B' }));
    entries.put(entry('file:///shop/w', { name: 'A' }));
    assert.deepEqual(uris(), ['file:///shop/w', 'file:///shop/y', 'file:///shop/x', 'file:///shop/z']);
  });

  it('lists a file once: where the service finds it, else where it is, else at the first path', () => {
    const real = 'file:///shop/skills/a';
    entries.put(entry('file:///shop/b', { file: real, isInSkillFolder: false }));
    entries.put(entry('file:///shop/a', { file: real, isInSkillFolder: false }));
    assert.deepEqual(uris(), ['file:///shop/a']);
    entries.put(entry(real, { isInSkillFolder: false }));
    assert.deepEqual(uris(), [real]);
    entries.put(entry('file:///shop/.claude/skills/a', { file: real }));
    assert.deepEqual(uris(), ['file:///shop/.claude/skills/a']);
    entries.delete('file:///shop/.claude/skills/a');
    entries.delete(real);
    assert.deepEqual(uris(), ['file:///shop/a']);
  });

  it('keeps the object of one that stays as it was', () => {
    entries.put(entry('file:///shop/a'));
    entries.put(entry('file:///shop/b'));
    const [a, b] = entries.list();
    entries.put(entry('file:///shop/a'));
    entries.see(new Map([['file:///shop/b', { sight: 'pushed', spec: 'acme/shop:b' }]]));
    const [sameA, otherB] = entries.list();
    assert.equal(sameA, a);
    assert.notEqual(otherB, b);
    assert.deepEqual([otherB?.sight, otherB?.spec], ['pushed', 'acme/shop:b']);
    entries.put(entry('file:///shop/a', { name: 'other' }));
    const [sameB, otherA] = entries.list();
    assert.deepEqual([sameB === otherB, otherA], [true, { ...a, name: 'other' }]);
  });

  it('knows which are at a place or in it', () => {
    entries.put(entry('file:///shop/a/x/SKILL.md'));
    entries.put(entry('file:///shop/ab/SKILL.md'));
    const at = (...places: string[]): string[] => entries.at(new Set(places));
    assert.deepEqual(at('file:///shop/a'), ['file:///shop/a/x/SKILL.md']);
    assert.deepEqual(at('file:///shop/ab/SKILL.md', 'file:///other'), ['file:///shop/ab/SKILL.md']);
    assert.deepEqual(at('file:///shop/a/x/SKILL.md/y', 'file:///shop/b'), []);
    entries.put(entry('file:///shop/b/SKILL.md'));
    assert.deepEqual(at('file:///shop/b'), ['file:///shop/b/SKILL.md']);
    entries.delete('file:///shop/b/SKILL.md');
    assert.deepEqual(at('file:///shop/b'), []);
    assert.equal(at('file:///shop').length, 2);
  });
});
