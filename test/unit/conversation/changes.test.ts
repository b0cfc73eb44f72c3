import assert from 'node:assert/strict';
import fc from 'fast-check';
import { actOnBlock } from '../../../src/conversation/blockActions';
import { nodeLines } from '../../../src/conversation/nodeLines';
import { renderBody } from '../../../src/conversation/renderBody';
import { childrenOf, textOf, type ViewElement, type ViewNode } from '../../../src/conversation/viewNodes';
import { readConversation, type Block } from '../../../src/model/conversation';
import { parseDiff } from '../../../src/model/conversationDiff';
import { fileTargets, partsInFolder } from '../../../src/model/conversationTargets';
import { action, answer, context, message, result, step } from './samples';

type Json = Record<string, unknown>;

function made(category: string, name: string, input: Json, output: Json = {}): Block {
  const content = [action('a', category, name, input), result('a', 'completed', output)];
  const [entry] = readConversation(answer(step([message('assistant', 1, ...content)])), 'unanswered').entries;
  const block = entry?.kind === 'message' ? entry.blocks[0] : undefined;
  assert.ok(block);
  return block;
}

function elements(node: ViewNode): ViewElement[] {
  return typeof node === 'string' ? [] : [node, ...childrenOf(node).flatMap(elements)];
}

const diff = [
  '--- a/src/x.ts',
  '+++ b/src/x.ts',
  '@@ -10,3 +10,4 @@ function f() {',
  ' let a;',
  '-let b;',
  '+let c;',
  '+let d;',
  ' }',
  '@@ -40 +41 @@',
  '-x',
  '+y',
  '',
].join('\n');

describe('the changes of a file', () => {
  it('know the numbers of their lines where the diff says them', () => {
    const [change] = parseDiff(diff);
    assert.deepEqual(
      change?.lines.map(({ kind, line }) => [kind, line]),
      [
        ['gap', undefined],
        ['same', 10],
        ['removed', 11],
        ['added', 11],
        ['added', 12],
        ['same', 13],
        ['gap', undefined],
        ['removed', 40],
        ['added', 41],
      ],
    );
    assert.deepEqual(
      parseDiff('+a\n-b').flatMap(({ lines }) => lines.map(({ line }) => line)),
      [undefined, undefined],
    );
  });

  it('know what was done to the file', () => {
    const text = [
      ['--- /dev/null', '+++ b/new.ts', '@@ -0,0 +1 @@', '+a'],
      ['--- a/old.ts', '+++ /dev/null', '@@ -1 +0,0 @@', '-a'],
      ['diff --git a/from.ts b/to.ts', 'similarity index 90%', 'rename from from.ts', 'rename to to.ts'],
      ['diff --git a/x.png b/x.png', 'Binary files a/x.png and b/x.png differ'],
    ];
    assert.deepEqual(
      parseDiff(text.flat().join('\n')).map(({ path, what, from }) => [path, what, from]),
      [
        ['new.ts', 'created', undefined],
        ['old.ts', 'deleted', undefined],
        ['to.ts', 'renamed', 'from.ts'],
        ['x.png', 'edited', undefined],
      ],
    );
  });

  it('are read from patches that name their files otherwise', () => {
    const patch = [
      ['*** Begin Patch', '*** Update File: a.ts', '*** Move to: b.ts', '@@ f()', '-x', '+y'],
      ['*** Add File: c.ts', '+z', '*** Delete File: d.ts', '*** End Patch'],
    ];
    assert.deepEqual(
      parseDiff(patch.flat().join('\n')).map(({ path, what, added, removed }) => [path, what, added, removed]),
      [
        ['b.ts', 'renamed', 1, 1],
        ['c.ts', 'created', 1, 0],
        ['d.ts', 'deleted', 0, 0],
      ],
    );
  });

  it('are shown with numbers that are no part of the text', () => {
    const body = renderBody(made('files', 'edit_files', {}, { diff }), false, context());
    const [shown] = elements(body).filter(([, attributes]) => attributes === 'diff');
    assert.ok(shown);
    assert.deepEqual(
      childrenOf(shown).map((line) => [
        textOf(line),
        typeof line === 'object' && typeof line[1] === 'object' ? line[1].line : undefined,
      ]),
      [
        ['⋯ function f() {', undefined],
        [' let a;', 10],
        ['-let b;', 11],
        ['+let c;', 11],
        ['+let d;', 12],
        [' }', 13],
        ['⋯', undefined],
        ['-x', 40],
        ['+y', 41],
      ],
    );
    assert.ok(elements(shown).some(([, attributes]) => attributes === 'keyword'));
  });

  it('show every character of their lines, coloured or not', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', '"', '/', '*', '`', '<', '\t', '{') });
    const lines = fc.array(fc.tuple(fc.constantFrom('+', '-', ' '), line), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lines, fc.constantFrom('x.ts', 'x.py', 'x'), (given, path) => {
        const text = ['--- a/f', `+++ b/${path}`, '@@ -1 +1 @@', ...given.map(([sign, rest]) => sign + rest)].join(
          '\n',
        );
        const body = renderBody(made('files', 'edit_files', {}, { diff: `${text}\n` }), false, context());
        const [shown] = elements(body).filter(([, attributes]) => attributes === 'diff');
        assert.deepEqual(
          shown && childrenOf(shown).map(textOf),
          given.map(([sign, rest]) => sign + rest),
        );
      }),
    );
  });

  it('are bounded', () => {
    const huge = `--- a/x\n+++ b/x\n@@ -1 +1 @@\n${'+const a = "b";\n'.repeat(20_000)}`;
    const body = renderBody(made('files', 'edit_files', {}, { diff: huge }), false, context());
    assert.ok(Buffer.byteLength(JSON.stringify(body)) < 70_000);
    assert.ok(elements(body).some(([, attributes]) => attributes === 'gap'));
  });
});

