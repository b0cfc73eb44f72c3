import assert from 'node:assert/strict';
import type { FormTarget } from '../../../src/model/scheduleForm';
import type { Schedule } from '../../../src/oz/types';
import { settle } from '../fakeClock';
import { schedule, spawned } from '../model/fakeSchedules';
import { Panel, Window } from './fakeSchedulePage';

describe('what the service has and this extension does not understand', () => {
  const open = (members: Partial<Schedule>): Promise<Panel> =>
    new Panel(new Window([schedule('a', members)]), { scheduleId: 'a' }).open();
  const sent = ({ window }: Panel): object | undefined => window.service.sent.at(-1);

  for (const cron of ['5/15 * * * *', '0 9 ? * MON', '@daily', '0 30 9 * * 1-5', '0 9 * * FRI-SUN']) {
    it(`does not keep what is beside it from being edited: times ${cron}`, async () => {
      const panel = await open({ cron_schedule: cron });
      assert.ok(panel.form.remarks.cron);
      assert.deepEqual(
        [panel.form.problems.cron, panel.form.cron.problems, panel.form.cron.marks],
        [undefined, [], []],
      );
      panel.type('name', 'Another');
      await panel.act('save');
      const body = sent(panel) as Schedule | undefined;
      assert.deepEqual([body?.name, body?.cron_schedule], ['Another', cron]);
    });
  }

  it('is wrong where a person wrote it, and right again when it is as it was', async () => {
    const panel = await open({ cron_schedule: '@daily' });
    panel.type('cron', '@hourly');
    assert.equal(panel.form.remarks.cron, undefined);
    assert.equal(panel.form.cron.problems.length, 1);
    await panel.act('save');
    assert.equal(sent(panel), undefined);
    panel.type('cron', '@daily');
    panel.type('name', 'Another');
    await panel.act('save');
    assert.equal((sent(panel) as Schedule | undefined)?.cron_schedule, '@daily');
  });

  it('does so with a skill, an idle timeout and no prompt at all', async () => {
    const config = { skill_spec: 'a skill of the team', environment_id: 'e1', idle_timeout_minutes: 600 };
    const panel = await open({ prompt: '', agent_config: config });
    assert.deepEqual(Object.keys(panel.form.remarks).sort(), ['more', 'skill']);
    panel.type('name', 'Another');
    await panel.act('save');
    assert.deepEqual((sent(panel) as Schedule | undefined)?.agent_config, config);
    panel.fields.answer = (form) => ({ ...form, config: { ...form.config, idle_timeout_minutes: 601 } });
    panel.send({ type: 'option', item: 0 });
    assert.ok(panel.form.problems.more);
    assert.equal(panel.form.remarks.more, undefined);
    await panel.act('dropSkill');
    await panel.act('save');
    assert.deepEqual(Object.keys(panel.form.problems).sort(), ['more', 'prompt']);
    assert.equal(panel.window.service.sent.length, 1);
  });

  it('is said of characters that cannot be seen where they are edited', async () => {
    const panel = await open({ name: 'gnp\u202eexe', prompt: 'As it is' });
    assert.match(panel.form.remarks.name ?? '', /U\+202E/);
    assert.equal(panel.form.remarks.prompt, undefined);
  });
});

describe('the environment of a schedule', () => {
  const remark = async (target: FormTarget, environment?: string): Promise<string | undefined> => {
    const panel = await new Panel(new Window(), target).open();
    if (environment !== undefined) {
      panel.fields.answer = (form) => ({ ...form, environment });
      await panel.act('changeEnvironment');
    }
    return panel.form.remarks.environment;
  };

  it('is said to be that of a launch while nobody chose another one, and to be missed where there is none', async () => {
    const draft = { environment: 'e1' };
    assert.match((await remark({ draft, from: 'new' })) ?? '', /launch/);
    assert.equal(await remark({ draft, from: 'new' }, 'e2'), undefined);
    assert.equal(await remark({ draft, from: 'run 1' }), undefined);
    assert.match((await remark({ draft: {}, from: 'new' })) ?? '', /repository/);
  });
});

