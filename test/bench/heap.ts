import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Emitter } from '../../src/model/emitter';
import { FilteredRuns } from '../../src/model/filteredRuns';
import { PinnedRuns } from '../../src/model/pinnedRuns';
import { Poller } from '../../src/model/poller';
import { RunGroups } from '../../src/model/runGroups';
import { RunNews } from '../../src/model/runNews';
import { RunStore } from '../../src/model/runStore';
import { SeenRuns } from '../../src/model/seenRuns';
import { SharedRounds } from '../../src/model/sharedRounds';
import { OzClient } from '../../src/oz/ozClient';
import { accountOf } from '../../src/platform/account';
import { FakeClock, noon } from '../unit/fakeClock';
import { FakeMemento } from '../unit/model/fakeMemento';
import { FakeOz, run } from '../unit/model/fakeOz';
import { canaryKey } from '../unit/model/machine';
import { MemoryFiles } from '../unit/model/memoryFiles';
import { json } from '../unit/oz/testClient';
import { type Figure, figure, median } from './figure';

const baseUrl = 'https://oz.test/api/v1';
const pace = 5000;
const runCount = 1000;
const stretches = 5;

/** What 10,000 polls leave behind in the heap, in each of which a run is at another point of its way. */
export async function measureHeap(): Promise<Figure[]> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const { clock, oz, forget } = openWindow();
  const heapAfter = async (polls: number): Promise<number> => {
    let asked = 0;
    for (let poll = 0; poll < polls; poll += 1) {
      // A run works, waits for a person and ends, then the next one.
      const state = ['INPROGRESS', 'BLOCKED', 'INPROGRESS', 'SUCCEEDED'][poll % 4];
      const id = `r${Math.floor(poll / 4) % runCount}`;
      oz.set(run(id, clock.now(), { state, title: `Poll ${poll % 3}` }));
      await clock.advance(pace);
      asked += oz.calls.length;
      forget();
    }
    if (asked < polls) {
      throw new Error(`${asked} requests in ${polls} polls`);
    }
    gc();
    return process.memoryUsage().heapUsed;
  };
  // Once round: every run was each of these.
  let before = await heapAfter(4 * runCount);
  const grown: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const after = await heapAfter(10_000 / stretches);
    grown.push(after - before);
    before = after;
  }
  // The middle one: in one of them code goes that only the start needed, which would hide what grows in all.
  return [figure('polls.heap', (median(grown) * stretches) / 1000, 'KB', 1000)];
}

/** All that hears of runs, over a client of its own. */
function openWindow(): { clock: FakeClock; oz: FakeOz; forget: () => void } {
  const clock = new FakeClock();
  const oz = new FakeOz(
    run('active', noon, { state: 'INPROGRESS' }),
    ...Array.from({ length: runCount }, (_, index) => run(`r${index}`, noon - index * 60_000)),
  );
  const fetch = async (url: unknown): Promise<Response> => {
    const query = Object.fromEntries(new URL(String(url)).searchParams);
    const { runs, nextCursor } = await oz.listRuns({ ...query, limit: Number(query.limit) });
    return json({ runs, page_info: { has_next_page: nextCursor !== undefined, next_cursor: nextCursor } });
  };
  const client = new OzClient({ baseUrl: () => baseUrl, key: () => Promise.resolve(canaryKey), fetch, clock });
  const store = new RunStore(client, clock);
  const facts = { uid: undefined, repositories: [], environmentRepositories: () => [], onDidChange: never() };
  const filtered = new FilteredRuns(client, store, facts, new FakeMemento(), clock);
  const seen = new SeenRuns(new FakeMemento(), clock);
  new RunGroups(store, seen, new PinnedRuns(new FakeMemento()), filtered);
  const files = new MemoryFiles(clock);
  const account = () => Promise.resolve(accountOf(baseUrl, canaryKey));
  const shared = new SharedRounds({ store, files, account, clock });
  const claim = (name: string): Promise<boolean> => shared.claim(name);
  const told = { rule: () => 'all' as const, isMine: () => true, isFocused: () => true };
  new RunNews({ store, clock, claim, ...told, scheduleRuns: () => Promise.resolve(undefined) });
  new Poller(store, clock, { shared }).setVisible(true);
  const forget = (): void => {
    oz.calls.length = 0;
    files.written.length = 0;
    // They would be on the disk.
    for (const name of files.files.keys()) {
      if (name.includes('.told.')) {
        files.files.delete(name);
      }
    }
  };
  return { clock, oz, forget };
}

const never = () => new Emitter<undefined>().event;
