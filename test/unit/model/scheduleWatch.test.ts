import assert from 'node:assert/strict';
import { FreshSchedules } from '../../../src/model/freshSchedules';
import { LastSchedules } from '../../../src/model/lastSchedules';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import { ScheduleWatch } from '../../../src/model/scheduleWatch';
import { SpawnNews } from '../../../src/model/spawnNews';
import type { Run, Schedule } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { FakeFocus } from './fakeFocus';
import { FakeMemento } from './fakeMemento';
import { problem } from './fakeOz';
import { FakeSchedules, schedule, spawned } from './fakeSchedules';

const minute = 60_000;
const hour = 60 * minute;

/** The windows of one machine, in all of which the schedules are out of sight. */
class Machine {
  readonly clock = new FakeClock();
  readonly oz = new FakeSchedules();
  readonly memento = new FakeMemento();
  readonly #claims = new Set<string>();
  isOn = true;

  get requests(): number {
    return this.oz.lists + this.oz.calls.length;
  }

  open() {
    const { oz, clock } = this;
    const store = new ScheduleStore(oz, clock);
    const last = new LastSchedules(this.memento);
    const claim = (name: string): Promise<boolean> => {
      const isFirst = !this.#claims.has(name);
      this.#claims.add(name);
      return Promise.resolve(isFirst);
    };
    const told: string[] = [];
    const failed: string[] = [];
    const runs = new Map<string, Run>();
    const putHistory = (some: readonly Run[]): void => {
      some.forEach((item) => runs.set(item.run_id, item));
    };
    const news = new SpawnNews({
      ...{ store, last, clock, claim },
      rule: () => (this.isOn ? 'all' : 'off'),
      isMine: () => true,
      isLookedAt: () => false,
      isFocused: () => true,
    });
    news.onNews((schedules) => told.push(...schedules.map(({ id }) => id)));
    const watch = new ScheduleWatch({
      ...{ client: oz, store, last, clock, claim },
      isOn: () => this.isOn,
      isWanted: (item) => news.isWanted(item),
      runs: { putHistory },
      tellFailed: (some) => failed.push(...some.map(({ run_id: id }) => id)),
    });
    return { store, watch, news, told, failed, runs };
  }

  /** A window in which a person looked at the schedules, and then at something else. */
  async openSeen(...schedules: Schedule[]): Promise<ReturnType<Machine['open']>> {
    this.oz.schedules = schedules;
    const window = this.open();
    await window.store.refresh();
    this.oz.lists = 0;
    return window;
  }

  /** Requests while the time (ms) passes. */
  async during(time: number): Promise<number> {
    const before = this.requests;
    await this.clock.advance(time);
    return this.requests - before;
  }
}

const startedAt = (time: number): Partial<Schedule> => ({ history: { last_ran: new Date(time).toISOString() } });
const failing = { last_spawn_error: 'Environment gone' };

