import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { skillFields } from '../../../src/model/skillFields';
import { parseSkillFile } from '../../../src/model/skillFile';
import { judgeSkill, type SkillFinding } from '../../../src/model/skillRules';

const folder = 'review';

/** What is found, each with the part of the text that it is about. */
function found(text: string, path?: string): [SkillFinding['kind'], string][] {
  return judgeSkill(text, folder, path).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
}

/** A skill with nothing to find, but for these lines of its front matter. */
function withLines(...lines: string[]): string {
  const own = (field: string): string[] =>
    lines.some((line) => line.startsWith(`${field}:`)) ? [] : [`${field}: ${field === 'name' ? folder : 'Reviews.'}`];
  return ['---', ...own('name'), ...own('description'), ...lines, '---', 'Do it.', ''].join('\n');
}

describe('judgeSkill', () => {
  it('finds nothing in a skill that follows the rules', () => {
    const text = withLines(
      'license: MIT',
      'compatibility: Needs git',
      'metadata:',
      '  author: acme',
      '  version: "1.0"',
      'allowed-tools: Bash(git:*) Read',
    );
    assert.deepEqual(found(text, '.agents/skills/review/SKILL.md'), []);
    assert.deepEqual(found(withLines('allowed-tools:', '  - Read', '  - Bash(git:*)')), []);
    assert.deepEqual(found(withLines('name: "review"', "description: 'Reviews: all'")), []);
    assert.deepEqual(found(withLines().replaceAll('\n', '\r\n')), []);
  });

  it('misses the front matter, its end, and a mapping in it', () => {
    assert.deepEqual(found('\n# Review\n\nDo it.'), [['noFrontMatter', '# Review']]);
    assert.deepEqual(found('---\nname: review\n\n# Review\n'), [['notClosed', '---']]);
    assert.deepEqual(found('---\njust text\n---\nDo it.'), [['notAMapping', 'just text']]);
    assert.deepEqual(found('---\n- a\n- b\n---\nDo it.'), [['notAMapping', '- a\n- b']]);
  });

  it('misses the name and the description', () => {
    assert.deepEqual(found('---\nlicense: MIT\n---\nDo it.'), [
      ['noName', '---'],
      ['noDescription', '---'],
    ]);
    assert.deepEqual(found('---\n---\nDo it.'), [
      ['noName', '---'],
      ['noDescription', '---'],
    ]);
    assert.deepEqual(found(withLines('name:')), [['noName', 'name:']]);
    assert.deepEqual(found(withLines('name: " "')), [['noName', 'name: " "']]);
    assert.deepEqual(found(withLines('description: ~')), [['emptyDescription', 'description: ~']]);
    assert.deepEqual(found(withLines('description: ""')), [['emptyDescription', 'description: ""']]);
  });

  it('marks just the name that breaks a rule', () => {
    for (const name of [
      'Review',
      're view',
      '-review',
      'review-',
      're--view',
      'review_me',
      're.view',
      'x'.repeat(65),
    ]) {
      assert.deepEqual(found(withLines(`name: ${name}`)), [['badName', name]], name);
    }
    assert.deepEqual(found(withLines('name: "Re View" # why')), [['badName', '"Re View"']]);
    assert.deepEqual(found(withLines('name: other')), [['nameUnlikeFolder', 'other']]);
  });

  it('takes letters of every script, however they are put together', () => {
    const kinds = (name: string, of: string): string[] =>
      judgeSkill(withLines(`name: ${name}`), of).map(({ kind }) => kind);
    assert.deepEqual(kinds('資料-2', '資料-2'), []);
    assert.deepEqual(kinds('pru\u0308fung', 'pr\u00fcfung'), []);
    assert.deepEqual(kinds('x'.repeat(64), 'x'.repeat(64)), []);
    assert.deepEqual(kinds('Прверка', 'прверка'), ['badName']);
  });

  it('counts characters, not their halves', () => {
    assert.deepEqual(found(withLines(`description: ${'😀'.repeat(1024)}`)), []);
    const long = '😀'.repeat(1025);
    assert.deepEqual(found(withLines(`description: ${long}`)), [['longDescription', long]]);
    assert.deepEqual(found(withLines(`compatibility: ${'x'.repeat(500)}`)), []);
    assert.deepEqual(found(withLines(`compatibility: ${'x'.repeat(501)}`)), [['longCompatibility', 'x'.repeat(501)]]);
    const block = `|\n  ${'x'.repeat(1025)}`;
    assert.deepEqual(found(withLines(`description: ${block}`)), [['longDescription', block]]);
  });

  it('says which value is of the wrong kind', () => {
    assert.deepEqual(found(withLines('name: 12')), [['wrongType', '12']]);
    assert.deepEqual(found(withLines('description: [a, b]')), [['wrongType', '[a, b]']]);
    assert.deepEqual(found(withLines('metadata: text')), [['wrongType', 'text']]);
    assert.deepEqual(found(withLines('metadata: {a: 1}')), [['wrongType', '{a: 1}']]);
    assert.deepEqual(found(withLines('allowed-tools: {a: b}')), [['wrongType', '{a: b}']]);
    assert.deepEqual(found(withLines('license: true')), [['wrongType', 'true']]);
    assert.deepEqual(found(withLines('name: !mine review')), [['wrongType', 'review']]);
  });

  it('only informs of what the rules do not know', () => {
    const [finding, ...rest] = judgeSkill(withLines('model: fast', 'name: review'), folder);
    assert.deepEqual(
      [finding?.kind, finding?.severity, finding?.field, rest.length],
      ['unknownField', 'information', 'model', 0],
    );
  });

  it('marks the rest of the line where YAML is wrong, and says whose value that is', () => {
    const text = withLines('description: Use this: now');
    const [finding, ...rest] = judgeSkill(text, folder);
    assert.ok(finding);
    assert.deepEqual(
      [finding.kind, finding.severity, finding.field, text.slice(finding.start, finding.end), rest.length],
      ['badYaml', 'error', 'description', 'Use this: now', 0],
    );
    assert.deepEqual(found(withLines('license: a', 'license: b')), [['badYaml', 'license: b']]);
    assert.deepEqual(found(withLines('license: *nobody')), [['badYaml', '*nobody']]);
  });

  it('finds no instructions', () => {
    assert.deepEqual(found(''), [['noInstructions', '']]);
    assert.deepEqual(found(' \n'), [['noInstructions', '']]);
    assert.deepEqual(found('---\nname: review\ndescription: b\n---\n \n'), [['noInstructions', '---']]);
  });

  it('judges the place where it is told', () => {
    assert.deepEqual(found(withLines(), 'docs/review/SKILL.md'), [['notInSkillFolder', '---']]);
    assert.deepEqual(found(withLines(), '.agents/skills/review/skill.md'), [['badFileName', '---']]);
  });

  it('has errors exactly where a skill cannot be run, and marks in order, within the text', () => {
    const parts = [
      '---',
      '\n',
      '\n---\n',
      'name:',
      'description: ',
      ' a',
      '\t',
      ': ',
      '- ',
      '[',
      '{',
      '"',
      "'",
      '&x',
      '*x',
    ];
    const text = fc.array(
      fc.constantFrom(...parts, '\r\n', '%', '|', '>', '? ', '#', '!!str', '\0', '😀', 'metadata:'),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (some, isMatter) => {
        const whole = isMatter ? `---\n${some.join('')}\n---\nDo it.` : some.join('');
        const findings = judgeSkill(whole, folder);
        assert.equal(
          findings.some(({ severity }) => severity === 'error'),
          'problem' in parseSkillFile(whole, folder),
        );
        let before = 0;
        for (const { start, end } of findings) {
          assert.ok(before <= start && start <= end && end <= whole.length);
          assert.ok(start < end || whole.trim() === '');
          before = start;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('knows every field once', () => {
    const names = skillFields.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(
      skillFields.filter(({ isRequired }) => isRequired).map(({ name }) => name),
      ['name', 'description'],
    );
  });
});
