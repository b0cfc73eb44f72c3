import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { parseSkillFile } from '../../../src/model/skillFile';
import { judgeSkill } from '../../../src/model/skillRules';

/** What is made of one: its name, its description and its findings; a problem has its line instead of the two. */
type Made = [name: string, description: string, ...string[]] | [line: number, ...string[]];

function made(text: string): Made {
  const parsed = parseSkillFile(text, 'folder');
  const kinds = judgeSkill(text, 'folder').map(({ kind, field }) => (field === undefined ? kind : `${kind} ${field}`));
  return 'skill' in parsed ? [parsed.skill.name, parsed.skill.description, ...kinds] : [parsed.problem.line, ...kinds];
}

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const matter = (...all: string[]): string => lines('---', ...all, '---', 'Do it.');

/** As they are found in public collections, rewritten; and as somebody who means harm would write them. */
const ugly: Record<string, [text: string, Made]> = {
  'a colon in a description': [matter('name: folder', 'description: Use when: tests fail'), [3, 'badYaml description']],
  'a colon at the end of a description': [
    matter('name: folder', 'description: Use it for:'),
    [3, 'badYaml description'],
  ],
  'a list of examples with colons and quotation marks in it': [
    matter('name: folder', 'description: Use this agent. Examples: user: "fix it" assistant: "Done"'),
    [3, 'badYaml description'],
  ],
  'a bold description': [matter('name: folder', 'description: **Tests** everything'), [3, 'badYaml description']],
  'an emphasised description, which is an alias to YAML': [
    matter('name: folder', 'description: *important*'),
    [3, 'badYaml description'],
  ],
  'a description that starts with a code mark': [
    matter('name: folder', 'description: `npm test` and what to do then'),
    [3, 'badYaml description'],
  ],
  'a description that starts with an at sign': [
    matter('name: folder', 'description: @team only'),
    [3, 'badYaml description'],
  ],
  'a description in brackets that goes on after them': [
    matter('name: folder', 'description: [Beta] Tests'),
    [3, 'badYaml description'],
  ],
  'a quoted description that goes on after its end': [
    matter('name: folder', 'description: "Tests" everything'),
    [3, 'badYaml description'],
  ],
  'a quotation mark that is not closed': [
    matter('name: folder', 'description: "Tests all'),
    [3, 'badYaml description'],
  ],
  'a quoted text whose further lines are not indented': [
    matter('name: folder', 'description: "Tests,', '', 'all of it."', 'license: MIT'),
    ['folder', 'Tests,\nall of it.'],
  ],
  'the same with CRLF, single quotation marks and a key that looks like a field': [
    matter('name: folder', "description: 'Tests", "name: it''s not'").replaceAll('\n', '\r\n'),
    ['folder', "Tests name: it's not"],
  ],
  'front matter that is indented from its second line on': [
    matter('  name: folder', '  description: Tests'),
    // The service cuts the blanks before the first line only.
    [3, 'badYaml'],
  ],
  'a tab before a key': [matter('name: folder', 'description: Tests', 'metadata:', '\tauthor: a'), [5, 'badYaml']],
  'a key twice': [matter('name: folder', 'description: Tests', 'name: folder'), [4, 'badYaml name']],
  'a key twice, further in': [
    matter('name: folder', 'description: Tests', 'metadata:', '  a: x', '  a: y'),
    [6, 'badYaml'],
  ],
  'typographic quotation marks': [
    matter('name: “folder”', 'description: “Tests”'),
    ['“folder”', '“Tests”', 'badName name'],
  ],
  'a colon of another script': [matter('name: folder', 'description： Tests'), [3, 'badYaml']],
  'a key without a blank after its colon': [matter('name:folder'), ['folder', 'Do it.', 'notAMapping']],
  'a key without a colon': [matter('name: folder', 'description'), [3, 'badYaml']],
  'keys with capitals': [
    matter('Name: folder', 'Description: Tests'),
    ['folder', 'Do it.', 'noName name', 'noDescription description', 'unknownField Name', 'unknownField Description'],
  ],
  'a title for a name': [
    matter('name: My Test Skill', 'description: Tests'),
    ['My Test Skill', 'Tests', 'badName name'],
  ],
  'a number, a date and a truth value': [
    matter('name: 404', 'description: true', 'version: 2024-01-01'),
    ['folder', 'Do it.', 'wrongType name', 'wrongType description', 'unknownField version'],
  ],
  'metadata as one text of JSON': [
    matter('name: folder', 'description: Tests', `metadata: '{"a": {"b": [1]}}'`),
    ['folder', 'Tests', 'wrongType metadata'],
  ],
  'metadata as JSON': [
    matter('name: folder', 'description: Tests', 'metadata: {"a": {"emoji": "🧪", "bins": ["git"]}}'),
    ['folder', 'Tests', 'wrongType metadata'],
  ],
  'metadata that end at the first column': [
    matter('name: folder', 'description: Tests', 'metadata: {', '  "a": "b"', '}'),
    ['folder', 'Tests'],
  ],
  'a line that is commented out': [
    matter('name: folder', '# description: Tests'),
    ['folder', 'Do it.', 'noDescription description'],
  ],
  'a remark after a text': [matter('name: folder # as the folder', 'description: Tests#1'), ['folder', 'Tests#1']],
  'nothing but a remark': [matter('# nothing yet'), ['folder', 'Do it.', 'noName name', 'noDescription description']],
  'a text over several lines': [
    matter('name: folder', 'description: >-', '  Tests', '  all.'),
    ['folder', 'Tests all.'],
  ],
  'a text with its mark, and nothing in it': [
    matter('name: folder', 'description: |', 'license: MIT'),
    ['folder', 'Do it.', 'emptyDescription description'],
  ],
  'front matter that is not closed': [
    lines('---', 'name: folder', 'description: Tests', '', '# Tests', '', 'Do it.'),
    ['folder', '--- name: folder description: Tests', 'notClosed'],
  ],
  'front matter that is closed by a rule of the text': [
    lines('---', 'name: folder', 'description: Tests', '', '# Tests', 'Do it now.', '', '---', '', 'More.'),
    [6, 'badYaml'],
  ],
  'front matter that is closed by dots': [
    lines('---', 'name: folder', '...', 'Do it.'),
    ['folder', '--- name: folder ... Do it.', 'notClosed'],
  ],
  'front matter between marks of code': [
    lines('```yaml', '---', 'name: folder', '---', '```', 'Do it.'),
    ['folder', '```yaml --- name: folder --- ``` Do it.', 'noFrontMatter'],
  ],
  'four dashes': [
    lines('----', 'name: folder', '----', 'Do it.'),
    ['folder', '---- name: folder ---- Do it.', 'noFrontMatter'],
  ],
  'a closing line that is indented': [
    lines('---', 'name: folder', 'description: Tests', ' ---', 'Do it.'),
    ['folder', '--- name: folder description: Tests --- Do it.', 'notClosed'],
  ],
  'front matter after a title': [
    lines('# Tests', '', '---', 'name: folder', '---', 'Do it.'),
    ['folder', '--- name: folder --- Do it.', 'noFrontMatter'],
  ],
  'blanks after the dashes, and before them': [
    '\n\n  ---  \nname: folder\ndescription: Tests\n---\t\nDo it.',
    ['folder', 'Tests'],
  ],
  'a byte order mark': [`\uFEFF${matter('name: folder', 'description: Tests')}`, ['folder', 'Tests']],
  'nothing after the front matter, not even a line end': [
    '---\nname: folder\ndescription: Tests\n---',
    [4, 'noInstructions'],
  ],
  'no instructions but blanks': [
    matter('name: folder', 'description: Tests').replace('Do it.', ' \t\r'),
    [4, 'noInstructions'],
  ],
  'nothing at all': ['', [1, 'noInstructions']],
  'headings only': [lines('# One', '', '## Two'), ['folder', '', 'noFrontMatter']],
  'a heading without a blank line after it': [
    lines('# One', 'Text.', '', 'More.'),
    ['folder', 'Text.', 'noFrontMatter'],
  ],
  'two documents': [matter('name: folder', 'description: Tests', '...', 'name: other'), [5, 'badYaml name']],
  'a NUL, and other characters that YAML does not have': [
    matter('name: fol\0der', 'description: \x1b[31mTests'),
    [2, 'badYaml name'],
  ],
  'a NUL in the text': [matter('name: folder', 'description: Tests').replace('Do it.', 'Do\0it.'), ['folder', 'Tests']],
  'an unknown escape': [matter('name: folder', 'description: "C:\\data"'), [3, 'badYaml description']],
  'a mapping as a key': [matter('name: folder', 'description: Tests', '? {a: b}', ': c'), ['folder', 'Tests']],
  'a key that objects have': [
    matter('__proto__: {name: evil}', 'constructor: x', 'description: Tests'),
    ['folder', 'Tests', 'noName name', 'unknownField __proto__', 'unknownField constructor'],
  ],
  'a merged mapping': [
    matter('base: &base {name: other}', '<<: *base', 'description: Tests'),
    ['folder', 'Tests', 'noName name', 'unknownField base', 'unknownField <<'],
  ],
  'a tag that would run something elsewhere': [
    matter('name: !!python/object/apply:os.system ["id"]', 'description: Tests'),
    ['folder', 'Tests', 'wrongType name'],
  ],
};

