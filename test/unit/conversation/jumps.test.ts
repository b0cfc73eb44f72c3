import assert from 'node:assert/strict';
import { jumpFrom, nothingThere } from '../../../src/conversation/jumps';
import { jumpTargets, type JumpTarget } from '../../../src/conversation/protocol';
import { readConversation } from '../../../src/model/conversation';
import { ConversationChunks } from '../../../src/model/conversationChunks';
import { action, answer, message, result, step, text, translate } from './samples';

const failing = (id: string, seconds: number, state: string): unknown[] => [
  message('assistant', seconds, action(id, 'command', 'run_command', { command: 'ls' })),
  message('tool', seconds + 1, result(id, state, {})),
];

/** 0 user, 1 assistant, 2 action, 3 step, 4 denied action in it, 5 user in it, 6 failed action, 7 assistant. */
const conversation = answer(
  step(
    [
      message('user', 1, text('q')),
      message('assistant', 2, text('a')),
      ...failing('ok', 3, 'completed'),
      ...failing('bad', 30, 'failed'),
      message('assistant', 40, text('done')),
    ],
    [
      step([...failing('no', 11, 'denied'), message('user', 13, text('again'))], [], {
        id: 'n',
        description: 'Nested',
        started_at: '2026-11-22T11:00:10Z',
      }),
    ],
  ),
);

function chunksOf(given: unknown): ConversationChunks {
  const chunks = new ConversationChunks();
  chunks.update(readConversation(given, 'unanswered').entries);
  return chunks;
}

/** The positions that a key leads to, pressed until it leads no farther. */
function trail(chunks: ConversationChunks, to: JumpTarget, back = false): (number | undefined)[] {
  const places: (number | undefined)[] = [];
  for (let at = jumpFrom(chunks, null, to, back); at; at = jumpFrom(chunks, at.id, to, back)) {
    places.push(chunks.placeOf(at.id));
  }
  return places;
}

describe('jumps', () => {
  it('lead to every entry of a kind, in order, and no farther', () => {
    const chunks = chunksOf(conversation);
    assert.equal(chunks.entries.length, 8);
    assert.deepEqual(
      jumpTargets.map((to) => [to, trail(chunks, to)]),
      [
        ['landmark', [0, 3, 4, 5, 6]],
        ['user', [0, 5]],
        ['error', [4, 6]],
        ['step', [3]],
        ['action', [2, 4, 6]],
      ],
    );
  });

  it('lead back the same way', () => {
    const chunks = chunksOf(conversation);
    for (const to of jumpTargets) {
      assert.deepEqual(trail(chunks, to, true), trail(chunks, to).reverse());
    }
  });

  it('pass over what a folded step hides, but for errors and what users said', () => {
    const chunks = chunksOf(conversation);
    chunks.fold([chunks.entries[3]?.id ?? '']);
    assert.deepEqual(
      jumpTargets.map((to) => trail(chunks, to)),
      [[0, 3, 6], [0, 5], [4, 6], [3], [2, 6]],
    );
  });

  it('begin at the beginning, or at the end, where the entry is not known', () => {
    const chunks = chunksOf(conversation);
    assert.equal(jumpFrom(chunks, 'gone', 'user', false), chunks.entries[0]);
    assert.equal(jumpFrom(chunks, 'gone', 'user', true), chunks.entries[5]);
    assert.equal(jumpFrom(chunksOf({}), null, 'landmark', false), undefined);
  });

  it('say something of their own where they lead nowhere', () => {
    const said = (chunks: ConversationChunks): Set<string> =>
      new Set(jumpTargets.flatMap((to) => [true, false].map((back) => nothingThere(chunks, to, back, { translate }))));
    const [some, none] = [said(chunksOf(conversation)), said(chunksOf({}))];
    assert.deepEqual([some.size, none.size], [jumpTargets.length * 2, jumpTargets.length]);
    assert.equal(new Set([...some, ...none]).size, some.size + none.size);
  });
});
