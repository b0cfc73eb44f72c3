import assert from 'node:assert/strict';
import fc from 'fast-check';
import { highlightCode, languageOfFile } from '../../../src/conversation/highlightCode';
import { textOf, type ViewNode } from '../../../src/conversation/viewNodes';

const coloured = (nodes: readonly ViewNode[]): string[] =>
  nodes.flatMap((node) => (typeof node === 'string' || typeof node[1] !== 'string' ? [] : [node[1]]));

/** A line of each language, with something in it that has a colour. */
const samples: Record<string, string> = {
  bash: 'echo "a" # b',
  c: 'int main(void) { return 0; }',
  'c++': '// a',
  cs: 'public int A() => 1;',
  css: '.a { color: red; }',
  diff: '+a',
  dockerfile: 'FROM node:24 AS build',
  go: 'func a() {}',
  graphql: 'query A { b }',
  html: '<p class="a">b</p>',
  ini: 'a = 1',
  java: 'public class A {}',
  js: 'const a = 1;',
  json: '{"a": 1}',
  jsx: 'const a = <b />;',
  kt: 'fun a() = 1',
  makefile: 'build: $(A)',
  md: '# A',
  php: '<?php echo "a";',
  pwsh: 'Get-Item $a',
  py: 'def a(): pass',
  rb: 'def a; end',
  rs: 'fn a() {}',
  scss: '$a: 1px;',
  sql: 'SELECT 1 -- a',
  swift: 'let a = 1',
  toml: '[a]',
  ts: 'let a: string;',
  tsx: 'const a = <b />;',
  xml: '<a/>',
  yaml: 'a: 1',
};

describe('code', () => {
  for (const [language, code] of Object.entries(samples)) {
    it(`is coloured in ${language}, and stays what it is`, () => {
      const nodes = highlightCode(code, language);
      assert.ok(coloured(nodes).length > 0);
      assert.equal(nodes.map(textOf).join(''), code);
    });
  }

  it('stays what it is in any language', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab /*#$<>{}()=:;-`@"\'\n\\')) });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(samples)), text, (language, code) => {
        assert.equal(highlightCode(code, language).map(textOf).join(''), code);
      }),
    );
  });

  it('is plain where the language is not known, or there is too much of it', () => {
    assert.deepEqual(highlightCode('a', 'constructor'), ['a']);
    assert.equal(coloured(highlightCode('let a;\n'.repeat(10_000), 'ts')).length, 0);
    assert.equal(coloured(highlightCode(`[a]\nb = ${'c'.repeat(10_000)}`, 'ini')).length, 0);
  });

  it('has the language that its file says', () => {
    assert.equal(languageOfFile('src/a.test.ts'), 'ts');
    assert.equal(languageOfFile('docker/Dockerfile'), 'dockerfile');
  });
});
