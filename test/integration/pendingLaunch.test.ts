import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { changeLaunch, discardLaunch, lookForLaunch, retryLaunch } from '../../src/commands/pendingLaunches';
import { sendLaunch } from '../../src/commands/sendLaunch';
import { tellSettled } from '../../src/commands/tellLaunched';
import { Catalog } from '../../src/model/catalog';
import { Emitter } from '../../src/model/emitter';
import { FilteredRuns } from '../../src/model/filteredRuns';
import { Launcher } from '../../src/model/launcher';
import { Launches } from '../../src/model/launches';
import { PinnedRuns } from '../../src/model/pinnedRuns';
import { RunGroups } from '../../src/model/runGroups';
import { RunStore } from '../../src/model/runStore';
import { SeenRuns } from '../../src/model/seenRuns';
import { accountOf } from '../../src/platform/account';
import type { RunsElement } from '../../src/views/runsElements';
import { RunsTree } from '../../src/views/runsTree';
import { RunsView } from '../../src/views/runsView';
import { FakeClock, settle } from '../unit/fakeClock';
import { failed, FakeLaunchService, good, lost } from '../unit/launch/fakeLaunchService';
import { FakeMemento } from '../unit/model/fakeMemento';
import { MemoryFiles } from '../unit/model/memoryFiles';
import { FakeTreeView, labelOf, tooltipOf } from './fakeTreeView';
import { setUp as setUpLaunch } from './launchSetting';
import { QuickInputs } from './quickInput';

/** The Runs view and what it shows of launches. */
function open(clock: FakeClock, service: FakeLaunchService, files: MemoryFiles) {
  const none = (): Promise<never> => Promise.reject(new Error('Not asked for here'));
  const client = {
    createRun: service.createRun.bind(service),
    getRun: service.getRun.bind(service),
    listRuns: service.listRuns.bind(service),
    ...{ listEnvironments: none, listModels: none, listIdentities: none },
  };
  const store = new RunStore(client, clock);
  const seen = new SeenRuns(new FakeMemento(), clock);
  const pinned = new PinnedRuns(new FakeMemento());
  const facts = {
    ...{ uid: undefined, repositories: [], environmentRepositories: () => [] },
    onDidChange: new Emitter<undefined>().event,
  };
  const filtered = new FilteredRuns(client, store, facts, new FakeMemento(), clock);
  const groups = new RunGroups(store, seen, pinned, filtered);
  const catalog = new Catalog(client, clock);
  const claim = (): Promise<boolean> => Promise.resolve(true);
  const account = () => Promise.resolve(accountOf('https://oz.test', 'wk-1'));
  const launcher = new Launcher({ client, clock, runs: store, serverNow: () => service.serverNow() });
  const launches = new Launches({ files, account, clock, launcher, claim });
  const tree = new RunsTree({ runs: store, groups, filtered, seen, pinned, catalog, clock, launches });
  const view = new FakeTreeView<RunsElement>();
  const poller = { setVisible: () => undefined, setFocused: () => undefined, resume: () => undefined };
  const runsView = new RunsView({
    ...{ tree, runs: store, filtered, groups, seen, pinned, poller, clock, view },
    onExpand: () => undefined,
  });
  launches.recheck();
  /** What is launched stands there, with runs that are active. */
  const places = ['needsYou', 'active'];
  const rows = (): RunsElement[] =>
    tree.getChildren().flatMap((group) => (places.includes(group.id) ? tree.getChildren(group) : []));
  const item = (): vscode.TreeItem => {
    const [first] = rows();
    assert.ok(first);
    return tree.getTreeItem(first);
  };
  return { store, filtered, groups, launches, tree, view, runsView, rows, item };
}

function setUp() {
  const clock = new FakeClock();
  const service = new FakeLaunchService(clock);
  const files = new MemoryFiles(clock);
  return { clock, service, files, ...open(clock, service, files) };
}

/** Time passes for the launch while the editor, which has a time of its own, does its part. */
async function through<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  const state = { isPending: true };
  const done = (): void => {
    state.isPending = false;
  };
  work.then(done, done);
  while (state.isPending) {
    await delay(5);
    await clock.advance(500);
  }
  return work;
}

const request = { prompt: 'Fix the $(bug) tests' };

