import assert from 'node:assert/strict';
import type { Schedule } from '../../../src/oz/types';
import { schedule } from '../model/fakeSchedules';
import { type Panel, Window } from './fakeSchedulePage';
import { known, open, reloaded } from './openForms';

describe('a form whose schedule is gone', () => {
  let window: Window;
  let panel: Panel;

  const goes = async (): Promise<void> => {
    window.service.schedules = [];
    await window.store.refresh();
  };
  const labelOf = (name: string): string | undefined =>
    panel.form.bars.flatMap(({ acts }) => acts).find((act) => act.name === name)?.label;

  beforeEach(async () => {
    window = new Window([schedule('a', { name: 'Nightly', prompt: 'Look' })]);
    panel = await open(window, known);
  });

  it('gives up what was typed under that word only, and has it back after an undo', async () => {
    panel.type('prompt', 'Look twice');
    await goes();
    assert.equal(labelOf('discard'), 'Discard');
    await panel.act('discard');
    assert.deepEqual([panel.isClosed, panel.title, panel.texts.prompt], [false, 'Nightly', 'Look']);
    assert.equal(labelOf('discard'), 'Close');
    await panel.act('undo');
    assert.deepEqual([panel.title, panel.texts.prompt], ['● Nightly', 'Look twice']);
    await panel.act('createAgain');
    assert.equal(window.service.schedules[0]?.prompt, 'Look twice');
  });

  it('closes at once where nothing was typed', async () => {
    await goes();
    await panel.act('discard');
    assert.deepEqual([panel.isClosed, window.left], [true, []]);
  });

  it('can be opened again with what was typed when its tab was closed, and is not said to be there to be edited', async () => {
    panel.type('prompt', 'Look twice');
    panel.page.dispose();
    panel = await open(window, known);
    await goes();
    panel.page.dispose();
    const [there, gone] = window.left;
    assert.ok(gone?.includes('Nightly') && gone !== there);
    window = reloaded(window);
    panel = await open(window, known);
    assert.deepEqual([panel.title, panel.acts.includes('createAgain')], ['● Nightly', true]);
    await panel.act('createAgain');
    assert.equal(window.service.schedules[0]?.prompt, 'Look twice');
  });

  it('closes with what was typed where its person had it deleted, who was told', async () => {
    panel.type('prompt', 'Look twice');
    panel.execute = goes;
    await panel.act('delete');
    assert.deepEqual([panel.isClosed, window.left, window.memento.values.size], [true, [], 0]);
  });
});

describe('a schedule that is to be deleted', () => {
  const isUnsaved = ({ drafts }: Window): boolean => drafts.hasUnsavedChanges('a');

  it('has unsaved changes while a form has them, open or closed', async () => {
    const window = new Window([schedule('a'), schedule('b')]);
    assert.equal(isUnsaved(window), false);
    const panel = await open(window, known);
    assert.equal(isUnsaved(window), false);
    panel.type('name', 'Mine');
    assert.deepEqual([isUnsaved(window), window.drafts.hasUnsavedChanges('b')], [true, false]);
    panel.page.dispose();
    assert.equal(isUnsaved(window), true);
    assert.equal(isUnsaved(reloaded(window)), true);
    const again = await open(window, known);
    await again.act('discard');
    assert.equal(isUnsaved(window), false);
  });
});

describe('two texts of a form', () => {
  const long = 'Look at it. '.repeat(100);
  let window: Window;
  let panel: Panel;

  const changeThere = (members: Partial<Schedule>): void => {
    window.service.put({ ...(window.service.schedules[0] ?? schedule('a')), ...members });
  };
  const rows = (): [string, string | undefined][] =>
    panel.form.bars
      .flatMap(({ table }) => [...(table?.rows ?? []), ...(table?.also?.rows ?? [])])
      .map(({ member, act }) => [member, act?.name]);
  const compared = (): string[][] => panel.compared.map(({ left, right }) => [left, right]);

  beforeEach(async () => {
    window = new Window([schedule('a', { name: 'Nightly', prompt: long })]);
    panel = await open(window, known);
  });

  it('can be read in full before a side is chosen', async () => {
    panel.type('prompt', `${long}Mine`);
    panel.type('name', 'Mine');
    changeThere({ name: 'Theirs', prompt: `${long}Theirs`, agent_config: { base_prompt: 'Be kind' } });
    await panel.act('save');
    assert.deepEqual(rows().sort(), [
      ['Base Prompt', 'compareBasePrompt'],
      ['Name', undefined],
      ['Prompt', 'comparePrompt'],
    ]);
    await panel.act('comparePrompt');
    await panel.act('compareBasePrompt');
    assert.deepEqual(compared(), [
      [`${long}Mine`, `${long}Theirs`],
      ['', 'Be kind'],
    ]);
    assert.ok(panel.form.bars.some(({ choice }) => choice));
  });

  it('can be read in full where others changed it, until that is dealt with', async () => {
    panel.type('name', 'Mine');
    changeThere({ prompt: `${long}Theirs` });
    await window.store.refresh();
    await panel.act('showChanges');
    assert.deepEqual(rows(), [['Prompt', 'comparePrompt']]);
    await panel.act('comparePrompt');
    assert.deepEqual(compared(), [[long, `${long}Theirs`]]);
    await panel.act('takeTheirs');
    await panel.act('comparePrompt');
    assert.equal(panel.compared.length, 1);
  });
});
