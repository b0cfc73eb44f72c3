import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Catalog } from '../../src/model/catalog';
import { Emitter } from '../../src/model/emitter';
import { FilteredRuns } from '../../src/model/filteredRuns';
import { Launcher } from '../../src/model/launcher';
import { Launches } from '../../src/model/launches';
import { PinnedRuns } from '../../src/model/pinnedRuns';
import { RunGroups } from '../../src/model/runGroups';
import { RunStore } from '../../src/model/runStore';
import { SeenRuns } from '../../src/model/seenRuns';
import { type Clock, systemClock } from '../../src/oz/clock';
import type { OzClient } from '../../src/oz/ozClient';
import type { Artifact, Environment, Models, Run } from '../../src/oz/types';
import { accountOf } from '../../src/platform/account';
import { filterWords } from '../../src/views/filterWords';
import type { RunsElement } from '../../src/views/runsElements';
import { RunsTree } from '../../src/views/runsTree';
import { RunsView } from '../../src/views/runsView';
import { FakeClock, settle } from '../unit/fakeClock';
import { FakeMemento } from '../unit/model/fakeMemento';
import { FakeOz, problem, run } from '../unit/model/fakeOz';
import { MemoryFiles } from '../unit/model/memoryFiles';
import { FakeTreeView, labelOf, tooltipOf } from './fakeTreeView';
import { localClient } from './localClient';

const noon = new Date(2026, 10, 22, 12).getTime();
const minute = 60_000;

class FakeService extends FakeOz {
  listEnvironments(): Promise<Environment[]> {
    return Promise.resolve([
      {
        uid: 'e1',
        config: { name: 'backend', github_repos: [{ owner: 'acme', repo: 'api' }] },
        last_updated: '',
        setup_failed: false,
      },
    ]);
  }

  listModels(): Promise<Models> {
    return Promise.resolve({ default_model_id: '', models: [] });
  }

  listIdentities(): Promise<never[]> {
    return Promise.resolve([]);
  }
}

type Client = Pick<OzClient, 'listRuns' | 'getRun' | 'listEnvironments' | 'listModels' | 'listIdentities'>;

function build(client: Client, clock: Clock) {
  const store = new RunStore(client, clock);
  const seen = new SeenRuns(new FakeMemento(), clock);
  const pinned = new PinnedRuns(new FakeMemento());
  const facts = {
    uid: undefined,
    repositories: [],
    environmentRepositories: () => [],
    onDidChange: new Emitter<undefined>().event,
  };
  const filtered = new FilteredRuns(client, store, facts, new FakeMemento(), clock);
  const groups = new RunGroups(store, seen, pinned, filtered);
  const catalog = new Catalog(client, clock);
  const claim = (): Promise<boolean> => Promise.resolve(true);
  const lost = (): Promise<never> => Promise.reject(problem('outcomeUnknown'));
  const launcher = new Launcher({
    ...{ clock, runs: store, serverNow: () => clock.now() },
    client: {
      createRun: lost,
      getRun: (runId) => client.getRun(runId),
      listRuns: (query) => client.listRuns(query),
    },
  });
  const launches = new Launches({
    ...{ files: new MemoryFiles(clock), clock, launcher, claim },
    account: () => Promise.resolve(accountOf('https://oz.test', 'wk-1')),
  });
  const tree = new RunsTree({ runs: store, groups, filtered, seen, pinned, catalog, clock, launches });
  return { store, seen, pinned, filtered, groups, catalog, launches, tree };
}

function setUp(...runs: Run[]) {
  const oz = new FakeService(...runs);
  const clock = new FakeClock(noon);
  const parts = build(oz, clock);
  const told: (RunsElement[] | undefined)[] = [];
  parts.tree.onDidChangeTreeData((elements) => told.push(elements));
  return { oz, clock, told, ...parts };
}

type Tree = Pick<RunsTree, 'getChildren' | 'getTreeItem' | 'resolveTreeItem'>;

/** Every row as VS Code would show it with everything open. */
function allRows(tree: Tree, parent?: RunsElement): { element: RunsElement; item: vscode.TreeItem }[] {
  return tree.getChildren(parent).flatMap((element) => {
    const item = tree.resolveTreeItem(tree.getTreeItem(element), element);
    return [{ element, item }, ...allRows(tree, element)];
  });
}

