import assert from 'node:assert/strict';
import { LaunchJournal } from '../../../src/model/launchJournal';
import type { PendingLaunch } from '../../../src/model/pendingLaunch';
import type { Memento } from '../../../src/model/seenRuns';
import { FakeClock } from '../fakeClock';

/** What windows keep together: each reads what it read last until it is told of news, and writes all of it. */
class StaleMementos {
  kept: unknown;
  readonly #windows: { value: unknown }[] = [];

  open(): { memento: Memento; hear: () => void } {
    const own = { value: this.kept };
    this.#windows.push(own);
    return {
      memento: {
        get: () => own.value,
        update: (_key, value) => {
          this.kept = own.value = JSON.parse(JSON.stringify(value ?? null)) as unknown;
          return Promise.resolve();
        },
      },
      hear: () => {
        own.value = this.kept;
      },
    };
  }
}

function launch(id: string): PendingLaunch {
  const leftOut = { attachments: [], mcpServers: [], prompt: false };
  return {
    ...{ id, at: 1, request: { prompt: id }, leftOut, isTyped: true },
    ...{ state: 'sending', rev: 0, window: 'w', beat: 0 },
  };
}

describe('LaunchJournal in two windows', () => {
  function setUp() {
    const clock = new FakeClock();
    const mementos = new StaleMementos();
    const windows = [mementos.open(), mementos.open()].map(({ memento, hear }) => {
      const journal = new LaunchJournal(memento, clock);
      return { journal, hear, ids: () => journal.all().map(({ id }) => id) };
    });
    const [one, other] = windows;
    assert.ok(one && other);
    /** What a window reads that is opened now. */
    const ids = (): string[] => new LaunchJournal(mementos.open().memento, clock).all().map(({ id }) => id);
    return { clock, one, other, ids, mementos };
  }

  it('keeps what one began when the other writes without having heard of it', async () => {
    const { clock, one, other, ids } = setUp();
    await one.journal.begin(launch('a'));
    await other.journal.begin(launch('b'));
    assert.deepEqual(ids(), ['b']);
    one.hear();
    assert.deepEqual(one.ids(), ['a', 'b']);
    await clock.advance(1500);
    assert.deepEqual(ids().sort(), ['a', 'b']);
  });

  it('does not bring back what one took out', async () => {
    const { clock, one, other, ids } = setUp();
    await one.journal.begin(launch('a'));
    other.hear();
    assert.deepEqual(other.ids(), ['a']);
    one.journal.takeOut(launch('a'));
    await other.journal.begin(launch('b'));
    one.hear();
    assert.deepEqual(one.ids(), ['b']);
    await clock.advance(1500);
    other.hear();
    assert.deepEqual([ids(), other.ids()], [['b'], ['b']]);
  });

  it('takes the newer of two words on a launch', async () => {
    const { one, other } = setUp();
    await one.journal.begin(launch('a'));
    other.hear();
    other.journal.change(launch('a'), { state: 'unsure' });
    one.hear();
    assert.equal(one.journal.find('a')?.state, 'unsure');
    one.journal.change(launch('a'), { state: 'looking' });
    assert.equal(one.journal.find('a')?.state, 'looking');
    other.hear();
    assert.equal(other.journal.find('a')?.state, 'looking');
  });

  it('forgets in the end that one was taken out', async () => {
    const { clock, one, mementos } = setUp();
    await one.journal.begin(launch('a'));
    one.journal.takeOut(launch('a'));
    one.journal.release(launch('a'));
    await one.journal.begin(launch('b'));
    assert.equal((mementos.kept as unknown[]).length, 2);
    await clock.advance(700_000);
    assert.equal((mementos.kept as unknown[]).length, 1);
  });
});
