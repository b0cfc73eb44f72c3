import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { askWhoIAm, chooseWhoIAm } from '../../src/commands/chooseWhoIAm';
import { clearFilter } from '../../src/commands/clearFilter';
import { filterByCreator, type FilterByDeps, filterByEnvironment, filterBySkill } from '../../src/commands/filterBy';
import { filterRuns, type FilterRunsDeps } from '../../src/commands/filterRuns';
import { typingRest } from '../../src/model/runSearch';
import { searchRuns } from '../../src/commands/searchRuns';
import { Emitter } from '../../src/model/emitter';
import type { LoadStatus } from '../../src/model/loadStatus';
import { isEmptyFilter, type Named, parseFilter, type RunFilter } from '../../src/model/runFilter';
import type { GitHubRepository } from '../../src/model/skillSpec';
import type { Environment, Run } from '../../src/oz/types';
import { FakeClock } from '../unit/fakeClock';
import { aRun, known, problem } from './knownRuns';
import { QuickInputs } from './quickInput';

class FakeFiltered {
  readonly #changed = new Emitter<undefined>();
  readonly wanted: RunFilter[] = [];
  readonly onDidChangeStatus = this.#changed.event;
  status: LoadStatus = { kind: 'ready' };

  constructor(public filter: RunFilter = {}) {}

  get isFiltered(): boolean {
    return !isEmptyFilter(this.filter);
  }

  setFilter(filter: RunFilter): void {
    this.filter = parseFilter(filter);
    this.wanted.push(this.filter);
    this.setStatus({ kind: 'ready' });
  }

  setStatus(status: LoadStatus): void {
    this.status = status;
    this.#changed.fire(undefined);
  }
}

class FakeMe {
  uid: string | undefined;
  name: string | undefined;

  set({ id, name }: Named): void {
    this.uid = id;
    this.name = name;
  }
}

class FakeRepositories {
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  current: readonly GitHubRepository[] = [];

  find(...current: GitHubRepository[]): void {
    this.current = current;
    this.#changed.fire(undefined);
  }
}

const environment = (uid: string, name: string): Environment => ({
  uid,
  config: { name },
  last_updated: '2026-03-18T14:30:00Z',
  setup_failed: false,
});

const skillSpec = 'acme/shop:.agents/skills/triage/SKILL.md';
const creator = (uid: string, display_name: string) => ({ creator: { type: 'user' as const, uid, display_name } });

const someRuns = [
  aRun('r1', { state: 'FAILED', source: 'SLACK', ...creator('u1', 'Ada'), agent_config: { skill_spec: skillSpec } }),
  aRun('r2', { state: 'FAILED', ...creator('u2', '$(zap) [Bob](command:x)') }),
  aRun('r3', { state: 'ASLEEP', ...creator('u1', 'Ada'), agent_config: { environment_id: 'gone' } }),
  aRun('r4', { agent_config: { environment_id: 'shop', model_id: 'sonnet' } }),
];

function setUp(filter: RunFilter = {}, list: readonly Run[] = someRuns) {
  const filtered = new FakeFiltered(filter);
  const me = new FakeMe();
  const repositories = new FakeRepositories();
  const clock = new FakeClock();
  let shown = 0;
  const deps = {
    filtered,
    me,
    repositories,
    clock,
    runs: known(...list),
    client: { getRun: (runId: string) => Promise.resolve(aRun(runId, { agent_config: { skill_spec: skillSpec } })) },
    catalog: {
      environments: () => Promise.resolve([environment('shop', 'Web shop'), environment('infra', 'Infra')]),
      models: () => Promise.resolve({ default_model_id: 'auto', models: [] }),
      environmentName: (id: string) => (id === 'shop' ? 'Web shop' : undefined),
    },
    showRuns: () => Promise.resolve((shown += 1)),
  } satisfies FilterRunsDeps & FilterByDeps;
  return { ...deps, deps, shown: () => shown };
}

const idOf = (item: vscode.QuickPickItem | undefined): unknown => item && Reflect.get(item, 'id');

