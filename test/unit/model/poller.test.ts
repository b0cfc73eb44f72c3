import assert from 'node:assert/strict';
import { Poller } from '../../../src/model/poller';
import { RunStore } from '../../../src/model/runStore';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeOz, problem, run } from './fakeOz';

const second = 1000;
const minute = 60 * second;

function setUp(...runs: Run[]): { oz: FakeOz; store: RunStore; clock: FakeClock; poller: Poller } {
  const oz = new FakeOz(...runs);
  const clock = new FakeClock();
  const store = new RunStore(oz, clock);
  return { oz, store, clock, poller: new Poller(store, clock, () => 0) };
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
    poller.setVisible(true);
    await clock.advance(minute);
    poller.setVisible(false);
    poller.setVisible(true);
    store.put(idle);
    await clock.advance(minute);
    assert.equal(oz.calls.length + oz.reads.length, 1);
    open();
    await clock.advance(0);
    assert.deepEqual([oz.calls.length, oz.reads.length], [1, 1]);
  });

  it('reads followed runs even when the list is hidden, and the list only when it is not', async () => {
    const { oz, store, clock } = setUp(active, idle);
    const followed = store.follow('active');
    await clock.advance(0);
    assert.deepEqual(oz.reads, ['active']);
    await clock.advance(10 * second);
    assert.equal(oz.reads.length, 3);
    assert.equal(oz.calls.length, 0);
    followed.dispose();
    await clock.advance(minute);
    assert.equal(oz.reads.length, 3);
    assert.equal(clock.waiting, 0);
  });

  it('reads the list at once when it is shown, however lately it read a followed run', async () => {
    const { oz, store, clock, poller } = setUp(active);
    store.follow('active');
    await clock.advance(10 * minute + second);
    assert.equal(oz.calls.length, 0);
    poller.setVisible(true);
    await clock.advance(0);
    assert.equal(oz.calls.length, 1);
  });

  it('reads a followed run that has ended at the idle pace', async () => {
    const { oz, store, clock } = setUp(idle);
    store.follow('idle');
    await clock.advance(0);
    await clock.advance(minute);
    assert.equal(oz.reads.length, 3);
  });

  it('gives up a followed run that is not there, and no other', async () => {
    const { oz, store, clock } = setUp(active);
    store.follow('gone');
    store.follow('active');
    await clock.advance(0);
    await clock.advance(10 * second);
    assert.equal(oz.reads.filter((id) => id === 'gone').length, 1);
    assert.equal(oz.reads.filter((id) => id === 'active').length, 3);
    store.follow('gone');
    await clock.advance(0);
    assert.equal(oz.reads.filter((id) => id === 'gone').length, 2, 'whoever follows it again asks again');
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
      const poller = new Poller(store, clock, () => 0.999);
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