describe('what is missing in a new schedule', () => {
  it('is said once it was to be created, and no more when it is begun anew', async () => {
    const panel = await new Panel(new Window(), { draft: {}, from: 'new' }).open();
    panel.type('prompt', 'Sum up');
    assert.deepEqual(panel.form.problems, {});
    await panel.act('save');
    assert.deepEqual(Object.keys(panel.form.problems).sort(), ['cron', 'name']);
    await panel.act('revert');
    assert.deepEqual(panel.form.problems, {});
  });
});

describe('the state of a schedule in the head of its form', () => {
  const state = async (members: Partial<Schedule>): Promise<[string, string]> => {
    const panel = await new Panel(new Window([schedule('a', members)]), { scheduleId: 'a' }).open('UTC');
    return [panel.form.state.look, panel.form.state.words];
  };
  const next = (time: string): Partial<Schedule> => ({ history: { next_run: time } });

  it('says when it runs, also where the service does not', async () => {
    assert.deepEqual(await state(next('2026-11-23T07:00:00Z')), ['active', 'Next run: Mon, Nov 23, 7:00 AM']);
    assert.deepEqual(await state({ cron_schedule: '0 8 * * *' }), ['active', 'Next run: Mon, Nov 23, 8:00 AM']);
  });

  it('says that it fails or is overdue in words', async () => {
    const [failing, failingWords] = await state({ ...next('2026-11-23T07:00:00Z'), last_spawn_error: 'No credits' });
    assert.equal(failing, 'failing');
    assert.match(failingWords, /^Failing .* 7:00 AM$/);
    const [overdue, overdueWords] = await state(next('2026-11-22T11:00:00Z'));
    assert.equal(overdue, 'failing');
    assert.match(overdueWords, /^Overdue.* 11:00 AM$/);
  });

  it('says that its last run failed, as its row does', async () => {
    const window = new Window([schedule('a', next('2026-11-23T07:00:00Z'))]);
    window.service.set(...spawned('a', 1).map((run) => ({ ...run, state: 'FAILED' })));
    await window.store.refresh();
    await window.store.readNewestRuns('a');
    const panel = await new Panel(window, { scheduleId: 'a' }).open('UTC');
    assert.equal(panel.form.state.look, 'failing');
    for (const run of spawned('a', 1)) {
      window.runs.set(run.run_id, { ...run, state: 'SUCCEEDED', updated_at: '2026-11-22T12:30:00Z' });
    }
    // The list of runs heard of it first.
    const later = await new Panel(window, { scheduleId: 'a' }).open('UTC');
    assert.equal(later.form.state.look, 'active');
  });

  it('is that of now, whatever was typed before somebody paused or deleted it', async () => {
    const window = new Window([schedule('a', { name: 'Mine' })]);
    const panel = await new Panel(window, { scheduleId: 'a' }).open();
    panel.type('name', 'Typed');
    window.service.put({ ...schedule('a'), name: 'Theirs', enabled: false });
    await window.store.refresh();
    assert.equal(panel.form.state.look, 'paused');
    assert.deepEqual(
      panel.form.acts.flatMap(({ name }) => (name === 'pause' || name === 'resume' ? name : [])),
      ['resume'],
    );
    window.service.schedules = [];
    await window.store.refresh();
    await settle();
    assert.equal(panel.form.state.words, 'Not in the list');
  });
});

describe('texts with line ends that a page does not have', () => {
  const prompt = 'one\r\ntwo\r\nthree';
  const open = (): Promise<Panel> =>
    new Panel(new Window([schedule('a', { name: 'First\nname', prompt })]), { scheduleId: 'a' }).open();

  it('are as they were when a key was taken back', async () => {
    const panel = await open();
    panel.type('prompt', 'one\ntwo\nthreex');
    assert.match(panel.title, /^●/);
    panel.type('prompt', 'one\ntwo\nthree');
    panel.type('name', 'Firstnames');
    panel.type('name', 'Firstname');
    assert.doesNotMatch(panel.title, /^●/);
    assert.deepEqual(panel.texts, {});
  });

  it('keep theirs when something is written', async () => {
    const panel = await open();
    panel.type('prompt', 'one\ntwo\nthree\nfour');
    await panel.act('save');
    assert.equal(panel.window.service.schedules[0]?.prompt, `${prompt}\r\nfour`);
    assert.equal(panel.window.service.schedules[0].name, 'First\nname');
    panel.type('prompt', 'one\ntwo');
    await panel.act('save');
    assert.equal(panel.window.service.schedules[0].prompt, 'one\r\ntwo');
  });
});