function rowOf(tree: Tree, runId: string): { element: RunsElement; item: vscode.TreeItem } {
  const row = allRows(tree).find(({ element }) => element.kind === 'run' && element.runId === runId);
  assert.ok(row, `${runId} is listed`);
  return row;
}

const labels = (tree: Tree, parent?: RunsElement): unknown[] =>
  tree.getChildren(parent).map((element) => tree.getTreeItem(element).label);

/** Artifacts may be of kinds that the types do not know yet. */
const artifact = (artifact_type: string, data: unknown): Artifact =>
  ({ artifact_type, data, created_at: '2026-11-22T10:00:00Z' }) as Artifact;

describe('the rows of the Runs view', () => {
  it('are groups with runs in them', async () => {
    const { store, tree } = setUp(
      run('a', noon - minute, { state: 'INPROGRESS' }),
      run('b', noon - 2 * minute, { state: 'BLOCKED' }),
      run('c', noon - 3 * minute),
      run('d', noon - 24 * 60 * minute),
      run('e', 'string'),
    );
    await store.refresh();
    const groups = tree.getChildren();
    assert.equal(groups.length, 5);
    assert.deepEqual(
      groups.map((group) => tree.getChildren(group).map((element) => element.kind === 'run' && element.runId)),
      [['b'], ['a'], ['c'], ['d'], ['e']],
    );
    assert.equal(new Set(labels(tree)).size, 5);
    assert.ok(groups[0]);
    assert.equal(tree.getTreeItem(groups[0]).description, '1');
  });

  it('say where a run is from, how old it is and what it runs with', async () => {
    const { store, tree } = setUp(
      run('skill', noon - 4 * minute, {
        source: 'SLACK',
        agent_config: { skill_spec: 'acme/api:.agents/skills/triage-issues/SKILL.md', environment_id: 'e1' },
      }),
      run('environment', noon - 4 * minute, { source: 'LINEAR', agent_config: { environment_id: 'e1' } }),
      run('bare', ''),
    );
    await store.refresh();
    rowOf(tree, 'environment');
    await settle();
    assert.match(String(rowOf(tree, 'skill').item.description), /^Slack · .*4.* · triage-issues$/);
    assert.match(String(rowOf(tree, 'environment').item.description), /^Linear · .*4.* · backend$/);
    assert.equal(rowOf(tree, 'bare').item.description, '');
    assert.match(tooltipOf(rowOf(tree, 'environment').item), /acme\/api[^]*environment/);
  });

  it('have an icon of their own for each state, and show an unknown state as itself', async () => {
    const states = [
      ...['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS', 'BLOCKED', 'SUCCEEDED', 'FAILED', 'ERROR', 'CANCELLED'],
      ...['HIBERNATING', 'constructor'],
    ];
    const { store, tree } = setUp(...states.map((state) => run(state, noon, { state })));
    await store.refresh();
    const icons = states.map((state) => (rowOf(tree, state).item.iconPath as vscode.ThemeIcon).id);
    assert.equal(new Set(icons).size, 10, 'the two unknown ones share theirs');
    assert.match(String(rowOf(tree, 'HIBERNATING').item.description), /HIBERNATING/);
  });

  it('open the conversation, and tell menus what can be done', async () => {
    const { store, tree } = setUp(
      run('a', noon, { state: 'INPROGRESS', session_link: 'https://example.com/session' }),
      run('b', noon, { state: 'INPROGRESS', source: 'GITHUB_ACTION' }),
      run('c', noon),
    );
    await store.refresh();
    const { item } = rowOf(tree, 'a');
    assert.equal(item.command?.command, 'agentRuns.openConversation');
    assert.deepEqual(item.command.arguments, [{ runId: 'a' }]);
    assert.equal(item.contextValue, 'run active cancellable session followable again');
    assert.equal(rowOf(tree, 'b').item.contextValue, 'run active again');
    assert.equal(rowOf(tree, 'c').item.contextValue, 'run ended followable again');
  });

  it('tell menus everything they go by, in one order', async () => {
    const { store, pinned, tree } = setUp(
      run('all', noon, {
        state: 'FAILED',
        parent_run_id: 'elsewhere',
        artifacts: [artifact('PULL_REQUEST', { url: 'https://github.com/acme/api/pull/1', branch: 'fix' })],
        schedule: { schedule_id: 's', schedule_name: 'Nightly', cron_schedule: '0 9 * * *' },
        agent_config: { skill_spec: 'acme/api:.agents/skills/triage/SKILL.md', environment_id: 'e1' },
        creator: { uid: 'u' },
        status_message: { message: 'No money', error_code: 'insufficient_credits' },
      }),
      run('local', noon, { state: 'HIBERNATING', execution_location: 'LOCAL' }),
    );
    pinned.pin(['all']);
    await store.refresh();
    assert.equal(
      rowOf(tree, 'all').item.contextValue,
      'run ended unseen pinned subrun pullRequest branch schedule skill environment creator followable again fix-topUp',
    );
    assert.equal(rowOf(tree, 'local').item.contextValue, 'run unknown');
    assert.equal(labels(tree)[0], 'Pinned');
    assert.match(tooltipOf(rowOf(tree, 'all').item), /No money\n.*credits/);
  });

  it('say what goes on below them', async () => {
    const child = (id: string, state: string, parent = 'parent'): Run =>
      run(id, noon, { state, parent_run_id: parent });
    const { store, tree, seen, told } = setUp(
      run('parent', noon, { source: 'SLACK' }),
      child('a', 'INPROGRESS'),
      child('b', 'QUEUED', 'a'),
      child('c', 'FAILED'),
      child('d', 'SUCCEEDED'),
    );
    await store.refresh();
    const parent = rowOf(tree, 'parent');
    assert.match(String(parent.item.description), /^4 sub-runs: 2 active, 1 to look at · Slack · /);
    assert.match(parent.item.accessibilityInformation?.label ?? '', /2 active, 1 to look at/);
    assert.match(String(rowOf(tree, 'a').item.description), /1 sub-run: 1 active/);
    assert.match(parent.item.contextValue ?? '', / unseen /, 'for what is below it');
    const rows = [parent, rowOf(tree, 'c')].map(({ element }) => element);
    await settle();
    told.length = 0;
    seen.mark([child('c', 'FAILED')]);
    await settle();
    assert.deepEqual(new Set(told[0]), new Set(rows));
    store.put(run('a', noon + 1, { parent_run_id: 'parent', created_at: new Date(noon).toISOString() }));
    store.put(run('b', noon + 1, { parent_run_id: 'a', created_at: new Date(noon).toISOString() }));
    await settle();
    assert.doesNotMatch(String(rowOf(tree, 'parent').item.description), /sub-run/);
    assert.equal(told.length, 2);
  });

  it('show what came out of a run below it, whatever kind it is', async () => {
    const artifacts = [
      artifact('PLAN', { document_uid: 'd', title: 'The plan' }),
      artifact('PULL_REQUEST', { url: 'https://github.com/acme/api/pull/12', branch: 'fix', status: 'open' }),
      artifact('SCREENSHOT', { artifact_uid: 'u', mime_type: 'image/png' }),
      artifact('FILE', {
        artifact_uid: 'u',
        filepath: 'out/report.txt',
        filename: 'report.txt',
        mime_type: 'text/plain',
      }),
      artifact('EXTERNAL_REFERENCE', { reference_type: 'jira', url: 'https://example.com/ABC-1' }),
      artifact('HOLOGRAM', {}),
      artifact('constructor', { url: 'https://example.com/' }),
    ];
    const { store, tree } = setUp(run('a', noon, { artifacts }), run('b', noon, { parent_run_id: 'a' }));
    await store.refresh();
    const { element, item } = rowOf(tree, 'a');
    assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    const rows = tree.getChildren(element);
    assert.equal(rows[0]?.kind, 'run');
    const shown = labels(tree, element).slice(1);
    assert.deepEqual([shown[0], shown[1], shown[3]], ['The plan', 'acme/api #12', 'report.txt']);
    assert.match(String(shown[5]), /HOLOGRAM/i);
    assert.equal(shown.filter(Boolean).length, artifacts.length);
    assert.ok(rows[2]);
    const { command } = tree.getTreeItem(rows[2]);
    assert.equal(command?.command, 'agentRuns.openArtifact');
    assert.deepEqual(command.arguments, [{ runId: 'a', artifact: 1 }]);
    assert.equal(rowOf(tree, 'b').item.collapsibleState, vscode.TreeItemCollapsibleState.None);
  });

  it('make hostile text harmless', async () => {
    const evil = '$(error) [click](command:workbench.action.quit)\n\u202egnp.exe\u0007';
    const { store, tree } = setUp(
      run('a', noon, {
        title: evil,
        prompt: evil,
        state: evil,
        source: evil,
        status_message: { message: evil },
        creator: { display_name: evil },
        agent_skill: { name: evil },
        agent_config: { model_id: evil, environment_id: evil },
        artifacts: [
          artifact(evil, { title: evil, url: evil }),
          artifact('FILE', { filename: evil, filepath: evil, artifact_uid: '', mime_type: evil, description: evil }),
          artifact('PULL_REQUEST', { url: evil, branch: evil, status: evil }),
        ],
      }),
    );
    await store.refresh();
    for (const { item } of allRows(tree)) {
      const label = labelOf(item);
      for (const text of [
        label,
        String(item.description),
        item.accessibilityInformation?.label ?? '',
        tooltipOf(item),
      ]) {
        assert.doesNotMatch(text, /\$\(|\]\(|\u202e|\u0007/);
      }
      assert.doesNotMatch(label, /\n/);
      assert.match(item.contextValue ?? '', /^[a-zA-Z_ -]+$/);
    }
  });

  it('take runs with nothing but an id', async () => {
    const { store, tree } = setUp({
      run_id: 'x',
      title: '',
      prompt: '',
      state: '',
      created_at: '',
      updated_at: '',
    } as Run);
    await store.refresh();
    assert.equal(allRows(tree).length, 2);
    assert.equal(rowOf(tree, 'x').item.label, 'x');
  });

  it('are the same objects with the same ids each time', async () => {
    const { store, tree } = setUp(
      run('a', noon, { artifacts: [artifact('PLAN', { document_uid: '' })] }),
      run('b', noon, { parent_run_id: 'a' }),
      run('c', noon, { parent_run_id: 'b' }),
    );
    await store.refresh();
    const first = allRows(tree);
    const second = allRows(tree);
    assert.equal(first.length, 5);
    assert.ok(first.every(({ element }, index) => element === second[index]?.element));
    assert.equal(new Set(first.map(({ item }) => item.id)).size, 5);
    assert.ok(first.every(({ element, item }) => element.id === item.id));
  });

  it('tell only what changed, in one event', async () => {
    const { store, tree, told } = setUp(...['a', 'b', 'c'].map((id) => run(id, noon, { state: 'INPROGRESS' })));
    await store.refresh();
    const a = rowOf(tree, 'a').element;
    const c = rowOf(tree, 'c').element;
    await settle();
    told.length = 0;
    const created = new Date(noon).toISOString();
    store.put(run('a', noon + 1, { state: 'INPROGRESS', title: 'Other', created_at: created }));
    store.put(run('c', noon + 1, { state: 'INPROGRESS', title: 'Other', created_at: created }));
    await settle();
    assert.deepEqual(told, [[a, c]]);
    assert.equal(told[0]?.[0], a, 'the very object');
  });

  it('tell nothing when a poll brings nothing', async () => {
    const { oz, store, tree, told } = setUp(
      run('a', noon, { state: 'INPROGRESS' }),
      ...Array.from({ length: 99 }, (_, index) => run(`r${index}`, noon - index * minute)),
    );
    await store.refresh();
    allRows(tree);
    await settle();
    told.length = 0;
    for (let round = 0; round < 10; round += 1) {
      await store.poll();
      await settle();
    }
    assert.ok(oz.calls.length > 10);
    assert.deepEqual(told, []);
  });

  it('know the row that they are below, asked for before or not', async () => {
    const { store, tree } = setUp(
      run('a', noon, { artifacts: [artifact('PLAN', { document_uid: '' })] }),
      run('b', noon, { parent_run_id: 'a' }),
      run('c', noon, { parent_run_id: 'b' }),
    );
    await store.refresh();
    const row = tree.rowOf('c');
    const [group] = tree.getChildren();
    const above: unknown[] = [];
    for (let parent = row && tree.getParent(row); parent; parent = tree.getParent(parent)) {
      above.push(parent);
    }
    assert.deepEqual(above, [rowOf(tree, 'b').element, rowOf(tree, 'a').element, group]);
    for (const { element } of allRows(tree)) {
      const parent = tree.getParent(element);
      assert.ok(tree.getChildren(parent).includes(element), element.id);
    }
    assert.equal(tree.rowOf('nobody'), undefined);
  });

  it('move with their run', async () => {
    const { store, tree, told } = setUp(
      run('a', noon, { state: 'INPROGRESS' }),
      run('b', noon, { state: 'INPROGRESS' }),
      run('c', noon - minute),
    );
    await store.refresh();
    const [active, today] = tree.getChildren();
    allRows(tree);
    await settle();
    told.length = 0;
    store.put(run('a', noon + 1, { state: 'CANCELLED' }));
    await settle();
    assert.equal(told.length, 1);
    assert.deepEqual(new Set(told[0]), new Set([active, today]));
    store.put(run('b', noon + 1, { state: 'CANCELLED' }));
    await settle();
    assert.deepEqual(told.slice(1), [undefined], 'a group went: everything');
    assert.deepEqual(tree.getChildren(), [today]);
  });

  it('stay true as time passes, and tell only rows whose words changed', async () => {
    const { store, clock, tree, told } = setUp(run('new', noon - 10 * minute), run('old', noon - 300 * minute));
    await store.refresh();
    allRows(tree);
    await settle();
    told.length = 0;
    tree.recheck();
    await settle();
    assert.deepEqual(told, []);
    await clock.advance(minute);
    tree.recheck();
    await settle();
    assert.deepEqual(told, [[rowOf(tree, 'new').element]]);
    const before = labels(tree);
    await clock.advance(24 * 60 * minute);
    tree.recheck();
    await settle();
    assert.deepEqual(told.slice(-1), [undefined], 'another day: everything');
    assert.notDeepEqual(labels(tree), before);
  });

  it('end with a row that loads more, and says while it does', async () => {
    const { oz, store, tree, told } = setUp(
      ...Array.from({ length: 150 }, (_, index) => run(`r${index}`, noon - index)),
    );
    assert.deepEqual(tree.getChildren(), []);
    await store.refresh();
    const more = tree.getChildren().at(-1);
    assert.ok(more?.kind === 'loadMore');
    assert.equal(tree.getTreeItem(more).command?.command, 'agentRuns.loadMoreRuns');
    await settle();
    told.length = 0;
    let open = (): void => undefined;
    oz.gate = new Promise((resolve) => {
      open = resolve;
    });
    const loading = store.loadMore();
    await settle();
    assert.deepEqual(told, [[more]]);
    assert.equal(tree.getTreeItem(more).command, undefined);
    open();
    await loading;
    await settle();
    assert.ok(tree.getChildren().every(({ kind }) => kind === 'group'));
    assert.equal(tree.getChildren().flatMap((group) => tree.getChildren(group)).length, 150);
  });

  it('are in one row that loads more while a filter found none, and says how far it looked', async () => {
    const { oz, clock, tree, told, store, groups, seen, pinned, catalog, launches } = setUp(run('a', noon));
    const status = new Emitter<undefined>();
    const filtered = {
      filter: {},
      isFiltered: true,
      hasMore: true,
      loadingMore: false,
      searchedUntil: new Date(2026, 10, 3).getTime(),
      onDidChangeStatus: status.event,
    };
    assert.equal(told.length, 0);
    assert.equal(oz.calls.length, 0);
    const other = new RunsTree({
      runs: { get: () => undefined, size: 1 },
      groups,
      filtered,
      seen,
      pinned,
      catalog,
      clock,
      launches,
    });
    status.fire(undefined);
    const [more, ...others] = other.getChildren();
    assert.ok(more?.kind === 'loadMore');
    assert.deepEqual(others, []);
    assert.match(String(other.getTreeItem(more).description), /2026/);
    await store.refresh();
    assert.ok(tree.getChildren().every(({ kind }) => kind === 'group'));
    assert.equal(other.getTreeItem(more).description, '', 'there is something to see');
  });

  it('are gone after a reset', async () => {
    const { store, tree, told } = setUp(run('a', noon));
    await store.refresh();
    allRows(tree);
    store.reset();
    await settle();
    assert.deepEqual(tree.getChildren(), []);
    assert.deepEqual(told.slice(-1), [undefined]);
  });

  it('show what the local Oz has', async () => {
    const { store, tree } = build(localClient(), systemClock);
    await store.refresh();
    assert.equal(store.status.kind, 'ready');
    while (store.hasMore) {
      await store.loadMore();
    }
    const rows = allRows(tree);
    assert.equal(rows.filter(({ element }) => element.kind === 'run').length, store.size);
    assert.ok(store.size >= 50);
    assert.ok(rows.some(({ element }) => element.kind === 'artifact'));
    assert.ok(rows.every(({ item }) => item.label));
  });
});

describe('the words for a filter', () => {
  it('are few', () => {
    assert.equal(filterWords({}), '');
    assert.equal(
      filterWords({ mine: true, states: ['FAILED', 'HIBERNATING'], text: 'checkout' }),
      'mine · failed, HIBERNATING · “checkout”',
    );
    assert.equal(
      filterWords({
        thisRepository: true,
        states: ['FAILED', 'ERROR', 'BLOCKED'],
        sources: ['SLACK', 'TELEX'],
        environment: { id: 'e', name: 'backend' },
        artifact: 'PULL_REQUEST',
        created: 'week',
      }),
      'this repository · 3 states · Slack, TELEX · backend · Pull request · last 7 days',
    );
  });

  it('are harmless', () => {
    const name = '$(error) \u202e[a](command:b)';
    const named = { id: '1', name };
    const words = filterWords({ text: name, creator: named, skill: named, model: named, states: [name] });
    assert.doesNotMatch(words, /\$\(|\]\(|\u202e/);
  });
});

describe('the Runs view', () => {
  function open(...runs: Run[]) {
    const parts = setUp(...runs);
    const view = new FakeTreeView<RunsElement>();
    const visible: boolean[] = [];
    const focused: boolean[] = [];
    const expanded: string[] = [];
    const poller = {
      setVisible: (isVisible: boolean) => visible.push(isVisible),
      setFocused: (isFocused: boolean) => focused.push(isFocused),
      resume: () => undefined,
    };
    const onExpand = (runId: string): unknown => expanded.push(runId);
    const runsView = new RunsView({ ...parts, runs: parts.store, poller, onExpand, view });
    return { ...parts, view, visible, focused, expanded, runsView };
  }

  it('counts on its badge what needs you, and nothing else', async () => {
    const { store, view } = open(
      run('a', noon, { state: 'BLOCKED' }),
      run('b', noon, { state: 'FAILED' }),
      run('c', noon, { state: 'INPROGRESS' }),
      run('d', noon),
    );
    await store.refresh();
    assert.equal(view.badge?.value, 2);
    store.look('b').dispose();
    assert.equal(view.badge.value, 1);
    store.put(run('a', noon + 1, { state: 'INPROGRESS' }));
    assert.equal(view.badge, undefined);
  });

  it('leads on to the first of the older runs', async () => {
    const { view, store, tree, runsView } = open(
      ...Array.from({ length: 150 }, (_, index) => run(`r${index}`, noon - index * minute)),
    );
    await store.refresh();
    view.show(true);
    await runsView.loadMore();
    assert.deepEqual(view.revealed, [{ element: tree.rowOf('r100'), options: { focus: true, select: false } }]);
    assert.equal(view.revealed[0]?.element, rowOf(tree, 'r100').element, 'the very object');
  });

  it('shows a run only where somebody sees it, and takes no focus', async () => {
    const { view, store, tree, runsView } = open(run('a', noon, { state: 'QUEUED' }));
    await store.refresh();
    await runsView.reveal('a');
    assert.deepEqual(view.revealed, []);
    view.show(true);
    assert.equal(await runsView.reveal('nobody'), false);
    assert.equal(await runsView.reveal('a'), true);
    assert.deepEqual(view.revealed, [
      { element: tree.rowOf('a'), options: { focus: false, select: true, expand: false } },
    ]);
  });

  it('tells the poller who works in the window', () => {
    assert.deepEqual(open().focused, [vscode.window.state.focused]);
  });

  it('names the selected runs, and tells which one a person opens', async () => {
    const { store, view, tree, runsView, expanded } = open(
      run('a', noon, { artifacts: [artifact('PLAN', { document_uid: '' })] }),
      run('b', noon - 1),
    );
    await store.refresh();
    const rows = allRows(tree).map(({ element }) => element);
    view.selection = rows;
    assert.deepEqual(runsView.selected(), ['a', 'b']);
    for (const row of rows) {
      view.expand(row);
    }
    assert.deepEqual(expanded, ['a', 'b']);
  });

  it('counts on its badge what a filter hides, and says what it shows', async () => {
    const { store, view, filtered, tree, runsView } = open(
      run('a', noon, { state: 'BLOCKED' }),
      run('b', noon, { state: 'INPROGRESS' }),
    );
    await store.refresh();
    filtered.setFilter({ states: ['INPROGRESS'] });
    assert.equal(view.badge?.value, 1);
    assert.equal(view.description, 'running');
    assert.deepEqual(
      tree.getChildren().map(({ id }) => id),
      ['active'],
    );
    view.show(true);
    assert.equal(await runsView.reveal('a'), false, 'a hidden run stays hidden');
    assert.deepEqual(view.revealed, []);
    filtered.setFilter({});
    assert.equal(view.description, undefined);
    assert.equal(tree.getChildren().length, 2);
  });

  it('says what is wrong with reading under a filter', async () => {
    const { oz, store, view, filtered } = open(run('a', noon));
    await store.refresh();
    oz.failures = [problem('unreachable')];
    filtered.setFilter({ states: ['QUEUED'] });
    await settle();
    assert.match(view.description ?? '', /^queued \(.+\)$/);
    assert.equal(view.message, undefined, 'the welcome text needs the room');
    oz.failures = [problem('unreachable')];
    filtered.setFilter({ states: ['SUCCEEDED'] });
    await settle();
    assert.ok(view.message);
  });

  it('hears in its minutes what another window did', async () => {
    const { store, view, seen, clock, groups } = open(run('a', noon, { state: 'FAILED' }));
    await store.refresh();
    view.show(true);
    let rechecks = 0;
    const recheck = seen.recheck.bind(seen);
    seen.recheck = () => {
      rechecks += 1;
      recheck();
    };
    await clock.advance(minute);
    assert.equal(rechecks, 1);
    assert.equal(groups.count('needsYou'), 1);
    view.show(false);
  });

  it('keeps its rows and says what is wrong when reading fails', async () => {
    const { oz, store, view, tree } = open(run('a', noon));
    await store.refresh();
    assert.equal(view.message, undefined);
    oz.failures = [problem('unreachable')];
    await store.refresh();
    assert.ok(view.message);
    assert.equal(allRows(tree).length, 2);
    await store.refresh();
    assert.equal(view.message, undefined);
  });

  it('leaves the room to the welcome text while it has no rows', async () => {
    const { oz, store, view } = open();
    oz.failures = [problem('unreachable')];
    await store.refresh();
    assert.equal(view.message, undefined);
    assert.ok(view.description);
    await store.refresh();
    assert.equal(view.description, undefined);
  });

  it('has the poller work while it is visible, and its minutes count', async () => {
    const { store, view, visible, clock, tree, told, runsView } = open(run('a', noon - 10 * minute));
    await store.refresh();
    allRows(tree);
    assert.equal(clock.waiting, 0);
    view.show(true);
    await clock.advance(0);
    told.length = 0;
    await clock.advance(3 * minute);
    assert.ok(told.length > 0);
    view.show(false);
    assert.equal(clock.waiting, 0);
    assert.deepEqual(visible, [false, true, false]);
    view.show(true);
    runsView.dispose();
    assert.equal(clock.waiting, 0);
  });
});
