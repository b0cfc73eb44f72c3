import assert from 'node:assert/strict';
import { firstChunks, firstEntries, placeClass, placeStyle, withBodies } from '../../../src/conversation/firstScreen';
import { readConversation } from '../../../src/model/conversation';
import { ConversationChunks } from '../../../src/model/conversationChunks';
import type { ViewElement } from '../../../src/conversation/viewNodes';
import { talk } from './samples';

describe('the first screen', () => {
  const chunks = new ConversationChunks();
  chunks.update(readConversation(talk(500), 'unanswered').entries);
  const placesFrom = (from: Parameters<typeof firstEntries>[1]): number[] =>
    [...firstEntries(chunks, from, (place): ViewElement[] => [['p', '', String(place)]]).values()]
      .flat()
      .map(([, , text]) => Number(text));

  it('is the beginning, the end, or what stands below the place where reading goes on', () => {
    assert.equal(placesFrom('start')[0], 0);
    assert.equal(placesFrom('end').at(-1), 499);
    const middle = placesFrom({ id: 'a', place: 250, offset: 0 });
    assert.equal(middle[0], 250);
    assert.ok(middle.length >= 6 && middle.length < 60);
    const places = placesFrom({ id: 'a', place: 498, offset: 0 });
    assert.deepEqual(places, [498, 499]);
  });

  it('goes on as far down as much of its first entry is above the window', () => {
    const { length } = placesFrom({ id: 'a', place: 250, offset: 0 });
    assert.ok(placesFrom({ id: 'a', place: 250, offset: 1600 }).length > length);
    assert.equal(placesFrom({ id: 'a', place: 250, offset: -1600 }).length, length);
  });

  it('needs the chunk first in which reading begins', () => {
    const last = chunks.sizes().length - 1;
    assert.equal(firstChunks(chunks, 'end')[0], last);
    assert.equal(firstChunks(chunks, 'start')[0], 0);
    assert.equal(firstChunks(chunks, { id: 'a', place: 250, offset: 0 })[0], chunks.chunkAt(250));
  });

  it('tells its style where it is with a number and nothing else', () => {
    assert.equal(placeStyle({ id: 'a', place: 1, offset: 12.345 }), ':root{--above:12.3px}');
    assert.equal(placeStyle('end'), '');
    assert.deepEqual(
      ['start' as const, 'end' as const, { id: 'a', place: 1, offset: -1 }, { id: 'a', place: 1, offset: 0 }].map(
        placeClass,
      ),
      ['', 'from-end', 'from-later', 'from-entry'],
    );
  });

  it('has the bodies of what is unfolded', () => {
    const line: ViewElement = ['button', { class: 'line', does: 'body', expanded: false }, 'Ran'];
    const block = (id: string): ViewElement => ['div', { class: 'foldable action', id }, line];
    const entry: ViewElement = ['article', { id: 'a' }, block('a.0'), 'text', block('a.1')];
    const body: ViewElement = ['pre', 'body', 'output'];
    assert.deepEqual(
      withBodies(entry, (id) => (id === 'a.1' ? body : undefined)),
      [
        'article',
        { id: 'a' },
        block('a.0'),
        'text',
        [
          'div',
          { class: 'foldable action', id: 'a.1' },
          ['button', { class: 'line', does: 'body', expanded: true }, 'Ran'],
          body,
        ],
      ],
    );
  });
});