describe('filtering', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
  });

  async function choose(pick: vscode.QuickPick<vscode.QuickPickItem>, id: string): Promise<void> {
    pick.activeItems = pick.items.filter((item) => idOf(item) === id);
    assert.equal(pick.activeItems.length, 1, id);
    await delay(50);
    await inputs.enter();
    await delay(50);
  }

  const itemOf = (pick: vscode.QuickPick<vscode.QuickPickItem>, id: string): vscode.QuickPickItem => {
    const item = pick.items.find((one) => idOf(one) === id);
    assert.ok(item, id);
    return item;
  };

  /** A box that a test types into: keys do not reach the real one from here. */
  function typeInto(box: vscode.InputBox) {
    return async (text: string): Promise<void> => {
      box.value = text;
      typed.fire(text);
      await delay(20);
    };
  }
  const typed = new vscode.EventEmitter<string>();

  describe('filterRuns', () => {
    it('switches in place, and keeps the row', async () => {
      const { deps, filtered, me, repositories, shown } = setUp();
      me.set({ id: 'u1', name: 'Ada' });
      repositories.find({ owner: 'acme', repo: 'shop' });
      const done = filterRuns(deps);
      const sheet = await inputs.nextPick();
      assert.equal(shown(), 1);
      for (const id of ['thisRepository', 'mine']) {
        const before = itemOf(sheet, id);
        await choose(sheet, id);
        assert.deepEqual([Reflect.get(filtered.filter, id), idOf(sheet.activeItems[0])], [true, id]);
        assert.notDeepEqual(itemOf(sheet, id), before);
        await choose(sheet, id);
        assert.deepEqual(itemOf(sheet, id), before);
      }
      assert.deepEqual(filtered.wanted, [{ thisRepository: true }, {}, { mine: true }, {}]);
      assert.match(itemOf(sheet, 'thisRepository').description ?? '', /acme\/shop/);
      await inputs.escape();
      await done;
    });

    it('says why there is nothing to switch, until there is', async () => {
      const { deps, filtered, repositories } = setUp();
      const done = filterRuns(deps);
      const sheet = await inputs.nextPick();
      const { placeholder } = sheet;
      await choose(sheet, 'thisRepository');
      assert.deepEqual(filtered.wanted, []);
      assert.notEqual(sheet.placeholder, placeholder);
      repositories.find({ owner: 'acme', repo: 'shop' });
      assert.match(itemOf(sheet, 'thisRepository').description ?? '', /acme\/shop/);
      await choose(sheet, 'thisRepository');
      assert.deepEqual(filtered.wanted, [{ thisRepository: true }]);
      await inputs.escape();
      await done;
    });

    it('asks who is meant by "mine" when nobody knows', async () => {
      const { deps, filtered, me } = setUp();
      const done = filterRuns(deps);
      await choose(await inputs.nextPick(), 'mine');
      const creators = await inputs.nextPick();
      assert.deepEqual(creators.items.map(idOf), ['u2', 'u1']);
      assert.doesNotMatch(creators.items[0]?.label.replace('$(person)', '') ?? '', /\$\(|\]\(/);
      await choose(creators, 'u1');
      assert.deepEqual([me.uid, me.name, filtered.filter], ['u1', 'Ada', { mine: true }]);
      const sheet = await inputs.nextPick();
      assert.equal(idOf(sheet.activeItems[0]), 'mine');
      await inputs.escape();
      await done;
    });

    it('leaves all as it was when nobody is chosen', async () => {
      const { deps, filtered, me } = setUp();
      const done = filterRuns(deps);
      await choose(await inputs.nextPick(), 'mine');
      await inputs.nextPick();
      await vscode.commands.executeCommand('workbench.action.quickInputBack');
      await inputs.nextPick();
      assert.deepEqual([me.uid, filtered.wanted], [undefined, []]);
      await inputs.escape();
      await done;
    });

    it('applies checked states at once, and goes back', async () => {
      const { deps, filtered } = setUp({ text: 'cart', states: ['FAILED'] });
      const done = filterRuns(deps);
      await choose(await inputs.nextPick(), 'states');
      const states = (await inputs.next()) as vscode.QuickPick<vscode.QuickPickItem>;
      await delay(100);
      assert.equal(states.items.length, 10);
      assert.deepEqual([states.selectedItems.map(idOf), filtered.wanted], [['FAILED'], []]);
      assert.match(itemOf(states, 'FAILED').description ?? '', /2/);
      for (const id of ['ASLEEP', 'FAILED', 'ASLEEP']) {
        states.activeItems = [itemOf(states, id)];
        await delay(50);
        await vscode.commands.executeCommand('workbench.action.quickPickManyToggle');
        await delay(50);
      }
      assert.deepEqual(filtered.wanted, [
        { text: 'cart', states: ['FAILED', 'ASLEEP'] },
        { text: 'cart', states: ['ASLEEP'] },
        { text: 'cart' },
      ]);
      await vscode.commands.executeCommand('workbench.action.quickInputBack');
      assert.equal(idOf((await inputs.nextPick()).activeItems[0]), 'states');
      await inputs.escape();
      await done;
    });

    it('shows environments by their names, with those that only runs know, and takes one or any', async () => {
      const { deps, filtered } = setUp();
      const done = filterRuns(deps);
      const chooseIn = async (member: string, id: string): Promise<string[]> => {
        await choose(await inputs.nextPick(), member);
        const values = await inputs.nextPick();
        await delay(50);
        const labels = values.items.map(({ label }) => label).filter(Boolean);
        await choose(values, id);
        return labels;
      };
      assert.deepEqual((await chooseIn('environment', 'id shop')).slice(1), ['Infra', 'Web shop', 'gone']);
      assert.deepEqual(filtered.filter, { environment: { id: 'shop', name: 'Web shop' } });
      await chooseIn('skill', `id ${skillSpec}`);
      await chooseIn('model', 'id sonnet');
      await chooseIn('artifact', 'id PULL_REQUEST');
      await chooseIn('created', 'id week');
      assert.deepEqual(filtered.filter, {
        environment: { id: 'shop', name: 'Web shop' },
        skill: { id: skillSpec, name: 'triage' },
        model: { id: 'sonnet', name: 'sonnet' },
        artifact: 'PULL_REQUEST',
        created: 'week',
      });
      for (const member of ['environment', 'skill', 'model', 'artifact']) {
        await chooseIn(member, 'any');
      }
      assert.deepEqual(filtered.filter, { created: 'week' });
      await choose(await inputs.nextPick(), 'clear');
      assert.deepEqual(filtered.filter, {});
      await inputs.escape();
      await done;
    });

    it('offers what it knows while the list loads, and when it cannot be loaded', async () => {
      const { deps, filtered } = setUp({ environment: { id: 'other', name: 'Elsewhere' } });
      let fail = (): void => undefined;
      const environments = (): Promise<never> =>
        new Promise((_, reject) => {
          fail = () => {
            reject(problem('server'));
          };
        });
      const done = filterRuns({ ...deps, catalog: { ...deps.catalog, environments } });
      await choose(await inputs.nextPick(), 'environment');
      const values = await inputs.nextPick();
      assert.equal(values.busy, true);
      assert.equal(idOf(values.activeItems[0]), 'id other');
      assert.deepEqual(values.items.map(idOf), ['any', '', 'id other', 'id gone', 'id shop']);
      fail();
      await delay(20);
      assert.deepEqual([values.busy, idOf(values.items.at(-1))], [false, 'failed']);
      await choose(values, 'failed');
      assert.deepEqual(filtered.wanted, []);
      await choose(values, 'id gone');
      assert.deepEqual(filtered.filter, { environment: { id: 'gone', name: 'gone' } });
      await inputs.nextPick();
      await inputs.escape();
      await done;
    });
  });

  describe('searchRuns', () => {
    beforeEach(() => {
      const real = vscode.window.createInputBox.bind(vscode.window);
      vscode.window.createInputBox = () =>
        Object.defineProperty(real(), 'onDidChangeValue', { get: () => typed.event });
    });

    it('searches while typing rests, and keeps the search with Enter', async () => {
      const { deps, filtered, clock, shown } = setUp({ mine: true });
      const done = searchRuns(deps);
      const box = (await inputs.next()) as vscode.InputBox;
      const type = typeInto(box);
      await type('c');
      await clock.advance(typingRest - 1);
      await type('ca ');
      await clock.advance(typingRest - 1);
      assert.deepEqual(filtered.wanted, []);
      await clock.advance(1);
      assert.deepEqual(filtered.wanted, [{ mine: true, text: 'ca' }]);
      await type('cart');
      await inputs.enter();
      await done;
      assert.deepEqual([filtered.filter, shown()], [{ mine: true, text: 'cart' }, 1]);
      await clock.advance(1000);
      assert.equal(filtered.wanted.length, 2);
    });

    it('brings back with Escape what was there before', async () => {
      for (const before of [{ mine: true, text: 'old' } as const, {}]) {
        const { deps, filtered, clock } = setUp(before);
        const done = searchRuns(deps);
        const box = (await inputs.next()) as vscode.InputBox;
        assert.equal(box.value, 'text' in before ? before.text : '');
        const type = typeInto(box);
        await type('new');
        await clock.advance(typingRest);
        assert.equal(filtered.filter.text, 'new');
        await type('newer');
        await inputs.escape();
        await done;
        await clock.advance(1000);
        assert.deepEqual(filtered.filter, before);
      }
    });

    it('shows that the service is asked, and what it has against that', async () => {
      const { deps, filtered } = setUp({ text: 'cart' });
      const done = searchRuns(deps);
      const box = (await inputs.next()) as vscode.InputBox;
      filtered.setStatus({ kind: 'loading' });
      assert.equal(box.busy, true);
      filtered.setStatus({ kind: 'failed', problem: problem('server') });
      assert.equal(box.busy, false);
      assert.ok(box.validationMessage);
      filtered.setStatus({ kind: 'ready' });
      assert.equal(box.validationMessage, undefined);
      await inputs.escape();
      await done;
      assert.deepEqual(filtered.wanted, []);
    });

    it('goes back to the list of filters with what was typed', async () => {
      const { deps, filtered } = setUp();
      const done = filterRuns(deps);
      await choose(await inputs.nextPick(), 'text');
      const box = (await inputs.next()) as vscode.InputBox;
      await typeInto(box)('cart');
      await vscode.commands.executeCommand('workbench.action.quickInputBack');
      const sheet = await inputs.nextPick();
      assert.deepEqual([filtered.filter, idOf(sheet.activeItems[0])], [{ text: 'cart' }, 'text']);
      await inputs.escape();
      await done;
    });
  });

  describe('by a run', () => {
    it('adds its skill, environment and creator to the filter, and shows the list', async () => {
      const { deps, filtered, shown } = setUp({ text: 'cart' });
      await filterBySkill(deps, { runId: 'r1' });
      await filterByCreator(deps, { runId: 'r1' });
      await filterByEnvironment(deps, { runId: 'r4' });
      assert.deepEqual(filtered.filter, {
        text: 'cart',
        skill: { id: skillSpec, name: 'triage' },
        creator: { id: 'u1', name: 'Ada' },
        environment: { id: 'shop', name: 'Web shop' },
      });
      assert.equal(shown(), 3);
    });

    it('reads a run that is not known', async () => {
      const { deps, filtered } = setUp();
      await filterBySkill(deps, { runId: 'elsewhere' });
      assert.deepEqual(filtered.filter, { skill: { id: skillSpec, name: 'triage' } });
    });

    it('says so when the run has nothing to filter by', async () => {
      const { deps, filtered, shown } = setUp();
      await filterBySkill(deps, { runId: 'r2' });
      await filterByEnvironment(deps, { runId: 'r2' });
      await filterByCreator(deps, { runId: 'r4' });
      assert.deepEqual([filtered.wanted, inputs.messages.length, shown()], [[], 3, 0]);
    });
  });

  it('is over after clearing', () => {
    const { deps, filtered } = setUp({ text: 'cart', mine: true });
    clearFilter(deps);
    assert.deepEqual(filtered.wanted, [{}]);
  });

  describe('chooseWhoIAm', () => {
    it('begins with who was chosen', async () => {
      const { deps, me } = setUp();
      me.set({ id: 'u1', name: 'Ada' });
      const done = askWhoIAm(deps, false);
      const creators = await inputs.nextPick();
      assert.equal(idOf(creators.activeItems[0]), 'u1');
      await choose(creators, 'u2');
      assert.equal(await done, true);
      assert.equal(me.uid, 'u2');
    });

    it('says so when nobody is known', async () => {
      const { deps } = setUp({}, [aRun('r1')]);
      assert.equal(await askWhoIAm(deps, false), false);
      assert.equal(inputs.messages.length, 1);
    });

    it('passes on why there are no runs', async () => {
      const { deps } = setUp();
      const status: LoadStatus = { kind: 'failed', problem: problem('unreachable') };
      await assert.rejects(chooseWhoIAm({ ...deps, runs: { ...known(), status } }), { kind: 'unreachable' });
    });
  });
});
