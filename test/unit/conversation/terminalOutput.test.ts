import assert from 'node:assert/strict';
import fc from 'fast-check';
import { terminalNodes, terminalText } from '../../../src/conversation/terminalOutput';
import { textOf } from '../../../src/conversation/viewNodes';

/** Each piece of text with the classes that it has. */
const pieces = (output: string): [text: string, classes: string][] =>
  terminalNodes(output).map((node) => [
    textOf(node),
    typeof node === 'string' || typeof node[1] !== 'string' ? '' : node[1],
  ]);
const classOf = (codes: string): string => pieces(`\u001b[${codes}mx`)[0]?.[1] ?? '';

describe('colours of a terminal', () => {
  it('are those of the theme that are nearest', () => {
    const nearest: Record<string, string> = {
      '38;5;1': 'ansi-red',
      '38;5;9': 'ansi-bright-red',
      '38;5;208': 'ansi-bright-yellow',
      '38;5;22': 'ansi-green',
      '38;5;27': 'ansi-bright-blue',
      '38;5;244': 'ansi-white',
      '38;5;236': 'ansi-black',
      '38;2;200;30;40': 'ansi-red',
      '38;2;250;250;250': 'ansi-bright-white',
      '38:2::10:200:20': 'ansi-green',
      '38:5:4': 'ansi-blue',
      '48;5;1': 'ansi-red',
      '97': 'ansi-bright-white',
      '105': 'ansi-bright-magenta',
      '38;5;999': '',
      '38;2;1;2': '',
      '38': '',
    };
    for (const [codes, name] of Object.entries(nearest)) {
      assert.equal(classOf(codes), name, codes);
    }
  });

  it('go on after what sets a colour of many', () => {
    assert.equal(classOf('38;5;1;1'), 'ansi-red bold');
    assert.equal(classOf('38;2;200;30;40;4'), 'ansi-red underline');
  });

  it('come with bold, dim, italic, underlined, struck and inverse text', () => {
    assert.equal(classOf('1;2;3;4;9'), 'bold dim italic underline strike');
    assert.equal(classOf('7'), 'inverse');
    assert.equal(classOf('31;7'), 'ansi-red');
    assert.equal(classOf('4:3'), 'underline');
    assert.deepEqual(pieces('\u001b[1;31ma\u001b[22mb\u001b[39mc\u001b[4md\u001b[4:0me\u001b[0mf'), [
      ['a', 'ansi-red bold'],
      ['b', 'ansi-red'],
      ['c', ''],
      ['d', 'underline'],
      ['e', ''],
      ['f', ''],
    ]);
  });

  it('change nothing of what came before', () => {
    assert.deepEqual(pieces('\u001b[1ma\u001b[4mb'), [
      ['a', 'bold'],
      ['b', 'bold underline'],
    ]);
  });
});

describe('lines of a terminal', () => {
  it('have the form that they were given last', () => {
    assert.equal(terminalText('10 %\r50 %\r100 %\r\r\nend'), '100 %\nend');
    assert.deepEqual(pieces('\u001b[32m1 %\r2 %\u001b[0m'), [['2 %', 'ansi-green']]);
  });

  it('lose what was taken back', () => {
    assert.equal(terminalText('|\b/\b-\bok'), 'ok');
    assert.equal(terminalText('\b\bab\b\b\bc'), 'c');
    assert.equal(terminalText('a😀\b'), 'a');
    assert.deepEqual(pieces('\u001b[31ma\u001b[0m\bb'), [['b', '']]);
  });

  it('lose every sequence that is no colour', () => {
    assert.equal(
      terminalText('a\u001b[>4;2mb\u001b[?25lc\u001b[10Ad\u001b]0;t\u0007e\u001b]8;;https://x\u001b\\f'),
      'abcdef',
    );
  });

  it('keep their text, whatever colours are set', () => {
    const piece = fc.oneof(
      fc.constantFrom('a', ' ', '\n'),
      fc
        .string({ unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '8', ';', ':') })
        .map((codes) => `\u001b[${codes}m`),
    );
    fc.assert(
      fc.property(fc.array(piece), (given) => {
        const output = given.join('');
        const text = given.filter((one) => !one.startsWith('\u001b')).join('');
        assert.equal(terminalText(output), text);
        assert.equal(terminalNodes(output).map(textOf).join(''), text);
      }),
    );
  });

  it('is read in no time, whatever stands in it', () => {
    assert.equal(terminalText(`${'\r'.repeat(300_000)}a`), 'a');
    assert.equal(terminalText(`\u001b[${'?'.repeat(300_000)}`).length, 300_001);
    assert.equal(terminalText(`b${'\u001b[1m'.repeat(50_000)}${'\b'.repeat(100_000)}a`), 'a');
  });
});
