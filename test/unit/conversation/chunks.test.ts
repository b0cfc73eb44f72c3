import assert from 'node:assert/strict';
import { readConversation, type Entry } from '../../../src/model/conversation';
import { ConversationChunks, chunkLimits, cut } from '../../../src/model/conversationChunks';
import { action, answer, message, result, step, talk, text } from './samples';

const entriesOf = (value: unknown, active = true): Entry[] =>
  readConversation(value, active ? 'running' : 'unanswered').entries;
const versions = (chunks: ConversationChunks): number[] => chunks.sizes().map(([version]) => version);
const changed = (before: number[], after: number[]): number[] =>
  after.flatMap((version, index) => (version === before[index] ? [] : [index]));

describe('chunks of a conversation', () => {
  it('hold 20 to 50 short messages, in order, without a gap', () => {
    const entries = entriesOf(talk(1000));
    const ranges = cut(entries);
    assert.equal(ranges[0]?.[0], 0);
    assert.equal(ranges.at(-1)?.[1], entries.length);
    ranges.forEach(([start, end], index) => {
      assert.equal(start, index === 0 ? 0 : ranges[index - 1]?.[1]);
      assert.ok(end - start <= 50 && (index === ranges.length - 1 || end - start >= 20));
    });
  });

  it('hold less of long ones', () => {
    for (const [start, end] of cut(entriesOf(talk(100, 5000)))) {
      assert.ok((end - start) * 5000 <= chunkLimits.size);
    }
  });

  it('stay as they are when the conversation grows, but for the last', () => {
    const chunks = new ConversationChunks();
    chunks.update(entriesOf(talk(210)));
    const before = versions(chunks);
    assert.equal(chunks.update(entriesOf(talk(260))), true);
    assert.deepEqual(
      changed(before, versions(chunks)),
      Array.from({ length: chunks.sizes().length - before.length + 1 }, (_, index) => before.length - 1 + index),
    );
  });

  it('do not change when nothing did', () => {
    const chunks = new ConversationChunks();
    chunks.update(entriesOf(talk(300)));
    const before = versions(chunks);
    assert.equal(chunks.update(entriesOf(talk(300))), false);
    assert.deepEqual(versions(chunks), before);
  });

  it('change where a result arrives, however far back', () => {
    const begin = [message('assistant', 0, action('a', 'command', 'run_command', { command: 'ls' }))];
    const rest = Array.from({ length: 200 }, (_, index) => message('assistant', index, text(`t${index}`)));
    const chunks = new ConversationChunks();
    chunks.update(entriesOf(answer(step([...begin, ...rest]))));
    const before = versions(chunks);
    chunks.update(entriesOf(answer(step([...begin, ...rest, message('tool', 300, result('a', 'completed', {}))]))));
    assert.deepEqual(changed(before, versions(chunks)), [0]);
  });

  it('go away when the conversation shrinks', () => {
    const chunks = new ConversationChunks();
    chunks.update(entriesOf(talk(200)));
    assert.equal(chunks.update(entriesOf(talk(10))), true);
    assert.equal(chunks.sizes().length, 1);
    assert.equal(chunks.shown(4), undefined);
  });

  describe('with folded steps', () => {
    const inner = Array.from({ length: 100 }, (_, index) => message('assistant', index, text(`in ${index}`)));
    const given = answer(
      step([message('user', undefined, text('q'))], [step(inner, [], { id: 'n', description: 'Nested' })]),
    );

    it('keep their cuts and show fewer entries', () => {
      const chunks = new ConversationChunks();
      chunks.update(entriesOf(given));
      const nested = chunks.entries.find((entry) => entry.kind === 'step');
      const before = chunks.sizes();
      chunks.fold([nested?.id ?? '']);
      assert.equal(chunks.sizes().length, before.length);
      assert.deepEqual(chunks.shown(0)?.places, [0, 1]);
      assert.deepEqual(chunks.shown(1)?.places, []);
      assert.equal(chunks.sizes()[1]?.[1], 0);
      chunks.fold([]);
      assert.deepEqual(
        chunks.sizes().map(([, lines]) => lines),
        before.map(([, lines]) => lines),
      );
    });

    it('are passed over by a search for the next landmark', () => {
      const chunks = new ConversationChunks();
      chunks.update(entriesOf(given));
      const nested = chunks.entries.find((entry) => entry.kind === 'step');
      assert.equal(chunks.next(1, 1, () => true)?.kind, 'message');
      chunks.fold([nested?.id ?? '']);
      assert.equal(
        chunks.next(1, 1, () => true),
        undefined,
      );
      assert.equal(
        chunks.next(chunks.entries.length, -1, () => true),
        nested,
      );
    });
  });

  it('find blocks by their id', () => {
    const chunks = new ConversationChunks();
    chunks.update(entriesOf(answer(step([message('assistant', 1, text('a'), text('b'))]))));
    const entry = chunks.entries[0];
    const second = entry?.kind === 'message' ? entry.blocks[1] : undefined;
    assert.equal(chunks.findBlock(second?.id ?? ''), second);
    assert.equal(chunks.findBlock('nothing.0'), undefined);
    assert.equal(chunks.findBlock(''), undefined);
  });
});
