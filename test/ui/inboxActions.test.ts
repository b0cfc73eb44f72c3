import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('what is done with runs in the list', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await editor.workbench.widenSideBar(460);
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
    await editor.workbench.fold('Schedules');
    await editor.workbench.row(runs, blocked).waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const blocked = 'Rotate the staging database password';
  const working = 'Speed up the product listing query';
  const starting = 'Upgrade the AWS provider to 6.x';
  const queued = 'Backfill missing invoice PDFs for October';
  const merged = 'Fix lint errors on main';
  const ended = 'Keep the cart when a session expires';

  /** How the service answered the cancels of a run, oldest first. */
  const cancels = (title: string): (number | undefined)[] =>
    editor.posted(`/agent/runs/${editor.run(title).run_id}/cancel`).map(({ status }) => status);

  const select = async (...titles: string[]): Promise<void> => {
    for (const title of titles) {
      await editor.workbench.row(runs, title).click({ modifiers: ['ControlOrMeta'] });
    }
  };

  const agree = async (button: string): Promise<void> => {
    const { workbench } = editor;
    await workbench.press(workbench.dialog(), button);
    await workbench.dialog().waitFor({ state: 'hidden' });
  };

  /** Closes the tab of the browser that was opened. */
  const leadsTo = async (opened: Promise<Page>, url: string): Promise<void> => {
    const tab = await opened;
    await tab.waitForURL(url);
    await tab.close();
  };

  it('a run is cancelled by its button, when the person is sure', async () => {
    const { workbench } = editor;
    await workbench.pressInRow(workbench.row(runs, working), 'Cancel Run…');
    await workbench.dialog().waitFor();
    await workbench.screenshot('inbox-cancel');
    await agree('Keep It Running');
    assert.deepEqual(cancels(working), []);
    await workbench.pressInRow(workbench.row(runs, working), 'Cancel Run…');
    await agree('Cancel Run');
    await workbench.notification('Cancelled the run').waitFor();
    assert.deepEqual(cancels(working), [200]);
    await until('the run is not active any more', async () => {
      const titles = await workbench.titles(runs);
      return titles.indexOf(working) > titles.indexOf('Today');
    });
    await workbench.screenshot('inbox-cancelled');
  });

  it('several are cancelled by one key and one question', async () => {
    const { workbench, oz } = editor;
    oz.setState(editor.run(queued).run_id, 'INPROGRESS');
    await select(starting, queued, ended);
    await workbench.page.keyboard.press('Delete');
    await workbench.dialog().getByText('Cancel 2 runs?').waitFor();
    await workbench.screenshot('inbox-cancel-several');
    await workbench.page.keyboard.press('Enter');
    await until('two cancels', () => cancels(starting).length + cancels(queued).length === 2);
    assert.deepEqual([starting, queued, ended].map(cancels), [[200], [200], []]);
    // What stays selected would share the menus of the next tests.
    await runs.locator('.monaco-list').focus();
    await workbench.page.keyboard.press('Escape');
  });

  it('a key means the row that it is on, and nothing where that is no run', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await select(ended);
    await keyboard.press('ArrowDown');
    let focused = ended;
    await until('the next row has the focus', async () => {
      focused = (await runs.locator('.monaco-list-row.focused .label-name').textContent()) ?? '';
      return !focused.startsWith(ended);
    });
    await keyboard.press('ControlOrMeta+C');
    await workbench.statusItem(`Link to “${focused.slice(0, 20)}`).waitFor();
    await keyboard.press('Home');
    await keyboard.press('Delete');
    await keyboard.press('ControlOrMeta+C');
    // The next row's answer comes after whatever these two would have shown.
    await keyboard.press('ArrowDown');
    await keyboard.press('ControlOrMeta+C');
    await workbench.statusItem('Link to “Rotate the staging').waitFor();
    assert.equal(await workbench.dialog().count(), 0);
    assert.equal(await workbench.quickInputBox().count(), 0);
    await runs.locator('.monaco-list').focus();
    await keyboard.press('Escape');
  });

  it('a run that is being prepared is cancelled as soon as that is possible', async () => {
    const { workbench, oz } = editor;
    oz.setState(editor.run(queued).run_id, 'PENDING');
    await until('the run is active', async () => {
      const titles = await workbench.titles(runs);
      return titles.indexOf(queued) < titles.indexOf('Today');
    });
    await workbench.chooseFromMenu(workbench.row(runs, queued), 'Cancel Run…');
    await agree('Cancel Run');
    await until('the service refused', () => cancels(queued).includes(409));
    await workbench.screenshot('inbox-cancelling');
    oz.setState(editor.run(queued).run_id, 'CLAIMED');
    await until('the run is cancelled', () => editor.run(queued).state === 'CANCELLED');
    assert.equal(cancels(queued).at(-1), 200);
  });

  it('a run is launched again as it was', async () => {
    const { workbench } = editor;
    const before = editor.run(ended);
    await workbench.chooseFromMenu(workbench.row(runs, ended), 'Run Again');
    await until('a launch', () => editor.posted('/agent/runs').length === 1);
    const sent = JSON.parse(editor.posted('/agent/runs')[0]?.body ?? '') as Record<string, unknown>;
    assert.equal(sent.prompt, before.prompt);
    assert.deepEqual(sent.config, {
      environment_id: before.agent_config?.environment_id,
      model_id: before.agent_config?.model_id,
    });
    await workbench.tab(ended).waitFor();
    await workbench.screenshot('inbox-again');
  });

  it('a run is launched again with changes', async () => {
    const { workbench } = editor;
    await workbench.chooseFromMenu(workbench.row(runs, 'Add a dark theme to the order page'), 'Run Again with Changes');
    await workbench.quickInputBox().waitFor();
    await workbench.screenshot('inbox-changes-text');
    await workbench.answer('Add a dark theme to the cart');
    await workbench.picks().filter({ hasText: 'Launch' }).first().waitFor();
    await workbench.screenshot('inbox-changes-sheet');
    await workbench.page.keyboard.press('Enter');
    await until('a launch', () => editor.posted('/agent/runs').length === 2);
    const sent = JSON.parse(editor.posted('/agent/runs')[1]?.body ?? '') as Record<string, unknown>;
    assert.equal(sent.prompt, 'Add a dark theme to the cart');
  });

  it('a run that asks gets its answer', async () => {
    const { workbench } = editor;
    await workbench.pressInRow(workbench.row(runs, blocked), 'Follow Up…');
    await workbench.tab(blocked).waitFor();
    const box = workbench.webview().getByRole('textbox', { name: 'Answer' });
    await until('the box has the keyboard', () => box.evaluate((element) => element === document.activeElement));
    await workbench.page.keyboard.type('Yes, go ahead');
    await workbench.screenshot('inbox-follow-up');
    await workbench.page.keyboard.press('ControlOrMeta+Enter');
    const path = `/agent/runs/${editor.run(blocked).run_id}/followups`;
    await until('the follow-up', () => editor.posted(path).length === 1);
    assert.deepEqual(JSON.parse(editor.posted(path)[0]?.body ?? ''), { message: 'Yes, go ahead' });
    await workbench.webview().locator('.pending').getByText('The agent gets it as it goes on').waitFor();
    await workbench.screenshot('inbox-followed-up');
  });

  it('what it was told, its id, its link and its branch are copied', async () => {
    const { workbench } = editor;
    const run = editor.run(merged);
    const row = workbench.row(runs, merged);
    for (const [entry, text] of [
      ['Copy Prompt', run.prompt],
      ['Copy Run ID', run.run_id],
      ['Copy Branch Name', 'oz/lint-main'],
      ['Copy Link to Run', `${editor.oz.webUrl}/runs/${run.run_id}`],
    ] as const) {
      await workbench.chooseFromMenu(row, entry);
      await until(`${entry} copied it`, async () => (await workbench.clipboard()) === text);
    }
    await row.click({ button: 'right' });
    await workbench.menuEntry('Copy Prompt').waitFor();
    await workbench.screenshot('inbox-menu');
    await workbench.page.keyboard.press('Escape');
  });

  it('what came of it opens in the browser', async () => {
    const { workbench } = editor;
    const { page } = workbench;
    // Nothing of the tests leaves this machine.
    await page.context().route('https://github.com/**', (route) => route.fulfill({ body: 'A pull request' }));
    const opened = page.context().waitForEvent('page');
    await workbench.chooseFromMenu(workbench.row(runs, merged), 'Open Pull Request');
    await workbench.dialog().getByText('https://github.com/acme/storefront/pull/1839').waitFor();
    await workbench.screenshot('inbox-pull-request');
    await workbench.page.keyboard.press('Enter');
    await leadsTo(opened, 'https://github.com/acme/storefront/pull/1839');
    await page.context().unrouteAll();
  });

  it('a run that failed offers what helps', async () => {
    const { workbench } = editor;
    await workbench.pressInTitle(runs, 'Search Runs');
    await workbench.answer('alternative texts');
    const row = workbench.row(runs, 'Write alternative texts for all products');
    await row.waitFor();
    await row.click({ button: 'right' });
    await workbench.menuEntry('Open Billing Page').waitFor();
    await workbench.screenshot('inbox-help');
    const opened = workbench.page.context().waitForEvent('page');
    await workbench.menuEntry('Open Billing Page').hover();
    await workbench.page.keyboard.press('Enter');
    // This VS Code leads addresses of the machine itself through one of its own.
    await leadsTo(opened, `**/${new URL(editor.oz.webUrl).port}/settings`);
  });

  it('a run that was launched here says when it is finished', async () => {
    const { workbench, oz } = editor;
    oz.setState(editor.run(ended).run_id, 'SUCCEEDED');
    const news = workbench.notification(/Keep the cart .* is finished/);
    await news.waitFor();
    await workbench.screenshot('inbox-finished');
    await workbench.press(news, 'Open');
    await until('its conversation is on the screen', async () =>
      ((await workbench.tab(ended).getAttribute('class')) ?? '').includes('active'),
    );
  });
});
