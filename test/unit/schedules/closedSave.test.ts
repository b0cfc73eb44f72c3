import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { settle } from '../fakeClock';
import { schedule } from '../model/fakeSchedules';
import { Window } from './fakeSchedulePage';
import { drafted, hold, known, namesOf, open } from './openForms';

describe('a save whose page was closed', () => {
  it('ends all the same, is told, and leaves nothing behind', async () => {
    for (const target of [drafted, known]) {
      const window = new Window([schedule('a')]);
      const panel = await open(window, target);
      panel.type('name', 'Mine');
      const go = hold(window, target === known ? 'updateSchedule' : 'createSchedule');
      await panel.act('save');
      panel.page.dispose();
      const { length } = panel.posted;
      await go();
      assert.deepEqual(window.ends, [{ title: 'Mine', kind: 'saved' }]);
      assert.deepEqual([window.memento.values.size, window.clock.waiting], [0, 0]);
      assert.equal(panel.posted.length, length);
      assert.ok(window.store.ids().some((id) => window.store.get(id)?.name === 'Mine'));
    }
  });

  it('keeps what was typed when it fails, and says so', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    panel.type('name', 'Mine');
    window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'invalid', message: '' }) }];
    panel.send({ type: 'act', name: 'save' });
    panel.page.dispose();
    await settle();
    assert.deepEqual([window.ends, window.clock.waiting], [[{ title: 'Mine', kind: 'held' }], 0]);
    const again = await open(window, known);
    assert.deepEqual([again.title, again.acts], ['● Mine', ['discard', 'dismiss']]);
  });

  it('saves nothing that a person would have to answer first', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    panel.type('name', 'Mine');
    window.service.put(schedule('a', { name: 'Theirs' }));
    panel.send({ type: 'act', name: 'save' });
    panel.page.dispose();
    await settle();
    assert.deepEqual([namesOf(window), window.ends.length], [['Theirs'], 1]);
    assert.equal((await open(window, known)).title, '● Mine');
  });

  it('goes on in the page that is opened next, and leaves alone what is typed there', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    panel.type('name', 'Mine');
    const go = hold(window, 'updateSchedule');
    await panel.act('save');
    panel.page.dispose();
    const again = await open(window, known);
    again.type('name', 'Mine and more');
    await again.act('save');
    await window.clock.advance(1000);
    assert.equal(window.memento.values.size, 1);
    await go();
    await window.clock.advance(1000);
    assert.deepEqual([namesOf(window), window.service.sent.length, window.ends], [['Mine'], 1, []]);
    assert.deepEqual([again.title, window.memento.values.size], ['● Mine and more', 1]);
  });

  it('hears of no list that stays open longer', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    let choose: () => void = () => undefined;
    panel.fields.askModel = (_, change) => {
      choose = () => {
        change((form) => ({ ...form, model: 'm' }));
      };
      return Promise.resolve();
    };
    await panel.act('changeModel');
    panel.type('name', 'Mine');
    const go = hold(window, 'updateSchedule');
    await panel.act('save');
    panel.page.dispose();
    choose();
    panel.type('name', 'Other');
    await go();
    assert.deepEqual([window.memento.values.size, window.clock.waiting], [0, 0]);
  });
});
