import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSkillFile } from '../../../src/model/skillFile';
import { judgeSkill } from '../../../src/model/skillRules';

/** Front matter with one mistake, the line of it (the first dashes are line 1), and what is marked there. */
const faults: Record<string, [lines: string[], line: number, marked: string]> = {
  'a double quote that is not closed': [['name: a', 'description: "Writes notes', 'license: MIT'], 3, '"Writes notes'],
  'a single quote that is not closed': [['name: a', "description: 'Writes notes", 'license: MIT'], 3, "'Writes notes"],
  'a quote that is not closed in the first line': [['name: "a', 'description: Notes'], 2, '"a'],
  'a quote that is not closed in the last line': [['name: a', 'description: "Notes'], 3, '"Notes'],
  'a quote that is not closed above a blank line': [
    ['name: a', 'description: "Notes', '', 'license: MIT'],
    3,
    '"Notes',
  ],
  'a quote that the opening one of another line closes': [
    ['name: a', 'description: "Notes', 'license: "MIT"'],
    3,
    '"Notes',
  ],
  'a quote that is not closed, deeper': [
    ['name: a', 'metadata:', '  author: "me', '  team: us', 'license: MIT'],
    4,
    '"me',
  ],
  'a quote that is closed too early': [
    ['name: a', 'description: "Notes" of a release', 'license: MIT'],
    3,
    'of a release',
  ],
  'a colon': [['name: a', 'description: Use it when: now', 'license: MIT'], 3, 'Use it when: now'],
  'a tab for an indentation': [['name: a', 'metadata:', '\tauthor: me', 'license: MIT'], 4, '\tauthor: me'],
  'a line that is indented': [['name: a', '  description: Notes', 'license: MIT'], 3, 'description: Notes'],
  'a list that is not closed': [['name: a', 'allowed-tools: [git, npm', 'license: MIT'], 3, '[git, npm'],
  'a mapping that is not closed': [['name: a', 'metadata: {author: me', 'license: MIT'], 3, '{author: me'],
  'a list with a quote that is not closed': [['name: a', 'allowed-tools: [git, "npm', 'license: MIT'], 3, '[git, "npm'],
  'an entry of a list without its dash': [['name: a', 'allowed-tools:', '  - git', ' npm', 'license: MIT'], 5, ' npm'],
  'an entry of a list that is not indented': [
    ['name: a', 'allowed-tools:', '  - git', '- npm', 'license: MIT'],
    5,
    '- npm',
  ],
  'an unknown escape in a later line of a text': [['name: a', 'description: "Notes', '  of \\q"'], 4, '\\q"'],
};

describe('front matter that is no YAML', () => {
  for (const [name, [lines, line, marked]] of Object.entries(faults)) {
    it(`is said to be wrong where that begins: ${name}`, () => {
      for (const lineEnd of ['\n', '\r\n']) {
        const text = ['---', ...lines, '---', 'Do it.', ''].join(lineEnd);
        const parsed = parseSkillFile(text, 'a');
        assert.deepEqual('problem' in parsed && parsed.problem, { kind: 'badYaml', line });
        const [finding] = judgeSkill(text, 'a').filter(({ severity }) => severity === 'error');
        assert.ok(finding);
        assert.equal(text.slice(0, finding.start).split('\n').length, line);
        assert.equal(text.slice(finding.start, finding.end), marked);
      }
    });
  }

  it('is wrong at a place within it, whatever it is', () => {
    const piece = fc.constantFrom(
      'a: ',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      '- ',
      '\n',
      '  ',
      '\t',
      'x',
      ', ',
      '|',
      '&a',
      '*a',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = `---\n${pieces.join('')}\n---\nDo it.\n`;
        const end = text.lastIndexOf('---');
        for (const { kind, start, end: to } of judgeSkill(text, 'a')) {
          assert.ok(kind !== 'badYaml' || (start >= 4 && start < to && to <= end), JSON.stringify(text));
        }
      }),
    );
  });
});
