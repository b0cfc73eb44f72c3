import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { settle } from '../fakeClock';
import { schedule } from '../model/fakeSchedules';
import { Window } from './fakeSchedulePage';
import { drafted, hold, known, namesOf, open } from './openForms';

const problem = new ApiProblem({ kind: 'forbidden', message: '' });

describe('the form of a schedule whose tab is hidden', () => {
  it('knows what it became when it is shown again, and after the next reload', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    const go = hold(window, 'createSchedule');
    await panel.act('save');
    panel.setVisible(false);
    await go();
    // A hidden page heard nothing.
    panel.posted = [];
    panel.setVisible(true);
    panel.send({ type: 'ready', zone: 'UTC' });
    assert.deepEqual(
      panel.posted.filter(({ type }) => type === 'about'),
      [{ type: 'about', about: { scheduleId: 'new-0' } }],
    );
  });

  it('has told how a save ended, and tells nothing where that was seen', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    for (const [isHidden, failure] of [
      [true, { problem }],
      [true, undefined],
      [false, { problem }],
    ] as const) {
      panel.type('name', `Mine ${isHidden} ${!failure}`);
      window.service.changeFailures = failure ? [failure] : [];
      const go = hold(window, 'updateSchedule');
      await panel.act('save');
      panel.setVisible(!isHidden);
      await go();
      panel.setVisible(true);
      panel.send({ type: 'ready', zone: 'UTC' });
    }
    assert.deepEqual(window.ends, [
      { title: 'Mine true false', kind: 'held' },
      { title: 'Mine true true', kind: 'saved' },
    ]);
    assert.deepEqual(panel.acts, ['save', 'dismiss']);
  });

  it('has all that was typed when VS Code loads its page once more', async () => {
    const window = new Window([schedule('a', { name: 'Nightly' })]);
    const panel = await open(window, known);
    panel.type('name', 'Mine');
    panel.type('prompt', 'Changed');
    await panel.act('revert');
    panel.type('name', 'Mine again');
    panel.posted = [];
    panel.send({ type: 'ready', zone: 'UTC' });
    assert.deepEqual(panel.texts, { name: 'Mine again' });
    // In the turn of its HTML.
    panel.posted = [];
    panel.type('prompt', 'Changed again');
    await panel.act('save');
    assert.deepEqual(
      window.service.schedules.map(({ name, prompt }) => [name, prompt]),
      [['Mine again', 'Changed again']],
    );
  });

  it('says once that it asks something, and waits for the answer', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    panel.type('name', 'Mine');
    window.service.put(schedule('a', { name: 'Theirs' }));
    panel.send({ type: 'act', name: 'save' });
    panel.setVisible(false);
    await settle();
    window.store.ofThisAccount().put(schedule('b'));
    assert.deepEqual([window.asking, window.ends], [['Mine'], []]);
    panel.setVisible(true);
    panel.send({ type: 'ready', zone: 'UTC' });
    panel.send({ type: 'sides', sides: ['mine'] });
    await settle();
    assert.deepEqual([namesOf(window), window.asking, window.ends], [['Mine'], ['Mine'], []]);
    window.service.put(schedule('a', { name: 'Theirs again' }));
    panel.type('name', 'Mine again');
    await panel.act('save');
    panel.setVisible(false);
    // It was asked before everybody's eyes.
    assert.deepEqual(window.asking, ['Mine']);
  });
});
