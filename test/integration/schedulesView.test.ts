import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Catalog } from '../../src/model/catalog';
import { HealthReading } from '../../src/model/healthReading';
import { PersonsZone } from '../../src/model/personsZone';
import { RunStore } from '../../src/model/runStore';
import { healthOf } from '../../src/model/scheduleHealth';
import { ScheduleHealths } from '../../src/model/scheduleHealths';
import { ScheduleStore } from '../../src/model/scheduleStore';
import { systemClock } from '../../src/oz/clock';
import type { Environment, Models, Schedule } from '../../src/oz/types';
import { scheduleTooltip } from '../../src/views/scheduleItem';
import { type SchedulesElement, SchedulesTree } from '../../src/views/schedulesTree';
import { SchedulesView } from '../../src/views/schedulesView';
import { FakeClock, noon, settle } from '../unit/fakeClock';
import { FakeFocus } from '../unit/model/fakeFocus';
import { problem, run } from '../unit/model/fakeOz';
import { FakeSchedules, schedule, spawned } from '../unit/model/fakeSchedules';
import { FakeMemento } from '../unit/model/fakeMemento';
import { FakeTreeView, labelOf, tooltipOf } from './fakeTreeView';
import { localClient } from './localClient';

const minute = 60_000;

class FakeService extends FakeSchedules {
  environments: Environment[] = [];

  listEnvironments(): Promise<Environment[]> {
    return Promise.resolve(this.environments);
  }

  listModels(): Promise<Models> {
    return Promise.resolve({ default_model_id: '', models: [] });
  }

  listIdentities(): Promise<never[]> {
    return Promise.resolve([]);
  }
}

function zoneOf(host: string, isElsewhere = false): PersonsZone {
  return new PersonsZone({ memento: new FakeMemento(), language: 'en', host, isElsewhere });
}

function setUp(...schedules: Schedule[]) {
  const oz = new FakeService();
  oz.schedules = schedules;
  const clock = new FakeClock();
  const store = new ScheduleStore(oz, clock);
  const runs = new RunStore(oz, clock);
  const reading = new HealthReading({ store, runs, clock });
  const healths = new ScheduleHealths(store, runs);
  const serverNow = (): number => oz.serverNow() ?? clock.now();
  const zone = zoneOf('Europe/Berlin');
  const catalog = new Catalog(oz, clock);
  const tree = new SchedulesTree({ store, runs, healths, catalog, clock, serverNow, reading, zone });
  const told: (SchedulesElement[] | undefined)[] = [];
  tree.onDidChangeTreeData((elements) => told.push(elements));
  return { oz, clock, store, runs, tree, reading, zone, told };
}

function itemOf(tree: SchedulesTree, element: SchedulesElement | undefined): vscode.TreeItem {
  assert.ok(element);
  return tree.getTreeItem(element);
}

/** The row with its tooltip, once that has come. */
function hovered(
  { tree, clock }: { tree: SchedulesTree; clock: FakeClock },
  element: SchedulesElement | undefined,
): Promise<vscode.TreeItem> {
  assert.ok(element);
  return clock.until(tree.resolveTreeItem(tree.getTreeItem(element), element));
}

/** The children after they had time to be read. */
async function opened(tree: SchedulesTree, element: SchedulesElement | undefined): Promise<SchedulesElement[]> {
  assert.ok(element);
  tree.getChildren(element);
  await settle();
  return tree.getChildren(element);
}

const kinds = (elements: SchedulesElement[]): string[] => elements.map(({ kind }) => kind);

