import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { endWords } from '../../../src/schedule/endWords';
import { ScheduleEditing } from '../../../src/schedule/scheduleEditing';
import { type Panel, Window, words } from './fakeSchedulePage';
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

  it('is there when it is found, also where what was changed since cannot be saved', async () => {
    const window = new Window();
    const panel = await open(window, drafted);
    await createInDoubt(window, panel);
    panel.type('name', 'Better');
    window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'forbidden', message: '' }) }];
    await panel.act('save');
    await window.store.readNewestRuns('new-0');
    assert.deepEqual(
      [panel.about, panel.title, panel.acts],
      [{ scheduleId: 'new-0' }, '● Better', ['save', 'dismiss']],
    );
    await panel.act('save');
    assert.deepEqual(namesOf(window), ['Better']);
  });

  it('says in one bar what was answered and that it may exist', async () => {
    for (const kind of ['rateLimited', 'server', 'notOz'] as const) {
      const window = new Window();
      const panel = await open(window, drafted);
      window.service.changeFailures = [{ problem: new ApiProblem({ kind, message: '' }) }];
      panel.send({ type: 'act', name: 'save' });
      await window.clock.advance(10_000);
      assert.equal(panel.form.bars.length, 1, kind);
      assert.match(panel.form.bars[0]?.words ?? '', new RegExp(`^<${kind}>`));
      await panel.act('dismiss');
      assert.deepEqual(panel.acts, ['showSchedules']);
    }
  });

  it('may be saved or not, whatever was answered, where nobody was there for it', () => {
    const editing = ScheduleEditing.ofNew(report, undefined);
    const saving = { problem: new ApiProblem({ kind: 'server', message: '' }) };
    const said = (): string => endWords({ editing, saving }, { kind: 'held' }, words).words;
    assert.match(said(), /was not saved/);
    editing.sending({ form: editing.form, before: [], at: 0 });
    assert.match(said(), /may be saved or not/);
    editing.revert();
    assert.match(said(), /was not saved/);
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
  });

  describe('and was given up', () => {
    let window: Window;
    let panel: Panel;
    const write = (one: typeof report): void => {
      for (const [field, text] of Object.entries(one)) {
        panel.type(field as keyof typeof report, text);
      }
    };

    beforeEach(async () => {
      window = new Window();
      panel = await open(window, fresh);
      write(report);
      await createInDoubt(window, panel);
      await panel.act('revert');
    });

    it('leaves the form alone when it comes into being', async () => {
      assert.deepEqual(panel.acts, ['showSchedules', 'dismiss', 'undo', 'dismiss']);
      await window.clock.advance(60_000);
      assert.deepEqual([panel.about, panel.title, window.store.ids()], [undefined, 'New Schedule', ['new-0']]);
    });

    it('is not made again when the same is written again, also after a reload', async () => {
      await window.clock.advance(60_000);
      window = reloaded(window);
      panel = await open(window, fresh);
      write(report);
      await panel.act('save');
      assert.deepEqual([namesOf(window), panel.about, panel.acts], [['Report'], { scheduleId: 'new-0' }, []]);
    });

    it('stays beside another one that is written then', async () => {
      write({ ...report, name: 'Another' });
      await panel.act('save');
      assert.deepEqual([namesOf(window), panel.acts], [['Report', 'Another'], []]);
    });

    it('makes way for what is begun next in the same place', async () => {
      panel.page.dispose();
      panel = await open(reloaded(window), { draft: { ...report, name: 'Copy' }, from: 'run 1' });
      assert.deepEqual([panel.title, panel.acts], ['Copy', ['showSchedules', 'dismiss']]);
      await panel.act('dismiss');
      assert.deepEqual(panel.acts, []);
    });
  });
});
