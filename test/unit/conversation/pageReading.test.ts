import assert from 'node:assert/strict';
import { withNewLine } from '../../../src/conversation/newLine';
import { PageReading } from '../../../src/conversation/pageReading';
import { ReadingMemory, type KeptReading } from '../../../src/conversation/readingMemory';
import { textOf, type ViewElement } from '../../../src/conversation/viewNodes';
import { readConversation, type Entry } from '../../../src/model/conversation';
import { ConversationChunks } from '../../../src/model/conversationChunks';
import { FakeMemento } from '../model/fakeMemento';
import { answer, context, message, step, talk, text } from './samples';

const kept: KeptReading = { anchor: null, following: false, folded: [], unfolded: [], seen: null };

const entriesOf = (given: unknown): Entry[] => readConversation(given, 'unanswered').entries;

/** A conversation that is read, as the host sees it. */
class Read {
  readonly memory = new ReadingMemory(new FakeMemento());
  readonly chunks = new ConversationChunks();
  readonly reading = new PageReading('r', this.memory, this.chunks);

  constructor(given?: Partial<KeptReading>) {
    if (given) {
      this.memory.set('r', { ...kept, ...given });
    }
    this.reading.begin();
  }

  arrive(entries: Entry[], isUpToDate = true): void {
    this.chunks.update(entries);
    this.reading.update(isUpToDate);
  }
}

const ten = entriesOf(talk(10));
const hundred = entriesOf(talk(100));
const at = (place: number): { id: string; place: number } => ({ id: hundred[place]?.id ?? '', place });

describe('where reading goes on', () => {
  it('is the entry that it was at, wherever it is now', () => {
    const read = new Read({ anchor: { ...at(50), place: 40, offset: 12 } });
    read.arrive(hundred);
    assert.deepEqual(read.reading.first(true), { ...at(50), offset: 12 });
    read.reading.ready({ id: at(50).id, offset: 12 });
    assert.deepEqual(
      [...read.reading.goOn()],
      [{ type: 'reveal', chunk: read.chunks.chunkAt(50), id: at(50).id, offset: 12 }],
    );
    assert.deepEqual([...read.reading.goOn()], []);
  });

  it('waits for a conversation that comes after the page', () => {
    const read = new Read({ anchor: { ...at(50), offset: 12 } });
    const anchor = read.reading.begin()?.anchor ?? null;
    assert.equal(anchor?.id, at(50).id);
    assert.equal(read.reading.first(false), 'start');
    read.reading.ready(anchor);
    assert.deepEqual([...read.reading.goOn()], []);
    // The page says meanwhile where it is waiting to be.
    read.reading.note({ type: 'reading', anchor, following: false, seen: null, unfolded: [] });
    read.arrive(hundred);
    assert.equal([...read.reading.goOn()].length, 1);
  });

  it('is the nearest entry where that one is gone', () => {
    for (const [place, expected] of [
      [50, 50],
      [500, 99],
    ] as const) {
      const read = new Read({ anchor: { id: 'gone', place, offset: 12 } });
      read.arrive(hundred);
      assert.deepEqual(read.reading.first(false), { ...at(expected), offset: 0 });
      read.reading.ready({ id: 'gone', offset: 12 });
      const [reveal] = read.reading.goOn();
      assert.ok(reveal?.type === 'reveal' && reveal.id === at(expected).id && reveal.offset === 0);
    }
  });

  it('is the step that hides it now', () => {
    const said = [message('assistant', 1, text('a')), message('assistant', 2, text('b'))];
    const entries = entriesOf(answer(step([], [step(said, [], { id: 'inner', description: 'Build' })])));
    const heading = entries.find((entry) => entry.kind === 'step');
    const hidden = entries.at(-1);
    assert.ok(heading && hidden);
    const place = entries.length - 1;
    const read = new Read({ anchor: { id: hidden.id, place, offset: 5 }, folded: [heading.id] });
    read.arrive(entries);
    const first = read.reading.first(false);
    assert.ok(typeof first !== 'string' && first.id === heading.id && first.offset === 0);
  });

  it('is the end of a run that works and the start of one that is over, where it was never read', () => {
    const read = new Read();
    read.arrive(hundred);
    assert.equal(read.reading.first(true), 'end');
    assert.equal(read.reading.first(false), 'start');
    const followed = new Read({ following: true });
    followed.arrive(hundred);
    assert.equal(followed.reading.first(false), 'end');
  });

  it('is remembered with its position', () => {
    const read = new Read();
    read.arrive(hundred);
    const anchor = { id: at(30).id, offset: 3 };
    read.reading.noteFolded(['s1']);
    read.reading.note({ type: 'reading', anchor, following: false, seen: at(99).id, unfolded: ['a.0'] });
    read.reading.noteFolded(['s2']);
    assert.deepEqual(read.memory.get('r'), {
      anchor: { ...at(30), offset: 3 },
      following: false,
      seen: at(99),
      folded: ['s2'],
      unfolded: ['a.0'],
    });
  });
});

