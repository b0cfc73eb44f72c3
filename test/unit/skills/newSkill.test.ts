import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { newSkillText } from '../../../src/model/newSkillText';
import { skillFolders, skillHome } from '../../../src/model/skillHome';
import { judgeSkill, parseSkillFile } from '../../../src/model/skillReading';
import { isInSkillFolder } from '../../../src/model/skillSpec';
import { isValidSkillName, validSkillName } from '../../../src/model/validSkillName';
import { quoted, yamlText } from '../../../src/model/yamlText';

const template = { instructions: 'Say what to do.', doneHeading: 'When it is done', done: 'Say how to check it.' };

describe('a new skill', () => {
  it('has nothing wrong with it, whatever its description', () => {
    const descriptions = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(descriptions, (typed) => {
        const description = typed.trim();
        const { text } = newSkillText('write-tests', description, template);
        assert.deepEqual(judgeSkill(text, 'write-tests'), []);
        const read = parseSkillFile(text, 'write-tests');
        assert.deepEqual('skill' in read && [read.skill.name, read.skill.description], ['write-tests', description]);
      }),
    );
  });

  it('says where its instructions are', () => {
    const { text, start, length } = newSkillText('write-tests', 'Writes tests.', template);
    assert.equal(text.slice(start, start + length), template.instructions);
    assert.match(text, /^# Write tests$/m);
  });

  it('goes where agents find it', () => {
    assert.deepEqual(skillHome(''), { base: '' });
    assert.deepEqual(skillHome('/packages/web'), { base: 'packages/web' });
    assert.deepEqual(skillHome('/.claude/skills/deep/er'), { base: '', folder: '.claude/skills' });
    assert.deepEqual(skillHome('packages/web/.github'), { base: 'packages/web', folder: '.github/skills' });
    assert.equal(skillFolders()[0], '.agents/skills');
    assert.deepEqual(
      skillFolders().filter((folder) => !isInSkillFolder(`${folder}/a/SKILL.md`)),
      [],
    );
  });
});

describe('names of skills', () => {
  it('are valid by the same rule as when they are judged', () => {
    const names = fc.oneof(fc.string({ maxLength: 8 }), fc.stringMatching(/^[a-z0-9A-Zé-]{1,70}$/));
    fc.assert(
      fc.property(names, (name) => {
        const text = `---\nname: ${quoted(name)}\ndescription: d\n---\nx`;
        const judged = judgeSkill(text, name).map(({ kind }) => kind);
        assert.equal(
          isValidSkillName(name),
          !judged.includes('badName') && !judged.includes('noName') && name === name.trim(),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are made valid', () => {
    for (const [typed, valid] of [
      ['Write  Tests!', 'write-tests'],
      ['__API v2__', 'api-v2'],
      ['Übung', 'übung'],
      ['a'.repeat(80), 'a'.repeat(64)],
      [`${'a'.repeat(63)}-b`, 'a'.repeat(63)],
      ['!!', ''],
    ] as const) {
      assert.equal(validSkillName(typed), valid);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const valid = validSkillName(typed);
        assert.ok(valid === '' || isValidSkillName(valid));
      }),
    );
  });
});

describe('texts in YAML', () => {
  it('are read as they were', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'true',
        'null',
        '1.0',
        '2026-01-01',
        '~',
        '- a',
        'a: b',
        'a #b',
        '"',
        "it's",
        'a:',
        '@a',
        'yes',
        '0x1',
      ),
      fc.string({ unit: fc.constantFrom('"', "'", ':', ' ', '#', 'a', '\\', '\n', '\u2028', '[', '-') }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        assert.deepEqual(parse(`key: ${yamlText(text)}`), { key: text });
        assert.deepEqual(parse(`key: ${quoted(text)}`), { key: text });
        assert.equal(/[\r\n]/.test(yamlText(text)), false);
      }),
      { numRuns: 500 },
    );
  });

  it('stay without quotes where they can', () => {
    for (const text of ['Writes tests', 'Use it when code has changed, and tests (or docs) are missing.', 'a:b']) {
      assert.equal(yamlText(text), text);
    }
  });
});
