import assert from 'node:assert/strict';
import { keptSource, sourceKey } from '../../../src/conversation/conversationSource';
import { commandFor } from '../../../src/conversation/pageCommands';
import { commandNames } from '../../../src/conversation/protocol';

describe('what a page kept', () => {
  it('is a run, also of an older version, or a conversation', () => {
    assert.deepEqual(keptSource({ runId: 'r', anchor: null }), { runId: 'r' });
    assert.deepEqual(keptSource({ conversationId: 'c', following: true }), { conversationId: 'c' });
    assert.deepEqual(keptSource({ runId: 'r', conversationId: 'c' }), { runId: 'r' });
  });

  it('is nothing when it is anything else', () => {
    for (const state of [undefined, null, 'r', 7, [], {}, { runId: 7 }, { runId: '' }, { conversationId: ' ' }]) {
      assert.equal(keptSource(state), undefined);
    }
  });

  it('has a name of its own', () => {
    assert.equal(sourceKey({ runId: 'a' }), 'a');
    assert.notEqual(sourceKey({ conversationId: 'a' }), sourceKey({ runId: 'a' }));
  });
});

describe('the commands of a page', () => {
  it('are those of its run, or the few that need none', () => {
    const commands = (source: Parameters<typeof commandFor>[1]): string[] =>
      commandNames.filter((name) => commandFor(name, source) !== undefined);
    const alone = commands({ conversationId: 'c' });
    assert.ok(alone.includes('openAsText') && alone.includes('setKey'));
    for (const name of ['cancelRun', 'openSession', 'openTranscript', 'saveTranscript', 'copyLink']) {
      assert.ok(!alone.includes(name), name);
      assert.ok(commands({ runId: 'r' }).includes(name), name);
    }
  });
});
