import assert from 'node:assert/strict';
import { sourceTitle } from '../../../src/conversation/sourceTitle';
import { readConversation } from '../../../src/model/conversation';
import { answer, context, message, step, text } from './samples';

describe('what stands for a title', () => {
  const titleOf = (...content: unknown[]): string => {
    const { entries } = readConversation(answer(step(content)), 'unanswered');
    return sourceTitle({ conversationId: 'c1' }, entries, context());
  };

  it('is what was asked first, in one line and without what cannot be seen', () => {
    const asked = [message('system', 0, text('Be brief')), message('user', 1, text('Why\n\u202eso  slow?'))];
    assert.equal(titleOf(...asked, message('user', 2, text('And now?'))), 'Why ‹U+202E›so slow?');
  });

  it('is the id where nobody asked, and always for a run', () => {
    assert.match(titleOf(message('assistant', 0, text('Hello'))), /c1/);
    assert.match(titleOf(message('user', 0, text(' '))), /c1/);
    const { entries } = readConversation(answer(step([message('user', 0, text('Why?'))])), 'unanswered');
    assert.match(sourceTitle({ runId: 'r1' }, entries, context()), /r1/);
  });
});
