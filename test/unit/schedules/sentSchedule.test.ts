import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { Window } from './fakeSchedulePage';
import { createInDoubt, drafted, fresh, hold, namesOf, open, reloaded, report } from './openForms';

describe('a new schedule that was sent', () => {
  it('is looked for when its window was closed meanwhile, and not created twice', async () => {
    const before = new Window();
    const first = await open(before, drafted);
    hold(before, 'createSchedule');
    await first.act('save');
    assert.deepEqual(namesOf(before), ['Report']);
    const window = reloaded(before);
    await window.store.refresh();
    const second = await open(window, fresh);
    assert.deepEqual(second.about, { scheduleId: 'new-0' });
    assert.deepEqual([second.title, second.acts], ['Report', []]);
    assert.equal(window.memento.values.size, 0);
    await second.act('save');
    assert.deepEqual([namesOf(window), window.service.sent.length], [['Report'], 0]);
  });

  it('that is not there yet says so after a reload, and is looked for before another is sent', async () => {
    const before = new Window();
    const first = await open(before, drafted);
    await createInDoubt(before, first);
    const window = reloaded(before);
    const { schedules } = window.service;
    window.service.schedules = [];
    const second = await open(window, fresh);
    assert.deepEqual(second.acts, ['showSchedules']);
    window.service.schedules = schedules;
    await second.act('save');
    assert.deepEqual([namesOf(window), window.service.sent.length], [['Report'], 0]);
    assert.deepEqual([second.about, second.acts], [{ scheduleId: 'new-0' }, []]);
  });

  it('is sent again when a person wants it and it is not there', async () => {
    const before = new Window();
    const first = await open(before, drafted);
    await createInDoubt(before, first);
    const window = reloaded(before);
    window.service.schedules = [];
    const second = await open(window, fresh);
    await second.act('save');
    assert.deepEqual(namesOf(window), ['Report']);
    assert.deepEqual(second.acts, []);
  });

  it('gets what was changed since when it is found', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    await createInDoubt(window, panel);
    panel.type('name', 'Better');
    panel.send({ type: 'enabled', value: false });
    panel.fields.answer = (form) => ({ ...form, environment: 'prod' });
    await panel.act('changeEnvironment');
    await panel.act('save');
    assert.deepEqual(
      window.service.schedules.map(({ id, name, enabled, agent_config }) => [id, name, enabled, agent_config]),
      [['new-0', 'Better', false, { environment_id: 'prod' }]],
    );
    assert.deepEqual([panel.title, panel.acts], ['Better', []]);
  });

  it('is found by the next reading, and what was changed since stays unsaved', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    await createInDoubt(window, panel);
    panel.type('name', 'Better');
    await window.clock.advance(60_000);
    assert.deepEqual([panel.about, panel.title, panel.acts], [{ scheduleId: 'new-0' }, '● Better', []]);
    assert.deepEqual(namesOf(window), ['Report']);
    await panel.act('save');
    assert.deepEqual(namesOf(window), ['Better']);
  });

  it('is no more than what was typed once the service refused it', async () => {
    const before = new Window();
    const first = await open(before, drafted);
    before.service.changeFailures = [{ problem: new ApiProblem({ kind: 'invalid', message: '' }) }];
    await first.act('save');
    const second = await open(reloaded(before), fresh);
    assert.deepEqual([second.title, second.form.bars], ['Report', []]);
  });

  it('is given up with all that was typed, and looked for again when that is taken back', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    await createInDoubt(window, panel);
    panel.type('name', 'Better');
    await panel.act('revert');
    await panel.act('undo');
    await panel.act('save');
    assert.deepEqual(namesOf(window), ['Better']);
    const other = new Window();
    const another = await open(other, fresh);
    for (const [field, text] of Object.entries(report)) {
      another.type(field as keyof typeof report, text);
    }
    await createInDoubt(other, another);
    await another.act('revert');
    for (const [field, text] of Object.entries({ ...report, name: 'Another' })) {
      another.type(field as keyof typeof report, text);
    }
    await another.act('save');
    assert.deepEqual(namesOf(other), ['Report', 'Another']);
  });
});
