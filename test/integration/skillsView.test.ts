import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { CloudSkills } from '../../src/model/cloudSkills';
import { RunStore } from '../../src/model/runStore';
import type { SkillRow } from '../../src/model/skillRows';
import { systemClock } from '../../src/oz/clock';
import type { CloudSkill } from '../../src/oz/types';
import { SkillsTree } from '../../src/views/skillsTree';
import { SkillsView } from '../../src/views/skillsView';
import { FakeClock, noon, settle } from '../unit/fakeClock';
import { FakeOz, problem } from '../unit/model/fakeOz';
import { cloudSkill, FakeCloud, FakeHere, place, workspaceSkill } from '../unit/model/fakeSkills';
import { FakeTreeView, labelOf, tooltipOf } from './fakeTreeView';
import { localClient } from './localClient';

const minute = 60_000;

class Memory {
  value: unknown;
  readonly get = <T>(_key: string, otherwise?: T): T => (this.value ?? otherwise) as T;
  readonly update = (_key: string, value: unknown): Promise<void> => {
    this.value = value;
    return Promise.resolve();
  };
}

function setUp(...skills: CloudSkill[]) {
  const oz = new FakeCloud(...skills);
  const clock = new FakeClock();
  const cloud = new CloudSkills(oz, clock, new RunStore(new FakeOz(), clock));
  const here = new FakeHere();
  const memento = new Memory();
  const tree = new SkillsTree({ here, cloud, clock, memento });
  const told: (SkillRow[] | undefined)[] = [];
  tree.onDidChangeTreeData((rows) => told.push(rows));
  return { oz, clock, cloud, here, memento, tree, told };
}

function rowsIn(tree: SkillsTree, group: 'here' | 'cloud'): SkillRow[] {
  const row = tree.getChildren().find(({ id }) => id === group);
  return row ? tree.getChildren(row) : [];
}

function itemOf(tree: SkillsTree, row: SkillRow | undefined): vscode.TreeItem {
  assert.ok(row);
  return tree.resolveTreeItem(tree.getTreeItem(row), row);
}

const iconOf = (item: vscode.TreeItem): string => (item.iconPath as vscode.ThemeIcon).id;
const words = (item: vscode.TreeItem): string => `${labelOf(item)} ${String(item.description)} ${tooltipOf(item)}`;

