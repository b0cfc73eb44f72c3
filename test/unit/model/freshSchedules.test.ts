import assert from 'node:assert/strict';
import { FreshSchedules } from '../../../src/model/freshSchedules';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import { FakeClock } from '../fakeClock';
import { FakeFocus } from './fakeFocus';
import { problem } from './fakeOz';
import { FakeSchedules } from './fakeSchedules';

const minute = 60_000;

function setUp() {
  const oz = new FakeSchedules();
  const clock = new FakeClock();
  const store = new ScheduleStore(oz, clock);
  const focus = new FakeFocus();
  return { oz, clock, store, focus, open: () => new FreshSchedules(store, clock, focus, () => undefined) };
}

describe('FreshSchedules', () => {
  it('reads once a minute while they are seen', async () => {
    const { oz, clock, open } = setUp();
    const fresh = open();
    await clock.advance(5 * minute);
    assert.equal(oz.lists, 0);
    fresh.setVisible(true);
    await clock.advance(3 * minute);
    assert.equal(oz.lists, 4);
    fresh.setVisible(false);
    await clock.advance(5 * minute);
    assert.equal(oz.lists, 4);
    assert.equal(clock.waiting, 0);
  });

  it('does not read what another one read a moment ago', async () => {
    const { oz, clock, open } = setUp();
    open().setVisible(true);
    await clock.advance(5000);
    open().setVisible(true);
    await clock.advance(5000);
    assert.equal(oz.lists, 1);
  });

  it('reads no more for several, whenever they came to be seen, nor for whoever goes to and fro', async () => {
    const { oz, clock, open } = setUp();
    for (let opened = 0; opened < 3; opened += 1) {
      open().setVisible(true);
      await clock.advance(20_000);
    }
    const before = oz.lists;
    const restless = open();
    for (let passed = 0; passed < 10 * 60; passed += 3) {
      restless.setVisible(passed % 2 === 0);
      await clock.advance(3000);
    }
    assert.ok(oz.lists - before <= 11, String(oz.lists - before));
  });

  it('reads each minute however late the answers come', async () => {
    const { oz, clock, open } = setUp();
    oz.gate = new Promise((resolve) => clock.after(30_000, resolve));
    open().setVisible(true);
    await clock.advance(minute);
    assert.equal(oz.lists, 2);
  });

  it('waits as long as the service asks, whoever was told so', async () => {
    const { oz, clock, open } = setUp();
    oz.listFailures = [problem('rateLimited', { retryAfter: 10 * minute })];
    open().setVisible(true);
    await clock.advance(minute);
    open().setVisible(true);
    await clock.advance(8 * minute);
    assert.equal(oz.lists, 1);
    await clock.advance(minute);
    assert.equal(oz.lists, 2);
  });

  it('waits for another key when its key is refused, and then reads at once', async () => {
    const { oz, clock, store, open } = setUp();
    oz.listFailures = [problem('keyRefused')];
    const fresh = open();
    fresh.setVisible(true);
    await clock.advance(10 * minute);
    assert.equal(oz.lists, 1);
    store.reset();
    await clock.advance(0);
    assert.equal(oz.lists, 2);
    fresh.dispose();
    store.reset();
    await clock.advance(minute);
    assert.equal(oz.lists, 2);
  });
  it('reads every ten minutes while nobody works in the window, and at once when somebody does', async () => {
    const { oz, clock, focus, open } = setUp();
    const fresh = open();
    focus.set(false);
    fresh.setVisible(true);
    await clock.advance(60 * minute);
    assert.equal(oz.lists, 7);
    await clock.advance(2 * minute);
    focus.set(true);
    await clock.advance(0);
    assert.equal(oz.lists, 8);
    focus.set(false);
    focus.set(true);
    await clock.advance(0);
    assert.equal(oz.lists, 8, 'what is fresh is not read again');
    await clock.advance(10 * minute);
    assert.equal(oz.lists, 18);
    fresh.dispose();
    await clock.advance(10 * minute);
    focus.set(false);
    focus.set(true);
    await clock.advance(minute);
    assert.equal(oz.lists, 18);
  });

  it('asks a service that does not answer no more often while nobody works in the window', async () => {
    const { oz, clock, focus, open } = setUp();
    oz.listFailures = Array.from({ length: 100 }, () => problem('timeout'));
    focus.set(false);
    open().setVisible(true);
    await clock.advance(60 * minute);
    assert.equal(oz.lists, 7);
  });

  it('reads at once with another key, also while nobody works in the window', async () => {
    const { oz, clock, store, focus, open } = setUp();
    focus.set(false);
    open().setVisible(true);
    await clock.advance(minute);
    store.reset();
    await clock.advance(0);
    assert.equal(oz.lists, 2);
  });
});
