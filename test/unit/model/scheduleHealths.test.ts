import assert from 'node:assert/strict';
import { ScheduleHealths } from '../../../src/model/scheduleHealths';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { FakeSchedules, schedule, spawned } from './fakeSchedules';

async function setUp() {
  const oz = new FakeSchedules();
  const clock = new FakeClock();
  oz.schedules = ['a', 'b'].map((id) => schedule(id, { history: { next_run: new Date(noon).toISOString() } }));
  oz.set(...spawned('a', 3), ...spawned('b', 3));
  const store = new ScheduleStore(oz, clock);
  await store.refresh();
  await store.readNewestRuns('a');
  await store.readNewestRuns('b');
  const listed = new Map<string, Run>();
  const healths = new ScheduleHealths(store, listed);
  const of = (id: string): ReturnType<ScheduleHealths['of']> => healths.of(store.get(id) ?? assert.fail());
  return { oz, clock, store, listed, healths, of };
}

describe('the healths of the schedules', () => {
  it('are worked out anew only of the schedule of whose runs one changed, in whichever list', async () => {
    const { oz, store, listed, of } = await setUp();
    const [a, b] = [of('a'), of('b')];
    listed.set('other', spawned('other', 1)[0] ?? assert.fail());
    assert.deepEqual([of('a') === a, of('b') === b], [true, true]);
    const failed: Run = { ...(spawned('a', 1)[0] ?? assert.fail()), state: 'FAILED' };
    listed.set(failed.run_id, failed);
    assert.deepEqual([a.isFailing, of('a').isFailing, of('b') === b], [false, true, true]);
    oz.set({ ...(spawned('b', 1)[0] ?? assert.fail()), state: 'ERROR' });
    await store.readNewestRuns('b');
    assert.equal(of('b').isFailing, true);
  });

  it('know the newer copy of a run', async () => {
    const { healths, listed, oz, store } = await setUp();
    const [run = assert.fail()] = spawned('a', 1);
    const copy = (state: string, seconds: number): Run => {
      return { ...run, state, updated_at: new Date(noon + seconds * 1000).toISOString() };
    };
    listed.set(run.run_id, copy('INPROGRESS', 1));
    assert.equal(healths.run('a', run.run_id)?.state, 'INPROGRESS');
    oz.set(copy('FAILED', 2));
    await store.readNewestRuns('a');
    assert.equal(healths.run('a', run.run_id)?.state, 'FAILED');
    assert.equal(healths.run('a', 'unknown'), undefined);
  });

  it('are judged by the service’s clock at the time of reading', async () => {
    const { oz, store, of } = await setUp();
    const overdue = async (serverTime: number): Promise<number | undefined> => {
      oz.serverTime = serverTime;
      await store.refresh();
      return of('a').overdue;
    };
    assert.equal(of('a').overdue, undefined);
    assert.equal(await overdue(noon + 10 * 60_000), noon);
    assert.equal(await overdue(noon - 40 * 60_000), undefined);
  });
});
