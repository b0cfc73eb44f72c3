import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { LogEntry } from '../local-oz/requestLog';
import type { Schedule } from '../local-oz/state';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

type Body = Record<string, unknown>;

const schedulesPath = '/agent/schedules';

/** Each by mouse and by keyboard, and judged by what the service was sent and has. */
describe('what is done with schedules in their list', () => {
  let editor: Editor;
  let schedules: Locator;

  const paused = 'Accessibility audit';
  const nightly = 'Nightly dependency updates';
  const reconcile = 'Reconcile yesterday’s payouts';
  const drift = 'Terraform drift check';
  const notes = 'Weekly release notes';

  before(async () => {
    editor = await openEditor({
      settings: { 'workbench.colorTheme': 'Default Dark Modern', 'workbench.editor.enablePreview': false },
    });
    // What is launched stays where it is.
    editor.oz.clock.setSpeed(0.02);
    const { workbench } = editor;
    await workbench.widenSideBar(460);
    await workbench.openContainer('Agent Runs');
    await workbench.fold('Runs');
    schedules = await workbench.view('Schedules');
    await row(paused).waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);
  const row = (name: string): Locator => editor.workbench.row(schedules, name);
  const goTo = (name: string): Promise<void> => editor.workbench.goTo('Schedules', name);
  const form = (): ReturnType<typeof editor.workbench.webview> => editor.workbench.webview();

  const all = (name: string): Schedule[] =>
    [...editor.oz.state.schedules.values()].filter((schedule) => schedule.name === name);
  const called = (name: string): Schedule => all(name)[0] ?? assert.fail(`There is no schedule ${name}`);
  const bodies = (path: string): Body[] => editor.posted(path).map(({ body }) => JSON.parse(body) as Body);
  const requests = (method: string, path: string): LogEntry[] =>
    editor.oz.log.filter((entry) => entry.method === method && entry.path === path);

  /** What is created by saving the form on the screen, as it was sent. */
  const createdBy = async (save: () => Promise<void>): Promise<Body> => {
    const before = bodies(schedulesPath).length;
    await save();
    await form().getByRole('button', { name: 'Run Now' }).waitFor();
    assert.equal(bodies(schedulesPath).length, before + 1);
    // Rows change places when it comes into the list.
    const { size } = editor.oz.state.schedules;
    const isListed = async (): Promise<boolean> => (await editor.workbench.titles(schedules)).length === size;
    await until('it is listed', async () => !(await schedules.isVisible()) || isListed());
    return bodies(schedulesPath).at(-1) ?? assert.fail();
  };
  /** What is typed before would go into the form that was there. */
  const shows = (name: string): Promise<void> => form().locator('h1').getByText(name, { exact: true }).waitFor();
  const byMouse = (): Promise<void> => form().getByRole('button', { name: 'Create', exact: true }).click();
  const byKey = async (): Promise<void> => {
    await until('the form has the keyboard', () =>
      form()
        .locator('body')
        .evaluate(() => document.hasFocus()),
    );
    await press('ControlOrMeta+S');
  };

  it('the form opens by a click, and by Enter', async () => {
    const { workbench } = editor;
    await row(drift).click();
    await shows(drift);
    await goTo(notes);
    await press('Enter');
    await workbench.tab(notes).waitFor();
    await shows(notes);
    assert.equal(await form().getByLabel('Prompt', { exact: true }).inputValue(), 'Publish them as a draft.');
  });

  it('one is paused and resumed by its button, and by its menu', async () => {
    const { workbench } = editor;
    const { id } = called(notes);
    const isPaused = (wanted: boolean): Promise<void> =>
      until(`paused: ${wanted}`, async () => {
        const isSaid = ((await row(notes).textContent()) ?? '').includes('paused');
        return called(notes).enabled !== wanted && isSaid === wanted;
      });
    await workbench.pressInRow(row(notes), 'Pause Schedule');
    await isPaused(true);
    await workbench.pressInRow(row(notes), 'Resume Schedule');
    await isPaused(false);
    await goTo(notes);
    await workbench.typeInMenu('Pause Schedule');
    await isPaused(true);
    await goTo(notes);
    await workbench.typeInMenu('Resume Schedule');
    await isPaused(false);
    for (const act of ['pause', 'resume']) {
      assert.equal(editor.posted(`${schedulesPath}/${id}/${act}`).length, 2);
    }
    // The form that shows it follows.
    await form().getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('one runs now, as a run of its own with the same prompt and configuration', async () => {
    const { workbench } = editor;
    await workbench.pressInRow(row(reconcile), 'Run Schedule Now (as a Run of Its Own)');
    await workbench.notification(`Launched separately, not among the past runs: “${reconcile}”`).waitFor();
    // Its conversation takes the keyboard when it is there.
    await workbench.tab(reconcile).waitFor();
    await workbench.webview().getByText('Compare yesterday').first().waitFor();
    await goTo(notes);
    await workbench.typeInMenu('Run Schedule Now (as a Run of Its Own)');
    await workbench.notification(`Launched separately, not among the past runs: “${notes}”`).waitFor();
    await workbench.page.locator('.tab.active').filter({ hasText: notes }).waitFor();
    const { prompt, agent_config: config } = called(reconcile);
    const { skill_spec: skill, ...rest } = called(notes).agent_config ?? {};
    const sent = bodies('/agent/runs');
    assert.deepEqual(
      sent.map(({ prompt, skill, config, title }) => ({ prompt, skill, config, title })),
      [
        { prompt, skill: undefined, config, title: reconcile },
        { prompt: called(notes).prompt, skill, config: rest, title: notes },
      ],
    );
    assert.deepEqual([editor.run(reconcile).schedule, editor.run(notes).schedule], [undefined, undefined]);
  });

  it('what was launched last is put on a schedule', async () => {
    const { workbench } = editor;
    await workbench.chooseFromTitleMenu(schedules, 'Schedule the Last Launch');
    await form().getByLabel('Cron Expression').fill('15 4 * * *');
    const { prompt, cron_schedule: cron, agent_config: config } = await createdBy(byMouse);
    // The service says with which model it was run.
    const { model_id } = editor.run(notes).agent_config ?? {};
    assert.deepEqual([prompt, cron], [called(notes).prompt, '15 4 * * *']);
    assert.deepEqual(config, { ...called(notes).agent_config, model_id });
  });

  it('one is duplicated', async () => {
    const { workbench } = editor;
    for (const [name, open, save] of [
      [reconcile, () => workbench.chooseFromMenu(row(reconcile), 'Duplicate Schedule'), byMouse],
      [nightly, () => goTo(nightly).then(() => workbench.typeInMenu('Duplicate Schedule')), byKey],
    ] as const) {
      await open();
      await shows(`${name} (copy)`);
      const { cron_schedule, prompt, agent_config, enabled } = called(name);
      const copy = await createdBy(save);
      assert.deepEqual(
        { ...copy, prompt: copy.prompt ?? '', team: undefined },
        { cron_schedule, prompt, agent_config, enabled, name: `${name} (copy)`, team: undefined },
      );
    }
  });

  it('a past run is put on a schedule', async () => {
    const { workbench } = editor;
    await workbench.expand(row(reconcile));
    const run = schedules.locator('.monaco-list-row[aria-level="2"]').first();
    await workbench.chooseFromMenu(run, 'Schedule This Run');
    await shows(reconcile);
    await row(reconcile).locator('.monaco-tl-twistie').click();
    await form().getByLabel('Cron Expression').fill('45 7 * * *');
    await form().getByLabel('Name', { exact: true }).fill('As that day');
    const { prompt, name, agent_config: config } = await createdBy(byKey);
    assert.deepEqual([name, prompt, config], ['As that day', called(reconcile).prompt, called(reconcile).agent_config]);
  });

  it('its cron expression is copied', async () => {
    const { workbench } = editor;
    await workbench.chooseFromMenu(row(drift), 'Copy Cron Expression');
    await until('it is copied', async () => (await workbench.clipboard()) === '0 */6 * * *');
    await goTo(nightly);
    await workbench.typeInMenu('Copy Cron Expression');
    await until('it is copied', async () => (await workbench.clipboard()) === '0 2 * * *');
  });

  it('they open in the browser', async () => {
    const { workbench } = editor;
    for (const open of [
      () => workbench.chooseFromMenu(row(drift), 'Open Schedules in Browser'),
      () => goTo(drift).then(() => workbench.typeInMenu('Open Schedules in Browser')),
    ]) {
      const opened = workbench.page.context().waitForEvent('page');
      await open();
      const tab = await opened;
      // This VS Code leads addresses of the machine itself through one of its own.
      await tab.waitForURL(`**/${new URL(editor.oz.webUrl).port}/schedules`);
      await tab.close();
    }
  });

  it('one is deleted when the person is sure, who is asked by its name', async () => {
    const { workbench } = editor;
    for (const [name, ask, agree] of [
      [paused, () => workbench.chooseFromMenu(row(paused), 'Delete Schedule'), 'Delete Schedule'],
      [nightly, () => goTo(nightly).then(() => press('Delete')), undefined],
    ] as const) {
      const { id } = called(name);
      const path = `${schedulesPath}/${id}`;
      const question = workbench.dialog().getByText(`Delete the schedule “${name}”?`);
      await ask();
      await question.waitFor();
      await workbench.screenshot('schedule-delete');
      await press('Escape');
      await question.waitFor({ state: 'hidden' });
      await ask();
      await question.waitFor();
      assert.deepEqual([requests('DELETE', path).length, all(name).length], [0, 1]);
      await (agree ? workbench.press(workbench.dialog(), agree) : press('Enter'));
      await until(
        'it is gone',
        async () => all(name).length === 0 && !(await workbench.titles(schedules)).includes(name),
      );
      assert.equal(requests('DELETE', path).length, 1);
    }
  });

  it('its past runs are shown, and no others', async () => {
    const { workbench } = editor;
    for (const [name, show] of [
      [reconcile, () => workbench.chooseFromMenu(row(reconcile), 'Show Past Runs of Schedule')],
      [drift, () => goTo(drift).then(() => workbench.typeInMenu('Show Past Runs of Schedule'))],
    ] as const) {
      await show();
      const pane = workbench.page.locator('.pane:has(> .pane-header[aria-label^="Runs "][aria-expanded="true"])');
      const { id } = called(name);
      const theirs = [...editor.oz.state.runs.values()].filter(({ item }) => item.schedule?.schedule_id === id);
      assert.ok(theirs.length > 0);
      const titles = new Set(theirs.map(({ item }) => item.title));
      await until('only its runs are listed', async () => {
        const rows = pane.locator('.monaco-list-row[aria-level="2"] .label-name');
        const listed = await rows.allTextContents();
        return listed.length > 0 && listed.every((title) => titles.has(title));
      });
    }
  });

  it('a skill is put on a schedule from the explorer', async () => {
    const { workbench } = editor;
    await workbench.openFile('.agents/skills/write-tests/SKILL.md');
    await workbench.typeCommand('File: Reveal Active File in Explorer View');
    const focused = workbench.page.locator('.explorer-folders-view .monaco-list-row.focused');
    await focused.filter({ hasText: 'SKILL.md' }).waitFor();
    await workbench.chooseFromMenu(focused, 'Schedule Skill');
    await shows('write-tests');
    await form().getByLabel('Cron Expression').fill('0 5 * * 1');
    const { name, agent_config: config } = await createdBy(byMouse);
    assert.equal(name, 'write-tests');
    assert.equal((config as Body).skill_spec, 'acme/storefront:.agents/skills/write-tests/SKILL.md');
  });
});
