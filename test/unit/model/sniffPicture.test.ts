import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sniffPicture } from '../../../src/model/sniffPicture';
import { shopPage } from '../../local-oz/png';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('what the bytes of a picture are', () => {
  it('is told by how they begin', () => {
    assert.equal(sniffPicture(shopPage(false)), 'image/png');
    assert.equal(sniffPicture(bytes('\xff\xd8\xff\xe0\0\x10JFIF')), 'image/jpeg');
    assert.equal(sniffPicture(bytes('GIF87a')), 'image/gif');
    assert.equal(sniffPicture(bytes('GIF89a..')), 'image/gif');
    assert.equal(sniffPicture(bytes('RIFF\x10\0\0\0WEBPVP8 ')), 'image/webp');
  });

  it('is nothing for what is no picture, too short or a drawing', () => {
    for (const text of [
      '',
      'GIF88a',
      'GIF89',
      '\x89PNG\r\n\x1a',
      'RIFF\x10\0\0\0WAVEfmt ',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
      '<?xml version="1.0"?><svg/>',
      '<!DOCTYPE html>',
      'BM',
      '%PDF-1.7',
    ]) {
      assert.equal(sniffPicture(bytes(text)), undefined, text);
    }
  });

  it('is never a picture for text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        assert.ok(sniffPicture(bytes(text)) === undefined || /^GIF8[79]a/.test(text) || /^RIFF.{4}WEBP/s.test(text));
      }),
    );
  });
});
