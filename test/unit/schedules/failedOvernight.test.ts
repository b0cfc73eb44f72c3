import assert from 'node:assert/strict';
import { LastSchedules } from '../../../src/model/lastSchedules';
import { RunNews } from '../../../src/model/runNews';
import { RunStore } from '../../../src/model/runStore';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import { ScheduleWatch } from '../../../src/model/scheduleWatch';
import type { OzClient } from '../../../src/oz/ozClient';
import { FakeClock } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { LocalPages } from './localPages';

/** A window that tells of the runs of one schedule. */
function open(client: OzClient, clock: FakeClock, scheduleId: string) {
  const store = new ScheduleStore(client, clock);
  const runs = new RunStore(client, clock);
  const claims = new Set<string>();
  const claim = (name: string): Promise<boolean> => {
    const isFirst = !claims.has(name);
    claims.add(name);
    return Promise.resolve(isFirst);
  };
  const news = new RunNews({
    ...{ store: runs, clock, claim },
    rule: () => 'mine',
    isMine: ({ schedule }) => schedule?.schedule_id === scheduleId,
    isFocused: () => true,
    scheduleRuns: (id) => store.readNewestRuns(id).then(() => store.pastRuns(id)?.runs),
  });
  const told: { id: string; isFirst: boolean | undefined }[] = [];
  news.onNews((all) => {
    told.push(...all.map(({ run, isFirstFailure }) => ({ id: run.run_id, isFirst: isFirstFailure })));
  });
  const watch = new ScheduleWatch({
    ...{ client, store, runs, clock, claim },
    last: new LastSchedules(new FakeMemento()),
    isOn: () => true,
    isWanted: ({ id }) => id === scheduleId,
    tellFailed: (failed) => {
      news.tellFound(failed);
    },
  });
  return { store, runs, watch, told };
}

describe('a run of a schedule that failed overnight', () => {
  let pages: LocalPages;

  beforeEach(async () => {
    pages = await LocalPages.start();
  });

  afterEach(() => pages.close());

  for (const lastRanIs of ['started', 'succeeded'] as const) {
    it(`is told in the morning, though the runs were listed before, where \`last_ran\` is of one that ${lastRanIs}`, async () => {
      const { oz } = pages;
      oz.state.lastRanIs = lastRanIs;
      const clock = new FakeClock();
      const client = pages.client(clock);
      const until = async (time: string): Promise<void> => {
        const ms = Date.parse(time) - oz.clock.now();
        oz.clock.advance(ms);
        await pages.pass({ clock }, ms);
      };
      const { id } = await client.createSchedule({
        ...{ name: 'Overnight', cron_schedule: '0 3 * * *', enabled: true, prompt: 'Look' },
      });
      const end = (state: 'SUCCEEDED' | 'FAILED'): string => {
        const all = [...oz.state.runs.values()].filter(({ item }) => item.schedule?.schedule_id === id);
        const runId = all.at(-1)?.item.run_id ?? assert.fail();
        oz.setState(runId, state);
        return runId;
      };
      await until('2026-03-19T03:00:30Z');
      end('SUCCEEDED');

      await until('2026-03-19T18:00:00Z');
      const { store, runs, watch, told } = open(client, clock, id);
      await store.refresh();
      await until('2026-03-20T03:00:30Z');
      const failed = end('FAILED');

      await until('2026-03-20T08:00:00Z');
      await runs.refresh();
      assert.equal(runs.get(failed)?.state, 'FAILED');
      watch.setFocused(true);
      for (const minute of [1, 2, 3]) {
        await until(`2026-03-20T08:0${minute}:00Z`);
      }
      assert.deepEqual(told, [{ id: failed, isFirst: true }]);
    });
  }
});
