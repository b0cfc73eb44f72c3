import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  attach,
  type Attachment,
  type Candidate,
  mimeTypeOf,
  mimeTypeOfBytes,
  mostAttachments,
  mostBytesEach,
  mostBytesInAll,
  sizeOf,
} from '../../../src/model/attachment';
import { shopPage } from '../../local-oz/png';

const file = (name: string, size: Candidate['size'] = 10, folder = '/w'): Candidate => ({
  uri: `file://${folder}/${name}`,
  name,
  size,
});
const names = (attachments: readonly Attachment[]): string[] => attachments.map(({ name }) => name);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('attaching files', () => {
  it('takes five, and says which stay out', () => {
    const { attachments, left } = attach(
      [],
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => file(name)),
    );
    assert.deepEqual(names(attachments), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(
      left.map(({ name, refusal }) => [name, refusal]),
      [
        ['f', 'tooMany'],
        ['g', 'tooMany'],
      ],
    );
  });

  it('goes by the size of each and of all', () => {
    const large = mostBytesEach;
    const { attachments, left } = attach(
      [],
      [file('a', large), file('b', large + 1), file('c', large), file('d', 1), file('e', 0)],
    );
    assert.deepEqual(names(attachments), ['a', 'c', 'e']);
    assert.deepEqual(
      left.map(({ refusal }) => refusal),
      ['tooBig', 'tooBigTogether'],
    );
  });

  it('leaves out what is no file that can be read', () => {
    const { attachments, left } = attach([], [file('a', 'folder'), file('b', 'unreadable'), file('c', 'notTrusted')]);
    assert.deepEqual(attachments, []);
    assert.deepEqual(
      left.map(({ refusal }) => refusal),
      ['folder', 'unreadable', 'notTrusted'],
    );
  });

  it('takes a file again as it is now, in its place and under its name', () => {
    const first = attach([], [file('a.txt'), file('a.txt', 10, '/v'), file('c')]).attachments;
    const { attachments } = attach(first, [file('a.txt', 99, '/v')]);
    assert.deepEqual(names(attachments), ['a.txt', 'a (2).txt', 'c']);
    assert.equal(attachments[1]?.size, 99);
    assert.equal(attach(first, [file('d'), file('e'), file('a.txt')]).left.length, 0);
  });

  it('tells files of the same name apart, whatever the case', () => {
    const { attachments } = attach([], [file('LOG.txt'), file('log.txt', 1, '/v'), file('log (2).txt')]);
    assert.deepEqual(names(attachments), ['LOG.txt', 'log (2).txt', 'log (2) (2).txt']);
  });

  it('has names without folders, no two alike, and never too many bytes, whatever is picked', () => {
    const candidate = fc.record({
      uri: fc.webUrl(),
      name: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('../x', 'a/b', '..\\c', 'CON', 'a.png', 'A.PNG')),
      size: fc.oneof(fc.nat(mostBytesEach * 2), fc.constantFrom<Candidate['size']>('folder', 'unreadable')),
    });
    fc.assert(
      fc.property(fc.array(fc.array(candidate, { maxLength: 8 }), { maxLength: 4 }), (rounds) => {
        let held: Attachment[] = [];
        for (const round of rounds) {
          const { attachments, left } = attach(held, round);
          const uris = new Set([...held, ...round].map(({ uri }) => uri));
          const kept = new Set(attachments.map(({ uri }) => uri));
          // None is lost without a word.
          assert.ok([...uris].every((uri) => kept.has(uri) || left.some((one) => one.uri === uri)));
          assert.equal(kept.size, attachments.length);
          held = attachments;
        }
        assert.ok(held.length <= mostAttachments && sizeOf(held) <= mostBytesInAll);
        assert.ok(held.every(({ name, size }) => size <= mostBytesEach && name !== '' && !/[/\\]/.test(name)));
        assert.equal(new Set(names(held).map((name) => name.toLowerCase())).size, held.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a file is', () => {
  it('is told by its name until its bytes are known', () => {
    for (const [name, type] of [
      ['a.png', 'image/png'],
      ['a.JPeG', 'image/jpeg'],
      ['a.svg', 'text/plain'],
      ['a.bmp', 'application/octet-stream'],
      ['a.ts', 'text/plain'],
      ['a.md', 'text/markdown'],
      ['a.tar.gz', 'application/gzip'],
      ['Makefile', 'application/octet-stream'],
      ['a.', 'application/octet-stream'],
      ['a.constructor', 'application/octet-stream'],
      ['png', 'application/octet-stream'],
      ['', 'application/octet-stream'],
    ] as const) {
      assert.equal(mimeTypeOf(name), type, name);
    }
  });

  it('goes by the bytes where they tell it', () => {
    for (const [name, content, type] of [
      ['a.txt', shopPage(false), 'image/png'],
      ['a.png', bytes('no picture'), 'text/plain'],
      ['a.png', new Uint8Array([0, 1, 2]), 'application/octet-stream'],
      ['Makefile', bytes('all:\n\ttrue\n'), 'text/plain'],
      ['a.json', bytes('{}'), 'application/json'],
      ['a.json', new Uint8Array([0xff, 0xfe, 0x00]), 'application/octet-stream'],
      ['a.ts', new Uint8Array([0xc3, 0x28]), 'application/octet-stream'],
      ['a.md', bytes('# Grüße 😀'), 'text/markdown'],
      ['a.pdf', new Uint8Array([0x25, 0x50, 0, 0xff]), 'application/pdf'],
      ['empty', new Uint8Array(), 'text/plain'],
    ] as const) {
      assert.equal(mimeTypeOfBytes(name, content), type, name);
    }
  });
});
