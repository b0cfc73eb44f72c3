import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type SkillFix, skillFixes, withSafeFixes } from '../../../src/model/skillFixes';
import * as reading from '../../../src/model/skillReading';
import type { SkillFindingKind } from '../../../src/model/skillRules';
import { applyTextEdits } from '../../../src/model/textEdits';

const { judgeSkill } = reading;
const folderName = 'write-tests';
const body = '\n# Write tests\n\nRead the code, then write tests for it.\n';
const skill = (...lines: string[]): string => ['---', ...lines, '---', body].join('\n');
const described = 'description: Writes tests for the code.';

/** What is offered for the first finding of a kind. */
function fixesOf(text: string, kind: SkillFindingKind, folder = folderName): SkillFix[] {
  const finding = judgeSkill(text, folder).find((one) => one.kind === kind);
  assert.ok(finding, `${kind} is found`);
  return skillFixes({ text, folderName: folder }, finding, reading);
}

/** The text after the only fix, or after the one of a kind. */
function fixed(text: string, kind: SkillFindingKind, fixKind?: SkillFix['kind']): string {
  const fixes = fixesOf(text, kind).filter((fix) => !fixKind || fix.kind === fixKind);
  assert.equal(fixes.length, 1);
  return applyTextEdits(text, fixes[0]?.edits ?? []);
}

const kinds = (fixes: readonly SkillFix[]): string[] => fixes.map(({ kind }) => kind);

