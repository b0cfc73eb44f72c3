import assert from 'node:assert/strict';
import path from 'node:path';
import * as fc from 'fast-check';
import { safeFileName } from '../../../src/model/safeFileName';

describe('safeFileName', () => {
  const cases: [string, string][] = [
    ['report.pdf', 'report.pdf'],
    ['Grüße 日本 😀.txt', 'Grüße 日本 😀.txt'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['/etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['C:a.txt', 'C_a.txt'],
    ['\\\\server\\share\\a.txt', 'a.txt'],
    ['//server/share/a.txt', 'a.txt'],
    ['a.txt:hidden', 'a.txt_hidden'],
    ['a.txt::$DATA', 'a.txt__$DATA'],
    ['dir/', 'dir'],
    ['', 'artifact'],
    ['.', 'artifact'],
    ['..', 'artifact'],
    ['../..', 'artifact'],
    ['///', 'artifact'],
    ['???', 'artifact'],
    [' . . ', 'artifact'],
    ['.bashrc', 'bashrc'],
    ['...hidden.txt', 'hidden.txt'],
    ['a.txt. . .', 'a.txt'],
    ['a   .txt', 'a.txt'],
    ['a\nb\tc.txt', 'a_b_c.txt'],
    ['a\0.txt', 'a_.txt'],
    ['gpj.\u202eexe.txt', 'gpj._exe.txt'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['Nul.tar.gz', '_Nul.tar.gz'],
    ['COM1', '_COM1'],
    ['lpt¹.log', '_lpt¹.log'],
    ['con .txt', '_con.txt'],
    ['console.txt', 'console.txt'],
    ['<script>.html', '_script_.html'],
  ];
  for (const [name, safe] of cases) {
    it(`makes ${JSON.stringify(safe)} of ${JSON.stringify(name)}`, () => {
      assert.equal(safeFileName(name), safe);
    });
  }

  it('keeps the extension of a name that is too long, and whole characters', () => {
    const safe = safeFileName(`${'日'.repeat(300)}.markdown`);
    assert.equal(safe, `${'日'.repeat(82)}.markdown`);
    assert.equal(Buffer.byteLength(safeFileName('x'.repeat(1000))), 255);
    assert.equal(Buffer.byteLength(safeFileName(`a.${'x'.repeat(1000)}`)), 255);
  });

  it('never takes a name that is taken', () => {
    const taken = new Set(['a.txt', 'a (2).txt']);
    assert.equal(
      safeFileName('a.txt', (name) => taken.has(name)),
      'a (3).txt',
    );
    const long = 'x'.repeat(300);
    const first = safeFileName(long);
    const second = safeFileName(long, (name) => name === first);
    assert.notEqual(second, first);
    assert.ok(Buffer.byteLength(second) <= 255);
  });

  it('stays in its folder on every system, whatever the name', () => {
    const piece = fc.constantFrom(
      '..',
      '/',
      '\\',
      ':',
      '.',
      ' ',
      'con',
      'nul.',
      'a',
      'é',
      '\u202e',
      '\0',
      '😀',
      '\ud800',
      '~',
      '%2e',
    );
    const name = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 400 }),
    );
    fc.assert(
      fc.property(name, (text) => {
        const safe = safeFileName(text);
        assert.ok(safe.length > 0 && Buffer.byteLength(safe) <= 255);
        assert.equal(safeFileName(safe), safe);
        for (const system of [path.posix, path.win32]) {
          assert.equal(system.basename(safe), safe);
          assert.equal(system.dirname(system.join('/base/folder', safe)), system.normalize('/base/folder'));
          assert.ok(!system.isAbsolute(safe));
        }
        assert.doesNotMatch(safe, /^[. ]|[. ]$|[<>:"/\\|?*\p{Cc}\p{Cs}]/u);
        assert.doesNotMatch(safe, /^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
      }),
      { numRuns: 2000 },
    );
  });
});
