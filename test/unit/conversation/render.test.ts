import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { actionLine } from '../../../src/conversation/actionLine';
import { blockPart } from '../../../src/conversation/blockText';
import { markdownOf, markdownParts } from '../../../src/conversation/conversationMarkdown';
import { headAndTail } from '../../../src/conversation/longText';
import { renderBody } from '../../../src/conversation/renderBody';
import { entryLimit, renderEntry } from '../../../src/conversation/renderEntry';
import { countedFrom } from '../../../src/conversation/elapsed';
import { stateLook } from '../../../src/conversation/stateLook';
import type { TextPart } from '../../../src/conversation/protocol';
import { toHtml } from '../../../src/conversation/viewHtml';
import { childrenOf, textOf, type ViewElement, type ViewNode } from '../../../src/conversation/viewNodes';
import { readConversation, type Block, type Entry } from '../../../src/model/conversation';
import { action, answer, categories, context, makeRun, message, result, step, text } from './samples';

const media = path.resolve(__dirname, '../../../media');
const at = { place: 0, folded: false };
const read = (...content: unknown[]): Entry[] =>
  readConversation(answer(step([message('assistant', 1, ...content)])), 'unanswered').entries;
const rendered = (...content: unknown[]): ViewElement[] =>
  read(...content).map((entry) => renderEntry(entry, at, context()));
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function firstBlock(...content: unknown[]): Block {
  const [entry] = read(...content);
  const block = entry?.kind === 'message' ? entry.blocks[0] : undefined;
  assert.ok(block);
  return block;
}

function buttons(node: ViewNode): { does?: string; name?: string; item?: number }[] {
  if (typeof node === 'string') {
    return [];
  }
  const [tag, attributes] = node;
  const own = tag === 'button' && typeof attributes === 'object' ? [attributes] : [];
  return [...own, ...childrenOf(node).flatMap(buttons)];
}

describe('an entry as nodes', () => {
  it('shows all of a text of 60 KB', () => {
    const long = `${'word '.repeat(12_000)}end`;
    const [node] = rendered(text(long));
    assert.ok(node && textOf(node).includes(long));
  });

  it('shows the head and the tail of a huge text, and opens the rest in the editor', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const [node] = rendered(text(lines.join('\n\n')));
    assert.ok(node);
    const shown = textOf(node);
    assert.ok(shown.includes('line 0') && shown.includes('line 19999') && !shown.includes('line 15000'));
    assert.ok(buttons(node).some(({ does, name }) => does === 'open' && name === 'text'));
    assert.ok(bytes(node) <= entryLimit + 200);
  });

  it('copies the code of the head, and none of the tail by a number that it has not', () => {
    const code = (name: string): string => `\`\`\`\n${name}\n\`\`\`\n\n`;
    const [node] = rendered(text(`${code('first')}${'word '.repeat(20_000)}\n\n${code('last')}`));
    assert.ok(node && textOf(node).includes('last'));
    assert.equal(buttons(node).filter(({ name }) => name === 'code').length, 1);
  });

  it('fits a message to the page, whatever the text is', function () {
    this.timeout(20_000);
    const hostile = [
      '[a](http://b.example) '.repeat(3000),
      '|a'.repeat(30_000) + '|\n' + '|-'.repeat(30_000) + '|\n',
      '```ts\n' + 'a=1;'.repeat(4000) + '\n```\n',
      '\u0000'.repeat(60_000),
      '*a*'.repeat(20_000),
      '漢'.repeat(60_000),
    ];
    for (const given of hostile) {
      for (const node of rendered(text(given), text('and more '.repeat(7000)))) {
        assert.ok(bytes(node) <= entryLimit + 200, given.slice(0, 20));
      }
    }
  });

  it('has a hash that changes with what it shows and with nothing else', () => {
    const hash = ([node]: ViewElement[]): string | undefined =>
      node && typeof node[1] === 'object' ? node[1].hash : undefined;
    const call = action('a', 'command', 'run_command', { command: 'ls' });
    assert.equal(hash(rendered(text('a'))), hash(rendered(text('a'))));
    assert.notEqual(hash(rendered(text('a'))), hash(rendered(text('b'))));
    assert.notEqual(hash(rendered(call)), hash(rendered(call, result('a', 'completed', { exit_code: 0 }))));
  });

  it('never holds the body of an action', () => {
    const call = action('a', 'command', 'run_command', { command: 'ls' });
    const [node] = rendered(call, result('a', 'completed', { exit_code: 0, output: 'secret output' }));
    assert.ok(node && !textOf(node).includes('secret output'));
  });

  it('and its body never throw, and fit, for any action, event or block', () => {
    const junk = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.constant({}));
    const keys = fc.constantFrom(
      'command',
      'output',
      'diff',
      'files',
      'path',
      'query',
      'comments',
      'content',
      'result',
      'todos',
      'title',
    );
    const inner = fc.dictionary(keys, fc.oneof(junk, fc.array(junk, { maxLength: 3 })), { maxKeys: 4 });
    const record = fc.dictionary(keys, fc.oneof(junk, inner, fc.array(fc.oneof(junk, inner), { maxLength: 3 })), {
      maxKeys: 5,
    });
    const category = fc.constantFrom(...categories, 'x', '');
    const content = fc.oneof(
      fc
        .record({ kind: category, input: record, output: record, state: fc.string() })
        .map(({ kind, input, output, state }) => [action('a', kind, 'name', input), result('a', state, output)]),
      fc
        .record({ name: fc.constantFrom('update_todos', 'x'), data: record })
        .map(({ name, data }) => [{ type: 'event', name, data }]),
      fc.jsonValue().map((value) => [value]),
    );
    fc.assert(
      fc.property(content, fc.boolean(), (items, raw) => {
        for (const entry of read(...items)) {
          toHtml(renderEntry(entry, at, context()));
          for (const block of entry.kind === 'message' ? entry.blocks : []) {
            assert.ok(bytes(renderBody(block, raw, context())) < 70_000);
          }
        }
      }),
    );
  });
});