describe('ugly skills', () => {
  for (const [name, [text, expected]] of Object.entries(ugly)) {
    it(name, () => {
      assert.deepEqual(made(text), expected);
    });
  }

  it('that nest without end do not end the process', () => {
    for (const part of ['[', '{a: ', '- ', '? ', 'a:\n', '[\n', '? - ']) {
      const nested = Array.from(
        { length: 2000 },
        (_, index) => (part === 'a:\n' ? ' '.repeat(index % 100) : '') + part,
      );
      assert.match(
        String(made(matter(`name: folder\nx: ${nested.join('').slice(0, 10_000)}`)).at(-1)),
        /^badYaml( x)?$/,
        part,
      );
    }
  });

  it('of any size are read in a time that grows with it', () => {
    const long = 12 * 1024;
    const times = (text: string): string => text.repeat(Math.ceil(long / text.length)).slice(0, long - 1);
    const hostile = [
      ...[
        '[',
        '{a: ',
        '- ',
        '? ',
        ': ',
        '&a ',
        '!',
        '"',
        "'",
        '|\n',
        '\t',
        '\n',
        '# x\n',
        'a: @x\n',
        '*a ',
        '%',
        'a: "\n',
      ],
      ...["a: '\n", 'a: "\\"\n', '<<: *a\n', '[a, ', 'a:\n ', '---\n ', ' \n', '\r', '\r\n', '\\', '😀'],
    ].map(times);
    const keys = Array.from({ length: 2000 }, (_, index) => `k${index}: v`).join('\n');
    const aliases = `a: &a x\n${Array.from({ length: 1000 }, (_, index) => `k${index}: *a`).join('\n')}`;
    for (const yaml of [...hostile, keys, aliases]) {
      made(`---\n${yaml}\n---\nDo it.`);
      made(yaml);
    }
  });

  it('of five megabytes are read too, without what nobody writes into front matter', () => {
    const huge = 5 * 1024 * 1024;
    const texts = ['x', ' ', '\n', '\n---', '\n--- ', '\n \n', '# a\n', '---\n', '\r', 'a: b\n', '\ufeff', '[', '\t-'];
    for (const text of texts.map((part) => part.repeat(huge / part.length))) {
      made(text);
      made(matter('name: folder', 'description: Tests').replace('Do it.', `${text}.`));
      made(`---\n${text}\n---\nDo it.`);
      made(`---${text}`);
    }
    assert.deepEqual(made(matter('name: other', `description: ${'x'.repeat(huge)}`)), [
      'folder',
      'Do it.',
      'longFrontMatter',
    ]);
  });
});

describe('real skills', () => {
  const folder = process.env.AGENT_RUNS_SKILLS ?? path.resolve(__dirname, '../../workspace');
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file).toLowerCase() === 'skill.md');

  it('are read or judged, every one', () => {
    assert.ok(files.length > 0);
    for (const file of files) {
      const text = fs.readFileSync(path.join(folder, file), 'utf8');
      const name = path.basename(path.dirname(file));
      const parsed = parseSkillFile(text, name);
      const hasError = judgeSkill(text, name).some(({ severity }) => severity === 'error');
      assert.equal(hasError, 'problem' in parsed, file);
    }
  });
});