describe('a launch in the Runs view', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(() => inputs.dispose());

  it('has a row at once, which the run takes the place of', async () => {
    const { clock, service, launches, tree, groups, rows, item, view, runsView } = setUp();
    service.fates = [{ ...good, takes: 500 }];
    view.show(true);
    launches.onDidBegin((id) => void runsView.revealLaunch(id));
    const told: unknown[] = [];
    tree.onDidChangeTreeData(() => told.push(rows().map(({ kind }) => kind)));
    const launching = launches.launch(request);
    assert.deepEqual(
      rows().map(({ kind }) => kind),
      ['launch'],
    );
    assert.deepEqual(view.revealed, [{ element: rows()[0], options: { focus: false, select: true } }]);
    assert.equal(tree.getParent(rows()[0] ?? tree.getChildren()[0] ?? assert.fail())?.id, 'active');
    const { iconPath, contextValue, command } = item();
    assert.deepEqual(
      [(iconPath as vscode.ThemeIcon).id, contextValue, command],
      ['loading~spin', 'launch sending', undefined],
    );
    assert.doesNotMatch(labelOf(item()) + tooltipOf(item()), /\$\(/);
    assert.deepEqual([groups.size, view.badge, runsView.selected()], [0, undefined, []]);
    assert.equal(tree.getTreeItem(tree.getChildren()[0] ?? assert.fail()).description, '', 'no run is counted');
    await clock.until(launching);
    await settle();
    assert.deepEqual(
      rows().map(({ kind }) => kind),
      ['run'],
    );
    assert.ok(
      told.every((kinds) => Array.isArray(kinds) && kinds.length === 1),
      'never both, never none',
    );
  });

  it('keeps its row after a failure, says why, and is sent again from there', async () => {
    const { clock, service, launches, item, rows, tree, view } = setUp();
    service.fates = [failed('noKey'), { ...lost, makes: false }];
    const { deps } = setUpLaunch();
    const opened: string[] = [];
    let launched = 0;
    const given = {
      ...deps,
      launcher: launches,
      openConversation: (id: string) => Promise.resolve(void opened.push(id)),
    };
    inputs.answerMessages('');
    assert.ok(
      await through(
        clock,
        sendLaunch(given, request, () => (launched += 1)),
      ),
    );
    assert.equal(inputs.messages.length, 1);
    assert.match(item().contextValue ?? '', /^launch failed fix-key$/);
    assert.equal(item().command?.command, 'agentRuns.changeLaunch');
    const [row] = rows();
    const [group] = tree.getChildren();
    assert.deepEqual(
      [group?.id, group && tree.getTreeItem(group).description, view.badge?.value],
      ['needsYou', '1', 1],
      'it waits for a person',
    );
    await through(clock, retryLaunch(given, row));
    assert.equal(item().contextValue, 'launch unsure');
    assert.equal(item().command?.command, 'agentRuns.lookForLaunch');
    await through(clock, lookForLaunch(given, row));
    assert.equal(item().contextValue, 'launch unsure');
    assert.equal(inputs.messages.length, 3);
    await through(clock, retryLaunch(given, row));
    assert.equal(launched, 1, 'what was typed is done, whichever way it went');
    assert.equal(view.badge, undefined);
    assert.deepEqual([opened, rows().map(({ kind }) => kind), service.sent], [['run 0'], ['run'], 3]);
    assert.equal(tree.getTreeItem(row ?? assert.fail()).label, '', 'a row that VS Code still knows');
  });

  it('is not among the runs of a schedule, and waits for a person all the same', async () => {
    const { clock, service, filtered, launches, tree, rows, view, runsView } = setUp();
    service.fates = [failed('invalid')];
    await clock.until(Promise.allSettled([launches.launch(request)]));
    const [row] = rows();
    assert.ok(row?.kind === 'launch');
    let told = 0;
    tree.onDidChangeTreeData(() => (told += 1));
    filtered.setFilter({ schedule: { id: 's1', name: 'Nightly' } });
    await settle();
    assert.deepEqual([tree.getChildren(), tree.size, view.badge?.value], [[], 0, 1]);
    assert.ok(told > 0);
    await runsView.revealLaunch(row.launchId);
    assert.deepEqual(view.revealed, []);
    filtered.setFilter({ states: ['FAILED'] });
    assert.deepEqual(rows(), [row]);
  });

  it('is changed in the launch sheet, which begins with everything that it had', async () => {
    const { clock, service, launches, rows } = setUp();
    service.fates = [failed('invalid')];
    const given = { ...setUpLaunch().deps, launcher: launches };
    const config = { name: 'nightly', environment_id: 'infra' };
    await clock.until(Promise.allSettled([launches.launch({ ...request, title: 'Tests', config })]));
    const [row] = rows();
    const done = changeLaunch(given, row);
    assert.equal(((await inputs.next()) as vscode.InputBox).value, request.prompt);
    await inputs.enter();
    await inputs.nextPick();
    await inputs.enter();
    await through(clock, done);
    assert.deepEqual(
      service.made.map((one) => one.request),
      [{ ...request, title: 'Tests', config }],
    );
    assert.deepEqual(
      rows().map(({ kind }) => kind),
      ['run'],
      'in its place',
    );
  });

  it('is discarded, after a question where something was typed for it', async () => {
    const { clock, service, launches, rows } = setUp();
    service.fates = [failed('invalid'), failed('invalid')];
    const given = { ...setUpLaunch().deps, launcher: launches };
    await clock.until(
      Promise.allSettled([launches.launch(request), launches.launch({ ...request }, undefined, { isTyped: false })]),
    );
    const all = rows();
    const typed = all.filter((row) => row.kind === 'launch' && launches.find(row.launchId)?.isTyped);
    inputs.answerMessages('');
    await discardLaunch(given, typed[0], typed);
    assert.equal(rows().length, 2, 'kept without an answer');
    const other = all.find((row) => !typed.includes(row));
    await discardLaunch(given, other, [other]);
    assert.equal(rows().length, 1, 'nothing was typed');
    inputs.answerMessages('Discard');
    await discardLaunch(given, typed[0], all);
    assert.deepEqual(rows(), []);
  });

  it('is there again after the window was loaded anew, and looked for', async () => {
    const before = setUp();
    const { clock, service, files } = before;
    service.fates = [{ ...good, takes: 20_000 }];
    void before.launches.launch(request);
    await clock.advance(100);
    before.launches.dispose();
    inputs.answerMessages('');
    const after = open(clock, service, files);
    await settle();
    after.launches.onDidSettle((settled) => void tellSettled(settled));
    assert.equal(after.item().contextValue, 'launch sending');
    await clock.advance(15_000);
    assert.deepEqual(
      after.rows().map(({ kind }) => kind),
      ['run'],
    );
    assert.deepEqual([service.sent, inputs.messages.length], [1, 1]);
  });
});
