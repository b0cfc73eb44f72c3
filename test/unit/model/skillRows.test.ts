import assert from 'node:assert/strict';
import type { LoadStatus } from '../../../src/model/loadStatus';
import { type SkillRow, SkillRows } from '../../../src/model/skillRows';
import type { CloudSkill } from '../../../src/oz/types';
import { cloudSkill, FakeHere, place, workspaceSkill } from './fakeSkills';
import { problem } from './fakeOz';

function setUp({ isTrusted = true, hasFolder = true } = {}) {
  const here = new FakeHere();
  const cloud: { all: CloudSkill[]; status: LoadStatus } = { all: [], status: { kind: 'ready' } };
  const rows = new SkillRows(here, cloud, () => ({ isTrusted, hasFolder }));
  const setHere = (...skills: Parameters<FakeHere['set']>): void => {
    here.set(...skills);
    rows.readHere();
  };
  const setCloud = (...skills: CloudSkill[]): void => {
    cloud.all = skills;
    rows.readCloud('name');
  };
  return { here, cloud, rows, setHere, setCloud };
}

const ids = (rows: SkillRow[]): string[] => rows.map(({ id }) => id);
const group = (rows: SkillRows, id: 'here' | 'cloud'): SkillRow =>
  rows.childrenOf(undefined).find((row) => row.id === id) ?? assert.fail(`no group ${id}`);
const notes = (rows: SkillRow[]): string[] => rows.map((row) => (row.kind === 'note' ? row.note : row.kind));
const many = Array.from({ length: 201 }, (_, index) => index);

describe('the rows of the Skills view', () => {
  it('are none at all while there is no skill anywhere', () => {
    const { rows } = setUp();
    assert.deepEqual(rows.childrenOf(undefined), []);
  });

  it('are two groups, with the skills of the workspace as they come and those of the cloud in order', () => {
    const { rows, setHere, setCloud } = setUp();
    setHere(workspaceSkill('z'), workspaceSkill('a'));
    setCloud(cloudSkill('z'), cloudSkill('a'));
    assert.deepEqual(ids(rows.childrenOf(undefined)), ['here', 'cloud']);
    const [first] = rows.childrenOf(group(rows, 'here'));
    assert.ok(first?.kind === 'here' && first.uri.includes('/z/'));
    const [cloudFirst] = rows.childrenOf(group(rows, 'cloud'));
    assert.ok(cloudFirst?.kind === 'variant');
    assert.deepEqual([cloudFirst.name, cloudFirst.spec], ['a', 'acme/web:.agents/skills/a/SKILL.md']);
    assert.deepEqual(rows.childrenOf(first), []);
    assert.deepEqual([rows.countIn('here'), rows.countIn('cloud')], [2, 2]);
  });

  it('are the same objects for the same things, until they are gone', () => {
    const { rows, setHere } = setUp();
    setHere(workspaceSkill('a'), workspaceSkill('b'));
    const before = rows.childrenOf(group(rows, 'here'));
    setHere(workspaceSkill('b', { description: 'another' }));
    const after = rows.childrenOf(group(rows, 'here'));
    assert.equal(after[0], before[1]);
    rows.forget(before[1] ?? assert.fail());
    assert.notEqual(rows.childrenOf(group(rows, 'here'))[0], before[1]);
  });

  it('say why a group is empty, beside one that is not', () => {
    const { here, cloud, rows, setHere, setCloud } = setUp();
    setCloud(cloudSkill('a'));
    assert.deepEqual(notes(rows.childrenOf(group(rows, 'here'))), ['loading']);
    here.status = 'ready';
    assert.deepEqual(notes(rows.childrenOf(group(rows, 'here'))), ['noneHere']);
    setCloud();
    setHere(workspaceSkill('a'));
    for (const [status, note] of [
      [{ kind: 'starting' }, 'loading'],
      [{ kind: 'loading' }, 'loading'],
      [{ kind: 'ready' }, 'noneInCloud'],
      [{ kind: 'noKey' }, 'problem'],
      [{ kind: 'failed', problem: problem('timeout') }, 'problem'],
    ] as [LoadStatus, string][]) {
      cloud.status = status;
      assert.deepEqual(notes(rows.childrenOf(group(rows, 'cloud'))), [note]);
    }
  });

  it('have no group of a workspace without a folder', () => {
    const { rows, setCloud } = setUp({ hasFolder: false });
    setCloud(cloudSkill('a'));
    assert.deepEqual(ids(rows.childrenOf(undefined)), ['cloud']);
  });

  it('begin with a warning where the workspace is not trusted', () => {
    const { rows, setHere } = setUp({ isTrusted: false });
    setHere(workspaceSkill('a'));
    assert.deepEqual(notes(rows.childrenOf(group(rows, 'here'))), ['restricted', 'here']);
  });

  it('unfold a skill that is in several places', () => {
    const { rows, setCloud } = setUp();
    setCloud(cloudSkill('a', place('x/y:a/SKILL.md'), place('x/z:a/SKILL.md')));
    const [several] = rows.childrenOf(group(rows, 'cloud'));
    assert.ok(several?.kind === 'places');
    const places = rows.childrenOf(several);
    assert.deepEqual(
      places.map((row) => row.kind === 'variant' && [row.spec, row.name]),
      [
        ['x/y:a/SKILL.md', 'a'],
        ['x/z:a/SKILL.md', 'a'],
      ],
    );
    assert.equal(rows.parentOf(places[0] ?? assert.fail()), several);
    assert.equal(rows.parentOf(several), group(rows, 'cloud'));
  });

  it('put very many of the workspace into folders, each below its own', () => {
    const { rows, setHere } = setUp();
    const inApps = (index: number) => `apps/${index % 2}/.agents/skills/s${index}/SKILL.md`;
    setHere(
      ...many.map((index) => workspaceSkill(`s${index}`, { path: inApps(index) })),
      workspaceSkill('top', { path: 'SKILL.md' }),
    );
    const folders = rows.childrenOf(group(rows, 'here'));
    assert.deepEqual(
      folders.map((row) => row.kind === 'folder' && row.folder),
      ['web', 'web/apps/0/.agents/skills', 'web/apps/1/.agents/skills'],
    );
    const inFolders = folders.map((row) => rows.childrenOf(row));
    assert.deepEqual(
      inFolders.map((children) => children.length),
      [1, 101, 100],
    );
    assert.ok(folders.every((folder, index) => inFolders[index]?.every((row) => rows.parentOf(row) === folder)));
    assert.equal(new Set(inFolders.flat().map(({ id }) => id)).size, 202);
    setHere(workspaceSkill('s0'));
    assert.deepEqual(notes(rows.childrenOf(group(rows, 'here'))), ['here']);
  });

  it('put very many of the cloud into repositories, each place of a skill into its own', () => {
    const { rows, setCloud } = setUp();
    setCloud(
      ...many.map((index) => cloudSkill(`s${index}`)),
      cloudSkill('both', place('acme/web:both/SKILL.md'), place('acme/api:both/SKILL.md')),
    );
    const [api, web, ...rest] = rows.childrenOf(group(rows, 'cloud'));
    assert.ok(api?.kind === 'folder' && web?.kind === 'folder');
    assert.deepEqual([rest.length, api.folder, web.folder], [0, 'acme/api', 'acme/web']);
    const [both] = rows.childrenOf(api);
    assert.ok(both?.kind === 'variant');
    assert.deepEqual([both.name, rows.parentOf(both)], ['both', api]);
    assert.equal(rows.childrenOf(web).length, 202);
    assert.equal(rows.countInFolder('cloud', 'acme/web'), 202);
  });
});
