// Bundled by schedules.ts with `fakeEditor.ts` in place of the editor: the real view and stores over a clock of its own.
import { Catalog } from '../../src/model/catalog';
import { HealthReading } from '../../src/model/healthReading';
import { LastSchedules } from '../../src/model/lastSchedules';
import { PersonsZone } from '../../src/model/personsZone';
import { RunStore } from '../../src/model/runStore';
import { ScheduleHealths } from '../../src/model/scheduleHealths';
import { ScheduleStore } from '../../src/model/scheduleStore';
import type { Environment, Models } from '../../src/oz/types';
import { ScheduleAttention } from '../../src/views/scheduleAttention';
import { type SchedulesElement, SchedulesTree } from '../../src/views/schedulesTree';
import { SchedulesView } from '../../src/views/schedulesView';
import { FakeClock, noon } from '../unit/fakeClock';
import { FakeFocus } from '../unit/model/fakeFocus';
import { FakeMemento } from '../unit/model/fakeMemento';
import { run } from '../unit/model/fakeOz';
import { FakeSchedules, schedule, spawned } from '../unit/model/fakeSchedules';
import { FakeTreeView } from '../integration/fakeTreeView';

export { setFocused } from './fakeEditor';

const minute = 60_000;
const hour = 60 * minute;

class Service extends FakeSchedules {
  get requests(): number {
    return this.lists + this.calls.length;
  }

  listEnvironments(): Promise<Environment[]> {
    return Promise.resolve([]);
  }

  listModels(): Promise<Models> {
    return Promise.resolve({ default_model_id: '', models: [] });
  }

  listIdentities(): Promise<never[]> {
    return Promise.resolve([]);
  }

  /** The schedule starts a run, and is due an hour later. */
  start(index: number, now: number): void {
    const item = this.schedules[index];
    if (item) {
      const [created] = spawned(item.id, 1, `${item.id} at ${now} `, now);
      this.set(created ?? run('', now));
      this.schedules = this.schedules.with(index, { ...item, history: nextAt(now + hour) });
    }
  }
}

function nextAt(time: number): { next_run: string; last_ran: string } {
  return { next_run: new Date(time).toISOString(), last_ran: new Date(time - hour).toISOString() };
}

/** What the windows of a machine have in common. */
export class SchedulesMachine {
  readonly oz = new Service();
  readonly clock = new FakeClock();
  readonly memento = new FakeMemento();
  readonly #claims = new Set<string>();
  readonly claim = (name: string): Promise<boolean> => {
    const isFirst = !this.#claims.has(name);
    this.#claims.add(name);
    return Promise.resolve(isFirst);
  };
}

/** A window with so many schedules, each of which runs once an hour from `firstDue` (ms) on, all at other times. */
export class SchedulesWindow {
  readonly oz: Service;
  readonly clock: FakeClock;
  readonly view = new FakeTreeView<SchedulesElement>();
  readonly store: ScheduleStore;
  /** Failed runs of which a person was told. */
  told = 0;
  /** How often VS Code was told of a change, and of how many rows. */
  events = 0;
  rows = 0;
  readonly #tree: SchedulesTree;

  constructor(
    readonly count: number,
    firstDue = minute,
    { oz, clock, memento, claim } = new SchedulesMachine(),
  ) {
    this.oz = oz;
    this.clock = clock;
    const ids = Array.from({ length: count }, (_, index) => `schedule ${index}`);
    oz.schedules = ids.map((id, index) => schedule(id, { history: nextAt(noon + (index % 60) * minute + firstDue) }));
    oz.set(...ids.flatMap((id) => spawned(id, 3, `${id} before `)));
    const store = new ScheduleStore(oz, clock);
    this.store = store;
    const runs = new RunStore(oz, clock);
    const reading = new HealthReading({ store, runs, clock });
    const healths = new ScheduleHealths(store, runs);
    const serverNow = (): number => clock.now();
    const catalog = new Catalog(oz, clock);
    const zone = new PersonsZone({ memento, language: 'en', host: 'UTC', isElsewhere: false });
    this.#tree = new SchedulesTree({ store, runs, healths, catalog, clock, serverNow, reading, zone });
    new SchedulesView(this.#tree, store, clock, reading, this.view, new FakeFocus());
    new ScheduleAttention({
      ...{ client: oz, store, last: new LastSchedules(memento), runs, clock, claim, log: { error: console.error } },
      isMine: () => true,
      isLookedAt: () => false,
      tellFailed: (failed) => (this.told += failed.length),
    });
    this.#tree.onDidChangeTreeData((elements) => {
      this.events += 1;
      this.rows += elements?.length ?? this.count;
      this.#draw(elements ?? this.#tree.getChildren());
    });
  }

  /** Requests while `minutes` pass, in which each schedule runs at its time or none does. */
  async requestsDuring(minutes: number, areStarting: boolean): Promise<number> {
    const before = this.oz.requests;
    for (let passed = 0; passed < minutes; passed += 1) {
      await this.clock.advance(minute);
      const now = this.clock.now();
      for (let index = passed % 60; areStarting && index < this.count; index += 60) {
        this.oz.start(index, now);
      }
    }
    return this.oz.requests - before;
  }

  /** As VS Code does: it asks for each row that it has and was told of. */
  #draw(elements: readonly SchedulesElement[]): void {
    for (const element of elements) {
      this.#tree.getTreeItem(element);
    }
  }
}
