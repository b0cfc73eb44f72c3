import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { settle } from '../fakeClock';
import { schedule } from '../model/fakeSchedules';
import { Panel, Window } from './fakeSchedulePage';

const servers = { linear: { command: 'npx', env: { TOKEN: 's3cret' } } };

describe('the form of a schedule', () => {
  let window: Window;

  beforeEach(() => {
    window = new Window([
      schedule('a', {
        name: 'Nightly',
        cron_schedule: '0 7 * * *',
        agent_config: { worker_host: 'own', mcp_servers: servers, ...{ x_new: 7 } },
      }),
    ]);
  });

  const open = (target: ConstructorParameters<typeof Panel>[1] = { scheduleId: 'a' }): Promise<Panel> =>
    new Panel(window, target).open();

  it('reads the schedules for one that is not known yet, and shows it', async () => {
    const panel = await open();
    assert.equal(window.service.lists, 1);
    assert.equal(panel.form.title, 'Nightly');
    assert.equal(panel.form.isLoading, false);
    assert.equal(panel.title, 'Nightly');
  });

  it('says what keeps it from being read, and shows it when it could be', async () => {
    window.service.listFailures = [new ApiProblem({ kind: 'unreachable', message: '' })];
    const panel = await open();
    assert.equal(panel.form.isLoading, true);
    assert.deepEqual(panel.acts, ['reload']);
    await panel.act('reload');
    assert.equal(panel.form.isLoading, false);
    assert.deepEqual(panel.form.bars, []);
  });

  it('says that there is none, and closes', async () => {
    const panel = await open({ scheduleId: 'gone' });
    assert.equal(panel.form.isLoading, true);
    assert.deepEqual(panel.acts, ['discard']);
    await panel.act('discard');
    assert.equal(panel.isClosed, true);
  });

  it('leaves no trace of what was typed for one that is gone, where that is given up', async () => {
    const first = await open();
    first.type('name', 'Mine');
    first.page.dispose();
    assert.equal(window.memento.values.size, 1);
    window.service.schedules = [];
    await window.store.refresh();
    const panel = await open();
    assert.equal(panel.title, '● Mine');
    await panel.act('discard');
    await panel.act('discard');
    assert.equal(panel.isClosed, true);
    panel.page.dispose();
    assert.equal(window.memento.values.size, 0);
  });

  it('shows the next runs where the person is and in UTC, and what is wrong where it is', async () => {
    const panel = await open();
    const [first] = panel.form.cron.runs;
    assert.match(first?.local ?? '', /Nov 23, 8:00/);
    assert.match(first?.utc ?? '', /Nov 23, 07:00/);
    assert.equal(panel.form.cron.runs.length, 5);
    assert.deepEqual(panel.form.cron.notes, []);
    panel.type('cron', '0 27 * * *');
    assert.deepEqual(panel.form.cron.marks, [{ start: 2, end: 4 }]);
    assert.deepEqual(panel.form.cron.runs, []);
    assert.deepEqual(panel.form.cron.problems, [{ words: '<outOfRange>', fixes: [] }]);
  });

  it('says when a change of the clocks moves the time where the person is', async () => {
    await window.clock.advance(70 * 86_400_000);
    const panel = await open();
    assert.equal(panel.form.cron.notes.length, 1);
    assert.match(panel.form.cron.notes[0] ?? '', /Mar 28, 2027.* 9:00 AM .* 8:00 AM/);
  });

  it('offers a fix for the times', async () => {
    const panel = await open();
    panel.type('cron', '@daily');
    assert.deepEqual(panel.form.cron.problems, [{ words: '<macro>', fixes: ['fixed @daily'] }]);
  });

  it('marks what is not saved, and saves all of it with what it does not know', async () => {
    const panel = await open();
    panel.type('name', 'Nightly updates');
    assert.equal(panel.title, '● Nightly updates');
    await panel.act('save');
    assert.deepEqual(window.service.sent, [
      {
        name: 'Nightly updates',
        cron_schedule: '0 7 * * *',
        enabled: true,
        prompt: 'Do it',
        agent_config: { worker_host: 'own', mcp_servers: servers, x_new: 7 },
      },
    ]);
    assert.equal(panel.title, 'Nightly updates');
    assert.equal(window.store.get('a')?.name, 'Nightly updates');
    assert.deepEqual(panel.form.bars, []);
  });

  it('sends nothing while nothing is changed, or something is wrong, and leads to what is', async () => {
    const panel = await open();
    await panel.act('save');
    panel.type('name', '  ');
    await panel.act('save');
    assert.ok(panel.form.problems.name);
    assert.deepEqual(
      panel.posted.filter(({ type }) => type === 'focus'),
      [{ type: 'focus', part: 'name' }],
    );
    panel.type('name', 'Nightly');
    panel.type('cron', '0 7 31 2 *');
    await panel.act('save');
    assert.deepEqual(panel.posted.filter(({ type }) => type === 'focus').at(-1), { type: 'focus', part: 'cron' });
    assert.deepEqual(window.service.sent, []);
  });

  it('keeps everything when saving fails, says why, and saves when tried again', async () => {
    const panel = await open();
    panel.type('prompt', 'Something long');
    window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'forbidden', message: '' }) }];
    await panel.act('save');
    assert.deepEqual(panel.acts, ['save', 'dismiss']);
    assert.equal(panel.title, '● Nightly');
    await panel.act('save');
    assert.deepEqual(panel.form.bars, []);
    assert.equal(window.service.schedules[0]?.prompt, 'Something long');
  });

  it('offers to set a key where that is missing', async () => {
    const panel = await open();
    panel.type('prompt', 'x');
    window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'keyRefused', message: '' }) }];
    await panel.act('save');
    assert.deepEqual(panel.acts, ['setKey', 'dismiss']);
    await panel.act('setKey');
    assert.deepEqual(panel.did, [['agentRuns.setApiKey']]);
  });

  it('does not lose what was typed while it was saved', async () => {
    const panel = await open();
    panel.type('name', 'One');
    panel.send({ type: 'act', name: 'save' });
    panel.type('name', 'One and two');
    await settle();
    assert.equal(window.service.schedules[0]?.name, 'One');
    assert.deepEqual(panel.texts, {});
    assert.equal(panel.title, '● One and two');
  });

  it('passes over what was typed before a text was taken back', async () => {
    const panel = await open();
    const { turn } = panel;
    panel.type('name', 'Other');
    await panel.act('revert');
    assert.deepEqual(panel.texts, { name: 'Nightly' });
    panel.send({ type: 'text', field: 'name', text: 'Other o', turn });
    assert.equal(panel.form.title, 'Nightly');
    panel.type('name', 'Nightly 2');
    assert.equal(panel.form.title, 'Nightly 2');
  });

  it('brings back what was given up', async () => {
    const panel = await open();
    panel.type('name', 'Other');
    await panel.act('revert');
    assert.deepEqual(panel.acts, ['undo', 'dismiss']);
    await panel.act('undo');
    assert.equal(panel.form.title, 'Other');
    await panel.act('revert');
    await panel.act('dismiss');
    assert.deepEqual(panel.acts, []);
  });

  it('asks which is to be kept where both changed the same', async () => {
    const panel = await open();
    panel.type('name', 'Mine');
    panel.type('prompt', 'My prompt');
    const { service } = window;
    const by = { updated_by: { type: 'user', uid: 'u', display_name: 'Maya' } } as const;
    service.put({ ...schedule('a'), ...service.schedules[0], name: 'Theirs', cron_schedule: '0 8 * * *', ...by });
    await panel.act('save');
    const [bar] = panel.form.bars;
    assert.deepEqual(
      bar?.table?.rows.map(({ left, right }) => [left, right]),
      [['Mine', 'Theirs']],
    );
    assert.match(bar.words, /Maya/);
    assert.match(bar.table.also?.words ?? '', /Maya/);
    assert.deepEqual(bar.table.also?.rows, [{ member: 'Times', left: '0 7 * * *', right: '0 8 * * *' }]);
    // Not an answer to what was asked.
    panel.send({ type: 'sides', sides: [] });
    assert.deepEqual(service.sent, []);
    panel.send({ type: 'sides', sides: ['theirs'] });
    await settle();
    assert.deepEqual(
      service.schedules.map(({ name, prompt, cron_schedule: cron }) => [name, prompt, cron]),
      [['Theirs', 'My prompt', '0 8 * * *']],
    );
    assert.deepEqual(panel.texts, { name: 'Theirs', cron: '0 8 * * *' });
  });

  it('saves nothing when the choice is not made, and goes on as it was', async () => {
    const panel = await open();
    panel.type('name', 'Mine');
    window.service.put({ ...schedule('a'), ...window.service.schedules[0], name: 'Theirs' });
    await panel.act('save');
    panel.send({ type: 'sides', sides: null });
    await settle();
    assert.deepEqual(window.service.sent, []);
    assert.equal(panel.title, '● Mine');
    assert.deepEqual(panel.acts, ['showChanges', 'keepMine', 'takeTheirs']);
  });

  describe('changed elsewhere', () => {
    const changeThere = async (members: object): Promise<void> => {
      window.service.put({ ...schedule('a'), ...window.service.schedules[0], ...members });
      await window.store.refresh();
      await settle();
    };

    it('is shown as it is now while nothing was changed here', async () => {
      const panel = await open();
      await changeThere({ name: 'Theirs' });
      assert.deepEqual(panel.texts, { name: 'Theirs' });
      assert.deepEqual(panel.form.bars, []);
      assert.equal(panel.title, 'Theirs');
    });

    it('says so, shows what, and keeps mine beside theirs', async () => {
      const panel = await open();
      panel.type('name', 'Mine');
      await changeThere({
        name: 'Theirs',
        prompt: 'New',
        updated_by: { type: 'user', uid: 'u', display_name: 'Maya' },
      });
      assert.match(panel.form.bars[0]?.words ?? '', /Maya/);
      await panel.act('showChanges');
      assert.deepEqual(
        panel.form.bars[0]?.table?.rows.map(({ left, right }) => [left, right]),
        [
          ['Nightly', 'Theirs'],
          ['Do it', 'New'],
        ],
      );
      await panel.act('keepMine');
      assert.deepEqual(panel.texts, { prompt: 'New' });
      assert.match(panel.form.bars[0].words, /: Prompt\./);
      await panel.act('undo');
      assert.deepEqual(panel.acts, ['showChanges', 'keepMine', 'takeTheirs']);
      assert.deepEqual(panel.texts, { prompt: 'Do it' });
      await panel.act('keepMine');
      await panel.act('save');
      assert.equal(window.service.schedules[0]?.name, 'Mine');
      assert.equal(window.service.schedules[0].prompt, 'New');
    });

    it('takes theirs, and gives mine back', async () => {
      const panel = await open();
      panel.type('name', 'Mine');
      await changeThere({ name: 'Theirs' });
      await panel.act('takeTheirs');
      assert.deepEqual(panel.texts, { name: 'Theirs' });
      await panel.act('undo');
      assert.deepEqual(panel.texts, { name: 'Mine' });
      assert.equal(panel.title, '● Mine');
    });

    it('is a question again when what was given up is taken back, so that nothing of theirs is lost', async () => {
      for (const [giveUp, isFirst] of [
        ['takeTheirs', false],
        ['revert', false],
        ['revert', true],
      ] as const) {
        window.service.put(schedule('a', { name: 'Nightly', cron_schedule: '0 7 * * *' }));
        await window.store.refresh();
        const panel = await open();
        panel.type('name', 'Mine');
        if (isFirst) {
          await panel.act(giveUp);
        }
        await changeThere({ prompt: 'Theirs', cron_schedule: '0 8 * * *', enabled: false });
        if (!isFirst) {
          await panel.act(giveUp);
        }
        await panel.act('undo');
        assert.deepEqual(panel.acts, ['showChanges', 'keepMine', 'takeTheirs']);
        await panel.act('save');
        const [{ name, prompt, cron_schedule: cron, enabled } = schedule('')] = window.service.schedules;
        assert.deepEqual([name, prompt, cron, enabled], ['Mine', 'Theirs', '0 8 * * *', false]);
        panel.page.dispose();
      }
    });

    it('is no question where it was paused or resumed', async () => {
      const panel = await open();
      panel.type('name', 'Mine');
      await changeThere({ enabled: false });
      assert.deepEqual(panel.form.bars, []);
      assert.equal(panel.form.enabled, false);
      assert.equal(panel.form.state.look, 'paused');
      assert.equal(panel.title, '● Mine');
    });

    it('can be made again when it was deleted', async () => {
      const panel = await open();
      panel.type('name', 'Mine');
      window.service.schedules = [];
      await window.store.refresh();
      assert.deepEqual(panel.acts, ['createAgain', 'discard']);
      // Whoever saves it may not have seen that it is gone.
      await panel.act('save');
      assert.equal(window.service.schedules.length, 0);
      await panel.act('createAgain');
      assert.equal(window.service.schedules[0]?.name, 'Mine');
      assert.deepEqual(panel.about, { scheduleId: 'new-0' });
      assert.deepEqual(panel.form.bars, []);
      assert.equal(window.memento.values.size, 0);
    });
  });

  describe('that was not saved', () => {
    it('is there again when the panel is closed and opened, and says so', async () => {
      const first = await open();
      first.type('name', 'Half a thou');
      first.page.dispose();
      const second = await open();
      assert.equal(second.title, '● Half a thou');
      assert.match(second.html, /Half a thou/);
      assert.deepEqual(second.acts, ['discard', 'dismiss']);
      await second.act('discard');
      assert.equal(second.title, 'Nightly');
      assert.equal(window.memento.values.size, 0);
    });

    it('is said to be kept, and where it comes back, when its page is closed', async () => {
      for (const target of [
        { scheduleId: 'a' },
        { draft: {}, from: 'new' },
        { draft: { prompt: 'P' }, from: 'run 1' },
      ]) {
        const panel = await open(target);
        panel.page.dispose();
      }
      assert.deepEqual(window.left, []);
      for (const target of [
        { scheduleId: 'a' },
        { draft: {}, from: 'new' },
        { draft: { prompt: 'P' }, from: 'run 1' },
      ]) {
        const panel = await open(target);
        panel.type('name', 'Mine');
        panel.page.dispose();
      }
      assert.match(window.left.join('\n'), /changes of “Mine”.*\n.*New Schedule.*\n.*“Mine”.*the same way/);
    });

    it('is kept a moment after each change', async () => {
      const panel = await open();
      panel.type('name', 'Half');
      assert.equal(window.memento.values.size, 0);
      await window.clock.advance(1000);
      assert.equal(window.memento.values.size, 1);
      panel.type('name', 'Nightly');
      await window.clock.advance(1000);
      assert.equal(window.memento.values.size, 0);
    });

    it('has no secrets of MCP servers, and saves them nevertheless', async () => {
      const first = await open();
      first.type('name', 'Mine');
      first.page.dispose();
      assert.doesNotMatch(JSON.stringify([...window.memento.values]), /s3cret/);
      const second = await open();
      assert.deepEqual(second.acts, ['discard', 'dismiss']);
      await second.act('save');
      assert.deepEqual(window.service.schedules[0]?.agent_config?.mcp_servers, servers);
    });

    it('says so where the servers that were chosen are not kept', async () => {
      const first = await open();
      first.fields.answer = (form) => ({ ...form, config: { ...form.config, mcp_servers: {} } });
      first.send({ type: 'option', item: 0 });
      first.page.dispose();
      const second = await open();
      assert.equal(second.form.bars.length, 1);
    });

    it('of a new one begins as that began, also after a reload', async () => {
      const draft = { name: 'From a run', prompt: 'Again' };
      const first = await open({ draft, from: 'run 1' });
      assert.equal(first.title, 'From a run');
      first.page.dispose();
      const second = await open({ draft: {}, from: 'run 1' });
      assert.equal(second.title, 'From a run');
      assert.deepEqual(second.form.bars, []);
      second.type('name', 'Other');
      await second.act('revert');
      assert.equal(second.title, 'From a run');
    });
  });

  describe('that is new', () => {
    it('is created with what was said, and is that schedule from then on', async () => {
      const panel = await open({ draft: {}, from: 'new' });
      await panel.act('save');
      assert.deepEqual(Object.keys(panel.form.problems), ['name', 'prompt', 'cron']);
      panel.type('name', 'Report');
      panel.type('cron', '0 9 * * 1');
      panel.type('prompt', 'Sum up');
      panel.send({ type: 'owner', value: 'personal' });
      panel.send({ type: 'enabled', value: false });
      panel.fields.answer = (form) => ({ ...form, environment: 'e1' });
      await panel.act('changeEnvironment');
      await panel.act('save');
      assert.deepEqual(window.service.sent, [
        {
          name: 'Report',
          cron_schedule: '0 9 * * 1',
          prompt: 'Sum up',
          enabled: false,
          team: false,
          agent_config: { environment_id: 'e1' },
        },
      ]);
      assert.deepEqual(panel.about, { scheduleId: 'new-1' });
      assert.equal(panel.form.owner, null);
      assert.equal(panel.title, 'Report');
      assert.equal(window.memento.values.size, 0);
      panel.type('name', 'Report 2');
      await panel.act('save');
      assert.equal(window.service.schedules.find(({ id }) => id === 'new-1')?.name, 'Report 2');
    });
  });

  it('does what a schedule can have done for itself only, and closes when it deleted itself', async () => {
    const panel = await open();
    for (const name of ['pause', 'resume', 'runNow', 'showWeek'] as const) {
      await panel.act(name);
    }
    assert.deepEqual(panel.did, [
      ['agentRuns.pauseSchedule', { scheduleId: 'a' }],
      ['agentRuns.resumeSchedule', { scheduleId: 'a' }],
      ['agentRuns.runScheduleNow', { scheduleId: 'a' }],
      ['agentRuns.showWeek'],
    ]);
    panel.execute = () => {
      window.store.ofThisAccount().remove('a');
      return Promise.resolve();
    };
    await panel.act('delete');
    assert.equal(panel.isClosed, true);
    assert.equal(window.memento.values.size, 0);
  });

  it('reads the schedules once a minute while it is seen, and not while it is not', async () => {
    const panel = await open();
    const { lists } = window.service;
    await window.clock.advance(180_000);
    assert.equal(window.service.lists, lists + 3);
    panel.setVisible(false);
    await window.clock.advance(600_000);
    assert.equal(window.service.lists, lists + 3);
    panel.page.dispose();
    assert.equal(window.clock.waiting, 0);
    assert.equal(panel.fields.isDisposed, true);
  });

  it('has text of any kind as text, under a policy that lets nothing in', async () => {
    const hostile = '</script><img src=x onerror=alert(1)>';
    window.service.schedules = [schedule('a', { name: hostile, prompt: hostile, last_spawn_error: hostile })];
    const panel = await open();
    assert.doesNotMatch(panel.html, /<img/);
    assert.equal(panel.html.match(/<\/script>/g)?.length, 2);
    assert.match(panel.html, /default-src &#39;none&#39;/);
    assert.doesNotMatch(panel.html, /https?:|unsafe|img-src|connect-src/);
  });
});