describe("an action's line", () => {
  const sentence = (name: string, input: Record<string, unknown>, ...more: unknown[]): string => {
    const block = firstBlock(action('a', 'documents', name, input), ...more);
    assert.ok(block.kind === 'action');
    return actionLine(block, context()).sentence.map(textOf).join('');
  };

  it('says what was done to a document', () => {
    const done = result('a', 'completed', {});
    assert.equal(sentence('create_plan', { title: 'Cart' }, done), 'Wrote the plan “Cart”');
    assert.equal(sentence('create_plan', { title: 'Cart' }), 'Write the plan “Cart”');
    assert.equal(sentence('edit_documents', { title: 'Cart' }, done), 'Edited the document “Cart”');
    assert.equal(sentence('read_documents', {}, done), 'Read a document');
    assert.equal(sentence('create_plan', {}), 'Write the plan');
    assert.equal(sentence('ponder_document', { title: 'Cart' }, done), 'Ponder document: Cart');
  });
});

describe('the time since the start', () => {
  it('counts from the first sight where the start is ahead of the clock', () => {
    const seen = new Map<number, number>();
    assert.equal(countedFrom(9000, 1000, seen), 1000);
    assert.equal(countedFrom(9000, 5000, seen), 1000);
    assert.equal(countedFrom(9000, 20_000, seen), 1000);
    assert.equal(countedFrom(400, 1000, seen), 400);
  });
});

describe("an action's body", () => {
  const command = (output: string, run = 'npm test\nnpm run lint'): Block =>
    firstBlock(
      action('a', 'command', 'run_command', { command: run }),
      result('a', 'completed', { exit_code: 0, output }),
    );

  it('shows a command once: above its output where the line has not all of it', () => {
    const shown = (output: string, run: string): string => textOf(renderBody(command(output, run), false, context()));
    assert.doesNotMatch(shown('ok', 'npm test'), /npm test/);
    assert.match(shown('', 'npm test'), /npm test/);
    assert.match(shown('ok', `npm test ${'x'.repeat(60)}`), /npm test/);
  });

  it('shows command and output, and offers both for copying', () => {
    const body = renderBody(command('\u001b[32mok\u001b[0m'), false, context());
    assert.match(textOf(body), /npm test.*ok/s);
    assert.deepEqual(
      buttons(body).map(({ does, name }) => `${does ?? ''} ${name ?? ''}`),
      ['copy command', 'copy output', 'body raw'],
    );
  });

  it('has things to do once, and their JSON only when it is asked for', () => {
    const todos = (name: string): Block =>
      firstBlock(action('a', 'other', name, { todos: ['Read'] }), result('a', 'completed', {}));
    const block = todos('update_todos');
    assert.equal(textOf(renderBody(block, false, context())), 'Show Raw');
    assert.match(textOf(renderBody(block, true, context())), /"todos"/);
    assert.ok(block.kind === 'action');
    const outdated = textOf(renderBody({ ...block, outdated: [] }, false, context()));
    assert.ok(outdated.includes('Read') && !outdated.includes('"'));
  });

  it('names sub-runs no second time', () => {
    const agents = ['Tests', 'Documentation'];
    const block = firstBlock(action('a', 'integration', 'run_agents', { agents, prompt: 'Go' }));
    assert.equal(textOf(renderBody(block, false, context())), 'GoShow Raw');
  });

  it('shows a long output in part', () => {
    const body = renderBody(command('line of output\n'.repeat(50_000)), false, context());
    assert.ok(bytes(body) < 70_000);
    assert.ok(buttons(body).some(({ does, name }) => does === 'open' && name === 'output'));
  });

  it('opens all of a thought that is too long', () => {
    const block = firstBlock({ type: 'event', name: 'reasoning', data: { text: `${'word '.repeat(10_000)}end` } });
    const [open] = buttons(renderBody(block, false, context())).filter(({ does }) => does === 'open');
    assert.ok(blockPart(block, open?.name as TextPart, 0)?.text.includes('word end'));
  });

  it('shows what the service sent when asked for it', () => {
    assert.match(textOf(renderBody(command('x'), true, context())), /"exit_code": 0/);
  });

  it('shows an edit file by file', () => {
    const diff = '--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-old\n+new\n--- a/y.ts\n+++ b/y.ts\n@@ -1 +1 @@\n-1\n+2\n';
    const body = renderBody(
      firstBlock(action('a', 'files', 'edit_files', {}), result('a', 'completed', { diff })),
      false,
      context(),
    );
    assert.deepEqual(
      buttons(body).flatMap(({ does, item }) => (does === 'diff' ? [item] : [])),
      [0, 1],
    );
    assert.match(textOf(body), /-old\+new/);
  });

  it('is readable JSON where no view fits', () => {
    const body = renderBody(firstBlock(action('a', 'quantum', 'leap', { depth: { of: 3 } })), false, context());
    assert.match(textOf(body), /"of": 3/);
  });
});

