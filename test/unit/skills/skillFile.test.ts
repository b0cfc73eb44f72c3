import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSkillFile, type SkillFile, type SkillProblem } from '../../../src/model/skillFile';

function skill(text: string): SkillFile {
  const parsed = parseSkillFile(text, 'folder');
  assert.ok('skill' in parsed, JSON.stringify(parsed));
  return parsed.skill;
}

function problem(text: string): SkillProblem {
  const parsed = parseSkillFile(text, 'folder');
  assert.ok('problem' in parsed, JSON.stringify(parsed));
  return parsed.problem;
}

describe('parseSkillFile', () => {
  it('reads name, description and instructions', () => {
    assert.deepEqual(skill('---\nname: review\ndescription: Reviews a change\n---\n# Review\n\nLook closely.\n'), {
      name: 'review',
      description: 'Reviews a change',
      instructions: '# Review\n\nLook closely.',
    });
  });

  it('takes CRLF, a byte order mark, blank lines before and blanks after the dashes', () => {
    assert.deepEqual(skill('\uFEFF\r\n \r\n  --- \r\nname: a\r\ndescription: b\r\n---\t\r\nDo it.\r\nWell.\r\n'), {
      name: 'a',
      description: 'b',
      instructions: 'Do it.\nWell.',
    });
  });

  it('takes the folder as name and the first paragraph as description', () => {
    const expected = { name: 'folder', description: 'First line second line.' };
    const body = '# Title\n\n## Part\nFirst line\n  second line.\n\nNext.';
    for (const text of [body, `---\n---\n${body}`, `---\nname: "  "\ndescription:\n---\n${body}`]) {
      const { name, description } = skill(text);
      assert.deepEqual({ name, description }, expected);
    }
  });

  it('counts only texts: other kinds of values are as good as missing', () => {
    const { name, description } = skill('---\nname: 12\ndescription: [a, b]\nallowed-tools: {a: [1]}\n---\nBody.');
    assert.deepEqual({ name, description }, { name: 'folder', description: 'Body.' });
  });

  it('reads quoted, folded and literal texts', () => {
    assert.equal(skill('---\ndescription: "a: b # c"\n---\nx').description, 'a: b # c');
    assert.equal(skill('---\ndescription: >-\n  one\n  two\n---\nx').description, 'one two');
    assert.equal(skill('---\ndescription: |\n  one\n  two\n---\nx').description, 'one\ntwo');
  });

  it('cuts a description at 512 characters: after a sentence, else after a word, else between characters', () => {
    assert.equal(skill(`---\ndescription: ${'ä'.repeat(600)}\n---\nx`).description, 'ä'.repeat(512));
    assert.equal(skill('😀'.repeat(600)).description, '😀'.repeat(512));
    assert.equal(skill(`${'a'.repeat(500)} ${'b'.repeat(100)}`).description, 'a'.repeat(500));
    assert.equal(skill(`One. Two! ${'a '.repeat(300)}. End.`).description, 'One. Two!');
    assert.equal(skill('😀'.repeat(512)).description, '😀'.repeat(512));
  });

  it('does not take a rule further down for front matter', () => {
    assert.equal(skill('Text first.\n\n---\nname: no\n---\n').name, 'folder');
  });

  it('ends the front matter at the first closing line only', () => {
    assert.equal(skill('---\nname: a\n---\none\n---\ntwo').instructions, 'one\n---\ntwo');
  });

  it('says at which line YAML is wrong', () => {
    const colon = problem('---\nname: a\ndescription: Use this: when it rains\n---\nx');
    assert.deepEqual([colon.kind, colon.line], ['badYaml', 3]);
    const later = problem('\n\n---\nname: a\nother: 1\nlist: [a, b\n---\nx');
    assert.equal(later.kind, 'badYaml');
    assert.ok(later.line === 6 || later.line === 7, String(later.line));
    const tab = problem('---\nname: a\nmeta:\n\tkey: b\n---\nx');
    assert.deepEqual([tab.kind, tab.line], ['badYaml', 4]);
    const twice = problem('---\nname: a\ndescription: b\nname: c\n---\nx');
    assert.deepEqual([twice.kind, twice.line], ['badYaml', 4]);
  });

  it('reads front matter that is not closed, or no mapping, as the service does: not at all', () => {
    const open = skill('---\nname: a\ndescription: b\n\n# Title\n');
    assert.deepEqual(open, {
      name: 'folder',
      description: '--- name: a description: b',
      instructions: '---\nname: a\ndescription: b\n\n# Title',
    });
    for (const yaml of ['- a\n- b', 'just text', '# a remark', '12']) {
      assert.deepEqual(skill(`---\n${yaml}\n---\nx`), { name: 'folder', description: 'x', instructions: 'x' });
    }
  });

  it('says where the agent would be told nothing', () => {
    assert.equal(problem('').kind, 'noInstructions');
    assert.equal(problem(' \n\n').kind, 'noInstructions');
    assert.deepEqual(problem('---\nname: a\ndescription: b\n---\n  \n'), { kind: 'noInstructions', line: 4 });
    assert.deepEqual(problem('---\nname: a\ndescription: b\n---'), { kind: 'noInstructions', line: 4 });
  });

  it('takes what an alias stands for, and refuses one that stands for nothing', () => {
    const { name, description } = skill('---\nowner: &who review\nname: *who\ndescription: *who\n---\nx');
    assert.deepEqual([name, description], ['review', 'review']);
    assert.deepEqual(problem('---\nname: a\ndescription: *important*\n---\nx'), { kind: 'badYaml', line: 3 });
  });

  it('survives aliases that expand without end', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghij'
        .split('')
        .map((key, i) => `${key}: &${key} [*${'abcdefghij'[i] ?? ''}, *${'abcdefghij'[i] ?? ''}]`),
    ];
    assert.equal(skill(`---\n${bomb.join('\n')}\nname: ok\n---\nx`).name, 'ok');
  });

  it('counts only texts without a tag of their own', () => {
    assert.equal(skill('---\nname: !strange no\n---\nx').name, 'folder');
    assert.equal(skill('---\nname: !!str 12\n---\nx').name, '12');
  });

  it('never throws and always points into the file', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '---',
            '\n',
            'name:',
            ' a',
            '\t',
            ': ',
            '- ',
            '[',
            '{',
            '"',
            '&x',
            '*x',
            '\r\n',
            '%',
            '|',
            '>',
            '?',
          ),
        ),
        (parts) => {
          const text = parts.join('');
          const parsed = parseSkillFile(`---\n${text}\n---\n`, 'folder');
          if ('problem' in parsed) {
            assert.ok(parsed.problem.line >= 1 && parsed.problem.line <= text.split('\n').length + 3);
          }
        },
      ),
    );
  });
});
