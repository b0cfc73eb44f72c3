import assert from 'node:assert/strict';
import { settle } from '../fakeClock';
import { schedule } from '../model/fakeSchedules';
import { Window } from './fakeSchedulePage';
import { createInDoubt, drafted, fresh, hold, known, makeGate, namesOf, open } from './openForms';

describe('what was typed for one account', () => {
  it('is neither saved nor created in another one, and comes back with its own', async () => {
    const window = new Window([schedule('a', { name: 'Nightly' })]);
    const mine = await open(window, known);
    const begun = await open(window, drafted);
    mine.type('prompt', 'Secret of one');
    begun.type('name', 'Mine');
    await window.changeAccount('two', []);
    assert.deepEqual([mine.acts, begun.acts], [[], ['moveHere']]);
    assert.equal(mine.form.bars.length, 1);
    for (const name of ['save', 'createAgain'] as const) {
      await mine.act(name);
      await begun.act(name);
    }
    assert.deepEqual([window.service.sent, mine.form.acts.map(({ name }) => name)], [[], ['save', 'revert']]);
    await window.changeAccount('one', [schedule('a', { name: 'Nightly' })]);
    assert.deepEqual([mine.form.bars, begun.form.bars], [[], []]);
    await mine.act('save');
    await begun.act('save');
    assert.deepEqual(namesOf(window), ['Nightly', 'Mine']);
  });

  it('cannot be saved while it is not known which account is in use, and shows so', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    const begun = await open(window, drafted);
    panel.type('name', 'Mine');
    const areOff = (): unknown[] => [panel, begun].map(({ form }) => form.acts[0]?.isOff ?? false);
    assert.deepEqual(areOff(), [false, false]);
    window.account.set(undefined);
    assert.deepEqual(areOff(), [true, true]);
    window.account.set('one');
    assert.deepEqual(areOff(), [false, false]);
  });

  it('is kept for that one alone', async () => {
    const window = new Window();
    const first = await open(window, fresh);
    first.type('name', 'Of one');
    await window.changeAccount('two', []);
    first.page.dispose();
    const second = await open(window, fresh);
    assert.equal(second.title, 'New Schedule');
    second.type('name', 'Of two');
    second.page.dispose();
    await window.changeAccount('one', []);
    assert.equal((await open(window, fresh)).title, '● Of one');
  });

  it('goes on under a new key of the same account, which has the schedule', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    panel.type('name', 'Mine');
    await window.changeAccount('one, new key', window.service.schedules);
    assert.deepEqual([panel.title, panel.acts], ['● Mine', []]);
    await panel.act('save');
    assert.deepEqual([namesOf(window), window.memento.values.size], [['Mine'], 0]);
  });

  it('goes on in the other one when a person says so, and what says nothing yet does by itself', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    const empty = await open(window, { draft: {}, from: 'new' });
    await window.changeAccount('two', []);
    assert.deepEqual(empty.acts, []);
    await panel.act('moveHere');
    assert.deepEqual(panel.acts, []);
    await panel.act('save');
    assert.deepEqual([namesOf(window), window.memento.values.size], [['Report'], 0]);
  });

  it('leaves behind with its own what was sent there, and the other one hears nothing of it', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    await createInDoubt(window, panel);
    const { schedules } = window.service;
    await window.changeAccount('two', []);
    await panel.act('moveHere');
    assert.deepEqual(panel.form.bars, []);
    await panel.act('save');
    assert.deepEqual(namesOf(window), ['Report']);
    await window.changeAccount('one', schedules);
    const again = await open(window, { draft: {}, from: 'run 1' });
    assert.deepEqual([again.about, again.acts], [{ scheduleId: 'new-0' }, []]);
    assert.equal(window.service.sent.length, 2);
  });

  it('is kept where there was no key yet, and saved with the one that is set', async () => {
    const window = new Window();
    window.account.set('');
    const panel = await open(window, fresh);
    panel.type('name', 'Mine');
    await window.changeAccount('one', []);
    assert.deepEqual(panel.acts, []);
    panel.page.dispose();
    assert.equal((await open(window, fresh)).title, '● Mine');
  });

  it('is not sent, nor taken for the one of the other, when that changes during a save', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    const gate = makeGate();
    window.service.gate = gate.opened;
    await panel.act('save');
    window.account.set('two');
    gate.open();
    await settle();
    assert.deepEqual(window.service.sent, []);
    const reading = new Window([schedule('a')]);
    const read = await open(reading, known);
    read.type('name', 'Mine');
    const getWhole = reading.service.getWholeSchedule.bind(reading.service);
    reading.service.getWholeSchedule = async (id) => {
      const whole = await getWhole(id);
      reading.account.set('two');
      return whole;
    };
    await read.act('save');
    assert.deepEqual([reading.service.sent, read.form.bars[0]?.kind], [[], 'info']);
    const noting = new Window();
    const begun = await open(noting, drafted);
    noting.memento.update = () => {
      noting.account.set('two');
      return Promise.resolve();
    };
    await begun.act('save');
    assert.deepEqual(noting.service.sent, []);
    const other = new Window([schedule('a')]);
    const changing = await open(other, known);
    changing.type('name', 'Mine');
    const go = hold(other, 'updateSchedule');
    await changing.act('save');
    await other.changeAccount('two', []);
    await go();
    assert.deepEqual(other.store.ids(), []);
    assert.equal(changing.title, '● Mine');
  });
});
