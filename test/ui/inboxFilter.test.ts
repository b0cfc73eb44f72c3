import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('narrowing the list of runs', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await editor.workbench.widenSideBar(460);
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
    await editor.workbench.row(runs, blocked).waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const blocked = 'Rotate the staging database password';
  const ended = 'Translate the checkout into Swedish';

  const says = async (words: string): Promise<void> => {
    let said: string | null = null;
    const isSaid = async (): Promise<boolean> => {
      const description = editor.workbench.titleDescription(runs);
      said = (await description.count()) === 0 ? '' : await description.textContent();
      return said === words;
    };
    await until(`the title says "${words}"`, isSaid).catch(() => undefined);
    assert.equal(said, words);
  };

  /** What the service was asked to look for, oldest first. */
  const searched = (): string[] =>
    editor.oz.log.flatMap(({ path, query }) => (path === '/agent/runs' ? new URLSearchParams(query).getAll('q') : []));

  /** The list of what can be filtered by. */
  const sheet = (): Locator => editor.workbench.picks().filter({ hasText: 'This Repository' });

  it('shows what fits several things at once, chosen by mouse', async () => {
    const { workbench } = editor;
    await workbench.pressInTitle(runs, 'Filter Runs');
    await workbench.pick('This Repository');
    await workbench.row(runs, blocked).waitFor({ state: 'hidden' });
    await says('this repository');
    await workbench.pick('Mine');
    await workbench.picks().filter({ hasText: 'Maya Lindqvist' }).waitFor();
    await workbench.screenshot('inbox-who');
    await workbench.pick('Maya Lindqvist');
    await sheet().waitFor();
    await says('this repository · mine');
    await workbench.pick('State…');
    await workbench.pick('Cancelled');
    await says('this repository · mine · cancelled');
    await workbench.pick('Finished');
    await says('this repository · mine · finished, cancelled');
    await workbench.screenshot('inbox-states');
    await workbench.press(workbench.page.locator('.quick-input-widget:visible'), 'OK');
    await sheet().waitFor();
    await workbench.pick('Environment…');
    // Only the service lists this one: with it the list stays as it is.
    await workbench.picks().filter({ hasText: 'Payments staging' }).waitFor();
    await workbench.pick('Storefront');
    await sheet().waitFor();
    await workbench.screenshot('inbox-filter');
    await workbench.page.keyboard.press('Escape');
    await says('this repository · mine · finished, cancelled · Storefront');
    await workbench.row(runs, ended).waitFor();
    const titles = await workbench.titles(runs);
    assert.ok(titles.includes('Keep the cart when a session expires'));
    // Another person's, in another state, in another repository.
    for (const other of ['Explain the spike in checkout latency', 'Speed up the product listing query', blocked]) {
      assert.ok(!titles.includes(other), other);
    }
    await workbench.screenshot('inbox-filtered');
  });

  it('is as before after one click', async () => {
    const { workbench } = editor;
    await workbench.pressInTitle(runs, 'Clear Filter');
    await workbench.row(runs, blocked).waitFor();
    await says('');
  });

  it('shows what fits, chosen by keyboard, and all again', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await workbench.row(runs, ended).click({ modifiers: ['ControlOrMeta'] });
    await keyboard.press('ControlOrMeta+L');
    await sheet().waitFor();
    await workbench.answer('State');
    await workbench.picks().filter({ hasText: 'Queued' }).waitFor();
    await keyboard.type('cancel');
    await workbench.picks().filter({ hasText: 'Queued' }).waitFor({ state: 'hidden' });
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await says('cancelled');
    await keyboard.press('Enter');
    await sheet().waitFor();
    await keyboard.press('Escape');
    await workbench.row(runs, blocked).waitFor({ state: 'hidden' });
    await workbench.row(runs, ended).waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+Shift+L');
    await workbench.row(runs, blocked).waitFor();
    await says('');
  });

  it('searches in the service while a person types, and Escape takes it back', async () => {
    const { workbench } = editor;
    await workbench.pressInTitle(runs, 'Search Runs');
    await workbench.quickInputBox().pressSequentially('runbook');
    await workbench.row(runs, ended).waitFor({ state: 'hidden' });
    // It stands in the prompt only.
    await workbench.row(runs, blocked).waitFor();
    assert.equal(searched().at(-1), 'runbook');
    await says('“runbook”');
    await workbench.screenshot('inbox-search');
    await workbench.page.keyboard.press('Escape');
    await workbench.row(runs, ended).waitFor();
    await says('');
  });

  it('says when nothing fits, and how to get out of it', async () => {
    const { workbench } = editor;
    await workbench.row(runs, ended).click({ modifiers: ['ControlOrMeta'] });
    await workbench.page.keyboard.press('ControlOrMeta+F');
    await workbench.answer('no run says this');
    await runs.getByText('No run fits the filter').waitFor();
    await says('“no run says this”');
    await workbench.screenshot('inbox-nothing-fits');
    await runs.getByRole('button', { name: 'Clear Filter' }).last().click();
    await workbench.row(runs, blocked).waitFor();
  });

  it('takes a filter from a row', async () => {
    const { workbench } = editor;
    await workbench.chooseFromMenu(workbench.row(runs, blocked), 'Filter by This Environment');
    await workbench.row(runs, ended).waitFor({ state: 'hidden' });
    await workbench.row(runs, blocked).waitFor();
    await says('Infrastructure');
  });
});
