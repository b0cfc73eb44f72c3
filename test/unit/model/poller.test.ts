import assert from 'node:assert/strict';
import { Poller } from '../../../src/model/poller';
import { RunStore } from '../../../src/model/runStore';
import type { SharedRounds } from '../../../src/model/sharedRounds';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeOz, problem, run } from './fakeOz';
import { Machine, numbers } from './machine';
import { MemoryFiles } from './memoryFiles';

const second = 1000;
const minute = 60 * second;

function setUp(...runs: Run[]): { oz: FakeOz; store: RunStore; clock: FakeClock; poller: Poller } {
  const oz = new FakeOz(...runs);
  const clock = new FakeClock();
  const store = new RunStore(oz, clock);
  return { oz, store, clock, poller: new Poller(store, clock, { random: () => 0 }) };
}

const idle = run('idle', noon);
const active = run('active', noon, { state: 'INPROGRESS' });

describe('Poller', () => {
  it('asks nothing while nobody looks', async () => {
    const { oz, clock } = setUp(active);
    await clock.advance(60 * minute);
    assert.equal(oz.calls.length + oz.reads.length, 0);
    assert.equal(clock.waiting, 0);
  });

  it('reads at once when somebody looks, then every 30 s while nothing is active', async () => {
    const { oz, clock, poller } = setUp(idle);
    poller.setVisible(true);
    await clock.advance(0);
    assert.equal(oz.calls.length, 1);
    await clock.advance(29 * second);
    assert.equal(oz.calls.length, 1);
    await clock.advance(second);
    assert.equal(oz.calls.length, 2);
    await clock.advance(5 * minute);
    assert.equal(oz.calls.length, 12);
  });

  it('reads every 5 s while a run is active, from the moment that one is', async () => {
    const { oz, store, clock, poller } = setUp(idle);
    poller.setVisible(true);
    await clock.advance(10 * second);
    assert.equal(oz.calls.length, 1);
    oz.set(active);
    store.put(active);
    await clock.advance(0);
    assert.equal(oz.calls.length, 2);
    await clock.advance(20 * second);
    assert.equal(oz.calls.length, 6);
    oz.set({ ...active, state: 'SUCCEEDED', updated_at: new Date(noon + 1).toISOString() });
    await clock.advance(5 * second);
    await clock.advance(25 * second);
    assert.equal(oz.calls.length, 7, 'the last one that was active slows it');
  });

  it('stops when the view is hidden and reads at once when it is shown and stale', async () => {
    const { oz, clock, poller } = setUp(idle);
    poller.setVisible(true);
    await clock.advance(0);
    poller.setVisible(false);
    await clock.advance(10 * second);
    assert.equal(clock.waiting, 0);
    poller.setVisible(true);
    await clock.advance(0);
    assert.equal(oz.calls.length, 1, 'ten seconds are not stale');
    poller.setVisible(false);
    await clock.advance(10 * minute);
    assert.equal(oz.calls.length, 1);
    poller.setVisible(true);
    await clock.advance(0);
    assert.equal(oz.calls.length, 2);
  });

  it('goes on after a reading that threw what no reading should', async () => {
    const { oz, store, clock, poller } = setUp(active);
    const poll = store.poll.bind(store);
    store.poll = () => {
      store.poll = poll;
      return Promise.reject(new Error('broken'));
    };
    poller.setVisible(true);
    await clock.advance(0);
    const before = oz.calls.length;
    await clock.advance(minute);
    assert.ok(oz.calls.length > before);
    assert.equal(store.status.kind, 'ready');
  });

  it('has one request in flight, however slow the answers are', async () => {
    const { oz, store, clock, poller } = setUp(active);
    let open = (): void => undefined;
    oz.gate = new Promise((resolve) => (open = resolve));
    store.follow('active');
    store.follow('elsewhere');
    poller.setVisible(true);
    await clock.advance(minute);
    poller.setVisible(false);
    poller.setFocused(false);
    poller.setVisible(true);
    store.put(idle);
    await clock.advance(minute);
    assert.equal(oz.calls.length + oz.reads.length, 1);
    open();
    await clock.advance(0);
    assert.deepEqual([oz.calls.length, oz.reads], [1, ['elsewhere']]);
    assert.equal(oz.mostAtOnce, 1);
  });

  it('makes one request a round, whatever is seen, followed and watched', async () => {
    const runs = Array.from({ length: 20 }, (_, index) => run(`r${index}`, noon - index, { state: 'INPROGRESS' }));
    const oz = new FakeOz(...runs);
    const clock = new FakeClock();
    const store = new RunStore(oz, clock);
    const poller = new Poller(store, clock, { isWatched: () => true });
    poller.setVisible(true);
    for (const { run_id: runId } of runs) {
      store.follow(runId);
      store.look(runId);
    }
    await clock.advance(minute);
    assert.deepEqual([oz.calls.length, oz.reads.length], [13, 0]);
  });

  describe('at its pace', () => {
    /** How many rounds come in ten minutes after the first one. */
    async function rounds(known: Run, arrange: (parts: ReturnType<typeof setUp>) => void): Promise<number> {
      const parts = setUp(known);
      await parts.store.refresh();
      arrange(parts);
      await parts.clock.advance(0);
      parts.oz.calls.length = 0;
      await parts.clock.advance(10 * minute);
      assert.equal(parts.oz.reads.length, 0);
      return parts.oz.calls.length;
    }

    it('reads for the list on the screen', async () => {
      const see = (focused: boolean) => (parts: ReturnType<typeof setUp>) => {
        parts.poller.setVisible(true);
        parts.poller.setFocused(focused);
      };
      assert.equal(await rounds(active, see(true)), 120);
      assert.equal(await rounds(idle, see(true)), 20);
      assert.equal(await rounds(active, see(false)), 40);
      assert.equal(await rounds(idle, see(false)), 10);
    });

    it('reads for a conversation on the screen as for the list', async () => {
      const look = (focused: boolean) => (parts: ReturnType<typeof setUp>) => {
        parts.store.look('idle');
        parts.poller.setFocused(focused);
      };
      assert.equal(await rounds(active, look(true)), 120);
      assert.equal(await rounds(idle, look(true)), 20);
      assert.equal(await rounds(idle, look(false)), 10);
    });

    it('reads for active runs that are followed behind the screen, focused or not', async () => {
      for (const focused of [true, false]) {
        const follow = (parts: ReturnType<typeof setUp>): void => {
          parts.store.follow('active');
          parts.poller.setFocused(focused);
        };
        assert.equal(await rounds(active, follow), 30);
      }
    });

    it('reads seldom for ended runs that are followed behind the screen', async () => {
      const follow = (focused: boolean) => (parts: ReturnType<typeof setUp>) => {
        parts.store.follow('idle');
        parts.poller.setFocused(focused);
      };
      assert.equal(await rounds(idle, follow(true)), 10);
      assert.equal(await rounds(idle, follow(false)), 2);
    });

    it('reads for active runs that are watched, and only for those', async () => {
      const mine = run('mine', noon, { state: 'QUEUED' });
      for (const [known, expected] of [
        [mine, 30],
        [active, 0],
        [run('mine', noon), 0],
      ] as const) {
        const oz = new FakeOz(known);
        const clock = new FakeClock();
        const store = new RunStore(oz, clock);
        await store.refresh();
        const poller = new Poller(store, clock, { isWatched: ({ run_id: runId }) => runId === 'mine' });
        poller.setFocused(false);
        await clock.advance(0);
        oz.calls.length = 0;
        await clock.advance(10 * minute);
        assert.equal(oz.calls.length, expected, known.run_id);
      }
    });
  });

  it('asks nothing in ten hours hidden, unfocused and unwatched, whatever it did before', async () => {
    const { oz, store, clock, poller } = setUp(active);
    poller.setVisible(true);
    const following = store.follow('active');
    const looking = store.look('active');
    await clock.advance(minute);
    following.dispose();
    looking.dispose();
    poller.setFocused(false);
    poller.setVisible(false);
    const before = oz.calls.length;
    await clock.advance(10 * 60 * minute);
    assert.equal(oz.calls.length, before);
    assert.equal(clock.waiting, 0);
    store.put(run('another', noon, { state: 'QUEUED' }));
    await clock.advance(10 * 60 * minute);
    assert.equal(oz.calls.length + oz.reads.length, before);
  });

  it('reads at once when the window gets the focus and what is there is stale', async () => {
    const { oz, clock, poller } = setUp(active);
    poller.setFocused(false);
    poller.setVisible(true);
    await clock.advance(10 * second);
    assert.equal(oz.calls.length, 1);
    poller.setFocused(true);
    await clock.advance(0);
    assert.equal(oz.calls.length, 2);
  });

  it('reads the list at once when a conversation comes on the screen and it is stale', async () => {
    const { oz, store, clock } = setUp(active);
    await clock.advance(minute);
    store.look('active');
    await clock.advance(0);
    assert.equal(oz.calls.length, 1);
  });

  it('reads a followed run once when no list has it', async () => {
    const { oz, store, clock } = setUp(...Array.from({ length: 150 }, (_, index) => run(`r${index}`, noon - index)));
    const followed = store.follow('r140');
    await clock.advance(10 * minute);
    assert.deepEqual(oz.reads, ['r140']);
    assert.ok(store.get('r140'));
    followed.dispose();
    const before = oz.calls.length;
    await clock.advance(60 * minute);
    assert.equal(oz.calls.length, before);
    assert.equal(clock.waiting, 0);
  });

  it('hears of a followed run through the list', async () => {
    const { oz, store, clock } = setUp(active);
    store.follow('active');
    await clock.advance(second);
    oz.set({ ...active, state: 'SUCCEEDED', updated_at: new Date(noon + second).toISOString() });
    await clock.advance(20 * second);
    assert.equal(store.get('active')?.state, 'SUCCEEDED');
    assert.deepEqual(oz.reads, []);
  });

  it('gives up a followed run that is not there, and no other', async () => {
    const { oz, store, clock } = setUp(active);
    store.follow('gone');
    store.follow('active');
    await clock.advance(minute);
    assert.deepEqual(oz.reads, ['gone']);
    assert.equal(oz.calls.length, 4);
    store.follow('gone');
    await clock.advance(0);
    assert.deepEqual(oz.reads, ['gone', 'gone'], 'whoever follows it again asks again');
  });

  it('gives up a followed run in whose place another one comes', async () => {
    const { oz, store, clock } = setUp(idle);
    oz.getRun = (runId) => {
      oz.reads.push(runId);
      return Promise.resolve(active);
    };
    store.follow('asked');
    await clock.advance(minute);
    assert.deepEqual(oz.reads, ['asked']);
  });

  it('tries a followed run again when the service failed', async () => {
    const old = Array.from({ length: 150 }, (_, index) => run(`r${index}`, noon - index));
    const { oz, store, clock } = setUp(...old);
    oz.failures = [problem('server'), problem('rateLimited', { retryAfter: 10 * minute })];
    store.follow('r140');
    await clock.advance(9 * second);
    assert.deepEqual([oz.calls.length, oz.reads.length], [1, 0]);
    await clock.advance(second);
    assert.deepEqual([oz.calls.length, oz.reads.length], [1, 1]);
    await clock.advance(9 * minute);
    assert.deepEqual([oz.calls.length, oz.reads.length], [1, 1]);
    await clock.advance(minute);
    assert.deepEqual([oz.calls.length, oz.reads.length], [2, 2]);
    assert.ok(store.get('r140'));
  });

  it('keeps on when the clock is set back, and keeps what it was asked to wait', async () => {
    const { oz, store, clock } = setUp(active);
    let back = 0;
    const moved = { now: () => clock.now() - back, after: clock.after.bind(clock) };
    const poller = new Poller(store, moved, { random: () => 0 });
    poller.setVisible(true);
    await clock.advance(0);
    back = 24 * 60 * minute;
    await clock.advance(minute);
    assert.ok(oz.calls.length >= 10, String(oz.calls.length));
    oz.failures = [problem('rateLimited', { retryAfter: 10 * minute })];
    await clock.advance(5 * second);
    const before = oz.calls.length;
    back += 24 * 60 * minute;
    await clock.advance(9 * minute);
    assert.equal(oz.calls.length, before);
    await clock.advance(12 * minute);
    assert.ok(oz.calls.length > before);
  });

  describe('after a failure', () => {
    it('waits longer each time, and costs few requests in ten minutes', async () => {
      const { oz, clock, poller } = setUp(active);
      oz.failures = Array.from({ length: 1000 }, () => problem('server'));
      poller.setVisible(true);
      await clock.advance(10 * minute);
      assert.ok(oz.calls.length >= 5 && oz.calls.length <= 20, String(oz.calls.length));
    });

    it('spreads the waits of many windows', async () => {
      const { oz, store, clock } = setUp(active);
      await store.refresh();
      const poller = new Poller(store, clock, { random: () => 0.999 });
      oz.failures = [problem('server')];
      poller.setVisible(true);
      await clock.advance(0);
      await clock.advance(6 * second);
      assert.equal(oz.calls.length, 3);
    });

    it('goes back to its pace as soon as one reading goes well', async () => {
      const { oz, store, clock, poller } = setUp(active);
      await store.refresh();
      oz.failures = [problem('unreachable'), problem('timeout')];
      poller.setVisible(true);
      await clock.advance(0);
      await clock.advance(29 * second);
      assert.equal(oz.calls.length, 3);
      await clock.advance(second);
      assert.equal(oz.calls.length, 4);
      await clock.advance(10 * second);
      assert.equal(oz.calls.length, 6);
      oz.failures = [problem('server')];
      await clock.advance(5 * second);
      await clock.advance(10 * second);
      assert.equal(oz.calls.length, 8, 'the next failure is a first one again');
    });

    it('does not ask sooner because somebody looks again', async () => {
      const { oz, clock, poller } = setUp(active);
      oz.failures = [problem('server'), problem('server'), problem('server'), problem('server')];
      poller.setVisible(true);
      await clock.advance(minute);
      const before = oz.calls.length;
      for (let flips = 0; flips < 10; flips += 1) {
        poller.setVisible(false);
        poller.setVisible(true);
        await clock.advance(0);
      }
      assert.equal(oz.calls.length, before);
    });

    it('waits as long as the service asks, also longer than a timer can', async () => {
      const { oz, clock, poller } = setUp(active);
      const wait = 60 * 24 * 60 * minute;
      oz.failures = [problem('rateLimited', { retryAfter: wait })];
      const after = clock.after.bind(clock);
      clock.after = (ms, callback) => {
        assert.ok(ms >= 0 && ms < 2 ** 31, String(ms));
        return after(ms, callback);
      };
      poller.setVisible(true);
      await clock.advance(0);
      await clock.advance(wait - second);
      assert.equal(oz.calls.length, 1);
      await clock.advance(second);
      assert.equal(oz.calls.length, 2);
    });

    it('goes on at once after a person refreshed with success', async () => {
      const { oz, store, clock, poller } = setUp(active);
      oz.failures = [problem('rateLimited', { retryAfter: 60 * minute })];
      poller.setVisible(true);
      await clock.advance(second);
      await store.refresh();
      poller.resume();
      await clock.advance(5 * second);
      assert.equal(oz.calls.length, 3);
    });
  });

  describe('with a key that is refused or missing', () => {
    for (const kind of ['keyRefused', 'noKey'] as const) {
      it(`stops until it is restarted (${kind})`, async () => {
        const { oz, store, clock, poller } = setUp(active);
        oz.failures = [problem(kind)];
        poller.setVisible(true);
        await clock.advance(10 * minute);
        poller.setVisible(false);
        poller.setVisible(true);
        store.follow('active');
        await clock.advance(10 * minute);
        assert.equal(oz.calls.length, 1);
        assert.equal(oz.reads.length, 0);
        store.reset();
        poller.restart();
        await clock.advance(0);
        assert.equal(oz.calls.length, 2);
        assert.ok(store.get('active'));
      });
    }

    it('goes on when only a connection to GitHub is missing', async () => {
      const { oz, clock, poller } = setUp(active);
      oz.failures = [problem('externalAuth')];
      poller.setVisible(true);
      await clock.advance(minute);
      assert.ok(oz.calls.length > 2);
    });

    it('is not stopped by an answer to the old key', async () => {
      const { oz, store, clock, poller } = setUp(active);
      let open = (): void => undefined;
      oz.gate = new Promise((resolve) => (open = resolve));
      oz.failures = [problem('keyRefused')];
      poller.setVisible(true);
      await clock.advance(0);
      store.reset();
      poller.restart();
      open();
      await clock.advance(5 * second);
      assert.ok(oz.calls.length >= 2);
      assert.equal(store.status.kind, 'ready');
    });
  });

  describe('with what other windows share', () => {
    const note = { at: noon, failures: 0, notBefore: 0 };

    it('asks by itself when sharing fails', async () => {
      const { oz, store, clock } = setUp(active);
      const shared = { round: () => Promise.reject(new Error('broken')), publish: () => Promise.resolve() };
      const poller = new Poller(store, clock, { shared });
      poller.setVisible(true);
      await clock.advance(minute);
      assert.equal(oz.calls.length, 13);
    });

    it('takes no word about the key before a restart', async () => {
      const { oz, store, clock } = setUp(active);
      const refused = { ...note, problem: problem('keyRefused').facts };
      let answer = (): void => undefined;
      let rounds = 0;
      const shared: Pick<SharedRounds, 'round' | 'publish'> = {
        round: async (_isFresh, poll) => {
          rounds += 1;
          if (rounds > 1) {
            return { kind: 'own', note: await poll(undefined) };
          }
          await new Promise<void>((resolve) => (answer = resolve));
          return { kind: 'shared', note: refused };
        },
        publish: () => Promise.resolve(),
      };
      const poller = new Poller(store, clock, { shared });
      poller.setVisible(true);
      await clock.advance(0);
      store.reset();
      poller.restart();
      answer();
      await clock.advance(second);
      assert.equal(oz.calls.length, 1);
    });

    it('goes on with the pauses where the others were', async () => {
      const { oz, store, clock } = setUp(active);
      oz.failures = [problem('server')];
      const last = { at: noon - minute, failures: 3, notBefore: 0 };
      const waits: number[] = [];
      const shared: Pick<SharedRounds, 'round' | 'publish'> = {
        round: async (_isFresh, poll) => {
          const own = await poll(last);
          waits.push(own.notBefore - own.at);
          return { kind: 'own', note: own };
        },
        publish: () => Promise.resolve(),
      };
      const poller = new Poller(store, clock, { shared, random: () => 0 });
      poller.setVisible(true);
      await clock.advance(0);
      assert.deepEqual(waits, [80 * second]);
    });

    it('lets the window that asked go on asking', async () => {
      const machine = new Machine(active);
      machine.random = numbers(1);
      machine.files = new MemoryFiles(machine.clock, () => Math.floor(machine.random() * 50));
      machine.openSeen(6);
      for (const { poller } of machine.windows) {
        poller.setFocused(true);
      }
      await machine.clock.advance(10 * minute);
      assert.equal(machine.windows.filter(({ requests }) => requests > 0).length, 1);
    });
  });

  it('ends when it is disposed, even in the middle of a round', async () => {
    const { oz, clock, poller } = setUp(active);
    poller.setVisible(true);
    await settle();
    poller.dispose();
    poller.setVisible(true);
    await clock.advance(10 * minute);
    assert.ok(oz.calls.length <= 1);
    assert.equal(clock.waiting, 0);
  });
});