describe('nodes in lines', () => {
  it('keep what spans several lines in each of them', () => {
    assert.deepEqual(nodeLines(['a', ['span', 'comment', 'b\nc'], '\n', 'd']), [
      ['a', ['span', 'comment', 'b']],
      [['span', 'comment', 'c']],
      ['d'],
    ]);
  });
});

describe('the files that an action names', () => {
  it('have the places that its body shows', () => {
    assert.deepEqual(fileTargets(made('files', 'edit_files', {}, { diff })), [{ path: 'src/x.ts', line: 11 }]);
    assert.deepEqual(
      fileTargets(
        made('search', 'grep', { query: 'a' }, { files: [{ path: 'a.ts', lines: [{ start: 7, end: 9 }] }, 'b.ts'] }),
      ),
      [{ path: 'a.ts', line: 7 }, { path: 'b.ts' }],
    );
    assert.deepEqual(fileTargets(made('review', 'comment', { comments: [{ path: 'a.ts', line: 3 }] })), [
      { path: 'a.ts', line: 3 },
    ]);
    assert.deepEqual(fileTargets(made('command', 'run', { command: 'x' })), []);
  });

  it('are inside of a folder', () => {
    assert.deepEqual(partsInFolder('src/./a.ts'), ['src', 'a.ts']);
    assert.deepEqual(partsInFolder('src\\a.ts'), ['src', 'a.ts']);
    const outside = ['', '.', '../a', 'a/../../b', '/etc/passwd', '\\\\host\\share', '\\a', '~/a', 'C:\\a', 'c:a'];
    for (const path of [
      ...outside,
      'file:///a',
      'vscode://a',
      'a:stream',
      'a\u0000b',
      'a\nb',
      'a/.. /b',
      '... ',
      'x'.repeat(2000),
    ]) {
      assert.equal(partsInFolder(path), undefined, path);
    }
  });

  it('never lead out of a folder', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', ':', '~', 'C:', '\u0000', ' ', '%2e%2e');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const parts = partsInFolder(pieces.join('')) ?? [];
        assert.ok(parts.every((part) => !/^[. ]*$|[/\\:\u0000]/.test(part)));
      }),
    );
  });
});

describe('what can be opened of an action', () => {
  const done: unknown[][] = [];
  const host = {
    openDiff: (...given: unknown[]) => done.push(['openDiff', ...given]),
    openChanges: (...given: unknown[]) => done.push(['openChanges', ...given]),
    openFile: (...given: unknown[]) => done.push(['openFile', ...given]),
  };
  const edit = made('files', 'edit_files', {}, { diff: '--- a/x\n+++ b/x\n@@ -4 +4 @@\n-a\n+b\n' });

  beforeEach(() => {
    done.length = 0;
  });

  it('is one change, all of them, and the file itself', () => {
    actOnBlock({ type: 'diff', id: 'a.0', item: 0 }, edit, host);
    actOnBlock({ type: 'diffs', id: 'a.0' }, edit, host);
    actOnBlock({ type: 'file', id: 'a.0', item: 0 }, edit, host);
    assert.deepEqual(done, [
      ['openDiff', 'x', 'a', 'b', { lines: [4, 4] }],
      ['openChanges', [{ path: 'x', before: 'a', after: 'b' }]],
      ['openFile', 'x', 4],
    ]);
  });

  it('has no lines in its title where the change does not say them', () => {
    actOnBlock({ type: 'diff', id: 'a.0', item: 0 }, made('files', 'edit_files', {}, { diff: '-a\n+b\n' }), host);
    assert.deepEqual(done, [['openDiff', '', 'a', 'b']]);
  });

  it('is nothing that is not there', () => {
    const text = made('command', 'run', { command: 'x' });
    for (const block of [text, edit]) {
      actOnBlock({ type: 'diff', id: 'a.0', item: 9 }, block, host);
      actOnBlock({ type: 'file', id: 'a.0', item: 9 }, block, host);
    }
    actOnBlock({ type: 'diffs', id: 'a.0' }, text, host);
    assert.deepEqual(done, []);
  });
});
