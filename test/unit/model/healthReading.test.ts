import assert from 'node:assert/strict';
import { HealthReading } from '../../../src/model/healthReading';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import type { Run, Schedule } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { problem, run } from './fakeOz';
import { FakeSchedules, schedule, spawned } from './fakeSchedules';

const second = 1000;
const minute = 60 * second;

const startsAt = (time: number): Partial<Schedule> => ({ history: { next_run: new Date(time).toISOString() } });

async function setUp(count: number) {
  const oz = new FakeSchedules();
  const ids = Array.from({ length: count }, (_, index) => `s${String(index).padStart(3, '0')}`);
  oz.schedules = ids.map((id) => schedule(id, startsAt(noon + minute)));
  oz.set(...ids.flatMap((id) => spawned(id, 2)));
  const clock = new FakeClock();
  const store = new ScheduleStore(oz, clock);
  const known = new Map<string, Run>();
  const reading = new HealthReading({ store, runs: known, clock });
  await store.refresh();
  const asked = (): (string | undefined)[] => oz.calls.map((call) => call.schedule_id);
  return { oz, ids, clock, store, known, reading, asked };
}

describe('the past runs of the schedules in sight', () => {
  it('are read once each while the rows are seen, and not at all while they are not', async () => {
    const { oz, clock, store, reading, asked, ids } = await setUp(3);
    await clock.advance(10 * minute);
    assert.deepEqual(asked(), []);
    reading.setVisible(true);
    await clock.advance(0);
    assert.deepEqual(asked(), ids);
    assert.equal(store.pastRuns('s001')?.runs.length, 2);
    for (let count = 0; count < 10; count += 1) {
      await store.refresh();
      reading.recheck();
      await clock.advance(minute);
    }
    assert.equal(asked().length, 3);
    assert.ok(oz.mostAtOnce <= 2);
    reading.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('are read again when a schedule has started a run, not when it was changed otherwise', async () => {
    const { oz, clock, store, reading, asked } = await setUp(3);
    reading.setVisible(true);
    await clock.advance(0);
    oz.calls.length = 0;
    oz.schedules = oz.schedules.map((item) =>
      item.id === 's001' ? { ...item, ...startsAt(noon + 2 * minute) } : { ...item, name: `Other ${item.id}` },
    );
    await store.refresh();
    await clock.advance(0);
    assert.deepEqual(asked(), ['s001']);
  });

  it('are left alone by a reading of the same schedule for a person', async () => {
    const { clock, store, reading, asked } = await setUp(1);
    await store.open('s000');
    reading.setVisible(true);
    await clock.advance(minute);
    await store.open('s000');
    assert.deepEqual(asked(), ['s000']);
  });

  it('are no storm where there are many', async () => {
    const { oz, clock, reading, asked, ids } = await setUp(200);
    reading.setVisible(true);
    await clock.advance(0);
    assert.equal(asked().length, 12, 'a screen full');
    await clock.advance(minute);
    assert.ok(asked().length <= 12 + 30, String(asked().length));
    await clock.advance(10 * minute);
    assert.deepEqual(asked(), ids);
    assert.ok(oz.mostAtOnce <= 2);
  });

  it('come first for the row that a person points at', async () => {
    const { oz, clock, reading, asked } = await setUp(200);
    reading.setVisible(true);
    await clock.advance(0);
    void reading.want('s150');
    void reading.want('gone');
    await clock.advance(2 * second);
    assert.equal(asked().at(-1), 's150');
    reading.setVisible(false);
    const before = oz.calls.length;
    await clock.advance(10 * minute);
    assert.equal(oz.calls.length, before);
  });

  it('come first for that row once, not ever after', async () => {
    const { oz, clock, store, reading, asked, ids } = await setUp(5);
    reading.setVisible(true);
    await clock.advance(minute);
    await reading.want('s004');
    oz.calls.length = 0;
    oz.schedules = oz.schedules.map((item) => ({ ...item, ...startsAt(noon + 10 * minute) }));
    await store.refresh();
    await clock.advance(minute);
    assert.deepEqual(asked(), ids);
  });

  it('are read of each one in its turn, however often the others start runs', async () => {
    const { oz, clock, store, reading, asked, ids } = await setUp(200);
    reading.setVisible(true);
    for (let passed = 1; passed <= 15; passed += 1) {
      await clock.advance(minute);
      oz.schedules = oz.schedules.map((item, index) =>
        index % 5 === passed % 5 ? { ...item, ...startsAt(noon + (passed + 5) * minute) } : item,
      );
      await store.refresh();
    }
    assert.deepEqual(new Set(asked()), new Set(ids));
  });

  it('are waited for by whoever points at a row, but not for long', async () => {
    const { oz, clock, store, reading } = await setUp(2);
    reading.setVisible(true);
    await clock.until(reading.want('s000'));
    assert.equal(store.pastRuns('s000')?.runs.length, 2);
    const before = clock.now();
    await clock.until(reading.want('s000'));
    assert.equal(clock.now(), before);
    store.reset();
    await store.refresh();
    oz.gate = new Promise(() => undefined);
    await clock.until(reading.want('s001'));
    assert.equal(clock.now(), before + second);
    reading.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('are not asked for again and again when reading fails', async () => {
    const { oz, clock, reading, asked } = await setUp(20);
    oz.failures = [problem('server'), problem('rateLimited', { retryAfter: 5 * minute })];
    reading.setVisible(true);
    await clock.advance(4 * minute);
    assert.equal(asked().length, 2, 'the two that were under way');
    await clock.advance(10 * minute);
    assert.equal(new Set(asked()).size, 20);
    assert.equal(asked().length, 22);
  });

  it('are given up where asking again would say the same', async () => {
    const { oz, clock, reading, asked } = await setUp(1);
    oz.failures = [problem('forbidden')];
    reading.setVisible(true);
    await clock.advance(minute);
    reading.recheck();
    await clock.advance(10 * minute);
    assert.equal(asked().length, 1);
  });

  it('are looked at again while the newest one goes on, unless it is known to have ended', async () => {
    const { oz, clock, known, reading, asked } = await setUp(1);
    oz.set(
      run('s0000', noon, {
        state: 'INPROGRESS',
        schedule: { schedule_id: 's000', schedule_name: '', cron_schedule: '' },
      }),
    );
    reading.setVisible(true);
    const pass = async (minutes: number): Promise<void> => {
      for (let passed = 0; passed < minutes; passed += 1) {
        await clock.advance(minute);
        reading.recheck();
      }
      await clock.advance(0);
    };
    await pass(4);
    assert.equal(asked().length, 1);
    await pass(1);
    assert.equal(asked().length, 2);
    known.set('s0000', run('s0000', noon + minute, { state: 'FAILED' }));
    await pass(30);
    assert.equal(asked().length, 2);
  });

  it('are read anew for another account', async () => {
    const { clock, store, reading, asked } = await setUp(2);
    reading.setVisible(true);
    await clock.advance(minute);
    store.reset();
    await clock.advance(minute);
    assert.equal(asked().length, 2);
    await store.refresh();
    reading.recheck();
    await clock.advance(0);
    assert.equal(asked().length, 4);
  });
});
