import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plain, plainLines, visibleText, withoutCommandLinks } from '../../../src/platform/plainText';

// What the workbench looks for in labels (icons) and in notifications (links).
const icon = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;
const unseen = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '$(bug)',
        '[a](command:b)',
        '\u202e',
        '$',
        '(',
        'bug)',
        '](',
        '\u001b]8;;x',
        '\ud800',
        '\u200b',
        '\u2060',
        '\u{e0041}',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('plain text', () => {
  it('leaves no icon, link or unseen character, and keeps the length', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const shown = plain(text, max);
        assert.doesNotMatch(shown, icon);
        assert.doesNotMatch(shown, link);
        assert.doesNotMatch(shown, unseen);
        assert.ok(Array.from(shown).length <= max);
      }),
    );
  });

  it('keeps lines apart in longer texts, with the same care', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = plainLines(text, 3);
        assert.ok(shown.split('\n').length <= 3);
        assert.doesNotMatch(shown.replaceAll('\n', ' '), unseen);
        assert.doesNotMatch(shown, icon);
        assert.doesNotMatch(shown, link);
      }),
    );
  });

  it('shows an override by its number and ordinary text as it is', () => {
    assert.equal(plain('pay\u202etxt.exe'), 'payU+202Etxt.exe');
    assert.equal(plain('Fix the  build — עברית 👩‍💻'), 'Fix the  build — עברית 👩‍💻');
    assert.equal(plain('one\n\ttwo'), 'one two');
    assert.equal(plain('abcdef', 4), 'abc…');
  });
});

describe('text of a page', () => {
  it('leaves no unseen character but tabs and line breaks', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(visibleText(text).replaceAll(/[\n\t]/g, ' '), unseen);
      }),
    );
  });

  it('shows by its number what acts unseen, and keeps what words and emoji are spelled with', () => {
    assert.equal(visibleText('a\u200bb\u{e0041}\ufeff'), 'a‹U+200B›b‹U+E0041›‹U+FEFF›');
    assert.equal(visibleText('می\u200cخواهم 👩‍💻\tx\r\ny\rz'), 'می\u200cخواهم 👩‍💻\tx\ny\nz');
  });
});

describe('text of an editor', () => {
  it('has no link to a command, and is otherwise as it was written', () => {
    const links = [
      '[a](command:x.y)',
      '<COMMAND:x.y>',
      '[a]: command:x.y',
      '[a](command\\:x.y)',
      '<a href="command:x.y">',
    ];
    for (const link of links) {
      assert.doesNotMatch(withoutCommandLinks(link), /command\\?:/i);
      assert.equal(withoutCommandLinks(link).replaceAll('\u200c', ''), link);
    }
    const others = 'The command: npm test\nrun-command\n[a](https://x.example/command)';
    assert.equal(withoutCommandLinks(others), others);
  });
});
