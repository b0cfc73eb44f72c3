import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FromPage } from '../../../src/conversation/protocol';
import { readFromPage } from '../../../src/conversation/readFromPage';
import { toHtml } from '../../../src/conversation/viewHtml';
import { embeddedJson } from '../../../src/platform/pageShell';

const valid: FromPage[] = [
  { type: 'ready', folded: [], anchor: null },
  { type: 'ready', folded: ['1abc'], anchor: { id: '1abc', offset: -12 } },
  { type: 'chunk', index: 0, have: null },
  { type: 'chunk', index: 3, have: 12 },
  { type: 'body', id: 'abc.1', raw: true },
  { type: 'fold', folded: ['a', 'b'] },
  { type: 'jump', from: null, back: false, to: 'landmark' },
  { type: 'jump', from: 'abc', back: true, to: 'error' },
  { type: 'goTo', id: 'abc' },
  { type: 'goToNew', seen: null },
  { type: 'goToNew', seen: 'abc' },
  { type: 'find', text: 'a $&', step: -1, from: null, above: 2 },
  { type: 'find', text: null, step: 0, from: null, above: 0 },
  { type: 'reading', anchor: null, following: true, seen: 'abc', unfolded: ['abc.0'] },
  { type: 'link', item: 3 },
  { type: 'artifact', item: 0, act: 'save' },
  { type: 'picture', item: 2 },
  { type: 'run', item: 1 },
  { type: 'draft', text: '' },
  { type: 'send', text: 'Go on' },
  { type: 'pending', item: 0, act: 'edit' },
  { type: 'answer', item: 1 },
  { type: 'diff', id: 'abc.0', item: 1 },
  { type: 'diffs', id: 'abc.0' },
  { type: 'file', id: 'abc.0', item: 3 },
  { type: 'foldAll', folded: true },
  { type: 'copy', id: 'abc.0', part: 'output', item: 0 },
  { type: 'open', id: 'abc.0', part: 'text', item: 0 },
  { type: 'command', name: 'openBrowser' },
];

describe('what the page may ask', () => {
  it('is understood', () => {
    for (const message of valid) {
      assert.deepEqual(readFromPage(message), message);
    }
  });

  it('is nothing else', () => {
    const wrong: unknown[] = [
      undefined,
      null,
      'ready',
      [],
      {},
      { type: 'eval', code: '1' },
      { type: 'ready' },
      { type: 'ready', folded: 'a', anchor: null },
      { type: 'ready', folded: ['../x'], anchor: null },
      { type: 'chunk', index: -1, have: null },
      { type: 'chunk', index: 1.5, have: null },
      { type: 'chunk', index: '1', have: null },
      { type: 'chunk', index: 1 },
      { type: 'chunk', index: 1, have: -1 },
      { type: 'body', id: '/etc/passwd', raw: false },
      { type: 'body', id: 'abc.0' },
      { type: 'link', item: NaN },
      { type: 'link', url: 'https://evil.example' },
      { type: 'copy', id: 'abc.0', part: 'key', item: 0 },
      { type: 'open', id: 'abc.0', part: 'toString', item: 0 },
      { type: 'command', name: 'workbench.action.terminal.new' },
      { type: 'command', name: 'constructor' },
      { type: 'jump', from: {}, back: true, to: 'user' },
      { type: 'jump', from: null, back: true, to: 'constructor' },
      { type: 'find', text: 'a'.repeat(1001), step: 0, from: null, above: 0 },
      { type: 'find', text: 'a', step: 2, from: null, above: 0 },
      { type: 'find', text: 'a', step: 0, from: null, above: -1 },
      { type: 'goToNew' },
      { type: 'goToNew', seen: '<b>' },
      { type: 'artifact', item: 0, act: '/etc/passwd' },
      { type: 'send', text: { toString: 'Go on' } },
      { type: 'pending', item: 0, act: 'valueOf' },
      { type: '__proto__' },
    ];
    for (const message of wrong) {
      assert.equal(readFromPage(message), undefined, JSON.stringify(message));
    }
  });

  it('leaves an anchor that makes no sense behind, not the message', () => {
    assert.deepEqual(readFromPage({ type: 'ready', folded: [], anchor: { id: 'x y', offset: 1 } }), {
      type: 'ready',
      folded: [],
      anchor: null,
    });
  });

  it('carries over no member that is not its own', () => {
    for (const message of valid) {
      assert.deepEqual(readFromPage({ ...message, url: 'https://evil.example', command: 'x' }), message);
    }
  });

  it('never makes the host throw', () => {
    const types = fc.constantFrom(...valid.map(({ type }) => type));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record({
            type: types,
            id: fc.anything(),
            item: fc.anything(),
            folded: fc.anything(),
            anchor: fc.anything(),
          }),
        ),
        (value) => {
          readFromPage(value);
        },
      ),
    );
  });
});

describe('the first screen as HTML', () => {
  it('escapes text and attributes', () => {
    assert.equal(
      toHtml(['p', { class: 'a"b', title: `<'&>` }, '<script>&"']),
      '<p class="a&quot;b" title="&lt;&#39;&amp;&gt;">&lt;script&gt;&amp;&quot;</p>',
    );
  });

  it('keeps a line break at the start of preformatted text', () => {
    assert.equal(toHtml(['pre', '', '\na']), '<pre>\n\na</pre>');
  });

  it('holds JSON that cannot end its element', () => {
    const value = { a: '</script><script>alert(1)</script><!--' };
    assert.doesNotMatch(embeddedJson(value), /</);
    assert.deepEqual(JSON.parse(embeddedJson(value)), value);
  });
});
