import assert from 'node:assert/strict';
import { Timeline, timelineMarks } from '../../../src/conversation/timelineMarks';
import { readConversation } from '../../../src/model/conversation';
import { ConversationChunks } from '../../../src/model/conversationChunks';
import type { ToPage } from '../../../src/conversation/protocol';
import { FakeClock } from '../fakeClock';
import { action, answer, context, message, result, step, talk, text } from './samples';

function chunksOf(given: unknown): ConversationChunks {
  const chunks = new ConversationChunks();
  chunks.update(readConversation(given, 'unanswered').entries);
  return chunks;
}

const failing = (id: string, seconds: number): unknown[] => [
  message('assistant', seconds, action(id, 'command', 'run_command', { command: 'npm test' })),
  message('tool', seconds + 1, result(id, 'failed', { exit_code: 1 })),
];

describe('the marks of the strip', () => {
  const nested = step([message('assistant', 3, text('Built'))], [], { id: 'b', description: 'Build\u202e the $(bug)' });
  const conversation = answer(
    step(
      [message('user', 1, text('Fix <b>the</b>\ncart')), message('assistant', 2, text('Sure')), ...failing('a', 5)],
      [nested],
    ),
  );

  it('are steps, what users said and what went wrong, in order, with titles that are text', () => {
    const marks = timelineMarks(chunksOf(conversation), context());
    assert.deepEqual(marks.map(({ kind }) => kind).sort(), ['error', 'step', 'user']);
    assert.ok(marks.every(({ title }) => title !== '' && !/[\u202e\n]/.test(title)));
    assert.ok(marks.find(({ kind }) => kind === 'error')?.title.includes('npm test'));
    assert.deepEqual(
      marks.map(({ at }) => at),
      marks.map(({ at }) => at).sort((a, b) => a - b),
    );
  });

  it('are those that can be seen', () => {
    const chunks = chunksOf(conversation);
    const outer = chunks.entries.filter((entry) => entry.kind === 'step');
    const before = timelineMarks(chunks, context()).length;
    chunks.fold(outer.slice(0, 1).map(({ id }) => id));
    const marks = timelineMarks(chunks, context());
    assert.ok(marks.length <= before);
    assert.ok(marks.every(({ id }) => chunks.entries.some((entry) => entry.id === id && chunks.isShown(entry))));
  });

  it('are at most 100, and no error is lost to a neighbour that is none', () => {
    const messages = Array.from({ length: 10_000 }, (_, index) =>
      index % 1000 === 500 ? failing(`f${index}`, index) : [message('user', index, text(`${index}`))],
    ).flat();
    const marks = timelineMarks(chunksOf(answer(step(messages))), context());
    assert.ok(marks.length > 50 && marks.length <= 100);
    assert.equal(marks.filter(({ kind }) => kind === 'error').length, 10);
    const places = marks.map(({ chunk, at }) => chunk + at);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(marks.every(({ at }) => at >= 0 && at < 1));
  });

  it('are told when they changed, once things are quiet', async () => {
    const clock = new FakeClock();
    const told: ToPage[] = [];
    const chunks = chunksOf(talk(20));
    const timeline = new Timeline(chunks, context(), clock, (message) => told.push(message));
    const tell = async (change: () => void): Promise<number> => {
      told.length = 0;
      change();
      timeline.changed();
      assert.equal(told.length, 0);
      await clock.advance(1000);
      return told.length;
    };
    assert.equal(await tell(() => undefined), 1);
    assert.equal(await tell(() => undefined), 0);
    assert.equal(await tell(() => chunks.update(readConversation(talk(40), 'unanswered').entries)), 1);
    assert.equal(
      await tell(() => {
        timeline.ready();
      }),
      1,
    );
    assert.equal(await tell(() => chunks.update([])), 1);
    timeline.ready();
    timeline.dispose();
    await clock.advance(1000);
    assert.equal(told.length, 1);
  });
});