describe('fixes for skills', () => {
  it('put a front matter before a text without one, in its line ends', () => {
    assert.equal(
      fixed(body, 'noFrontMatter'),
      `---\nname: write-tests\ndescription: Read the code, then write tests for it.\n---\n\n${body}`,
    );
    const windows = fixed(body.replaceAll('\n', '\r\n'), 'noFrontMatter');
    assert.equal(windows.replaceAll('\r\n', '').includes('\n'), false);
    assert.deepEqual(judgeSkill(windows, folderName), []);
  });

  it('quote what the first paragraph has that YAML would read', () => {
    const text = '# T\n\nNote: "do" this #now\n';
    assert.match(fixed(text, 'noFrontMatter'), /^description: 'Note: "do" this #now'$/m);
    assert.deepEqual(judgeSkill(fixed(text, 'noFrontMatter'), folderName), []);
  });

  it('close a front matter where its fields end', () => {
    const open = `---\nname: write-tests\ndescription: >-\n  Writes\n  tests.\n${body}`;
    assert.equal(fixed(open, 'notClosed'), `---\nname: write-tests\ndescription: >-\n  Writes\n  tests.\n---\n${body}`);
    assert.equal(fixed('---\r\nname: a\r\n# Title\r\nText', 'notClosed'), '---\r\nname: a\r\n---\r\n# Title\r\nText');
    assert.equal(fixed('---\nname: a', 'notClosed'), '---\nname: a\n---\n');
  });

  it('add what is missing, the name first', () => {
    assert.equal(fixed(skill(described), 'noName'), skill('name: write-tests', described));
    assert.equal(fixed(skill('name:', described), 'noName'), skill('name: write-tests', described));
    assert.equal(fixed(skill('license: MIT'), 'noName'), skill('name: write-tests', 'license: MIT'));
    const paragraph = 'description: Read the code, then write tests for it.';
    assert.equal(
      fixed(skill('name: write-tests', 'license: MIT'), 'noDescription'),
      skill('name: write-tests', paragraph, 'license: MIT'),
    );
    assert.equal(
      fixed(skill('name: write-tests', 'description: ""'), 'emptyDescription'),
      skill('name: write-tests', paragraph),
    );
    assert.deepEqual(fixesOf('---\nname: write-tests\n---\n# Only a title\n', 'noDescription'), []);
  });

  it('make a name valid, or the folder’s', () => {
    const text = skill('name: Write  Tests!', described);
    const names = fixesOf(text, 'badName').map(({ name }) => name);
    assert.deepEqual(names, ['write-tests']);
    assert.equal(fixed(text, 'badName'), skill('name: write-tests', described));
    const other = fixesOf(skill('name: "Übung_2"', described), 'badName').map(({ name }) => name);
    assert.deepEqual(other, ['übung-2', 'write-tests']);
    assert.deepEqual(fixesOf(skill('name: "!!!"', described), 'badName', 'Not Valid'), []);
  });

  it('bring a name and its folder together, one way or the other', () => {
    const text = skill('name: test-writer', described);
    const fixes = fixesOf(text, 'nameUnlikeFolder');
    assert.deepEqual(
      fixes.map(({ kind, name }) => [kind, name]),
      [
        ['changeName', 'write-tests'],
        ['renameFolder', 'test-writer'],
      ],
    );
    assert.equal(fixed(text, 'nameUnlikeFolder', 'changeName'), skill('name: write-tests', described));
    assert.deepEqual(kinds(fixesOf(text, 'nameUnlikeFolder', 'Not Valid')), ['renameFolder']);
  });

  it('quote the value that is no YAML, and only where that helps', () => {
    assert.equal(
      fixed(skill('name: write-tests', 'description: Use when: tests fail'), 'badYaml'),
      skill('name: write-tests', 'description: "Use when: tests fail"'),
    );
    assert.equal(
      fixed(skill('name: write-tests', 'description: "Use" when "tests" fail'), 'badYaml'),
      skill('name: write-tests', `description: '"Use" when "tests" fail'`),
    );
    assert.equal(
      fixed(skill('name: write-tests', `description: "Writes tests`), 'badYaml'),
      skill('name: write-tests', 'description: "Writes tests"'),
    );
    assert.equal(
      fixed(skill('name: write-tests', 'description: @all: it’s a test', 'license: a: b: c'), 'badYaml'),
      skill('name: write-tests', 'description: "@all: it’s a test"', 'license: "a: b: c"'),
    );
    assert.deepEqual(fixesOf(skill('name: write-tests', 'name: write-tests', described), 'badYaml'), []);
  });

  it('quote numbers and words that were meant as texts', () => {
    assert.equal(fixed(skill('name: 2024', described), 'wrongType'), skill('name: "2024"', described));
    const metadata = ['metadata:', '  version: 1.0', '  author: "me"', '  beta: true'];
    assert.equal(
      fixed(skill('name: write-tests', described, ...metadata), 'wrongType'),
      skill('name: write-tests', described, 'metadata:', '  version: "1.0"', '  author: "me"', '  beta: "true"'),
    );
    assert.deepEqual(fixesOf(skill('name: write-tests', 'description: [a, b]'), 'wrongType'), []);
  });

  it('shorten a description and lose nothing of it', () => {
    const sentences = 'This one says what it does. '.repeat(60).trim();
    for (const value of [sentences, `>-\n  ${sentences.replaceAll('. ', '.\n  ')}`, JSON.stringify(sentences)]) {
      const text = skill('name: write-tests', `description: ${value}`);
      const after = fixed(text, 'longDescription');
      assert.deepEqual(judgeSkill(after, folderName), []);
      assert.equal((after.match(/This one says what it does\./g) ?? []).length, 60);
      assert.match(after, /^description: [^\n]* does\.\n---\n\nThis one/m);
    }
    const oneWord = skill('name: write-tests', `description: ${'x'.repeat(2000)}`);
    assert.equal((fixed(oneWord, 'longDescription').match(/x/g) ?? []).length, 2000);
  });

  it('move an unknown field to the metadata, or remove it with all its lines', () => {
    const text = skill('name: write-tests', 'version: 1.0', described);
    assert.equal(
      fixed(text, 'unknownField', 'moveToMetadata'),
      skill('name: write-tests', 'metadata:', '  version: "1.0"', described),
    );
    assert.equal(fixed(text, 'unknownField', 'remove'), skill('name: write-tests', described));
    const known = skill('name: write-tests', described, 'metadata:', '    a: b', 'version: v1');
    assert.equal(
      fixed(known, 'unknownField', 'moveToMetadata'),
      skill('name: write-tests', described, 'metadata:', '    a: b', '    version: v1'),
    );
    const long = skill('tags:', '  - a', '', '  - b', 'name: write-tests', described);
    assert.equal(fixed(long, 'unknownField'), skill('name: write-tests', described));
    const flow = skill('name: write-tests', described, 'metadata: {a: b}', 'version: v1');
    assert.deepEqual(kinds(fixesOf(flow, 'unknownField')), ['remove']);
  });

  it('are made all at once where they are safe, and what a person must decide stays', () => {
    const text = '---\ndescription: Use when: tests fail\nversion: 1\nname: Other\n# Title\n\nDo it.\n';
    const after = withSafeFixes({ text, folderName }, reading);
    assert.deepEqual(
      judgeSkill(after, folderName).map(({ kind }) => kind),
      ['unknownField', 'badName'],
    );
    assert.equal(withSafeFixes({ text: after, folderName }, reading), after);
  });

  it('never make anything worse, whatever the text', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '---',
        'name: a',
        'name:',
        'description: "x',
        'metadata:',
        '  a: 1',
        '',
        '# T',
        'text: y: z',
        '- b',
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 12, unit: 'binary' }),
    );
    const texts = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'));
    fc.assert(
      fc.property(texts, ([lines, lineEnd]) => {
        const text = lines.join(lineEnd);
        const errors = (of: string): number =>
          judgeSkill(of, folderName).filter(({ severity }) => severity === 'error').length;
        for (const finding of judgeSkill(text, folderName)) {
          for (const { edits } of skillFixes({ text, folderName }, finding, reading)) {
            const sorted = edits.toSorted((a, b) => a.start - b.start);
            sorted.forEach(({ start, end }, index) => {
              assert.ok(start <= end && end <= text.length && (sorted[index - 1]?.end ?? 0) <= start);
            });
          }
        }
        assert.ok(errors(withSafeFixes({ text, folderName }, reading)) <= errors(text));
      }),
      { numRuns: 500 },
    );
  });
});
