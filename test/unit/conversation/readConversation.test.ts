import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  finalMessage,
  isLandmark,
  readConversation,
  type ActionBlock,
  type Entry,
} from '../../../src/model/conversation';
import { action, answer, at, message, result, step, text } from './samples';

const entriesOf = (value: unknown, active = false): Entry[] =>
  readConversation(value, active ? 'running' : 'unanswered').entries;
const blocksOf = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => (entry.kind === 'message' ? entry.blocks : []));
const actionsOf = (value: unknown, active = false): ActionBlock[] =>
  blocksOf(entriesOf(value, active)).filter((block) => block.kind === 'action');
const shape = (entries: readonly Entry[]): string[] =>
  entries.map((entry) =>
    entry.kind === 'step'
      ? `${entry.depth} step ${entry.title}`
      : `${entry.depth} ${entry.blocks.map((block) => (block.kind === 'text' ? block.text : block.kind)).join()}`,
  );

describe('reading a conversation', () => {
  describe('actions and their results', () => {
    const run = action('a', 'COMMAND', 'run_command', { command: 'ls' });

    it('are paired over the whole tree, wherever the result is', () => {
      const nested = step([message('tool', 14, result('a', 'COMPLETED', { exit_code: 0 }))], [], { id: 'n' });
      const [found, ...more] = actionsOf(answer(step([message('assistant', 2, run)], [nested])));
      assert.equal(more.length, 0);
      assert.equal(found?.state, 'completed');
      assert.equal(found.category, 'command');
      assert.equal(found.took, 12_000);
      assert.deepEqual(found.output, { exit_code: 0 });
    });

    it('leave no message of results behind', () => {
      const entries = entriesOf(
        answer(step([message('assistant', 1, run), message('tool', 2, result('a', 'completed', {}))])),
      );
      assert.equal(entries.length, 1);
    });

    it('are running without a result while one can come, and unanswered afterwards', () => {
      const given = answer(step([message('assistant', 1, run)]));
      assert.deepEqual(
        actionsOf(given, true).map(({ state }) => state),
        ['running'],
      );
      assert.deepEqual(
        actionsOf(given, false).map(({ state }) => state),
        ['unanswered'],
      );
    });

    it('take the last of several results', () => {
      const given = answer(
        step([
          message('assistant', 1, run),
          message('tool', 2, result('a', 'running', { output: 'so far' })),
          message('tool', 9, result('a', 'failed', { output: 'all' })),
        ]),
      );
      const [found, ...more] = actionsOf(given, true);
      assert.equal(more.length, 0);
      assert.deepEqual([found?.state, found?.output.output, found?.took], ['failed', 'all', 8000]);
    });

    it('are shown once when the action is missing, as the last result says', () => {
      const given = answer(
        step([
          message('tool', 1, result('gone', 'running', { output: '1' })),
          message('tool', 2, result('gone', 'denied', { output: '2' })),
        ]),
      );
      const [found, ...more] = actionsOf(given);
      assert.equal(more.length, 0);
      assert.deepEqual([found?.state, found?.output.output, found?.raw.action], ['denied', '2', undefined]);
    });

    it('have no duration when the clock ran backwards', () => {
      const given = answer(step([message('assistant', 9, run), message('tool', 1, result('a', 'completed', {}))]));
      assert.equal(actionsOf(given)[0]?.took, undefined);
    });
  });

  describe('steps', () => {
    it('stand where their time puts them, and last without a time', () => {
      const nested = [
        step([message('assistant', 5, text('inner'))], [], { id: 'n1', description: 'N1', started_at: at(4) }),
        step([message('assistant', undefined, text('late'))], [], { id: 'n2', description: 'N2' }),
      ];
      const entries = entriesOf(
        answer(step([message('user', 1, text('first')), message('assistant', 8, text('last'))], nested)),
      );
      assert.deepEqual(shape(entries), ['0 first', '0 step N1', '1 inner', '0 last', '0 step N2', '1 late']);
    });

    it('have no heading when there is one nameless step', () => {
      assert.deepEqual(shape(entriesOf(answer(step([message('user', 1, text('a'))])))), ['0 a']);
      assert.deepEqual(shape(entriesOf(answer(step([message('user', 1, text('a'))], [], { description: 'D' })))), [
        '0 step D',
        '0 a',
      ]);
    });

    it('know which steps hide them and how many messages they hold', () => {
      const inner = step([message('assistant', 1, text('x'))], [], { id: 'i', description: 'I' });
      const outer = step([], [inner], { id: 'o', description: 'O' });
      const [first, second, third] = entriesOf(answer(step([], [outer])));
      assert.equal(first?.kind === 'step' ? first.messages : 0, 1);
      assert.deepEqual(third?.within, [first?.id, second?.id]);
    });

    it('nested too deep are shown as they are', () => {
      let tree = step([message('assistant', 1, text('bottom'))]);
      for (let depth = 0; depth < 60; depth++) {
        tree = step([], [tree], { id: `s${depth}` });
      }
      const last = entriesOf(answer(tree)).at(-1);
      assert.equal(last?.kind === 'message' ? last.blocks[0]?.kind : '', 'unknown');
    });
  });

  describe('ids', () => {
    it('stay the same while the conversation grows, with and without ids of the service', () => {
      const messages = [message('user', 1, text('a')), { ...message('assistant', 2, text('b')), message_ids: ['m2'] }];
      const before = entriesOf(answer(step(messages))).map(({ id }) => id);
      const after = entriesOf(answer(step([...messages, message('assistant', 3, text('c'))]))).map(({ id }) => id);
      assert.deepEqual(after.slice(0, 2), before);
      assert.equal(new Set(after).size, 3);
    });

    it('are unique when those of the service repeat', () => {
      const twin = { ...message('user', 1, text('a')), message_ids: ['string'] };
      const ids = entriesOf(answer(step([twin, twin, twin]), step([twin], [], { id: 'root' }))).map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
    });
  });

  it('keeps blocks and messages of an unknown shape', () => {
    const entries = entriesOf(
      answer(
        step(['just text', { role: 'assistant', content: [{ type: 'hologram', sides: 6 }, 7] }, { role: 'user' }]),
      ),
    );
    assert.deepEqual(
      blocksOf(entries).map((block) => (block.kind === 'unknown' ? block.value : block.kind)),
      ['just text', { type: 'hologram', sides: 6 }, 7, { role: 'user' }],
    );
  });

  it('cuts a message of very many blocks into entries', () => {
    const blocks = Array.from({ length: 100 }, (_, index) => text(`t${index}`));
    const entries = entriesOf(answer(step([message('assistant', 1, ...blocks)])));
    assert.ok(entries.every((entry) => entry.kind === 'message' && entry.blocks.length <= 40));
    assert.equal(blocksOf(entries).length, 100);
    assert.equal(new Set(blocksOf(entries).map(({ id }) => id)).size, 100);
  });

  it('finds what was said last, outside of delegated steps first', () => {
    const nested = step([message('assistant', 9, text('inner'))], [], { id: 'n' });
    const said = finalMessage(entriesOf(answer(step([message('assistant', 2, text('outer'))], [nested]))));
    assert.deepEqual(
      said?.blocks.map((block) => (block.kind === 'text' ? block.text : '')),
      ['outer'],
    );
    const delegated = answer(step([message('user', 1, text('q'))], [nested]));
    assert.equal(finalMessage(entriesOf(delegated))?.depth, 1);
    assert.equal(finalMessage([]), undefined);
  });

  it('calls users, steps and failures landmarks', () => {
    const entries = entriesOf(
      answer(
        step(
          [
            message('user', 1, text('a')),
            message('assistant', 2, text('b')),
            message('assistant', 3, action('x', 'command', 'run_command', {})),
            message('tool', 4, result('x', 'failed', {})),
          ],
          [step([], [], { id: 'n', description: 'N' })],
        ),
      ),
    );
    assert.deepEqual(entries.map(isLandmark), [true, false, true, true]);
  });

  it('never throws, and keeps ids apart, for any JSON', () => {
    const junk = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant({}), fc.constant([]));
    const block = fc.record(
      {
        type: fc.oneof(fc.constantFrom('text', 'ACTION', 'action', 'action_result', 'event', 'x'), junk),
        id: fc.oneof(fc.constantFrom('a', 'b'), junk),
        action_id: fc.oneof(fc.constantFrom('a', 'b', 'c'), junk),
        text: junk,
        input: junk,
        output: junk,
        data: junk,
      },
      { requiredKeys: [] },
    );
    const some = <T>(item: fc.Arbitrary<T>) => fc.oneof(fc.array(fc.oneof(item, junk), { maxLength: 4 }), junk);
    const said = fc.record(
      { role: junk, content: some(block), message_ids: junk, timestamp: junk },
      { requiredKeys: [] },
    );
    const leaf = fc.record({ id: junk, messages: some(said), description: junk }, { requiredKeys: [] });
    const tree = fc.record({ messages: some(said), steps: some(leaf), started_at: junk }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(fc.record({ steps: some(tree) }), fc.jsonValue()), fc.boolean(), (value, active) => {
        const { entries } = readConversation(value, active ? 'running' : 'unanswered');
        assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
      }),
    );
  });
});