describe('the schedules out of sight', () => {
  it('are not read before a person has looked at them, nor where there is nothing to tell', async () => {
    const machine = new Machine();
    machine.oz.schedules = [schedule('a')];
    machine.open().watch.setFocused(true);
    assert.equal(await machine.during(10 * hour), 0);
    const paused = new Machine();
    (await paused.openSeen(schedule('a', { enabled: false }))).watch.setFocused(true);
    assert.equal(await paused.during(10 * hour), 0);
    const silent = new Machine();
    const { watch } = await silent.openSeen(schedule('a'));
    silent.isOn = false;
    watch.setFocused(true);
    silent.open().watch.setFocused(true);
    assert.equal(await silent.during(10 * hour), 0);
  });

  it('are read every ten minutes while a person works in a window, and never while nobody does', async () => {
    const machine = new Machine();
    const { watch, news, store } = await machine.openSeen(schedule('a', { cron_schedule: '0 0 1 1 *' }));
    assert.equal(await machine.during(10 * hour), 0);
    watch.setFocused(true);
    assert.equal(await machine.during(1), 1, 'at once');
    assert.equal(await machine.during(hour), 6);
    watch.setFocused(false);
    assert.equal(await machine.during(10 * hour), 0);
    watch.setFocused(true);
    watch.setFocused(false);
    watch.setFocused(true);
    assert.equal(await machine.during(minute), 1);
    watch.dispose();
    news.dispose();
    store.dispose();
    assert.equal(machine.clock.waiting, 0);
  });

  it('are read once for all windows of the machine, in whichever somebody works', async () => {
    const machine = new Machine();
    await machine.openSeen(schedule('a'));
    const windows = Array.from({ length: 6 }, () => machine.open());
    let requests = 0;
    for (let passed = 0; passed < 60; passed += 1) {
      windows.forEach(({ watch }, index) => {
        watch.setFocused(index === passed % 6);
      });
      requests += await machine.during(minute);
    }
    assert.ok(requests >= 5 && requests <= 6, String(requests));
    windows.forEach(({ watch }) => {
      watch.setFocused(true);
    });
    requests = await machine.during(hour);
    assert.ok(requests >= 5 && requests <= 6, String(requests));
  });

  it('tell in the morning what broke at night, once, also when all windows were closed', async () => {
    for (const isReopened of [false, true]) {
      const machine = new Machine();
      const evening = await machine.openSeen(schedule('a'), schedule('b'));
      evening.watch.setFocused(false);
      await machine.clock.advance(10 * hour);
      machine.oz.schedules = [schedule('a', failing), schedule('b')];
      const windows = [isReopened ? machine.open() : evening, machine.open(), machine.open()];
      for (const { watch } of [...windows, ...windows]) {
        watch.setFocused(true);
        await machine.clock.advance(20 * minute);
        watch.setFocused(false);
      }
      assert.deepEqual(
        windows.flatMap(({ told }) => told),
        ['a'],
      );
    }
  });

  it('have their failed runs looked for when runs were started, within the same number of requests', async () => {
    const machine = new Machine();
    const { oz, clock } = machine;
    const { watch, failed } = await machine.openSeen(schedule('a', startedAt(noon - 3 * hour)));
    await clock.advance(8 * hour);
    const [run] = spawned('a', 1, 'night', noon + 7 * hour);
    const [other] = spawned('other', 1, 'other', noon + 7 * hour);
    assert.ok(run && other);
    oz.set({ ...run, state: 'FAILED' }, { ...other, state: 'FAILED' });
    oz.schedules = [schedule('a', startedAt(noon + 7 * hour))];
    watch.setFocused(true);
    assert.equal(await machine.during(minute), 2);
    assert.deepEqual(failed, ['night0']);
    let inAnHour = 0;
    for (let passed = 0; passed < 60; passed += 1) {
      oz.schedules = [schedule('a', startedAt(clock.now()))];
      inAnHour += await machine.during(minute);
    }
    assert.ok(inAnHour <= 6, String(inAnHour));
    assert.deepEqual(failed, ['night0'], 'none is found twice');
  });

  it('have their failed runs looked for when a start was due, whatever the service says of the last one', async () => {
    for (const [cron, expected] of [
      ['0 3 * * *', ['night0']],
      ['0 23 1 1 *', []],
    ] as const) {
      const machine = new Machine();
      const { oz, clock } = machine;
      const item = schedule('a', { ...startedAt(noon - 9 * hour), cron_schedule: cron });
      const { watch, failed } = await machine.openSeen(item);
      const [run] = spawned('a', 1, 'night', noon + 15.1 * hour);
      assert.ok(run);
      oz.set({ ...run, state: 'FAILED' });
      await clock.advance(20 * hour);
      watch.setFocused(true);
      assert.equal(await machine.during(minute), 1 + expected.length);
      assert.deepEqual(failed, expected);
    }
  });

  it('have all their failed runs found, however many there are, the oldest first', async () => {
    const machine = new Machine();
    const { oz, clock } = machine;
    const { watch, failed } = await machine.openSeen(schedule('a', { cron_schedule: '* * * * *' }));
    const night = (id: string, count: number): Run[] =>
      Array.from({ length: count }, (_, index) => index).flatMap((index) =>
        spawned(id, 1, `${id} ${index} `, noon + hour + index * 30_000),
      );
    const mine = night('a', 450).map((run) => ({ ...run, state: 'FAILED' as const }));
    oz.set(...mine, ...night('other', 450).map((run) => ({ ...run, state: 'ERROR' as const })));
    await clock.advance(12 * hour);
    watch.setFocused(true);
    assert.equal(await machine.during(minute), 4);
    assert.ok(failed.includes('a 0 0'));
    assert.ok(!failed.includes('a 449 0'));
    oz.failures = [problem('timeout')];
    await clock.advance(hour);
    assert.deepEqual(
      [...new Set(failed)],
      mine.map(({ run_id: id }) => id),
    );
  });

  it('are looked for again where many runs changed at one time', async () => {
    const machine = new Machine();
    const { oz, clock } = machine;
    const { watch, failed } = await machine.openSeen(schedule('a', startedAt(noon)));
    const other = Array.from({ length: 500 }, (_, index) => spawned('other', 1, `${index} `, noon + hour)).flat();
    oz.set(...other.map((run) => ({ ...run, state: 'FAILED' as const })));
    await clock.advance(8 * hour);
    watch.setFocused(true);
    await clock.advance(hour);
    const [run] = spawned('a', 1, 'late', clock.now());
    assert.ok(run);
    oz.set({ ...run, state: 'FAILED' });
    oz.schedules = [schedule('a', startedAt(clock.now()))];
    await clock.advance(hour);
    assert.deepEqual(failed, ['late0']);
  });

  it('have their failed runs looked for as well while something is seen that shows them, here or in another window', async () => {
    for (const isHere of [true, false]) {
      const machine = new Machine();
      const { oz, clock } = machine;
      const window = await machine.openSeen(schedule('a', startedAt(noon - hour)));
      const other = machine.open();
      window.watch.setFocused(true);
      new FreshSchedules(isHere ? window.store : other.store, clock, new FakeFocus(), () => undefined).setVisible(true);
      await clock.advance(30 * minute);
      assert.deepEqual(window.failed, []);
      const [run] = spawned('a', 1, 'seen', clock.now());
      assert.ok(run);
      oz.set({ ...run, state: 'FAILED' });
      oz.schedules = [schedule('a', startedAt(clock.now()))];
      await clock.advance(20 * minute);
      assert.deepEqual(window.failed, ['seen0'], String(isHere));
      oz.lists = 0;
      oz.calls.length = 0;
      await clock.advance(hour);
      assert.ok(oz.calls.length <= 3, String(oz.calls.length));
      assert.ok(oz.lists <= 60 + (isHere ? 0 : 3), String(oz.lists));
    }
  });

  it('find every failed run, also one that a row or the list of runs has read already', async () => {
    const machine = new Machine();
    const { oz, clock } = machine;
    const { watch, store, failed, runs } = await machine.openSeen(schedule('a', startedAt(noon)));
    const [listed, seen, going] = spawned('a', 3, 'a', noon);
    assert.ok(listed && seen && going);
    oz.set(listed, { ...seen, state: 'FAILED' }, { ...going, state: 'INPROGRESS' });
    await store.readNewestRuns('a');
    runs.set(listed.run_id, listed);
    await clock.advance(hour);
    const updated_at = new Date(clock.now()).toISOString();
    oz.set(...[listed, seen, going].map((run) => ({ ...run, state: 'FAILED' as const, updated_at })));
    oz.schedules = [schedule('a', startedAt(clock.now()))];
    watch.setFocused(true);
    await clock.advance(minute);
    assert.deepEqual(new Set(failed), new Set([listed, seen, going].map(({ run_id: id }) => id)));
    assert.equal(runs.size, 3);
  });

  it('know by the service’s clock since when runs may have failed', async () => {
    const machine = new Machine();
    const { oz, clock } = machine;
    oz.serverTime = noon + 5 * hour;
    const { watch } = await machine.openSeen(schedule('a', startedAt(noon + 5 * hour)));
    await clock.advance(hour);
    oz.serverTime = noon + 6 * hour;
    watch.setFocused(true);
    await clock.advance(minute);
    const asked = Date.parse(oz.calls[0]?.updated_after ?? '');
    assert.ok(asked <= noon + 5 * hour && asked > noon + 4.5 * hour, new Date(asked).toISOString());
  });

  it('are left alone as long as the service asks, and while the key is refused', async () => {
    const machine = new Machine();
    const { watch, store } = await machine.openSeen(schedule('a'));
    machine.oz.listFailures = [problem('rateLimited', { retryAfter: 2 * hour }), problem('keyRefused')];
    await machine.clock.advance(hour);
    watch.setFocused(true);
    assert.equal(await machine.during(2 * hour - minute), 1);
    assert.equal(await machine.during(20 * minute), 1);
    assert.equal(await machine.during(10 * hour), 0);
    store.reset();
    assert.equal(await machine.during(10 * hour), 0, 'nobody has looked at the other account’s');
  });

  it('are read again by another window when one could not', async () => {
    const machine = new Machine();
    const [first, second] = [await machine.openSeen(schedule('a')), machine.open()];
    await machine.clock.advance(hour);
    machine.oz.listFailures = [problem('timeout')];
    first.watch.setFocused(true);
    await machine.clock.advance(minute);
    first.watch.setFocused(false);
    second.watch.setFocused(true);
    assert.equal(await machine.during(minute), 0);
    assert.equal(await machine.during(10 * minute), 1);
  });

  it('are read by the window that took its turn, though somebody works in another one by then', async () => {
    const machine = new Machine();
    const [first, second] = [await machine.openSeen(schedule('a')), machine.open()];
    await machine.clock.advance(hour);
    first.watch.setFocused(true);
    first.watch.setFocused(false);
    second.watch.setFocused(true);
    assert.equal(await machine.during(minute), 1);
  });

  it('are nobody’s any more where the account changes while their failed runs are read', async () => {
    const machine = new Machine();
    const { watch, store, failed, runs } = await machine.openSeen(schedule('a', startedAt(noon + hour)));
    const [run] = spawned('a', 1, 'night', noon + hour);
    assert.ok(run);
    machine.oz.set({ ...run, state: 'FAILED' });
    await machine.clock.advance(2 * hour);
    machine.oz.beforeAnswer = () => {
      store.reset();
    };
    watch.setFocused(true);
    assert.equal(await machine.during(hour), 2);
    assert.deepEqual([failed, runs.size, new LastSchedules(machine.memento).watchedAt], [[], 0, undefined]);
  });

  it('are not read by a window that is closed while it takes its turn', async () => {
    const machine = new Machine();
    const { watch } = await machine.openSeen(schedule('a'));
    await machine.clock.advance(hour);
    watch.setFocused(true);
    watch.dispose();
    assert.equal(await machine.during(hour), 0);
  });

  it('are read on after something went wrong by mistake, which is not hidden', async () => {
    const machine = new Machine();
    const { watch, store } = await machine.openSeen(schedule('a'));
    await machine.clock.advance(hour);
    const [refresh, mochas] = [store.refresh.bind(store), process.listeners('unhandledRejection')];
    const reported: unknown[] = [];
    const report = (error: unknown): void => void reported.push(error);
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', report);
    try {
      const broken = new Error('mistake');
      store.refresh = () => Promise.reject(broken);
      watch.setFocused(true);
      assert.equal(await machine.during(minute), 0);
      assert.deepEqual(reported, [broken]);
    } finally {
      process.off('unhandledRejection', report);
      mochas.forEach((listener) => process.on('unhandledRejection', listener));
    }
    store.refresh = refresh;
    assert.equal(await machine.during(hour), 6);
  });

  it('are read though the clock was set back', async () => {
    const machine = new Machine();
    const { watch } = await machine.openSeen(schedule('a'));
    new LastSchedules(machine.memento).noteWatch(noon + 20 * hour, noon + 20 * hour);
    watch.setFocused(true);
    assert.equal(await machine.during(hour + minute), 6);
  });
});
