import assert from 'node:assert/strict';
import { LastSchedules } from '../../../src/model/lastSchedules';
import type { NotificationRule } from '../../../src/model/runNews';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import { SpawnNews } from '../../../src/model/spawnNews';
import type { Schedule } from '../../../src/oz/types';
import { FakeClock } from '../fakeClock';
import { FakeMemento } from './fakeMemento';
import { FakeSchedules, schedule } from './fakeSchedules';

interface Options {
  focused?: boolean;
  rule?: NotificationRule;
  mine?: string[];
  /** Whether it is known who the person is. */
  isKnown?: () => boolean;
  lookedAt?: string;
  claim?: (name: string) => Promise<boolean>;
}

/** The windows of one machine, all of which read the same schedules. */
class Machine {
  readonly clock = new FakeClock();
  readonly oz = new FakeSchedules();
  readonly claims = new Set<string>();
  readonly memento = new FakeMemento();

  open(options: Options = {}) {
    const { focused = true, rule = 'all', mine = [], isKnown = () => true, lookedAt, claim = this.#claim } = options;
    const store = new ScheduleStore(this.oz, this.clock);
    const told: string[][] = [];
    const news = new SpawnNews({
      store,
      last: new LastSchedules(this.memento),
      clock: this.clock,
      rule: () => rule,
      isMine: ({ id }) => (isKnown() ? mine.includes(id) : undefined),
      isLookedAt: (id) => id === lookedAt,
      isFocused: () => focused,
      claim,
    });
    news.onNews((schedules) => told.push(schedules.map(({ id }) => id)));
    return { store, told, news };
  }

  set(members: Record<string, Partial<Schedule>>): void {
    this.oz.schedules = Object.entries(members).map(([id, rest]) => schedule(id, rest));
  }

  readonly #claim = (name: string): Promise<boolean> => {
    const isFirst = !this.claims.has(name);
    this.claims.add(name);
    return Promise.resolve(isFirst);
  };
}

const failing = { last_spawn_error: 'Environment gone' };

