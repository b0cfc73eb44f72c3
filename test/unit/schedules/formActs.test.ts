import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { settle } from '../fakeClock';
import { schedule } from '../model/fakeSchedules';
import { Panel, Window } from './fakeSchedulePage';

describe('a schedule in its form', () => {
  let window: Window;

  beforeEach(() => {
    window = new Window([schedule('a', { name: 'Nightly', cron_schedule: '0 7 * * *' })]);
  });

  const open = (): Promise<Panel> => new Panel(window, { scheduleId: 'a' }).open();

  describe('that is to run now', () => {
    it('runs at once where nothing was changed', async () => {
      const panel = await open();
      await panel.act('runNow');
      assert.deepEqual(panel.did, [['agentRuns.runScheduleNow', { scheduleId: 'a' }]]);
    });

    it('asks which text is meant where something was changed', async () => {
      const panel = await open();
      panel.type('prompt', 'Other');
      for (const [chosen, sent, ran] of [
        [-1, 0, false],
        [1, 0, true],
        [0, 1, true],
      ] as const) {
        [panel.did, panel.questions] = [[], 0];
        panel.chosen = chosen;
        await panel.act('runNow');
        assert.equal(panel.questions, 1);
        assert.equal(window.service.sent.length, sent);
        assert.deepEqual(panel.did, ran ? [['agentRuns.runScheduleNow', { scheduleId: 'a' }]] : []);
      }
    });

    it('does not run where saving it first did not come about', async () => {
      const panel = await open();
      panel.chosen = 0;
      panel.type('name', '');
      await panel.act('runNow');
      panel.type('name', 'Other');
      window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'forbidden', message: '' }) }];
      await panel.act('runNow');
      assert.equal(panel.questions, 2);
      assert.deepEqual(panel.did, []);
    });
  });

  describe('that could not start its last run', () => {
    const error = 'Environment e1 not found';

    beforeEach(() => {
      const [known = schedule('a')] = window.service.schedules;
      window.service.schedules = [{ ...known, last_spawn_error: error }];
    });

    it('offers what helps, and brings the person to the field', async () => {
      const panel = await open();
      assert.deepEqual(panel.acts, ['changeEnvironment']);
      assert.equal(panel.form.state.look, 'failing');
      await panel.act('changeEnvironment');
      assert.deepEqual(panel.fields.asked, ['environment']);
      assert.deepEqual(panel.posted.at(-1), { type: 'focus', part: 'environment' });
    });

    it('is changed since once that was saved, until it tries again', async () => {
      const panel = await open();
      panel.fields.answer = (form) => ({ ...form, environment: 'e2' });
      await panel.act('changeEnvironment');
      const kinds = (): string[] => panel.form.bars.map(({ kind }) => kind);
      assert.deepEqual(kinds(), ['error']);
      window.service.keep = { last_spawn_error: error };
      await panel.act('save');
      assert.deepEqual([panel.form.state.look, kinds(), panel.acts], ['changed', ['info'], []]);
      const [saved = schedule('a')] = window.service.schedules;
      window.service.schedules = [{ ...saved, history: { next_run: '2026-11-23T07:00:00Z' } }];
      await window.store.refresh();
      assert.deepEqual([panel.form.state.look, kinds()], ['failing', ['error']]);
    });
  });

  it('says that it is being read or saved where that takes longer than a second', async () => {
    const said = (panel: Panel): string[] => panel.posted.flatMap((one) => (one.type === 'say' ? [one.text] : []));
    let goOn = (): void => undefined;
    const hold = (): void => {
      window.service.gate = new Promise((resolve) => {
        goOn = resolve;
      });
    };
    hold();
    const panel = await open();
    await window.clock.advance(999);
    assert.deepEqual(said(panel), []);
    await window.clock.advance(1);
    assert.deepEqual(said(panel), ['Loading…']);
    goOn();
    await settle();
    const update = window.service.updateSchedule.bind(window.service);
    window.service.updateSchedule = async (id, body) => {
      await window.service.gate;
      return update(id, body);
    };
    for (const wait of [500, 1500]) {
      const before = said(panel).length;
      hold();
      panel.type('prompt', `Other ${wait}`);
      await panel.act('save');
      await window.clock.advance(wait);
      goOn();
      await settle();
      await window.clock.advance(2000);
      assert.deepEqual(said(panel).slice(before), wait > 1000 ? ['Saving…', 'Saved.'] : ['Saved.']);
    }
  });

  it('is saved by a key of the editor, too', async () => {
    const panel = await open();
    panel.type('prompt', 'Other');
    panel.page.save?.();
    await settle();
    assert.equal(window.service.schedules[0]?.prompt, 'Other');
  });

  it('is not in the list any more where saving finds that it is gone', async () => {
    const panel = await open();
    panel.type('prompt', 'Other');
    window.service.schedules = [];
    await panel.act('save');
    assert.deepEqual(window.store.ids(), []);
    assert.deepEqual(panel.acts, ['createAgain', 'discard']);
  });
});