describe('the rows of the Schedules view', () => {
  it('say the cron in words and the next run', async () => {
    const { store, tree, clock } = setUp(
      schedule('told', { history: { next_run: '2026-11-23T09:00:00Z' } }),
      schedule('late', { history: { next_run: '2026-11-22T09:00:00Z' } }),
      schedule('odd', { cron_schedule: 'every full moon' }),
      schedule('paused', { enabled: false, history: { next_run: '2026-11-23T09:00:00Z' } }),
    );
    await store.refresh();
    tree.getChildren();
    await settle();
    const rows = tree.getChildren().map((element) => hovered({ tree, clock }, element));
    const [told, late, odd, paused] = await Promise.all(rows);
    assert.ok(told && late && odd && paused);
    assert.match(String(told.description), /^tomorrow 10:00 AM · .*09:00 UTC/);
    assert.match(tooltipOf(told), /09:00[^]*UTC/);
    assert.match(String(late.description), /^overdue since today 10:00 AM · .*09:00 UTC/);
    assert.doesNotMatch(String(late.description), /tomorrow/);
    assert.match(tooltipOf(late), /Overdue since Sun, Nov 22, 10:00 AM \(09:00 UTC\)[^]*Next run: Mon, Nov 23, 10:00/);
    assert.notEqual((late.iconPath as vscode.ThemeIcon).id, (told.iconPath as vscode.ThemeIcon).id);
    assert.equal(odd.description, 'every full moon');
    assert.match(String(paused.description), /^paused · /);
    assert.doesNotMatch(String(paused.description), / · .* · /, 'no next run');
    assert.match(told.accessibilityInformation?.label ?? '', /next tomorrow/);
    assert.deepEqual(
      [told.command?.command, told.command?.arguments],
      ['agentRuns.editSchedule', [{ scheduleId: 'told' }]],
    );
    assert.equal(told.contextValue, 'schedule enabled');
    assert.equal(paused.contextValue, 'schedule paused');
    assert.notEqual((paused.iconPath as vscode.ThemeIcon).id, (told.iconPath as vscode.ThemeIcon).id);
  });

  it('take whatever the service calls a time or a cron', async () => {
    const times = ['+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z', 'string', ''];
    const crons = ['', '* * * * * * *', '0 0 31 2 *'];
    const odd = times.flatMap((time, row) =>
      crons.map((cron, column) =>
        schedule(`${row}-${column}`, { cron_schedule: cron, history: { next_run: time, last_ran: time } }),
      ),
    );
    const { store, tree, clock } = setUp(...odd);
    await store.refresh();
    tree.getChildren();
    await settle();
    const rows = await Promise.all(tree.getChildren().map((element) => hovered({ tree, clock }, element)));
    assert.equal(rows.filter((row) => labelOf(row) && tooltipOf(row)).length, odd.length);
  });

  it('have the words of the expression from the first row on', async () => {
    const { store, tree, told } = setUp(schedule('a'));
    await store.refresh();
    await settle();
    const before = told.length;
    const [element] = tree.getChildren();
    assert.doesNotMatch(String(itemOf(tree, element).description), /\*/);
    await settle();
    assert.equal(told.length, before);
  });

  it('mark a schedule that fails, and have its error below', async () => {
    const { oz, store, tree } = setUp(schedule('a', { last_spawn_error: 'no credits $(x)\nleft' }), schedule('b'));
    await store.refresh();
    const [failing, good] = tree.getChildren();
    const icon = (element: SchedulesElement | undefined): string =>
      (itemOf(tree, element).iconPath as vscode.ThemeIcon).id;
    assert.notEqual(icon(failing), icon(good));
    const [error] = await opened(tree, failing);
    const item = itemOf(tree, error);
    assert.match(labelOf(item), /no credits/);
    assert.doesNotMatch(labelOf(item), /\$\(|\n/);
    assert.deepEqual([item.command?.command, item.contextValue], ['agentRuns.topUp', 'spawnError fix-topUp']);
    oz.schedules = [schedule('a', { last_spawn_error: 'Environment e1 not found' })];
    await store.refresh();
    const { command, contextValue } = itemOf(tree, error);
    assert.deepEqual([command?.command, contextValue], ['agentRuns.editSchedule', 'spawnError fix-edit']);
    assert.deepEqual(command?.arguments, [{ kind: 'spawnError', scheduleId: 'a' }]);
  });

  it('show the last results, and mark a schedule whose last run failed', async () => {
    const { oz, clock, store, tree, told } = setUp(schedule('a'), schedule('b'));
    const states = ['FAILED', 'INPROGRESS', 'SUCCEEDED'];
    oz.set(...spawned('a', 3).map((item, index) => ({ ...item, state: states[index] ?? '' })), ...spawned('b', 1));
    await store.refresh();
    const [a, b] = tree.getChildren();
    assert.match(String(itemOf(tree, a).description), /^tomorrow/);
    told.length = 0;
    await store.readNewestRuns('a');
    await store.readNewestRuns('b');
    await settle();
    assert.deepEqual(told, [[a], [b]]);
    const [failing, good] = await Promise.all([a, b].map((row) => hovered({ tree, clock }, row)));
    assert.ok(failing && good);
    assert.match(String(failing.description), /^failing · ●○✕ · tomorrow [^·]* · /);
    assert.match(String(good.description), /^● · tomorrow [^·]* · /);
    const label = failing.accessibilityInformation?.label ?? '';
    assert.match(label, /failing.*Finished, Running, Failed/);
    assert.doesNotMatch(label, /[●○✕]/);
    assert.match(tooltipOf(failing), /Finished, Running, Failed[^]*1 of 2/);
    assert.notEqual((failing.iconPath as vscode.ThemeIcon).id, (good.iconPath as vscode.ThemeIcon).id);
    assert.doesNotMatch(tooltipOf(failing), /Active/);
    assert.match(tooltipOf(good), /Active/);
  });

  it('do not praise a schedule that could not start its last run', async () => {
    const { oz, clock, store, tree } = setUp(schedule('a', { last_spawn_error: 'Environment gone' }));
    oz.set(...spawned('a', 2));
    await store.refresh();
    await store.readNewestRuns('a');
    const row = await hovered({ tree, clock }, tree.getChildren()[0]);
    assert.match(String(row.description), /^failing · ●●! · [^·]* · /);
    assert.match(tooltipOf(row), /Finished, Finished, Not started[^]*2 of 2/);
    assert.doesNotMatch(tooltipOf(row), /%/);
    assert.match(row.accessibilityInformation?.label ?? '', /Not started/);
  });

  it('are written in the time zone that a page told', async () => {
    const { clock, store, tree, zone, told } = setUp(
      schedule('a', { history: { next_run: '2026-11-22T20:30:00Z', last_ran: '2026-11-21T20:30:00Z' } }),
    );
    await store.refresh();
    const [element] = tree.getChildren();
    assert.match(String(itemOf(tree, element).description), /^9:30 PM · /);
    told.length = 0;
    zone.note('Asia/Kolkata');
    await settle();
    assert.deepEqual(told, [[element]]);
    const row = await hovered({ tree, clock }, element);
    assert.match(String(row.description), /^tomorrow 2:00 AM/);
    assert.match(tooltipOf(row), /Next run: Mon, Nov 23, 2:00 AM \(Sun, Nov 22, 20:30 UTC\)/);
    assert.match(tooltipOf(row), /Last successful run: Sun, Nov 22, 2:00 AM/);
    assert.doesNotMatch(tooltipOf(row), /Time zone/);
  });

  it('name the zone where the person may be elsewhere', () => {
    const times = { now: noon, serverNow: noon, zone: zoneOf('UTC', true) };
    const health = healthOf(schedule('a'), [], noon);
    assert.match(scheduleTooltip(schedule('a'), health, times), /Time zone: UTC/);
    times.zone.note('UTC');
    assert.doesNotMatch(scheduleTooltip(schedule('a'), health, times), /Time zone/);
  });

  it('say that what failed was changed since', async () => {
    const failing = schedule('a', { last_spawn_error: 'Environment e1 not found' });
    const { store, tree } = setUp(failing);
    await store.refresh();
    const row = (): string => String(itemOf(tree, tree.getChildren()[0]).description);
    assert.match(row(), /^failing/);
    store.ofThisAccount().put({ ...failing, agent_config: { environment_id: 'e2' } });
    assert.match(row(), /^changed since it failed/);
  });

  it('tell the results of the last runs apart by their form', async () => {
    const { oz, store, tree } = setUp(schedule('a'));
    const states = ['INPROGRESS', 'BLOCKED', 'CANCELLED', 'ERROR', 'SUCCEEDED'];
    oz.set(...spawned('a', 5).map((item, index) => ({ ...item, state: states[index] ?? '' })));
    await store.refresh();
    await store.readNewestRuns('a');
    const dots = String(itemOf(tree, tree.getChildren()[0]).description).split(' · ')[1];
    assert.equal(new Set(dots).size, 5, dots);
  });

  it('are judged by the service’s clock', async () => {
    const { oz, store, tree } = setUp(
      schedule('soon', { history: { next_run: new Date(noon + minute).toISOString() } }),
    );
    const said = async (serverTime: number): Promise<string> => {
      oz.serverTime = serverTime;
      await store.refresh();
      return String(itemOf(tree, tree.getChildren()[0]).description);
    };
    const before = await said(noon);
    assert.equal(await said(noon - 40 * minute), before);
    assert.match(await said(noon + 10 * minute), /^overdue/);
    oz.schedules = [schedule('soon', { history: { next_run: new Date(noon - minute).toISOString() } })];
    assert.match(await said(noon - 10 * minute), /^[^·]*:59/, 'its time has not passed there');
  });

  it('say in their first tooltip what is read for it, or what is known when that takes long', async () => {
    const { oz, clock, store, tree, reading } = setUp(schedule('a'));
    oz.set(...spawned('a', 2));
    await store.refresh();
    reading.setVisible(true);
    const [row] = tree.getChildren();
    assert.match(tooltipOf(await hovered({ tree, clock }, row)), /2 of 2/);
    store.reset();
    await store.refresh();
    oz.gate = new Promise(() => undefined);
    assert.doesNotMatch(tooltipOf(await hovered({ tree, clock }, tree.getChildren()[0])), /2 of 2/);
    assert.ok(clock.now() - noon <= 2000);
  });

  it('call a past run by its start, and say what became of it', async () => {
    const { oz, store, tree } = setUp(schedule('a'));
    const [sample] = spawned('a', 1);
    assert.ok(sample);
    const started_at = '2026-11-19T05:00:00Z';
    oz.set({ ...sample, started_at, run_time: 'PT4M5S' }, { ...sample, run_id: 'odd', created_at: 'string' });
    await store.refresh();
    const rows = await opened(tree, tree.getChildren()[0]);
    const items = rows.map((row) => itemOf(tree, row));
    const [timed, odd] = items.sort((a, b) => labelOf(b).length - labelOf(a).length);
    assert.ok(odd && timed);
    assert.match(labelOf(timed), /Thu.*19.*6:00/);
    assert.match(String(timed.description), /^Finished · 4 min/);
    assert.deepEqual([labelOf(odd), odd.description], [sample.title, 'Finished']);
  });

  it('read the past runs when they are opened, newest first, and more on demand', async () => {
    const { oz, store, tree, told } = setUp(schedule('a'));
    oz.set(...spawned('a', 25));
    await store.refresh();
    const [element] = tree.getChildren();
    assert.ok(element);
    assert.equal(oz.calls.length, 0);
    assert.deepEqual(kinds(tree.getChildren(element)), ['loading']);
    await settle();
    assert.deepEqual(told.at(-1), [element]);
    const rows = tree.getChildren(element);
    assert.equal(rows.length, 21);
    const first = rows[0];
    assert.ok(first?.kind === 'run' && first.runId === 'a0');
    assert.deepEqual(itemOf(tree, first).command?.arguments, [{ runId: 'a0' }]);
    const { command } = itemOf(tree, rows.at(-1));
    assert.equal(command?.command, 'agentRuns.loadMoreScheduleRuns');
    assert.deepEqual(command.arguments, [{ scheduleId: 'a' }]);
    await store.loadPastRuns('a');
    assert.equal(tree.getChildren(element).length, 25);
    assert.equal(new Set(tree.getChildren(element).map(({ id }) => id)).size, 25);
  });

  it('look up the environment of a past run', async () => {
    const { oz, clock, store, tree } = setUp(schedule('a'));
    oz.environments = [{ uid: 'env1', config: { name: 'shop-ci' } } as Environment];
    oz.set(...spawned('a', 1).map((item) => ({ ...item, agent_config: { environment_id: 'env1' } })));
    await store.refresh();
    const [element] = tree.getChildren();
    const [row] = await opened(tree, element);
    itemOf(tree, row);
    await settle();
    assert.match(tooltipOf(await hovered({ tree, clock }, row)), /shop-ci/);
  });

  it('say when there are none, and when reading them failed', async () => {
    const { oz, store, tree } = setUp(schedule('a'), schedule('b'));
    await store.refresh();
    const [a, b] = tree.getChildren();
    assert.deepEqual(kinds(await opened(tree, a)), ['noRuns']);
    oz.failures = [problem('server')];
    const [failed] = await opened(tree, b);
    assert.equal(failed?.kind, 'failed');
    assert.ok(itemOf(tree, failed).command, 'a click tries again');
  });

  it('show the newest state of a past run, wherever it was read', async () => {
    const { oz, store, runs, tree, told } = setUp(schedule('a'));
    oz.set(...spawned('a', 1).map((item) => ({ ...item, state: 'INPROGRESS' })));
    await store.refresh();
    const [element] = tree.getChildren();
    const [row] = await opened(tree, element);
    const before = (itemOf(tree, row).iconPath as vscode.ThemeIcon).id;
    told.length = 0;
    runs.put(run('a0', noon + 1, { state: 'FAILED' }));
    await settle();
    assert.deepEqual(told, [[row]]);
    assert.notEqual((itemOf(tree, row).iconPath as vscode.ThemeIcon).id, before);
  });

  it('show what the local Oz has', async () => {
    const client = localClient();
    const store = new ScheduleStore(client, systemClock);
    const runs = new RunStore(client, systemClock);
    const catalog = new Catalog(client, systemClock);
    const reading = new HealthReading({ store, runs, clock: systemClock });
    const healths = new ScheduleHealths(store, runs);
    const serverNow = (): number => client.serverNow() ?? Date.now();
    const zone = zoneOf('UTC');
    const tree = new SchedulesTree({ store, runs, healths, catalog, clock: systemClock, serverNow, reading, zone });
    await store.refresh();
    assert.equal(store.status.kind, 'ready');
    assert.ok(store.size > 0);
    for (const element of tree.getChildren()) {
      await store.loadPastRuns(element.scheduleId);
      for (const child of [element, ...tree.getChildren(element)]) {
        assert.ok(itemOf(tree, child).label);
      }
    }
  });
});

describe('the Schedules view', () => {
  function open(...schedules: Schedule[]) {
    const parts = setUp(...schedules);
    const view = new FakeTreeView<SchedulesElement>();
    const { tree, store, clock, reading } = parts;
    return { ...parts, view, schedulesView: new SchedulesView(tree, store, clock, reading, view, new FakeFocus()) };
  }

  it('is read when it is seen, then once a minute', async () => {
    const { oz, clock, view, schedulesView } = open(schedule('a'));
    await clock.advance(10 * minute);
    assert.equal(oz.lists, 0);
    view.show(true);
    view.show(false);
    view.show(true);
    await clock.advance(0);
    assert.deepEqual(oz.lists, 1);
    await clock.advance(3 * minute);
    assert.deepEqual(oz.lists, 4);
    schedulesView.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('reads the past runs of its rows once, while it is seen', async () => {
    const { oz, clock, view } = open(schedule('a'), schedule('b'));
    view.show(true);
    await clock.advance(10 * minute);
    assert.deepEqual(
      oz.calls.map((call) => call.schedule_id),
      ['a', 'b'],
    );
  });

  it('reads the past runs of a row anew while it is unfolded', async () => {
    const { oz, clock, store, view, tree } = open(schedule('a'));
    await store.refresh();
    const [row] = tree.getChildren();
    assert.ok(row);
    await opened(tree, row);
    const starts = async (hour: number): Promise<number> => {
      oz.schedules = [schedule('a', { history: { next_run: `2026-11-24T0${hour}:00:00Z` } })];
      await store.refresh();
      return oz.calls.length;
    };
    assert.equal(await starts(1), 2);
    view.collapse(row);
    assert.equal(await starts(2), 2);
    view.expand(row);
    await clock.advance(0);
    assert.equal(oz.calls.length, 3);
    assert.equal(await starts(3), 4);
  });

  it('leads to a schedule, read first when it is not known', async () => {
    const { oz, tree, view, schedulesView } = open(schedule('a'), schedule('b'));
    assert.equal(await schedulesView.reveal('b'), true);
    const [, row] = tree.getChildren();
    assert.ok(row);
    assert.deepEqual(
      view.revealed.map(({ element }) => element === row),
      [true],
    );
    assert.equal(tree.getParent(row), undefined);
    assert.equal(tree.getParent({ kind: 'noRuns', id: 'b/noRuns', scheduleId: 'b' }), row);
    assert.equal(await schedulesView.reveal('gone'), false);
    oz.listFailures = [problem('timeout')];
    await assert.rejects(schedulesView.reveal('gone'), { kind: 'timeout' });
    assert.deepEqual([oz.lists, view.revealed.length], [3, 1]);
  });

  it('keeps its rows and says what is wrong when reading fails', async () => {
    const { oz, store, tree, view } = open(schedule('a'));
    await store.refresh();
    oz.listFailures = [problem('timeout')];
    await store.refresh();
    assert.ok(view.message);
    assert.equal(tree.getChildren().length, 1);
  });
});
