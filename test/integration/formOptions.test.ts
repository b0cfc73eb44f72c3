import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { FormOptions } from '../../src/commands/formOptions';
import type { OptionDeps } from '../../src/commands/launchMore/optionKind';
import { Catalog } from '../../src/model/catalog';
import { Emitter } from '../../src/model/emitter';
import type { NamedOption } from '../../src/model/namedValue';
import { emptyForm, type ScheduleForm } from '../../src/model/scheduleForm';
import { systemClock } from '../../src/oz/clock';
import { known } from './knownRuns';
import { localClient } from './localClient';
import { QuickInputs } from './quickInput';

describe("the further options of a schedule's form", () => {
  const client = localClient();
  const deps: OptionDeps = {
    ...{ client, runs: known(), catalog: new Catalog(client, systemClock) },
    ...{ webUrl: () => '', baseUrl: () => '', draftsFolder: vscode.Uri.file('/nowhere') },
  };
  let changed: Emitter<undefined>;
  let options: FormOptions;
  let inputs: QuickInputs;

  beforeEach(() => {
    changed = new Emitter();
    options = new FormOptions(deps, changed);
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
    changed.dispose();
  });

  const row = (form: ScheduleForm, label: string): NamedOption | undefined =>
    options.rows(form).find((one) => one.label === label);
  const readFor = async (form: ScheduleForm): Promise<void> => {
    const read = new Promise<unknown>((resolve) => changed.event(resolve));
    options.rows(form);
    await read;
  };

  it('have whom the runs act as, by name, and say what is wrong with it', async () => {
    const release = { ...emptyForm(), newer: { agent_uid: 'agent-release' } };
    assert.deepEqual(row(release, 'Identity'), { label: 'Identity', value: 'agent-release', warning: '' });
    await readFor(release);
    assert.deepEqual(row(release, 'Identity'), { label: 'Identity', value: 'Release manager', warning: '' });
    assert.ok(row({ ...release, team: false }, 'Identity')?.warning);
    assert.ok(row({ ...release, newer: { agent_uid: 'gone' } }, 'Identity')?.warning);
    assert.equal(row(emptyForm(), 'Identity')?.value, '');
  });

  it('have it chosen from the list of a launch', async () => {
    let form = emptyForm();
    const item = options.rows(form).findIndex(({ label }) => label === 'Identity');
    const asked = options.ask(item, form, (how) => {
      form = how(form);
    });
    const pick = await inputs.nextPick();
    while (!pick.items.some(({ label }) => label.includes('On-call helper'))) {
      await delay(10);
    }
    pick.activeItems = pick.items.filter(({ label }) => label.includes('On-call helper'));
    // A list that changed by itself is not chosen from at once.
    await delay(350);
    await inputs.enter();
    await asked;
    assert.deepEqual(form.newer, { agent_uid: 'agent-oncall' });
    assert.equal(row(form, 'Identity')?.value, 'On-call helper');
  });

  it('have the one that is set active in the list, also when that comes later', async () => {
    const form = { ...emptyForm(), newer: { agent_uid: 'agent-release' } };
    const item = options.rows(form).findIndex(({ label }) => label === 'Identity');
    const asked = options.ask(item, form, () => undefined);
    const pick = await inputs.nextPick();
    while (pick.busy) {
      await delay(10);
    }
    assert.ok(pick.activeItems[0]?.label.includes('Release manager'));
    await inputs.escape();
    await asked;
  });

  it('show the mode where there is one, which stays as it is', () => {
    const form = { ...emptyForm(), newer: { mode: 'plan' } };
    assert.deepEqual(row(form, 'Mode'), { label: 'Mode', value: 'plan', warning: '', isFixed: true });
    assert.equal(row(emptyForm(), 'Mode'), undefined);
    const config: object = { quantum_mode: true };
    const newer = { ...emptyForm(), config };
    assert.match(row(newer, 'Also Set')?.value ?? '', /quantum_mode/);
  });
});