describe('texts for copying and for documents', () => {
  it('are the parts of a block', () => {
    const block = firstBlock(
      action('a', 'command', 'run_command', { command: 'ls' }),
      result('a', 'completed', { output: '\u001b[31mx\u001b[0m' }),
    );
    assert.equal(blockPart(block, 'command', 0)?.text, 'ls');
    assert.equal(blockPart(block, 'output', 0)?.text, 'x');
    assert.equal(blockPart(block, 'text', 0), undefined);
    assert.equal(blockPart(firstBlock(text('a\n```\nb\n```')), 'code', 0)?.text, 'b\n');
    assert.equal(blockPart(firstBlock(text('a')), 'code', 7), undefined);
  });

  it('are the whole conversation as Markdown that holds its own fences', () => {
    const { entries } = readConversation(
      answer(
        step(
          [
            message('user', 1, text('Do it')),
            message('assistant', 2, action('a', 'command', 'run_command', { command: 'cat `x`' }), text('Done')),
            message('tool', 3, result('a', 'completed', { exit_code: 0, output: 'a\n````\nb' })),
          ],
          [step([message('assistant', 9, text('inner'))], [], { id: 'n', description: 'Nested' })],
        ),
      ),
      'unanswered',
    );
    const markdown = markdownOf([
      ...markdownParts(entries, { run: makeRun(), url: 'https://oz.example/runs/1' }, context()),
    ]);
    assert.match(markdown, /^# Fix the cart\n/);
    assert.match(markdown, /`````text\na\n````\nb\n`````/);
    assert.match(markdown, /`` cat `x` ``/);
    assert.match(markdown, /\n## Nested\n[\s\S]*\n### .*\n\ninner\n/);
  });

  it('are cut between lines and never inside of a character', () => {
    const { head, tail, hidden } = headAndTail('a\n'.repeat(1000), 100);
    assert.ok(head.endsWith('a') && tail.startsWith('a'));
    assert.equal(head.length + tail.length + hidden, 2000);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.integer({ min: 4, max: 50 }), (given, limit) => {
        const cut = headAndTail(given, limit);
        assert.equal(cut.head.length + cut.tail.length + cut.hidden, given.length);
        assert.ok(given.startsWith(cut.head) && given.endsWith(cut.tail) && cut.hidden >= 0);
        const isWhole = (part: string): boolean => !/\p{Surrogate}/u.test(part);
        if (isWhole(given)) {
          assert.ok(isWhole(cut.head) && isWhole(cut.tail));
        }
      }),
    );
  });
});

describe('what stands around a conversation', () => {
  it('has an icon for each state, and one for states not known yet', () => {
    const states = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS', 'BLOCKED', 'SUCCEEDED', 'FAILED', 'ERROR'];
    const looks = [...states, 'CANCELLED', 'toString'].map(stateLook);
    assert.equal(new Set(looks).size, looks.length);
    for (const look of looks) {
      assert.ok(existsSync(path.join(media, `run-${look}.svg`)), look);
      assert.ok(readFileSync(path.join(media, 'elements/icons.css'), 'utf8').includes(`.icon.state-${look}::`), look);
    }
  });
});
