import assert from 'node:assert/strict';
import { ConversationFind } from '../../../src/conversation/conversationFind';
import type { FoundPlace, ToPage } from '../../../src/conversation/protocol';
import { readConversation } from '../../../src/model/conversation';
import { ConversationChunks } from '../../../src/model/conversationChunks';
import type { TurnOptions } from '../../../src/model/inTurns';
import { action, answer, context, message, result, step, text } from './samples';

type Found = Extract<ToPage, { type: 'found' }>;

class Finder {
  readonly chunks = new ConversationChunks();
  readonly find: ConversationFind;
  readonly unfolded: string[] = [];
  posted: Found[] = [];
  /** Ends the turn that pauses. */
  go: () => void = () => undefined;
  #time = 0;

  /** @param isSlow every entry takes a turn of its own, and turns end by `go` */
  constructor(conversation: unknown, isSlow = false) {
    this.read(conversation);
    const turns: Omit<TurnOptions, 'signal'> = {
      now: () => (isSlow ? (this.#time += 50) : 0),
      pause: () =>
        new Promise((resolve) => {
          this.go = resolve;
        }),
    };
    this.find = new ConversationFind({
      chunks: this.chunks,
      context: context(),
      post: (posted) => {
        assert.equal(posted.type, 'found');
        this.posted.push(posted);
      },
      unfoldAround: ({ id }) => this.unfolded.push(id),
      turns,
    });
  }

  read(conversation: unknown): void {
    this.chunks.update(readConversation(conversation, 'running').entries);
  }

  async look(query: string, by: -1 | 0 | 1 = 0, from?: number, above = 0): Promise<Found> {
    this.find.find(query, by, { from: from === undefined ? null : this.id(from), above });
    return this.answer();
  }

  /** The next answer that counts. */
  async answer(): Promise<Found> {
    await settled();
    const last = this.posted.findLast(({ hits }) => hits !== null);
    this.posted = [];
    assert.ok(last);
    return last;
  }

  async finish(): Promise<void> {
    for (let turn = 0; turn <= this.chunks.entries.length; turn++) {
      await settled();
      this.go();
    }
    await settled();
  }

  id(place: number): string {
    return this.chunks.entries[place]?.id ?? '';
  }

  /** Where a hit is: the position of its entry, the number of the block that it is in, and its own number. */
  at(place: FoundPlace | null): unknown[] | null {
    return place && [this.chunks.placeOf(place.id), place.block?.split('.')[1] ?? null, place.nth];
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) {
    await Promise.resolve();
  }
};

const says = (...texts: string[]): unknown =>
  answer(step(texts.map((one, index) => message('assistant', index, text(one)))));

describe('finding in a conversation', () => {
  it('begins at the entry that is in view, goes on to the next hit and round', async () => {
    const finder = new Finder(says('one cart', 'none', 'a cart and a cart', 'cart'));
    const places = [await finder.look('cart', 0, 1)];
    for (let count = 0; count < 4; count++) {
      places.push(await finder.look('cart', 1, 0));
    }
    assert.deepEqual(
      places.map(({ words, hits, place }) => [words, hits, ...(finder.at(place) ?? [])]),
      [
        ['2 of 4', 4, 2, null, 0],
        ['3 of 4', 4, 2, null, 1],
        ['4 of 4', 4, 3, null, 0],
        ['1 of 4', 4, 0, null, 0],
        ['2 of 4', 4, 2, null, 0],
      ],
    );
  });

  it('begins below what is above in the entry that is in view', async () => {
    const finder = new Finder(says('cart', 'a cart, a cart and a cart', 'cart'));
    for (const [above, at] of [
      [0, [1, null, 0]],
      [2, [1, null, 2]],
      [3, [2, null, 0]],
    ] as const) {
      await finder.look('');
      assert.deepEqual(finder.at((await finder.look('cart', 0, 1, above)).place), at);
    }
    await finder.look('');
    assert.deepEqual(finder.at((await finder.look('cart', 0, 2, 1)).place), [0, null, 0], 'round from the last one');
  });

  it('counts what is in unfolded bodies by itself', async () => {
    const finder = new Finder(
      answer(
        step([
          message('assistant', 1, text('cart'), action('a', 'command', 'run_command', { command: 'ls' }), text('cart')),
          message('tool', 2, result('a', 'completed', { exit_code: 0, output: 'cart' })),
        ]),
      ),
    );
    const found = await finder.look('cart', 0, 0, 1);
    assert.deepEqual([found.words, finder.at(found.place)], ['2 of 3', [0, '1', 0]]);
    await finder.look('');
    assert.deepEqual((await finder.look('cart', 0, 0, 2)).place?.nth, 0);
  });

  it('goes back, and round', async () => {
    const finder = new Finder(says('cart', 'none', 'cart cart'));
    const first = await finder.look('cart', 0, 1);
    const before = [await finder.look('cart', -1), await finder.look('cart', -1), await finder.look('cart', -1)];
    assert.deepEqual(
      [first, ...before].map(({ place }) => finder.at(place)),
      [
        [2, null, 0],
        [0, null, 0],
        [2, null, 1],
        [2, null, 0],
      ],
    );
  });

  it('stays where the only hit is', async () => {
    const finder = new Finder(says('none', 'cart', 'none'));
    await finder.look('cart');
    assert.deepEqual(finder.at((await finder.look('cart', 1)).place), [1, null, 0]);
    assert.deepEqual(finder.at((await finder.look('cart', -1)).place), [1, null, 0]);
  });

  it('minds the case when there is an upper-case letter', async () => {
    const finder = new Finder(says('Cart cart CART'));
    assert.equal((await finder.look('cart')).hits, 3);
    assert.equal((await finder.look('Cart')).hits, 1);
  });

  it('finds nothing for nothing, and nothing that is not there', async () => {
    const finder = new Finder(says('cart'));
    assert.deepEqual(await finder.look(''), { type: 'found', words: '', hits: 0, place: null });
    const none = await finder.look('zebra');
    assert.deepEqual([none.hits, none.place], [0, null]);
    assert.equal((await finder.look('zebra', 1)).place, null);
  });

  it('names the block that has to be unfolded, and how', async () => {
    const command = { command: 'npm test', cwd: '/work/shop' };
    const finder = new Finder(
      answer(
        step([
          message('assistant', 1, text('Now'), action('a', 'command', 'run_command', command)),
          message('tool', 2, result('a', 'completed', { exit_code: 0, output: 'kept npm test kept' })),
        ]),
      ),
    );
    const seen = await finder.look('npm test');
    const printed = await finder.look('npm test', 1);
    assert.deepEqual(
      [seen, printed].map(({ place }) => [...(finder.at(place) ?? []), place?.raw]),
      [
        [0, null, 0, false],
        // The body has not the command itself, which the line says already.
        [0, '1', 0, false],
      ],
    );
    const raw = (await finder.look('/work/shop')).place;
    assert.deepEqual([...(finder.at(raw) ?? []), raw?.raw], [0, '1', 0, true]);
  });

  it('cannot point at what the page has no text for', async () => {
    const finder = new Finder(says('See [the page](https://docs.example/cart)'));
    assert.deepEqual(finder.at((await finder.look('docs.example')).place), [0, null, null]);
  });

  it('has the steps around a hit unfolded when it goes there, not before', async () => {
    const inner = step([message('assistant', 3, text('cart'))], [], { id: 'n', description: 'Nested' });
    const finder = new Finder(answer(step([message('user', 1, text('q'))], [inner])));
    await finder.look('');
    assert.deepEqual(finder.unfolded, []);
    await finder.look('cart');
    assert.deepEqual(finder.unfolded, [finder.id(2)]);
  });

  it('counts again when the conversation changes, and stays', async () => {
    const finder = new Finder(says('cart', 'cart'));
    await finder.look('cart', 0, 1);
    finder.read(says('cart cart', 'cart', 'cart'));
    finder.find.changed();
    assert.deepEqual(await finder.answer(), { type: 'found', words: '3 of 4', hits: 4, place: null });
    assert.deepEqual(finder.at((await finder.look('cart', 1)).place), [2, null, 0]);
    finder.read(says('cart'));
    finder.find.changed();
    assert.deepEqual(await finder.answer(), { type: 'found', words: '? of 1', hits: 1, place: null });
  });

  it('goes to the first hit as soon as it knows of it, and counts on', async () => {
    const finder = new Finder(says('cart', 'none', 'cart', 'cart'), true);
    finder.find.find('cart', 0, { from: finder.id(1), above: 0 });
    await finder.finish();
    assert.deepEqual(
      finder.posted.map(({ hits, place }) => [hits, finder.at(place)]),
      [
        [null, null],
        [null, [2, null, 0]],
        [3, null],
      ],
    );
  });

  it('waits with going back until it knows of all', async () => {
    const finder = new Finder(says('cart', 'none', 'cart'), true);
    finder.find.find('cart', 0, { from: null, above: 0 });
    finder.find.find('cart', -1, { from: null, above: 0 });
    await finder.finish();
    const places = finder.posted.map(({ hits, place }) => [hits, finder.at(place)]);
    assert.deepEqual(
      places.filter(([, at]) => at),
      [
        [null, [0, null, 0]],
        [null, [2, null, 0]],
      ],
    );
  });

  it('answers the last of several questions', async () => {
    const finder = new Finder(says('cart', 'car', 'cat'), true);
    finder.find.find('c', 0, { from: null, above: 0 });
    finder.find.find('ca', 0, { from: null, above: 0 });
    finder.find.find('car', 0, { from: finder.id(1), above: 0 });
    await finder.finish();
    const places = finder.posted.map(({ place }) => finder.at(place)).filter((at) => at);
    assert.deepEqual([places.at(-1), finder.posted.at(-1)?.hits], [[1, null, 0], 2]);
  });

  it('hears of no change and prepares nothing once it is closed', async () => {
    const finder = new Finder(says('cart', 'cart'), true);
    finder.find.find('cart', 0, { from: null, above: 0 });
    finder.find.dispose();
    finder.posted = [];
    finder.find.changed();
    finder.go();
    await settled();
    assert.deepEqual(finder.posted, []);
  });
});
