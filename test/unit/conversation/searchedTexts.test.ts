import assert from 'node:assert/strict';
import { folded, isExact } from '../../../src/conversation/foundText';
import { searchedTexts } from '../../../src/conversation/searchedTexts';
import { readConversation } from '../../../src/model/conversation';
import { action, answer, context, message, result, step, text } from './samples';

type Json = Record<string, unknown>;

/** What can be found in the first entry of a kind, as [where, text]. */
function textsOf(given: unknown, kind: 'message' | 'step' = 'message'): [where: string, text: string][] {
  const entry = readConversation(given, 'unanswered').entries.find((one) => one.kind === kind);
  assert.ok(entry);
  return searchedTexts(entry, context()).map(({ place, text: found, from }) => {
    const where = place.isHidden ? 'hidden' : place.raw ? 'raw' : place.block === null ? 'seen' : 'body';
    return [where, found.slice(from)];
  });
}

const said = (words: string): unknown => answer(step([message('assistant', 1, text(words))]));
const did = (category: string, name: string, input: Json, output: Json): unknown =>
  answer(
    step([
      message('assistant', 1, action('a', category, name, input)),
      message('tool', 2, { ...result('a', 'completed', output), category, name }),
    ]),
  );

/** Where a text is found, once for each hit. */
function found(given: unknown, query: string, kind?: 'step'): string[] {
  return textsOf(given, kind).flatMap(([where, value]) =>
    Array.from({ length: value.split(query).length - 1 }, () => where),
  );
}

describe('what can be found in an entry', () => {
  it('is its text as it is read, without marks', () => {
    const given = said(
      'The **cart** keeps its `lines` when\na session [ends](https://docs.example/end).\n\n- one\n- two',
    );
    assert.deepEqual(found(given, 'The cart keeps its lines when a session ends.'), ['seen']);
    assert.deepEqual(found(given, 'onetwo'), []);
    assert.deepEqual(found(given, '**'), []);
    assert.deepEqual(found(given, 'docs.example'), ['hidden']);
  });

  it('is code as it is written', () => {
    const given = said('Look:\n\n```ts\nconst a = 1;\nconst b = 2;\n```');
    assert.deepEqual(found(given, 'const a = 1;'), ['seen']);
    assert.deepEqual(found(given, '1; const'), []);
  });

  it('is a command once, and what it printed without its colours', () => {
    const given = did(
      'command',
      'run_command',
      { command: 'npm test', cwd: '/work/shop' },
      {
        exit_code: 1,
        output: '\u001b[32m✓\u001b[39m keeps\n2 passed',
      },
    );
    assert.deepEqual(found(given, 'npm test'), ['seen']);
    assert.deepEqual(found(given, '✓ keeps'), ['body']);
    assert.deepEqual(found(given, '/work/shop'), ['raw']);
    assert.deepEqual(found(given, 'Copy'), []);
  });

  it('is a change by its lines, and its path once', () => {
    const diff = '--- a/src/cart.ts\n+++ b/src/cart.ts\n@@ -1 +1 @@\n-old line of it\n+new line of it\n';
    const given = did('files', 'edit_files', { files: ['src/cart.ts'] }, { diff });
    assert.deepEqual(found(given, 'src/cart.ts'), ['seen']);
    assert.deepEqual(found(given, 'line of it'), ['body', 'body']);
  });

  it('is what went into a tool and came out of it', () => {
    const given = did(
      'integration',
      'call_mcp_tool',
      { tool: 'search_issues', server: 'linear', input: { team: 'Shop' } },
      {
        content: [{ type: 'text', text: 'No issue' }],
      },
    );
    assert.deepEqual(found(given, 'search_issues')[0], 'seen');
    assert.ok(found(given, 'Shop').includes('body'));
    assert.equal(found(given, 'No issue').length, 1);
  });

  it('is what nobody knows the shape of', () => {
    const unknown = answer(step([message('assistant', 1, { type: 'hologram', depth: { colour: 'teal' } })]));
    assert.ok(found(unknown, 'teal').length > 0);
    const event = answer(
      step([message('system', 1, { type: 'event', name: 'moved', data: { to: 'Lisbon', why: ['rain'] } })]),
    );
    assert.ok(found(event, 'rain').length > 0);
    const odd = did('novelty', 'do_it', { deep: { er: 'needle' } }, {});
    assert.ok(found(odd, 'needle').length > 0);
  });

  it('is a step by its title and summary', () => {
    const given = answer(
      step(
        [message('user', 1, text('q'))],
        [step([], [], { id: 'n', description: `Look around ${'far '.repeat(90)}away`, summary: 'It is **round**' })],
      ),
    );
    assert.deepEqual(found(given, 'Look around', 'step')[0], 'seen');
    assert.deepEqual(found(given, 'It is round', 'step'), ['seen']);
    assert.equal(found(given, 'far away', 'step').length, 1);
  });

  it('is all of a text that is too long to be shown', () => {
    const long = `${'words here. '.repeat(10_000)} needle ${'words here. '.repeat(10_000)}`;
    assert.equal(found(said(long), 'needle').length, 1);
    assert.equal(found(did('command', 'run_command', { command: 'x' }, { output: long }), 'needle').length, 1);
    const unknown = answer(step([message('assistant', 1, { type: 'hologram', long })]));
    assert.equal(found(unknown, 'needle').length, 1);
  });
});

describe('the case of what is looked for', () => {
  it('counts once there is an upper-case letter in it', () => {
    assert.deepEqual(['cart', 'CART', 'Cart', 'à la', 'É', '✓ 1'].map(isExact), [
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('is taken away without making a text longer', () => {
    for (const given of ['ÀB c', 'İstanbul', 'ΣΑΣ', '✓']) {
      assert.equal(folded(given).length, given.length);
    }
    assert.equal(folded('ÀB c'), 'àb c');
  });
});