describe('the rows of the Skills view', () => {
  it('say where a skill of the workspace is, and what the cloud has of it', () => {
    const { here, tree } = setUp();
    here.set(
      workspaceSkill('pushed', { sight: 'pushed', spec: 'acme/web:p/SKILL.md' }),
      workspaceSkill('nested', { path: 'packages/shop/.claude/skills/nested/SKILL.md', sight: 'notPushed' }),
      workspaceSkill('changed', { sight: 'uncommitted' }),
      workspaceSkill('alone', { sight: 'notOnGitHub' }),
      workspaceSkill('other', { sight: 'elsewhere' }),
      workspaceSkill('broken', { description: '', problem: { kind: 'badYaml', line: 3 } }),
    );
    const [pushed, nested, changed, alone, other, broken] = rowsIn(tree, 'here').map((row) => itemOf(tree, row));
    assert.ok(pushed && nested && changed && alone && other && broken);
    assert.equal(pushed.description, '.agents · What pushed does');
    assert.equal(nested.description, 'packages/shop/.claude · not pushed · What nested does');
    assert.equal(changed.description, '.agents · not committed · What changed does');
    assert.equal(alone.description, '.agents · not on GitHub · What alone does');
    assert.equal(broken.description, '.agents · malformed');
    assert.equal(other.description, '.agents · another version in the cloud · What other does');
    assert.match(tooltipOf(broken), /3.*YAML/);
    assert.doesNotMatch(tooltipOf(broken), /\n\n/);
    assert.match(tooltipOf(pushed), /What pushed does[^]*acme\/web:p\/SKILL\.md/);
    assert.equal(new Set([pushed, nested, changed, alone, other, broken].map(iconOf)).size, 6);
    assert.match(String(pushed.contextValue), /^skill workspace runnable spec$/);
    assert.match(String(broken.contextValue), /^skill workspace malformed$/);
    assert.deepEqual(pushed.command?.arguments, [{ uri: 'file:///web/.agents/skills/pushed/SKILL.md' }]);
  });

  it('say of a skill of the workspace that it is in the cloud too', async () => {
    const ran = new Date(noon - 3 * 24 * 60 * minute).toISOString();
    const spec = 'acme/web:.agents/skills/a/SKILL.md';
    const { cloud, here, tree, told } = setUp(cloudSkill('a', place(spec, { last_run_timestamp: ran })));
    here.set(workspaceSkill('a', { sight: 'pushed', spec: spec.replace('acme', 'ACME') }));
    const [row] = rowsIn(tree, 'here');
    assert.equal(itemOf(tree, row).description, '.agents · What a does');
    told.length = 0;
    await cloud.keepFresh();
    await settle();
    assert.ok(told.flat().includes(row));
    assert.equal(itemOf(tree, row).description, '.agents · in the cloud, last run 3 days ago · What a does');
  });

  it('say of a skill of the cloud where it is, when it ran and which environments have it', async () => {
    const environments = ['one', 'two', 'three', 'four'].map((name) => ({ uid: name, name }));
    const last_run_timestamp = new Date(noon - 5 * minute).toISOString();
    const { cloud, tree } = setUp(
      cloudSkill('ran', place('acme/web:r/SKILL.md', { last_run_timestamp, environments })),
      cloudSkill('broken', place('acme/web:b/SKILL.md', { error: 'no $(x)\nYAML' })),
      cloudSkill('both', place('acme/web:1/SKILL.md'), place('acme/api:2/SKILL.md', { last_run_timestamp })),
    );
    await cloud.keepFresh();
    const [both, ran, broken] = rowsIn(tree, 'cloud');
    assert.equal(itemOf(tree, ran).description, 'acme/web · last run 5 min ago · one, two, three +1');
    assert.deepEqual(itemOf(tree, ran).command?.arguments, [{ spec: 'acme/web:r/SKILL.md', name: 'ran' }]);
    assert.match(String(itemOf(tree, broken).description), /malformed: no .*YAML/);
    assert.doesNotMatch(words(itemOf(tree, broken)), /\$\(/);
    assert.match(String(itemOf(tree, broken).contextValue), /malformed/);
    assert.equal(itemOf(tree, both).description, '2 places · last run 5 min ago');
    const places = tree.getChildren(both).map((row) => itemOf(tree, row));
    assert.deepEqual(places.map(labelOf), ['acme/web', 'acme/api']);
  });

  it('change alone, and with their group when they come and go', async () => {
    const { here, tree, told } = setUp();
    here.set(workspaceSkill('a'), workspaceSkill('b'), workspaceSkill('c'));
    const before = rowsIn(tree, 'here');
    before.forEach((row) => itemOf(tree, row));
    tree.getChildren().forEach((row) => itemOf(tree, row));
    here.set(workspaceSkill('a'), workspaceSkill('b', { description: 'Another' }), workspaceSkill('c'));
    await settle();
    assert.deepEqual(told, [[before[1]]]);
    told.length = 0;
    here.set(workspaceSkill('a'), workspaceSkill('c'));
    await settle();
    assert.deepEqual(
      told.map((rows) => rows?.map(({ id }) => id)),
      [['here']],
    );
    assert.deepEqual(rowsIn(tree, 'here'), [before[0], before[2]]);
    told.length = 0;
    here.set();
    await settle();
    assert.deepEqual(told, [undefined], 'the groups themselves go');
  });

  it('stay what they are where very many come and go between folders and one list', async () => {
    const { here, tree, told } = setUp();
    const many = Array.from({ length: 300 }, (_, index) => workspaceSkill(`s${index}`));
    for (const skills of [many, many.slice(0, 3), many, many.slice(0, 3)]) {
      here.set(...skills);
      await settle();
      const rows = rowsIn(tree, 'here');
      const below = rows.flatMap((row) => (row.kind === 'folder' ? tree.getChildren(row) : [row]));
      assert.equal(below.length, skills.length);
      below.forEach((row) => tree.getTreeItem(row));
      told.length = 0;
      tree.recheck();
      await settle();
      assert.deepEqual(told, [], 'nothing more to tell');
    }
  });

  it('are sorted as chosen, also next time', async () => {
    const last_run_timestamp = new Date(noon).toISOString();
    const { cloud, here, memento, tree, clock } = setUp(
      cloudSkill('a'),
      cloudSkill('b', place('acme/web:b/SKILL.md', { last_run_timestamp })),
    );
    await cloud.keepFresh();
    const names = (one: SkillsTree): string[] => rowsIn(one, 'cloud').map((row) => labelOf(itemOf(one, row)));
    assert.deepEqual(names(tree), ['b', 'a']);
    tree.sortBy('name');
    assert.deepEqual(names(tree), ['a', 'b']);
    const next = new SkillsTree({ here, cloud, clock, memento });
    assert.deepEqual(names(next), ['a', 'b']);
    next.sortBy('lastRun');
  });

  it('show what the local Oz has, harmless', async () => {
    const cloud = new CloudSkills(localClient(), systemClock, new RunStore(localClient(), systemClock));
    const tree = new SkillsTree({ here: new FakeHere(), cloud, clock: systemClock, memento: new Memory() });
    await cloud.refresh();
    assert.equal(cloud.status.kind, 'ready');
    const rows = rowsIn(tree, 'cloud').flatMap((row) => [row, ...tree.getChildren(row)]);
    assert.ok(rows.some(({ kind }) => kind === 'places'));
    for (const row of rows) {
      const item = itemOf(tree, row);
      assert.ok(labelOf(item));
      assert.doesNotMatch(words(item), /\$\(|\]\(|[\u202e\u200b\u001b]/);
    }
  });
});

describe('the Skills view', () => {
  function open(...skills: CloudSkill[]) {
    const parts = setUp(...skills);
    const view = new FakeTreeView();
    return { ...parts, view, skillsView: new SkillsView(parts, view) };
  }

  it('reads nothing before it is seen, then every few minutes', async () => {
    const { oz, here, clock, view, skillsView } = open(cloudSkill('a'));
    await clock.advance(60 * minute);
    assert.deepEqual([oz.asked.length, here.starts], [0, 0]);
    view.show(true);
    await clock.advance(0);
    assert.ok(here.starts > 0);
    view.show(false);
    view.show(true);
    await clock.advance(4 * minute);
    assert.equal(oz.asked.length, 1);
    await clock.advance(2 * minute);
    assert.equal(oz.asked.length, 2);
    await skillsView.refresh();
    assert.deepEqual([here.refreshes, oz.asked.length], [1, 3]);
    skillsView.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('says what is wrong above what it has of the cloud, else in its place there', async () => {
    const { oz, cloud, here, tree, view } = open(cloudSkill('a'));
    oz.failures = [problem('noKey')];
    await cloud.keepFresh();
    assert.deepEqual([tree.getChildren(), view.message], [[], undefined], 'a welcome text');
    here.set(workspaceSkill('a'));
    const [note] = rowsIn(tree, 'cloud');
    assert.ok(note?.kind === 'note');
    assert.equal(itemOf(tree, note).command?.command, 'agentRuns.setApiKey');
    assert.equal(view.message, undefined);
    cloud.reset();
    await cloud.keepFresh();
    oz.failures = [problem('timeout')];
    await cloud.refresh();
    assert.ok(view.message);
    assert.equal(rowsIn(tree, 'cloud').length, 1);
  });
});
