import assert from 'node:assert/strict';
import { readTranscript } from '../../../src/model/transcriptText';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines = '{"type":"user","text":"a"}\n{"type":"assistant","text":"b"}\n';

describe('readTranscript', () => {
  it('lays out one JSON document', () => {
    assert.deepEqual(readTranscript(bytes('\ufeff{"a":[1,{"b":"x"}]}'), ''), {
      ending: 'json',
      text: '{\n  "a": [\n    1,\n    {\n      "b": "x"\n    }\n  ]\n}',
    });
  });

  it('keeps JSON lines, as whatever they are sent', () => {
    for (const type of ['application/json', 'application/x-ndjson', 'text/plain', '']) {
      assert.deepEqual(readTranscript(bytes(lines), type), { ending: 'jsonl', text: lines });
    }
  });

  it('keeps what only looks like JSON, and any other text', () => {
    const broken = '{"a": 1';
    assert.deepEqual(readTranscript(bytes(broken), 'application/json'), { ending: 'json', text: broken });
    assert.deepEqual(readTranscript(bytes('Hello\n'), 'text/plain'), { ending: 'txt', text: 'Hello\n' });
    assert.equal(readTranscript(bytes('# Hello'), 'text/markdown; charset=utf-8').ending, 'md');
    assert.deepEqual(readTranscript(bytes('42'), ''), { ending: 'txt', text: '42' });
    assert.deepEqual(readTranscript(bytes(''), 'application/json'), { ending: 'txt', text: '' });
  });

  it('does not lay out JSON over 5 MB', () => {
    const text = `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`;
    assert.equal(readTranscript(bytes(text), 'application/json').text, text);
    assert.equal(readTranscript(bytes(text), 'application/json').ending, 'json');
    assert.equal(readTranscript(bytes(text), 'application/x-ndjson').ending, 'jsonl');
  });

  it('shows no text over 20 MB, but knows what it is', () => {
    const text = lines.repeat(Math.ceil((20 * 1024 * 1024) / lines.length) + 1);
    assert.deepEqual(readTranscript(bytes(text), 'application/json'), { ending: 'jsonl', text: undefined });
  });

  it('shows nothing that is no text', () => {
    assert.deepEqual(readTranscript(new Uint8Array([123, 0, 1, 2]), 'application/json'), {
      ending: 'bin',
      text: undefined,
    });
    assert.equal(readTranscript(bytes('abc'), 'application/gzip').text, undefined);
  });
});
