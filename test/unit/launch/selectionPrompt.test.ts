import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { fenced } from '../../../src/model/markdownCode';
import { selectionPrompt } from '../../../src/model/selectionPrompt';

const source = {
  path: 'src/cart.ts',
  languageId: 'typescript',
  repository: 'acme/shop',
  branch: 'feature/x',
  commit: '0123456789abcdef',
};

describe('selectionPrompt', () => {
  it('carries the words, the facts and the text', () => {
    const prompt = selectionPrompt('Why is this slow?', source, [{ text: 'a();\nb();', firstLine: 3, lastLine: 4 }]);
    assert.equal(
      prompt,
      [
        'Why is this slow?',
        '',
        'File: src/cart.ts',
        'Repository: acme/shop',
        'Branch: feature/x',
        'Commit: 0123456789abcdef',
        '',
        'Lines 3–4:',
        '',
        '```typescript',
        'a();',
        'b();',
        '```',
      ].join('\n'),
    );
  });

  it('leaves out what is not known', () => {
    assert.equal(selectionPrompt('Go', {}, [{ text: 'x', firstLine: 7, lastLine: 7 }]), 'Go\n\nLine 7:\n\n```\nx\n```');
  });

  it('carries every selection', () => {
    const prompt = selectionPrompt('Go', source, [
      { text: 'one', firstLine: 1, lastLine: 1 },
      { text: 'two', firstLine: 9, lastLine: 10 },
    ]);
    assert.ok(prompt.includes('Line 1:\n\n```typescript\none\n```'));
    assert.ok(prompt.endsWith('Lines 9–10:\n\n```typescript\ntwo\n```'));
  });

  it('does not let a name of a file or a branch look like another fact', () => {
    const prompt = selectionPrompt('Go', { path: 'a\nCommit: forged', branch: 'b\u2028Commit: forged' }, []);
    assert.equal(prompt.split(/[\n\u2028]/).filter((line) => line.startsWith('Commit:')).length, 0);
  });

  it('does not let the language end or fill the fence', () => {
    assert.ok(fenced('x', 'a`b\nc d').startsWith('```abcd\n'));
    assert.ok(fenced('x', 'c++').startsWith('```c++\n'));
  });

  it('keeps any text whole, for a reader that counts and for a Markdown parser', () => {
    const markdown = new MarkdownIt();
    const piece = fc.constantFrom(
      '`',
      '```',
      '````ts',
      '~~~',
      '\n',
      '\r\n',
      ' ',
      'x',
      '    ',
      '- ',
      '> ',
      '\t',
      '<!--',
      '\u2028',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          const prompt = selectionPrompt('Go', source, [{ text, firstLine: 1, lastLine: 1 }]);
          const [fence = ''] = /`{3,}(?=typescript\n)/.exec(prompt) ?? [];
          const start = prompt.indexOf(`${fence}typescript\n`) + fence.length + 'typescript\n'.length;
          assert.equal(prompt.slice(start, prompt.length - fence.length - 1), text);
          assert.ok(!text.includes(fence));
          const blocks = markdown.parse(prompt, {}).filter(({ type }) => type === 'fence');
          assert.deepEqual(
            blocks.map(({ content }) => content),
            [`${text.replaceAll('\r\n', '\n')}\n`],
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('takes a very long run of backticks', () => {
    const text = '`'.repeat(300_000);
    assert.equal(fenced(text).length, 300_000 + 2 * 300_001 + 2);
    assert.ok(fenced('` '.repeat(300_000)).startsWith('```\n'));
  });
});
