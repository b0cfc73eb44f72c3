import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import type { Schedule, ScheduleUpdate } from '../../../src/oz/types';
import { settle } from '../fakeClock';
import { schedule } from '../model/fakeSchedules';
import { Panel, Window } from './fakeSchedulePage';
import { hold } from './openForms';

describe('saving the form of a schedule', () => {
  let window: Window;
  let panel: Panel;

  const open = async (members: Partial<Schedule> = {}): Promise<void> => {
    window = new Window([schedule('a', { name: 'Nightly', ...members })]);
    panel = await new Panel(window, { scheduleId: 'a' }).open();
    panel.type('name', 'Mine');
  };
  const changeThere = (members: object): void => {
    window.service.put({ ...schedule('a'), ...window.service.schedules[0], ...members });
  };

  it('says what others changed and was kept, until that was read', async () => {
    await open();
    changeThere({ cron_schedule: '0 8 * * *', prompt: 'Theirs' });
    await panel.act('save');
    assert.equal(window.service.schedules[0]?.prompt, 'Theirs');
    assert.match(panel.form.bars[0]?.words ?? '', /Times, Prompt/);
    await panel.act('dismiss');
    assert.deepEqual(panel.form.bars, []);
  });

  it('says where it may be saved, and never that nothing was', async () => {
    await open();
    const { service } = window;
    service.changeFailures = [{ problem: new ApiProblem({ kind: 'outcomeUnknown', message: '' }) }];
    const read = service.getWholeSchedule.bind(service);
    service.getWholeSchedule = (id) =>
      service.sent.length > 0 ? Promise.reject(new ApiProblem({ kind: 'unreachable', message: '' })) : read(id);
    await panel.act('save');
    assert.deepEqual([panel.form.bars[0]?.kind, panel.acts], ['warning', ['save', 'dismiss']]);
    assert.equal(panel.title, '● Mine');
  });

  it('says no more of a doubt that the next reading ends, nor of its own spaces as a change of somebody else', async () => {
    await open();
    panel.type('prompt', 'Do that\n');
    const { service } = window;
    service.changeFailures = [{ problem: new ApiProblem({ kind: 'notOz', message: '' }), after: true }];
    const read = service.getWholeSchedule.bind(service);
    service.getWholeSchedule = (id) =>
      service.sent.length > 0 ? Promise.reject(new ApiProblem({ kind: 'unreachable', message: '' })) : read(id);
    await panel.act('save');
    assert.deepEqual(panel.acts, ['save', 'dismiss']);
    await window.clock.advance(60_000);
    assert.deepEqual([panel.title, panel.form.bars, panel.texts.prompt], ['Mine', [], 'Do that']);
  });

  it('says nothing more of what could not be saved once that is given up', async () => {
    const typeBack = (): Promise<void> => {
      panel.type('name', 'Nightly');
      return settle();
    };
    for (const giveUp of [() => panel.act('revert'), typeBack]) {
      await open();
      window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'forbidden', message: '' }) }];
      await panel.act('save');
      assert.deepEqual(panel.acts, ['save', 'dismiss']);
      await giveUp();
      panel.type('name', 'Another');
      assert.deepEqual(panel.form.bars, []);
    }
  });

  it('takes it not for gone when something that it names is', async () => {
    await open();
    window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'notFound', message: 'environment' }) }];
    await panel.act('save');
    assert.deepEqual(panel.acts, ['save', 'dismiss']);
    assert.equal(window.service.sent.length, 1);
  });

  it('leaves one alone of which it cannot be told whether it is paused', async () => {
    await open({ enabled: 'maybe' as never });
    await panel.act('save');
    assert.deepEqual(panel.acts, ['openInBrowser', 'dismiss']);
    assert.deepEqual(window.service.sent, []);
    await panel.act('openInBrowser');
    assert.deepEqual(panel.did, [['agentRuns.openScheduleInBrowser', { scheduleId: 'a' }]]);
  });

  describe('that waits', () => {
    let release: () => void;

    beforeEach(async () => {
      await open();
      const { service } = window;
      const update = service.updateSchedule.bind(service);
      service.updateSchedule = (id: string, body: ScheduleUpdate, signal?: AbortSignal) =>
        new Promise((resolve, reject) => {
          release = () => {
            resolve(update(id, body));
          };
          signal?.addEventListener('abort', () => {
            reject(new ApiProblem({ kind: 'outcomeUnknown', code: 'aborted', message: '' }));
          });
        });
    });

    it('can be cancelled, and says what is known then', async () => {
      await panel.act('save');
      assert.ok(panel.form.isSaving);
      assert.deepEqual(panel.form.acts.filter(({ isOff }) => !isOff).map(({ name }) => name)[0], 'stopSaving');
      await panel.act('stopSaving');
      assert.equal(panel.form.isSaving, false);
      assert.deepEqual([panel.form.bars[0]?.kind, panel.acts], ['warning', ['save', 'dismiss']]);
      assert.equal(panel.title, '● Mine');
      await panel.act('save');
      release();
      await settle();
      assert.equal(window.service.schedules[0]?.name, 'Mine');
      assert.deepEqual(panel.form.bars, []);
    });
  });

  describe('beside other acts', () => {
    const areOff = (): string[] =>
      [...panel.form.acts, ...panel.form.bars.flatMap(({ acts }) => acts)]
        .filter(({ isOff }) => isOff)
        .map(({ name }) => name);

    it('lets none of them undo what is being sent, nor undoes it', async () => {
      await open();
      const go = hold(window, 'updateSchedule');
      await panel.act('save');
      assert.deepEqual(areOff(), ['save', 'runNow', 'pause', 'delete']);
      await panel.act('pause');
      await panel.act('runNow');
      assert.deepEqual([panel.did, panel.questions], [[], 0]);
      await go();
      assert.deepEqual(areOff(), ['save', 'revert']);
      await panel.act('pause');
      assert.deepEqual(panel.did, [['agentRuns.pauseSchedule', { scheduleId: 'a' }]]);
    });

    it('saves the sides that were chosen, whatever is pressed meanwhile', async () => {
      await open();
      changeThere({ name: 'Theirs' });
      await window.store.refresh();
      const go = hold(window, 'updateSchedule');
      await panel.act('save');
      panel.send({ type: 'sides', sides: ['mine'] });
      await settle();
      assert.deepEqual(areOff().slice(-2), ['keepMine', 'takeTheirs']);
      await panel.act('takeTheirs');
      await go();
      assert.deepEqual([window.service.schedules[0]?.name, panel.title, panel.acts], ['Mine', 'Mine', []]);
    });
  });

  describe('whose secrets the service hides', () => {
    const hidden = { db: { command: 'x', env: { TOKEN: '***' } } };

    beforeEach(async () => {
      await open({ agent_config: { mcp_servers: hidden } });
      await panel.act('save');
    });

    it('names them first, and sends nothing before a word', async () => {
      assert.match(panel.form.bars[0]?.words ?? '', /TOKEN of db/);
      assert.deepEqual(panel.acts, ['chooseServers', 'saveAnyway', 'openInBrowser', 'stopSaving']);
      await panel.act('openInBrowser');
      assert.equal(panel.acts.length, 4);
      await panel.act('stopSaving');
      assert.deepEqual([panel.acts, window.service.sent, panel.title], [[], [], '● Mine']);
    });

    it('saves them as they are shown when told so, and asks no more', async () => {
      await panel.act('saveAnyway');
      assert.deepEqual(window.service.schedules[0]?.agent_config?.mcp_servers, hidden);
      assert.equal(panel.title, 'Mine');
      panel.type('name', 'Mine too');
      await panel.act('save');
      assert.equal(window.service.schedules[0].name, 'Mine too');
    });

    it('takes those of a file for saved where the answer was lost and only they are shown, hidden', async () => {
      const { service } = window;
      panel.fields.answer = (form) => ({
        ...form,
        config: { ...form.config, mcp_servers: { db: { command: 'y', env: { TOKEN: 's3cret' } } } },
      });
      await panel.act('chooseServers');
      const read = service.getWholeSchedule.bind(service);
      const update = service.updateSchedule.bind(service);
      service.updateSchedule = async (id, body) => {
        const { agent_config: config } = await update(id, body);
        const hiding = { db: { command: 'y', env: { TOKEN: '***' } } };
        changeThere({ agent_config: { ...config, mcp_servers: hiding } });
        service.getWholeSchedule = () => Promise.reject(new ApiProblem({ kind: 'unreachable', message: '' }));
        throw new ApiProblem({ kind: 'notOz', message: '' });
      };
      await panel.act('save');
      assert.deepEqual(panel.acts, ['save', 'dismiss']);
      service.getWholeSchedule = read;
      await window.store.refresh();
      assert.deepEqual([panel.title, panel.form.bars], ['Mine', []]);
    });

    it('saves those of a file', async () => {
      const chosen = { db: { command: 'x', env: { TOKEN: 's3cret' } } };
      panel.fields.answer = (form) => ({ ...form, config: { ...form.config, mcp_servers: chosen } });
      await panel.act('chooseServers');
      assert.deepEqual(panel.acts, []);
      await panel.act('save');
      assert.deepEqual(window.service.schedules[0]?.agent_config?.mcp_servers, chosen);
    });
  });
});
