import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readConversation, type ActionBlock } from '../../../src/model/conversation';
import { errorOf, viewAction } from '../../../src/model/conversationActions';
import { parseDiff, replacement, sidesOf } from '../../../src/model/conversationDiff';
import { humanName, todosOf } from '../../../src/model/conversationEvents';
import { fileChanges } from '../../../src/model/conversationFiles';
import { action, answer, categories, message, result, step } from './samples';

function made(
  category: string,
  name: string,
  input: Record<string, unknown>,
  output?: Record<string, unknown>,
  state = 'completed',
): ActionBlock {
  const content = [action('a', category, name, input), ...(output ? [result('a', state, output)] : [])];
  const [entry] = readConversation(answer(step([message('assistant', 1, ...content)])), 'running').entries;
  const block = entry?.kind === 'message' ? entry.blocks[0] : undefined;
  assert.equal(block?.kind, 'action');
  return block;
}

describe('the view of an action', () => {
  it('is a command with its exit code and output', () => {
    assert.deepEqual(
      viewAction(made('command', 'run_command', { command: 'npm test' }, { exit_code: 1, output: 'no' })),
      {
        kind: 'command',
        verb: 'run',
        command: 'npm test',
        exitCode: 1,
        output: 'no',
        goesOn: false,
      },
    );
  });

  it('is an edit with its lines counted', () => {
    const diff = '--- a/x.ts\n+++ b/x.ts\n@@ -1,2 +1,3 @@\n-a\n+b\n+c\n d\n';
    assert.deepEqual(viewAction(made('files', 'edit_files', { file_paths: ['x.ts'] }, { diff })), {
      kind: 'edit',
      what: 'edited',
      files: ['x.ts'],
      added: 2,
      removed: 1,
    });
    assert.deepEqual(viewAction(made('FILES', 'edit_files', {}, { diff })), {
      kind: 'edit',
      what: 'edited',
      files: ['x.ts'],
      added: 2,
      removed: 1,
    });
  });

  it('is an edit when texts are replaced', () => {
    const input = {
      diffs: [{ file_path: 'a.ts', search: 'one\ntwo', replace: 'one\n2' }],
      new_files: [{ file_path: 'b.ts', content: 'x\n' }],
    };
    const edit = made('files', 'apply_file_diffs', input, {});
    assert.deepEqual(viewAction(edit), {
      kind: 'edit',
      what: 'edited',
      files: ['a.ts', 'b.ts'],
      added: 2,
      removed: 1,
    });
    assert.deepEqual(
      fileChanges(edit).map(({ path }) => path),
      ['a.ts', 'b.ts'],
    );
  });

  it('is a reading with its lines', () => {
    const input = { files: [{ path: 'a.ts', lines: [{ start: 1, end: 9 }] }, 'b.ts'] };
    assert.deepEqual(viewAction(made('files', 'read_files', input)), {
      kind: 'read',
      files: [
        { path: 'a.ts', lines: '1-9' },
        { path: 'b.ts', lines: '' },
      ],
      failed: 0,
    });
  });

  it('is a search with what it found, counted only when it is listed', () => {
    assert.deepEqual(viewAction(made('search', 'grep', { queries: ['a', 'b'], path: 'src' }, { files: ['x', 'y'] })), {
      kind: 'search',
      queries: ['a', 'b'],
      where: 'src',
      found: 2,
    });
    assert.deepEqual(viewAction(made('search', 'grep', { query: 'a' }, {})), {
      kind: 'search',
      queries: ['a'],
      where: '',
      found: undefined,
    });
  });

  it('leaves out where a search looked when that is everywhere', () => {
    for (const path of ['.', './', '', 'src']) {
      const view = viewAction(made('search', 'grep', { query: 'a', path }));
      assert.equal(view.kind === 'search' && view.where, path === 'src' ? 'src' : '');
    }
  });

  it('covers the other categories', () => {
    const kinds = [
      made('integration', 'call_mcp_tool', { name: 'create_issue', input: {} }),
      made('integration', 'read_mcp_resource', { name: 'x', uri: 'db://x' }),
      made('documents', 'create_documents', { title: 'Plan' }),
      made('computer', 'use_computer', { action_summary: 'Click' }),
      made('review', 'insert_review_comments', { comments: [{ body: 'x' }] }),
      made('skill', 'read_skill', { bundled_skill_id: 'oz' }),
      made('files', 'upload_artifact', { path: 'a.png' }, { artifact_uid: 'u' }),
    ].map((block) => viewAction(block).kind);
    assert.deepEqual(kinds, ['tool', 'resource', 'document', 'computer', 'review', 'skill', 'upload']);
  });

  it('is chosen by the members where the category says nothing', () => {
    assert.equal(viewAction(made('', 'whatever', { command: 'ls' })).kind, 'command');
    assert.equal(viewAction(made('quantum', 'x', {}, { diff: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b' })).kind, 'edit');
    assert.equal(viewAction(made('command', 'look', { query: 'x' })).kind, 'search');
    assert.deepEqual(viewAction(made('quantum', 'x', { title: 'T', y: 1 })), { kind: 'other', subject: 'T' });
  });

  it('never throws for any input and output', () => {
    const keys = fc.constantFrom(
      'command',
      'diff',
      'files',
      'path',
      'queries',
      'diffs',
      'comments',
      'documents',
      'lines',
      'output',
      'error',
    );
    const leaf = fc.oneof(fc.string(), fc.double(), fc.constant(null));
    const inner = fc.dictionary(keys, fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })), { maxKeys: 4 });
    const record = fc.dictionary(keys, fc.oneof(leaf, inner, fc.array(fc.oneof(leaf, inner), { maxLength: 3 })));
    const category = fc.constantFrom(...categories, 'x');
    fc.assert(
      fc.property(category, record, record, fc.string(), (kind, input, output, name) => {
        const block = made(kind, name, input, output);
        viewAction(block);
        fileChanges(block);
        errorOf(block);
      }),
    );
  });

  it('knows what went wrong', () => {
    assert.equal(errorOf(made('command', 'x', {}, { error: 'boom' })), 'boom');
    assert.equal(errorOf(made('command', 'x', {}, { error: { message: 'boom' } })), 'boom');
    assert.equal(errorOf(made('command', 'x', {}, { message: 'done' })), undefined);
    assert.equal(errorOf(made('command', 'x', {}, { message: 'not done' }, 'failed')), 'not done');
  });
});

describe('a unified diff', () => {
  const summary = (text: string) => parseDiff(text).map(({ path, added, removed }) => [path, added, removed]);

  it('is read file by file', () => {
    const text =
      'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n' +
      'diff --git a/y b/y\ndeleted file mode 100644\n--- a/y\n+++ /dev/null\n@@ -1 +0,0 @@\n-q\n\\ No newline at end of file\n';
    assert.deepEqual(summary(text), [
      ['x', 1, 1],
      ['y', 0, 1],
    ]);
  });

  it('keeps removed lines that look like the name of a file', () => {
    assert.deepEqual(summary('--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1 @@\n--- a comment\n a\n'), [['x.sql', 0, 1]]);
  });

  it('is read when its numbers are wrong or its end is missing', () => {
    assert.deepEqual(summary('--- a/x\n+++ b/x\n@@ -1,90 +1,90 @@\n-a\n+b'), [['x', 1, 1]]);
    assert.deepEqual(summary('--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-a\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n+c'), [
      ['x', 0, 1],
      ['y', 1, 0],
    ]);
    assert.deepEqual(summary('+only\n-lines'), [['', 1, 1]]);
  });

  it('gives the two sides that an editor compares', () => {
    const [change] = parseDiff('--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n');
    assert.deepEqual(change && sidesOf(change), {
      before: 'a\nb\nd',
      after: 'a\nc\nd',
    });
  });

  it('has a mark between its parts on either side', () => {
    const [change] = parseDiff('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d\n');
    assert.deepEqual(change && sidesOf(change), { before: 'a\n⋯\nc', after: 'b\n⋯\nd' });
  });

  it('that only moves a file says so on either side', () => {
    const [change] = parseDiff('diff --git a/x b/y\nrename from x\nrename to y\n');
    const said = 'rename from x\nrename to y';
    assert.deepEqual(change && sidesOf(change), { before: said, after: said });
  });

  it('is made of two texts so that either side can be had again', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', '  d');
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (old, fresh) => {
        fc.pre(old.at(-1) !== '' && fresh.at(-1) !== '');
        const { before, after } = sidesOf(replacement('x', old.join('\n'), fresh.join('\n')));
        assert.deepEqual([before, after], [old.join('\n'), fresh.join('\n')]);
      }),
    );
  });

  it('loses no changed line of any text', () => {
    const lines = fc.constantFrom(
      '+a',
      '-b',
      ' c',
      '@@ x',
      '--- a',
      '+++ b',
      'diff --git a/b b/b',
      'index 1..2',
      'x',
      '',
    );
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1 }), (given) => {
        const kept = parseDiff(given.join('\n')).flatMap((change) => change.lines.map(({ text }) => text));
        assert.equal(kept.filter((text) => text === 'a').length, given.filter((line) => line === '+a').length);
        assert.equal(kept.filter((text) => text === 'b').length, given.filter((line) => line === '-b').length);
      }),
    );
  });

  it('shows files that only moved', () => {
    const [change] = parseDiff('diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n');
    assert.deepEqual([change?.path, change?.lines.length], ['y', 3]);
  });
});

describe('events', () => {
  it('carry lists of things to do', () => {
    assert.deepEqual(
      todosOf('update_todos', { todo_list: [{ title: 'a', status: 'completed' }, { title: 'b' }, 'c'] }),
      [
        { text: 'a', done: true },
        { text: 'b', done: false },
        { text: 'c', done: false },
      ],
    );
    assert.deepEqual(todosOf('update_todos', { completed_todos: [{ title: 'a' }], pending_todos: [{ title: 'b' }] }), [
      { text: 'a', done: true },
      { text: 'b', done: false },
    ]);
    assert.equal(todosOf('web_search', { items: ['x'] }), undefined);
  });

  it('have names that people read', () => {
    assert.equal(humanName('call_mcp_tool'), 'call mcp tool');
    assert.equal(humanName('updateTodos'), 'update todos');
  });
});