describe('news of schedules that cannot start their runs', () => {
  it('are told once when a schedule that was well no longer is', async () => {
    const machine = new Machine();
    const { store, told } = machine.open();
    machine.set({ a: {}, b: failing });
    await store.refresh();
    await machine.clock.advance(60_000);
    assert.deepEqual(told, [], 'b was failing when it came to be known');
    machine.set({ a: failing, b: failing });
    await store.refresh();
    machine.set({ a: { last_spawn_error: 'The same in other words' }, b: failing });
    await store.refresh();
    await machine.clock.advance(60_000);
    assert.deepEqual(told, [['a']]);
  });

  it('are told again after a time in which all was well', async () => {
    const machine = new Machine();
    const { store, told } = machine.open();
    const turns = [{}, failing, { history: { last_ran: '2026-11-22T13:00:00Z' } }];
    for (const a of [...turns, { ...failing, ...turns[2] }]) {
      machine.set({ a });
      await store.refresh();
      await machine.clock.advance(10_000);
    }
    assert.deepEqual(told, [['a'], ['a']]);
  });

  it('are told once of one time of trouble, whatever is said of it, and again when an attempt to mend it fails', async () => {
    const machine = new Machine();
    const windows = [machine.open(), machine.open()];
    const read = async (a: Partial<Schedule>, only = windows): Promise<number> => {
      machine.set({ a });
      await Promise.all(only.map(({ store }) => store.refresh()));
      await machine.clock.advance(10_000);
      return windows.flatMap(({ told }) => told).length;
    };
    await read({});
    assert.equal(await read(failing, windows.slice(0, 1)), 1);
    assert.equal(await read({ last_spawn_error: 'In other words' }, windows.slice(1)), 1);
    await read({ prompt: 'Do it otherwise' });
    assert.equal(await read({ ...failing, prompt: 'Do it otherwise' }), 2);
  });

  it('are told of what began while no window was open, or another one has read for a long time', async () => {
    const machine = new Machine();
    const evening = machine.open();
    machine.set({ a: {}, b: failing, paused: { enabled: false } });
    await evening.store.refresh();
    evening.news.dispose();
    await machine.clock.advance(12 * 3_600_000);
    const [morning, other] = [machine.open(), machine.open()];
    machine.set({ a: failing, b: failing, c: failing, paused: failing });
    await morning.store.refresh();
    await machine.clock.advance(60_000);
    assert.deepEqual(morning.told, [['a']]);
    // Claims last a day.
    machine.claims.clear();
    await machine.clock.advance(24 * 3_600_000);
    await other.store.refresh();
    await machine.clock.advance(60_000);
    assert.deepEqual(other.told, []);
  });

  it('keep no names, and nothing of another account', async () => {
    const machine = new Machine();
    const { store } = machine.open();
    machine.set({ a: {}, b: failing });
    await store.refresh();
    assert.deepEqual(
      [...machine.memento.values.values()],
      [{ readAt: machine.clock.now(), well: ['a'], failing: ['b'] }],
    );
    store.reset();
    assert.equal(machine.memento.values.size, 0);
  });

  it('are one message for several', async () => {
    const machine = new Machine();
    const { store, told } = machine.open();
    machine.set({ a: {}, b: {}, c: {} });
    await store.refresh();
    machine.set({ a: failing, b: failing, c: failing });
    await store.refresh();
    await machine.clock.advance(60_000);
    assert.deepEqual(told, [['a', 'b', 'c']]);
  });

  it('are told by the window that a person works in, and by no other', async () => {
    const machine = new Machine();
    const windows = [machine.open({ focused: false }), machine.open(), machine.open({ focused: false })];
    const refresh = (): Promise<unknown> => Promise.all(windows.map(({ store }) => store.refresh()));
    machine.set({ a: {} });
    await refresh();
    machine.set({ a: failing });
    await refresh();
    await machine.clock.advance(60_000);
    assert.deepEqual(
      windows.map(({ told }) => told),
      [[], [['a']], []],
    );
  });

  it('follow the setting, and leave out what is paused, mended meanwhile or looked at', async () => {
    const tellings = async (
      options: Parameters<Machine['open']>[0],
      after: Partial<Schedule> = failing,
      meanwhile?: Partial<Schedule>,
    ): Promise<number> => {
      const machine = new Machine();
      const { store, told } = machine.open(options);
      machine.set({ a: {} });
      await store.refresh();
      machine.set({ a: after });
      await store.refresh();
      if (meanwhile) {
        machine.set({ a: meanwhile });
        await store.refresh();
      }
      await machine.clock.advance(60_000);
      return told.length;
    };
    assert.equal(await tellings({ rule: 'off' }), 0);
    assert.equal(await tellings({ rule: 'mine' }), 0);
    assert.equal(await tellings({ rule: 'mine', mine: ['a'] }), 1);
    assert.equal(await tellings({ rule: 'needsYou', mine: ['a'] }), 1);
    assert.equal(await tellings({}, { ...failing, enabled: false }), 0);
    assert.equal(await tellings({}, failing, {}), 0);
    assert.equal(await tellings({ lookedAt: 'a' }), 0);
    assert.equal(await tellings({ lookedAt: 'a', focused: false }), 1, 'nobody works in that window');
  });

  it('wait until it is known who the person is, also in a later session', async () => {
    const machine = new Machine();
    const options = { rule: 'mine', mine: ['a'] } as const;
    const evening = machine.open({ ...options, mine: ['a'], isKnown: () => false });
    machine.set({ a: {}, b: {}, before: failing });
    await evening.store.refresh();
    machine.set({ a: failing, b: failing, before: failing });
    await evening.store.refresh();
    evening.news.dispose();
    let isKnown = false;
    const { store, told } = machine.open({ ...options, mine: ['a', 'before'], isKnown: () => isKnown });
    for (let passed = 0; passed < 3; passed += 1) {
      await store.refresh();
      await machine.clock.advance(60_000);
    }
    assert.deepEqual(told, []);
    isKnown = true;
    for (let passed = 0; passed < 3; passed += 1) {
      await store.refresh();
      await machine.clock.advance(60_000);
    }
    assert.deepEqual(told, [['a']]);
  });

  it('are not made of another account’s schedules, and leave nothing behind', async () => {
    const machine = new Machine();
    const { store, told, news } = machine.open();
    machine.set({ a: {} });
    await store.refresh();
    store.reset();
    machine.set({ a: failing });
    await store.refresh();
    await machine.clock.advance(60_000);
    assert.deepEqual(told, []);
    machine.set({ a: {} });
    await store.refresh();
    machine.set({ a: failing });
    await store.refresh();
    news.dispose();
    assert.equal(machine.clock.waiting, 0);
  });

  it('are not told by a window that is closed while it claims them', async () => {
    const machine = new Machine();
    let claimed: (isOurs: boolean) => void = () => undefined;
    const { store, told, news } = machine.open({
      claim: () =>
        new Promise((resolve) => {
          claimed = resolve;
        }),
    });
    machine.set({ a: {} });
    await store.refresh();
    machine.set({ a: failing });
    await store.refresh();
    await machine.clock.advance(0);
    news.dispose();
    claimed(true);
    await machine.clock.advance(60_000);
    assert.deepEqual([told, machine.clock.waiting], [[], 0]);
  });
});
