import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { launchFromPrompt } from '../../src/commands/launch';
import type { LastChoices } from '../../src/commands/launchMemory';
import type { LaunchSheetDeps } from '../../src/commands/launchSheet';
import { ApiProblem } from '../../src/oz/problems';
import type { Environment } from '../../src/oz/types';
import { FakeClock } from '../unit/fakeClock';
import { type Setting, setUp } from './launchSetting';
import { QuickInputs } from './quickInput';
import { restore } from './sampleFolder';

describe('launching while lists are not there', () => {
  let inputs: QuickInputs;

  beforeEach(async () => {
    await restore();
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
  });

  /** A launch whose lists a test decides about, with the sheet on the screen. */
  async function openSheet(
    lists: Partial<LaunchSheetDeps['catalog']>,
    { last, ...change }: Partial<LaunchSheetDeps> & { last?: LastChoices } = {},
  ): Promise<{ setting: Setting; done: Promise<void> }> {
    const setting = setUp({ catalog: { ...setUp().deps.catalog, ...lists }, ...change });
    await setting.memento.update('agentRuns.launch.draft.prompt', { text: 'Fix the tests', title: '' });
    await setting.memento.update('agentRuns.launch.choices', last);
    const done = launchFromPrompt(setting.deps);
    await inputs.next();
    await inputs.enter();
    await inputs.nextPick();
    return { setting, done };
  }

  /** Takes a row of the list that is on the screen. */
  async function take(id: string): Promise<void> {
    const sheet = inputs.last();
    sheet.activeItems = sheet.items.filter((item) => Reflect.get(item, 'id') === id);
    await delay(50);
    await inputs.enter();
  }

  const failed = (): Promise<never> => Promise.reject(new ApiProblem({ kind: 'server', message: '' }));
  const rowOf = (id: string): vscode.QuickPickItem | undefined =>
    inputs.last().items.find((item) => Reflect.get(item, 'id') === id);
  const inShop = { prompt: 'Fix the tests', config: { environment_id: 'shop' } };

  it('waits for the environments after Enter, and says that they are not known yet', async () => {
    let [load, asked] = [(): void => undefined, 0];
    const isLoaded = new Promise<void>((resolve) => {
      load = resolve;
    });
    const environments = (): Promise<Environment[]> => {
      asked += 1;
      return isLoaded.then(() => setUp().deps.catalog.environments());
    };
    const { setting, done } = await openSheet({ environments });
    assert.match(rowOf('environment')?.description ?? '', /^not known yet/);
    await inputs.enter();
    await delay(50);
    assert.deepEqual(setting.launched, []);
    load();
    await done;
    assert.deepEqual([setting.launched, asked], [[inShop], 1]);
  });

  it('stays in the list when a person stops the waiting', async () => {
    const never = new Promise<never>(() => undefined);
    const { setting, done } = await openSheet({ environments: () => never, models: () => never });
    const token = { onCancellationRequested: setImmediate };
    const { withProgress } = vscode.window;
    Object.assign(vscode.window, {
      withProgress: (_how: unknown, work: (progress: unknown, token: unknown) => unknown) => work({}, token),
    });
    try {
      await inputs.enter();
      await inputs.nextPick();
    } finally {
      Object.assign(vscode.window, { withProgress });
    }
    await inputs.escape();
    await done;
    assert.deepEqual(setting.launched, []);
  });

  it('launches nothing while the environments cannot be loaded, which Enter tries again', async () => {
    const answers = [failed, failed];
    const environments = (): Promise<Environment[]> => (answers.shift() ?? setUp().deps.catalog.environments)();
    const { setting, done } = await openSheet({ environments, models: failed });
    await inputs.enter();
    await inputs.nextPick();
    assert.deepEqual([setting.launched, answers.length], [[], 0]);
    await inputs.enter();
    await done;
    assert.deepEqual(setting.launched, [inShop]);
  });

  it('launches without an environment where a person chose none', async () => {
    const { setting, done } = await openSheet({ environments: failed, models: failed });
    await take('environment');
    await inputs.nextPick();
    await take('none');
    await inputs.nextPick();
    await inputs.enter();
    await done;
    assert.deepEqual(setting.launched, [{ prompt: 'Fix the tests' }]);
  });

  it('shows another environment than the one it had shown before it launches with it', async () => {
    let load = (): void => undefined;
    const isLoaded = new Promise<void>((resolve) => {
      load = resolve;
    });
    const environments = (): Promise<Environment[]> => isLoaded.then(() => setUp().deps.catalog.environments());
    const last = { environment: { id: 'gone', name: 'gone' } };
    const { setting, done } = await openSheet({ environments }, { last });
    assert.match(rowOf('environment')?.description ?? '', /^gone/);
    await inputs.enter();
    load();
    await inputs.nextPick();
    assert.deepEqual(setting.launched, []);
    await inputs.enter();
    await done;
    assert.deepEqual(setting.launched, [inShop]);
  });

  it('tries to load again what could not be loaded, while the list is open', async () => {
    const answers = [failed];
    const environments = (): Promise<Environment[]> => (answers.shift() ?? setUp().deps.catalog.environments)();
    const clock = new FakeClock();
    const { setting, done } = await openSheet({ environments }, { clock });
    assert.match(rowOf('environment')?.description ?? '', /^not known yet/);
    await clock.advance(10_000);
    assert.match(rowOf('environment')?.description ?? '', /^shop/);
    await delay(400);
    await inputs.enter();
    await done;
    assert.deepEqual([setting.launched, clock.waiting], [[inShop], 0]);
  });
});
