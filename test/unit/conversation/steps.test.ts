import assert from 'node:assert/strict';
import { blockPart } from '../../../src/conversation/blockText';
import { renderEntry } from '../../../src/conversation/renderEntry';
import { childrenOf, textOf, type ViewNode } from '../../../src/conversation/viewNodes';
import { readConversation, type Entry, type Pending, type StepEntry } from '../../../src/model/conversation';
import { sameEntry } from '../../../src/model/sameEntry';
import { action, answer, at, context, message, result, step, text } from './samples';

const entriesOf = (given: unknown, pending: Pending = 'unanswered'): Entry[] =>
  readConversation(given, pending).entries;
const stepsOf = (entries: readonly Entry[]): StepEntry[] =>
  entries.filter((entry): entry is StepEntry => entry.kind === 'step');

const inner = step(
  [
    message('assistant', 3, action('a', 'command', 'run', { command: 'x' }), text('It **fails**.\nStill.')),
    message('tool', 4, result('a', 'failed', { exit_code: 1 })),
    message('system', 5, { type: 'event', name: 'tool_error', data: { error: 'gone' } }),
  ],
  [],
  { id: 'inner', description: 'Inner' },
);
const outer = answer(
  step(
    [message('user', 1, text('Go'))],
    [
      step([message('assistant', 2, text('First'))], [inner], {
        id: 'outer',
        description: 'Outer',
        started_at: at(2),
        completed_at: at(9),
      }),
    ],
  ),
);

const shown = (entry: Entry | undefined, folded = false): string =>
  entry ? textOf(renderEntry(entry, { place: 0, folded }, context())) : '';

describe('a step', () => {
  it('knows what is in it and in the steps under it', () => {
    assert.deepEqual(
      stepsOf(entriesOf(outer)).map(({ title, messages, errors, running, said }) => [
        title,
        messages,
        errors,
        running,
        said,
      ]),
      [
        ['Outer', 4, 2, false, 'It **fails**.\nStill.'],
        ['Inner', 3, 2, false, 'It **fails**.\nStill.'],
      ],
    );
  });

  it('goes on where an action of it does, and where the run that works said something last', () => {
    const call = action('a', 'command', 'run', { command: 'x' });
    const first = step([message('assistant', 1, call)], [], { id: 'f', description: 'F' });
    const last = step([message('assistant', 2, text('y'))], [], { id: 'l', description: 'L' });
    const running = (given: unknown, pending: Pending): boolean[] =>
      stepsOf(entriesOf(given, pending)).map((one) => one.running);
    assert.deepEqual(running(answer(first, last), 'running'), [true, true]);
    assert.deepEqual(running(answer(first, last), 'unanswered'), [false, false]);
    const next = step([message('assistant', 3, text('z'))], [], { id: 'n', description: 'N' });
    assert.deepEqual(running(answer(last, first, next), 'running'), [false, true, true]);
  });

  it('says how much is in it, what went wrong and how long it took; folded, also what was said last', () => {
    const [entry] = stepsOf(entriesOf(outer));
    assert.equal(shown(entry), 'Outer4 messages2 errors7000 ms');
    assert.equal(shown(entry, true), 'Outer: It fails. Still.4 messages2 errors7000 ms');
  });

  it('is another one when what is in it is', () => {
    const [one] = stepsOf(entriesOf(outer));
    const [other] = stepsOf(entriesOf(structuredClone(outer)));
    const [running] = stepsOf(entriesOf(outer, 'running'));
    assert.ok(one && other && running);
    assert.ok(sameEntry(one, other));
    assert.ok(!sameEntry(one, running));
  });
});

describe('an entry as the service sent it', () => {
  const opens = (node: ViewNode): string[] =>
    typeof node === 'string'
      ? []
      : [
          ...(typeof node[1] === 'object' && node[1].does === 'open'
            ? [`${node[1].name ?? ''} ${node[1].of ?? ''}`]
            : []),
          ...childrenOf(node).flatMap(opens),
        ];

  it('can be opened of every message and step', () => {
    const entries = entriesOf(outer);
    for (const entry of entries) {
      assert.deepEqual(opens(renderEntry(entry, { place: 0, folded: false }, context())), [`raw ${entry.id}`]);
      assert.ok(entry.raw);
    }
  });

  it('is kept by reference', () => {
    const sent = message('user', 1, text('Go'));
    const [entry] = entriesOf(answer(step([sent])));
    assert.ok(entry);
    assert.equal(entry.raw, sent);
    const block = entry.kind === 'message' ? entry.blocks[0] : undefined;
    assert.equal(block && blockPart(block, 'text', 0)?.text, 'Go');
  });
});
