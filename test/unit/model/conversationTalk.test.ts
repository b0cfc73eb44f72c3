import assert from 'node:assert/strict';
import { readConversation, waitingActions, type Entry, type Pending } from '../../../src/model/conversation';
import { endsWithWork, isShort, lastAskedAt } from '../../../src/model/conversationTalk';
import { beginsWithWords, saysTheSame } from '../../../src/model/sameWords';
import { sameEntry } from '../../../src/model/sameEntry';
import { action, answer, at, message, result, step, talk, text } from '../conversation/samples';

const read = (given: unknown, pending: Pending = 'running'): readonly Entry[] =>
  readConversation(given, pending).entries;
const call = action('a', 'command', 'run', { command: 'x' });
const turn = (messages: unknown[], steps: unknown[] = [], members = {}) =>
  step(messages, steps, { id: '', ...members });
const states = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) =>
    entry.kind === 'message' ? entry.blocks.flatMap((block) => (block.kind === 'action' ? [block.state] : [])) : [],
  );

describe('a conversation that a person went on with', () => {
  const asked = turn([message('user', 1, text('Go')), message('assistant', 2, call)]);
  const next = turn([message('user', 60, text('And now?')), message('assistant', 61, text('Yes'))]);

  it('has no headings for its turns, but those that the agent named', () => {
    assert.deepEqual(
      read(answer(asked, next)).map(({ kind, depth, within }) => [kind, depth, within.length]),
      [0, 1, 2, 3].map(() => ['message', 0, 0]),
    );
    const named = turn([message('assistant', 70, text('x'))], [], { description: 'Tidy up' });
    assert.deepEqual(
      read(answer(asked, named)).map(({ kind }) => kind),
      ['message', 'message', 'step', 'message'],
    );
  });

  it('has nothing that goes on or waits before what the person said last', () => {
    assert.deepEqual(states(read(answer(asked))), ['running']);
    assert.deepEqual(states(read(answer(asked, next))), ['unanswered']);
    assert.deepEqual(waitingActions(read(answer(asked, next), 'waiting')), []);
    const late = turn([message('tool', 62, result('a', 'completed', {}))]);
    assert.deepEqual(states(read(answer(asked, next, late))), ['completed']);
  });

  it('still goes on where one agent said something to another', () => {
    const below = step([message('user', 3, text('Do this'))], [], { id: 'b', description: 'Delegated' });
    assert.deepEqual(states(read(answer(turn([message('assistant', 2, call)], [below])))), ['running']);
  });

  it('was asked last when the person said that', () => {
    assert.equal(lastAskedAt(read(answer(asked, next))), Date.parse(at(60)));
    assert.equal(lastAskedAt(read(answer(turn([message('user', undefined, text('x'))])))), undefined);
  });

  it('ends with work while its last action goes on', () => {
    assert.equal(endsWithWork(read(answer(asked))), true);
    assert.equal(endsWithWork(read(answer(asked, next))), false);
    assert.equal(endsWithWork([]), false);
  });
});

describe('a short conversation', () => {
  it('has at most eight messages, whatever the steps', () => {
    assert.deepEqual(
      [0, 8, 9].map((count) => isShort(read(talk(count)))),
      [true, true, false],
    );
    const steps = Array.from({ length: 9 }, (_, index) => step([], [], { id: `${index}`, description: 'x' }));
    assert.equal(isShort(read(answer(...steps))), true);
  });
});

describe('a summary', () => {
  const summaries = (said: string, next: string): string[] =>
    read(
      answer(
        turn(
          [message('assistant', 9, text(next))],
          [
            step([message('assistant', 2, text(said))], [], {
              id: 's',
              description: 'S',
              started_at: at(1),
              summary: 'All **three** pass.',
            }),
          ],
        ),
      ),
    ).flatMap((entry) => (entry.kind === 'step' ? [entry.summary] : []));

  it('is left out where the last or the next message begins with it', () => {
    assert.deepEqual(summaries('Hm', 'Ok'), ['All **three** pass.']);
    assert.deepEqual(summaries('All three pass', 'Ok'), ['']);
    assert.deepEqual(summaries('Hm', 'All three pass. On to the next.'), ['']);
  });

  it('is the same in other marks, and nothing is the same as nothing', () => {
    assert.equal(beginsWithWords('', ''), false);
    assert.equal(beginsWithWords('All', 'All three'), false);
    assert.equal(saysTheSame('No credits!', 'no   credits'), true);
    assert.equal(saysTheSame('…', '!'), false);
  });
});

describe('things to do', () => {
  const list = (...done: boolean[]) => ({
    type: 'event',
    name: 'update_todos',
    data: { todos: done.map((isDone, index) => ({ title: `t${index}`, status: isDone ? 'done' : 'pending' })) },
  });
  const told = (...events: unknown[]): (string[] | undefined)[] =>
    read(answer(turn(events.map((event, index) => message('assistant', index, event))))).flatMap((entry) =>
      entry.kind === 'message'
        ? entry.blocks.map((block) => (block.kind === 'event' ? block.outdated : undefined))
        : [],
    );

  it('are outdated where a later list goes on with them, and say what was done since', () => {
    assert.deepEqual(told(list(false, false, false), list(true, false, false), list(true, true, true)), [
      [],
      ['t0'],
      undefined,
    ]);
  });

  it('are not outdated by a list of other things', () => {
    const other = { type: 'event', name: 'update_todos', data: { todos: ['another'] } };
    assert.deepEqual(told(list(true), other), [undefined, undefined]);
  });

  it('are shown anew when a later list comes', () => {
    const [one] = read(answer(turn([message('assistant', 1, list(false))])));
    const [other] = read(answer(turn([message('assistant', 1, list(false)), message('assistant', 2, list(true))])));
    assert.ok(one && other && !sameEntry(one, other));
  });
});
