import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Catalog } from '../../src/model/catalog';
import { RunGroups } from '../../src/model/runGroups';
import { RunStore } from '../../src/model/runStore';
import { SeenRuns } from '../../src/model/seenRuns';
import { systemClock } from '../../src/oz/clock';
import type { Artifact, Environment, Models, Run } from '../../src/oz/types';
import { type RunsElement, RunsTree } from '../../src/views/runsTree';
import { RunsView } from '../../src/views/runsView';
import { FakeClock, settle } from '../unit/fakeClock';
import { FakeMemento } from '../unit/model/fakeMemento';
import { FakeOz, problem, run } from '../unit/model/fakeOz';
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
}

function setUp(...runs: Run[]) {
  const oz = new FakeService(...runs);
  const clock = new FakeClock(noon);
  const store = new RunStore(oz, clock);
  const groups = new RunGroups(store, new SeenRuns(new FakeMemento(), clock));
  const catalog = new Catalog(oz, clock);
  const tree = new RunsTree(store, groups, catalog, clock);
  const told: (RunsElement[] | undefined)[] = [];
  tree.onDidChangeTreeData((elements) => told.push(elements));
  return { oz, clock, store, groups, catalog, tree, told };
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
    assert.equal(item.contextValue, 'run active cancellable session');
    assert.equal(rowOf(tree, 'b').item.contextValue, 'run active');
    assert.equal(rowOf(tree, 'c').item.contextValue, 'run ended');
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
      assert.match(item.contextValue ?? '', /^[a-zA-Z_ ]+$/);
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
    const client = localClient();
    const store = new RunStore(client, systemClock);
    const groups = new RunGroups(store, new SeenRuns(new FakeMemento(), systemClock));
    const tree = new RunsTree(store, groups, new Catalog(client, systemClock), systemClock);
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

describe('the Runs view', () => {
  function open(...runs: Run[]) {
    const parts = setUp(...runs);
    const view = new FakeTreeView();
    const visible: boolean[] = [];
    const poller = {
      setVisible: (isVisible: boolean) => visible.push(isVisible),
      resume: () => undefined,
    };
    const runsView = new RunsView(parts.tree, parts.store, parts.groups, poller, parts.clock, view);
    return { ...parts, view, visible, runsView };
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
    await runsView.reveal('nobody');
    await runsView.reveal('a');
    assert.deepEqual(view.revealed, [{ element: tree.rowOf('a'), options: { focus: false, select: true } }]);
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
