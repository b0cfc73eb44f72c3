import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { schedule } from '../model/fakeSchedules';
import { Panel, Window } from './fakeSchedulePage';
import { createInDoubt, drafted, fresh, hold, known, open } from './openForms';

const server = new ApiProblem({ kind: 'server', message: '' });

describe('a form beside what else happens', () => {
  it('is kept once, and shown once, however often other schedules change', async () => {
    const window = new Window([schedule('a'), schedule('b')]);
    const panel = await open(window, known);
    panel.type('prompt', 'Something long');
    await window.clock.advance(1000);
    const { writes } = window.memento;
    assert.equal(writes, 1);
    const { length } = panel.posted;
    for (let count = 0; count < 5; count += 1) {
      window.store.ofThisAccount().put(schedule('b', { name: `B ${count}` }));
      await window.clock.advance(1000);
    }
    assert.deepEqual([window.memento.writes, panel.posted.length], [writes, length]);
  });

  it('is kept soon also while something happens all the time', async () => {
    const window = new Window([schedule('a'), schedule('b')]);
    const panel = await open(window, known);
    for (let count = 0; count < 10; count += 1) {
      panel.type('prompt', `Typed on ${count}`);
      window.store.ofThisAccount().put(schedule('b', { name: `B ${count}` }));
      await window.clock.advance(100);
    }
    assert.match(JSON.stringify([...window.memento.values]), /Typed on [4-9]/);
  });

  it('is kept again where another window put something else there', async () => {
    const window = new Window();
    const panel = await open(window, fresh);
    panel.type('name', 'Mine');
    await window.clock.advance(1000);
    const other = await open(new Window([], window.memento), fresh);
    other.type('name', 'Theirs');
    other.page.dispose();
    panel.page.dispose();
    assert.equal((await open(new Window([], window.memento), fresh)).title, '● Mine');
  });

  it('hears of what is done here while the list cannot be read', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    window.service.listFailures = [server, server];
    await window.store.refresh();
    window.store.ofThisAccount().put(schedule('a', { enabled: false }));
    assert.equal(panel.form.state.look, 'paused');
    panel.type('name', 'Mine');
    window.store.ofThisAccount().remove('a');
    assert.deepEqual(panel.acts, ['createAgain', 'discard']);
  });

  it('is not taken for gone by what another key, or none, could not read', async () => {
    const window = new Window([schedule('a')]);
    const panel = await open(window, known);
    panel.type('name', 'Mine');
    window.service.listFailures = [server];
    // The schedules of the account before are forgotten while its key still counts.
    window.store.reset();
    await window.store.refresh();
    assert.deepEqual([panel.title, panel.acts], ['● Mine', []]);
  });

  it('that is empty has what was typed with the key in use', async () => {
    const window = new Window();
    const first = await open(window, fresh);
    first.type('name', 'Of one');
    first.page.dispose();
    await window.changeAccount('two', []);
    const empty = await open(window, fresh);
    await window.changeAccount('one', []);
    assert.equal(empty.title, '● Of one');
  });
});

describe('a schedule that is opened while it is created', () => {
  it('has its form where it was written', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    const go = hold(window, 'createSchedule');
    await panel.act('save');
    await window.store.refresh();
    assert.deepEqual(window.drafts.targetFor({ scheduleId: 'new-0' }), { draft: {}, from: 'run 1' });
    panel.page.dispose();
    const again = await open(window, window.drafts.targetFor({ scheduleId: 'new-0' }));
    await go();
    assert.deepEqual([again.about, again.title], [{ scheduleId: 'new-0' }, 'Report']);
    assert.deepEqual(window.drafts.targetFor({ scheduleId: 'new-0' }), { scheduleId: 'new-0' });
  });

  it('goes on in one page where it is open twice after all, with all that was typed in both', async () => {
    const window = new Window();
    const panel = closingDouble(new Panel(window, drafted));
    await panel.open();
    const go = hold(window, 'createSchedule');
    await panel.act('save');
    await window.store.refresh();
    const second = await open(window, { scheduleId: 'new-0' });
    second.type('name', 'Typed in the second');
    panel.type('prompt', 'Typed in the first');
    await go();
    assert.deepEqual([panel.isClosed, panel.about], [true, { scheduleId: 'new-0' }]);
    assert.deepEqual([second.title, second.texts], ['● Typed in the second', { prompt: 'Typed in the first' }]);
    await window.clock.advance(1000);
    assert.deepEqual([window.memento.values.size, window.left], [1, []]);
    await second.act('save');
    assert.deepEqual(
      window.service.schedules.map(({ name, prompt }) => [name, prompt]),
      [['Typed in the second', 'Typed in the first']],
    );
    assert.equal(window.memento.values.size, 0);
  });

  it('leaves alone what is typed in its own page when its draft is opened later', async () => {
    const window = new Window();
    const begun = await open(window, drafted);
    await createInDoubt(window, begun);
    begun.page.dispose();
    await window.store.refresh();
    const own = await open(window, { scheduleId: 'new-0' });
    own.type('name', 'Mine');
    const draft = closingDouble(new Panel(window, fresh));
    await draft.open();
    assert.deepEqual([draft.isClosed, own.title], [true, '● Mine']);
    await window.clock.advance(1000);
    assert.match(JSON.stringify([...window.memento.values]), /Mine/);
  });
});

/** As the panels do with a page of what is open already. */
function closingDouble(panel: Panel): Panel {
  panel.became = (about) => {
    panel.about = about;
    panel.close();
  };
  return panel;
}
