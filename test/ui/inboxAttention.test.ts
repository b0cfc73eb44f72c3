import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('what needs a person', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Light Modern' } });
    await editor.workbench.widenSideBar(520);
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
    await editor.workbench.row(runs, blocked).waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const blocked = 'Rotate the staging database password';
  const failed = 'Fix the double charge on retried webhooks';
  const error = 'Move the session store to Redis';
  const question = 'Which tax rate applies to gift cards?';
  const parent = 'Add Apple Pay to the checkout sheet';
  const mine = 'Speed up the product listing query';
  const shown = 'Weekly release notes';
  const paused = 'Flaky test triage';

  /** The entry of the status bar. */
  const status = (): Locator => editor.workbench.page.getByRole('button', { name: /^Agent Runs: \d/ });

  /** On the badge, in the status bar and beside the group: all three agree. */
  const needing = async (count: number): Promise<void> => {
    const { workbench } = editor;
    const group = workbench.row(runs, /^Needs you/).locator('.label-description');
    const numbers = async (): Promise<string[]> => [
      await workbench.badge('Agent Runs'),
      /(\d+) runs? needs? you/.exec((await status().getAttribute('aria-label')) ?? '')?.[1] ?? '',
      (await group.count()) === 0 ? '' : ((await group.textContent()) ?? ''),
    ];
    await until(`${count} runs need a person`, async () =>
      (await numbers()).every((number) => number === (count === 0 ? '' : String(count))),
    );
  };

  it('stands on top, and is counted', async () => {
    const { workbench } = editor;
    await needing(4);
    assert.deepEqual((await workbench.titles(runs)).slice(0, 5), ['Needs you', blocked, failed, error, question]);
    await workbench.row(runs, blocked).hover();
    await workbench.screenshot('inbox-needs-you-light');
  });

  it('is marked as seen by mouse, by keyboard, and all at once', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await workbench.pressInRow(workbench.row(runs, error), 'Mark as Seen');
    await needing(3);
    await workbench.row(runs, question).click({ modifiers: ['ControlOrMeta'] });
    await keyboard.press('Shift+Enter');
    await needing(2);
    assert.deepEqual((await workbench.titles(runs)).slice(0, 4), ['Needs you', blocked, failed, 'Active']);
    await workbench.chooseFromTitleMenu(runs, 'Mark All as Seen');
    await needing(0);
    await workbench.screenshot('inbox-all-seen-light');
  });

  it('comes back when something becomes of it', async () => {
    const { workbench, oz } = editor;
    oz.setState(editor.run(question).run_id, 'INPROGRESS');
    oz.setState(editor.run(question).run_id, 'BLOCKED');
    await needing(1);
    await workbench.row(runs, question).waitFor();
  });

  it('counts the sub-runs of a run in its row', async () => {
    const { workbench, oz } = editor;
    const row = workbench.row(runs, parent);
    await workbench.row(runs, /6 sub-runs: 1 active/).waitFor();
    await workbench.expand(row);
    await workbench.row(runs, 'End-to-end tests for Apple Pay').waitFor();
    await workbench.screenshot('inbox-family-light');
    const asked = editor.run('End-to-end tests for Apple Pay').run_id;
    oz.setState(asked, 'BLOCKED');
    await workbench.row(runs, /6 sub-runs: 1 to look at/).waitFor();
    // Among what needs a person, not where nobody looks for it.
    await needing(2);
    assert.equal((await workbench.titles(runs))[1], 'End-to-end tests for Apple Pay');
    await workbench.screenshot('inbox-family-asks-light');
  });

  it('is opened one after the other by keyboard', async () => {
    const { workbench } = editor;
    const next = async (title: string): Promise<void> => {
      await workbench.page.keyboard.press('ControlOrMeta+K');
      await workbench.page.keyboard.press('Alt+N');
      await workbench.tab(title).waitFor();
      await until(`${title} is on the screen`, async () =>
        ((await workbench.tab(title).getAttribute('class')) ?? '').includes('active'),
      );
      // Before that the page hands no keys on.
      await workbench.webview().getByText('Needs your answer').first().waitFor();
    };
    await next('End-to-end tests for Apple Pay');
    await next(question);
    await workbench.screenshot('inbox-next-light');
    await next('End-to-end tests for Apple Pay');
    // Opening answers nothing.
    await needing(2);
  });

  it('keeps what is pinned on top, and lets it go', async () => {
    const { workbench } = editor;
    await workbench.chooseFromMenu(workbench.row(runs, parent), 'Pin');
    await workbench.row(runs, /^Pinned1/).waitFor();
    await workbench.chooseFromMenu(workbench.row(runs, mine), 'Pin');
    await workbench.row(runs, /^Pinned2/).waitFor();
    assert.deepEqual((await workbench.titles(runs)).slice(0, 4), ['Pinned', mine, parent, 'Needs you']);
    await workbench.screenshot('inbox-pinned-light');
    await workbench.runCommand('Agent Runs: Unpin');
    await workbench.picks().filter({ hasText: parent }).waitFor();
    await workbench.screenshot('inbox-unpin-light');
    await workbench.answer(mine);
    await workbench.row(runs, /^Pinned1/).waitFor();
    assert.deepEqual((await workbench.titles(runs)).slice(0, 2), ['Pinned', parent]);
  });

  it('is still seen, pinned and filtered after a reload', async () => {
    const { workbench } = editor;
    await workbench.chooseFromMenu(workbench.row(runs, parent), 'Filter by This Creator');
    const filter = workbench.titleDescription(runs).getByText('Priya Nair');
    await filter.waitFor();
    await workbench.reload();
    await workbench.openContainer('Agent Runs');
    await workbench.row(runs, /^Pinned1/).waitFor();
    await filter.waitFor();
    assert.deepEqual((await workbench.titles(runs)).slice(0, 2), ['Pinned', parent]);
    assert.equal(await workbench.row(runs, mine).count(), 0);
    await workbench.pressInTitle(runs, 'Clear Filter');
    await workbench.row(runs, mine).waitFor();
    await needing(2);
  });

  it('is told, unless the person looks at it', async () => {
    const { workbench, oz } = editor;
    await workbench.runCommand('Agent Runs: Choose Who I Am');
    await workbench.pick('Maya Lindqvist');
    await workbench.openFrom(workbench.row(runs, mine), mine);
    await workbench.webview().getByText('Running').first().waitFor();
    oz.setState(editor.run(mine).run_id, 'SUCCEEDED');
    // It is pinned.
    oz.setState(editor.run(parent).run_id, 'FAILED', {
      status_message: { message: 'No credits are left.', error_code: 'insufficient_credits', retryable: false },
    });
    await workbench.notification(parent).waitFor();
    await workbench.screenshot('inbox-told-light');
    assert.equal(await workbench.notification(mine).count(), 0);
    await workbench.press(workbench.notification(parent), 'Open');
    await workbench.tab(parent).waitFor();
  });

  it('is told of a schedule that begins to fail, wherever the person looks', async () => {
    const { workbench, oz } = editor;
    const begin = (name: string): (() => boolean | undefined) => {
      const item = [...oz.state.schedules.values()].find((schedule) => schedule.name.startsWith(name));
      assert.ok(item);
      // Whoever the person is.
      const members = { created_by: editor.run(mine).creator, last_spawn_error: 'Environment env-gone not found' };
      oz.state.schedules.set(item.id, { ...item, ...members });
      return () => oz.state.schedules.get(item.id)?.enabled;
    };
    await workbench.openContainer('Explorer');
    begin(shown);
    // It need not be waited ten minutes.
    await workbench.runCommand('Agent Runs: Refresh Schedules');
    await workbench.notification(shown).waitFor();
    await workbench.screenshot('inbox-schedule-told-light');
    await workbench.press(workbench.notification(shown), 'Show');
    await workbench
      .row(await workbench.view('Schedules'), shown)
      .and(workbench.page.locator('.selected'))
      .waitFor();
    await workbench.openContainer('Explorer');
    const isEnabled = begin(paused);
    await workbench.runCommand('Agent Runs: Refresh Schedules');
    await workbench.press(workbench.notification(paused), 'Pause');
    await until('it is paused', () => Promise.resolve(isEnabled() === false));
    assert.equal(await workbench.notification(shown).count(), 0);
  });

  it('is a click away in the status bar', async () => {
    const { workbench } = editor;
    await workbench.openContainer('Explorer');
    await status().click();
    await workbench.page.locator('.sidebar .composite.title').filter({ hasText: 'Agent Runs' }).waitFor();
    await workbench.row(runs, 'Needs you').waitFor();
  });
});
