import assert from 'node:assert/strict';
import { schedule } from '../model/fakeSchedules';
import { type Panel, Window } from './fakeSchedulePage';
import { createInDoubt, drafted, fresh, known, open, type Target } from './openForms';

const long = 'An hour of work';
const plain: Target = { draft: {}, from: 'new' };

/** Types in a page of it, which is closed then. */
async function leave(window: Window, target: Target, prompt: string): Promise<void> {
  const panel = await open(window, target);
  panel.type('prompt', prompt);
  panel.page.dispose();
}

/** The same in another window, with the key `two`. */
async function leaveElsewhere({ service, memento }: Window, target: Target): Promise<void> {
  const other = new Window(service.schedules, memento);
  await other.changeAccount('two', service.schedules);
  await leave(other, target, long);
}

async function promptIn(window: Window, target: Target): Promise<string | undefined> {
  const panel = await open(window, target);
  const prompt = promptOf(panel);
  panel.page.dispose();
  return prompt;
}

/** What the field of the page has. */
function promptOf({ texts, html }: Panel): string | undefined {
  return texts.prompt ?? /"prompt":"([^"]*)"/.exec(/"texts":\{[^}]*\}/.exec(html)?.[0] ?? '')?.[1];
}

describe('what was typed for two keys', () => {
  it('is kept for both where a draft is to go on with a key that has one', async () => {
    const window = new Window();
    await window.changeAccount('two', []);
    await leave(window, plain, long);
    await window.changeAccount('one', []);
    const panel = await open(window, plain);
    panel.type('prompt', 'Of one');
    await window.changeAccount('two', []);
    assert.deepEqual(panel.acts, ['showOther']);
    await panel.act('moveHere');
    assert.deepEqual([panel.acts, panel.form.acts[0]?.isOff], [['showOther'], true]);
    await panel.act('showOther');
    assert.deepEqual([promptOf(panel), panel.acts], [long, ['discard', 'dismiss']]);
    await panel.act('discard');
    // The place is free now, and the other one is still to be had.
    assert.deepEqual(panel.acts, ['showOther', 'undo', 'dismiss']);
    await panel.act('showOther');
    assert.equal(promptOf(panel), 'Of one');
    assert.ok(panel.acts.includes('moveHere'));
    await panel.act('moveHere');
    assert.deepEqual(
      panel.form.bars.filter(({ kind }) => kind === 'warning'),
      [],
    );
    panel.page.dispose();
    assert.deepEqual([await promptIn(window, plain), window.memento.values.size], ['Of one', 1]);
  });

  it('is kept beside what was typed while there was no key', async () => {
    const window = new Window();
    await leave(window, plain, long);
    window.account.set('');
    const panel = await open(window, plain);
    panel.type('prompt', 'x');
    await window.changeAccount('one', []);
    await window.clock.advance(1000);
    assert.deepEqual(panel.acts, ['showOther']);
    await panel.act('showOther');
    assert.equal(promptOf(panel), long);
    await window.clock.advance(1000);
    assert.equal(window.memento.values.size, 2);
  });

  it('is kept for both where it is of one schedule, and each comes back', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    await leaveElsewhere(window, known);
    panel.type('prompt', 'Of one');
    await window.changeAccount('two', window.service.schedules);
    await window.clock.advance(1000);
    assert.deepEqual([panel.title, panel.acts, panel.form.acts[0]?.isOff], ['● Name of a', ['showOther'], true]);
    await panel.act('showOther');
    assert.equal(promptOf(panel), long);
    await panel.act('save');
    assert.equal(window.service.schedules[0]?.prompt, long);
    assert.deepEqual(panel.acts, ['showOther']);
    panel.page.dispose();
    const again = await open(window, known);
    assert.deepEqual([again.title, promptOf(again)], ['● Name of a', 'Of one']);
  });

  it('comes back with its key in a form of a schedule where nothing was typed', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    await leaveElsewhere(window, known);
    await window.changeAccount('two', window.service.schedules);
    assert.deepEqual([promptOf(panel), panel.acts], [long, ['discard', 'dismiss']]);
  });

  it('is not lost where what was sent is found and has edits of its own', async () => {
    const window = new Window();
    const begun = await open(window, drafted);
    await createInDoubt(window, begun);
    begun.type('name', 'Renamed');
    begun.page.dispose();
    await window.store.refresh();
    await leave(window, { scheduleId: 'new-0' }, long);
    const panel = await open(window, fresh);
    assert.deepEqual([panel.about, panel.title, promptOf(panel)], [{ scheduleId: 'new-0' }, '● Renamed', long]);
    await window.clock.advance(1000);
    assert.equal(window.memento.values.size, 1);
  });
});

describe('what was typed with a key that was changed since', () => {
  it('comes back where it is of a schedule that the new key has, once', async () => {
    const window = new Window([schedule('a', { name: 'Nightly' })]);
    await leave(window, known, long);
    await window.changeAccount('one, new key', window.service.schedules);
    const panel = await open(window, known);
    assert.deepEqual([panel.title, promptOf(panel), panel.acts], ['● Nightly', long, ['discard', 'dismiss']]);
    await panel.act('save');
    assert.deepEqual([window.service.schedules[0]?.prompt, window.memento.values.size], [long, 0]);
  });

  it('is offered in a new form that says nothing yet, and goes on there by a word', async () => {
    const window = new Window();
    await leave(window, plain, long);
    await window.changeAccount('one, new key', []);
    const panel = await open(window, plain);
    assert.deepEqual([panel.title, panel.acts], ['New Schedule', ['showOther']]);
    panel.type('name', 'x');
    assert.deepEqual(panel.acts, []);
    panel.type('name', '');
    await panel.act('showOther');
    assert.deepEqual([promptOf(panel), panel.form.acts[0]?.isOff], [long, true]);
    await panel.act('moveHere');
    assert.equal(panel.form.acts[0]?.isOff, undefined);
    await window.clock.advance(1000);
    assert.deepEqual([...window.memento.values.keys()], ['agentRuns.schedule.form.one, new key.new:new']);
  });
});