describe('the line before what is new', () => {
  it('stands before the first entry that nobody saw, and stays there', () => {
    const read = new Read({ seen: at(9) });
    read.arrive(ten, false);
    assert.equal(read.reading.newEntries, undefined);
    read.arrive(hundred.slice(0, 25));
    assert.deepEqual(read.reading.newEntries, { id: at(10).id, count: 15 });
    read.reading.note({ type: 'reading', anchor: null, following: true, seen: at(24).id, unfolded: [] });
    read.arrive(hundred);
    assert.deepEqual(read.reading.newEntries, { id: at(10).id, count: 15 });
    assert.equal(read.reading.seen, 10);
    // Shown the next time.
    read.reading.begin();
    read.reading.update(true);
    assert.deepEqual(read.reading.newEntries, { id: at(25).id, count: 75 });
  });

  it('is none for what arrives while somebody looks, nor in a conversation that is read for the first time', () => {
    const looking = new Read({ seen: at(9) });
    looking.arrive(ten);
    looking.arrive(hundred);
    assert.equal(looking.reading.newEntries, undefined);
    const first = new Read();
    first.arrive(ten, false);
    first.arrive(hundred);
    assert.equal(first.reading.newEntries, undefined);
    assert.equal(first.reading.seen, 10);
  });

  it('says how many came while the page was hidden, those included that are read when it is shown', () => {
    const read = new Read({ seen: at(9) });
    read.reading.setVisible(true, false);
    read.arrive(ten);
    // Hidden, with what is known then in its HTML; shown again, which begins a reading.
    read.reading.setVisible(false, true);
    read.arrive(hundred.slice(0, 12));
    read.reading.begin();
    read.reading.update(true);
    assert.deepEqual(read.reading.newEntries, { id: at(10).id, count: 2 });
    const before = read.chunks.sizes();
    read.reading.setVisible(true, false);
    read.arrive(hundred);
    assert.deepEqual(read.reading.newEntries, { id: at(10).id, count: 90 });
    assert.notEqual(read.chunks.sizes()[0]?.[0], before[0]?.[0]);
    read.reading.setVisible(true, false);
    read.arrive(hundred.slice(0, 99));
    assert.equal(read.reading.newEntries.count, 90);
  });

  it('stands where the seen entry stood when that one is gone', () => {
    const read = new Read({ seen: { id: 'gone', place: 19 } });
    read.arrive(hundred);
    assert.deepEqual(read.reading.newEntries, { id: at(20).id, count: 80 });
    const shorter = new Read({ seen: { id: 'gone', place: 500 } });
    shorter.arrive(ten);
    assert.equal(shorter.reading.newEntries, undefined);
  });

  it('can be gone to', () => {
    const read = new Read();
    read.arrive(hundred);
    assert.equal(read.reading.firstNew(at(9).id)?.id, at(10).id);
    assert.equal(read.reading.firstNew(at(99).id), undefined);
  });

  it('is in the entry, with a name, and changes what the page knows the entry by', () => {
    const entry: ViewElement = ['article', { id: 'a', hash: 'h', position: 3 }, 'text'];
    const [tag, attributes, line, ...rest] = withNewLine(entry, { id: 'a', count: 4 }, context());
    assert.deepEqual([tag, rest], ['article', ['text']]);
    assert.ok(typeof attributes === 'object' && attributes.position === 3 && attributes.hash !== 'h');
    assert.ok(typeof line === 'object' && typeof line[1] === 'object');
    assert.equal(line[1].role, 'separator');
    assert.ok(line[1].label?.includes('4') && textOf(line).includes('4'));
    assert.notDeepEqual(withNewLine(entry, { id: 'a', count: 5 }, context())[1], attributes);
  });
});
