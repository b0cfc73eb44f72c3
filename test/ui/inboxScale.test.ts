import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('100,000 runs', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor({
      oz: { scenario: 'scale' },
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    });
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
    await editor.workbench.row(runs, 'Active').waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  /** The pages after the first that were asked for, oldest first. */
  const pages = (): URLSearchParams[] =>
    editor.oz.log
      .filter(({ path, query }) => path === '/agent/runs' && query.includes('cursor='))
      .map(({ query }) => new URLSearchParams(query));

  const loadMore = (): Locator => editor.workbench.row(runs, 'Load More');

  /** Brings the end of the list to the screen, by keyboard. */
  const goToEnd = async (): Promise<void> => {
    const { workbench } = editor;
    await runs.locator('.monaco-list').focus();
    // Rows that come move the end away.
    await until('the end is on the screen', async () => {
      await workbench.page.keyboard.press('End');
      return loadMore().isVisible();
    });
  };

  const placeOfEnd = async (): Promise<number> => Number(await loadMore().getAttribute('data-index'));

  /** The focus went on to the first of the runs that came. */
  const ledOn = (): Promise<void> =>
    until('the focus is on a run', async () => {
      const label = await runs.locator('.monaco-list-row.focused .label-name').textContent();
      return label !== null && !label.startsWith('Load');
    });

  it('are read page by page, by mouse', async () => {
    const { workbench } = editor;
    await goToEnd();
    const first = await placeOfEnd();
    await workbench.screenshot('inbox-load-more');
    await loadMore().click();
    await until('a second page', () => pages().length === 1);
    await ledOn();
    await goToEnd();
    assert.ok((await placeOfEnd()) > first + 30);
  });

  it('are read page by page, by keyboard, and lead on to what came', async () => {
    const { workbench } = editor;
    await workbench.page.keyboard.press('Enter');
    await until('a third page', () => pages().length === 2);
    await ledOn();
    await workbench.screenshot('inbox-loaded-more');
  });

  it('are read on under a filter', async () => {
    const { workbench } = editor;
    await workbench.page.keyboard.press('ControlOrMeta+F');
    await workbench.answer('deploy script');
    await until('only those that fit', async () => {
      const titles = (await workbench.titles(runs)).filter((title) => title.includes(' the '));
      return titles.length > 0 && titles.every((title) => title.includes('the deploy script'));
    });
    await goToEnd();
    await workbench.screenshot('inbox-load-more-filtered');
    const before = pages().length;
    await loadMore().click();
    await until('a page of what fits', () => pages().length > before);
    assert.equal(pages().at(-1)?.get('q'), 'deploy script');
    await workbench.pressInTitle(runs, 'Clear Filter');
    await workbench.titleDescription(runs).waitFor({ state: 'hidden' });
    await loadMore().waitFor({ state: 'hidden' });
    await runs.locator('.monaco-list').focus();
    await workbench.page.keyboard.press('Home');
    await workbench.row(runs, 'Active').waitFor();
  });

  it('are found by the service, also when they are not in the list', async () => {
    const { workbench } = editor;
    await workbench.page.keyboard.press('ControlOrMeta+K');
    await workbench.page.keyboard.press('Alt+G');
    await workbench.picks().filter({ hasText: 'min ago' }).first().waitFor();
    await workbench.screenshot('inbox-go-to');
    const prompt = 'SHOP-98765.';
    const wanted = [...editor.oz.state.runs.values()].find(({ item }) => item.prompt.includes(prompt))?.item;
    assert.ok(wanted);
    await workbench.quickInputBox().fill(prompt);
    await workbench.page.locator('.quick-input-widget:visible').getByText('Found by Oz').waitFor();
    await workbench.screenshot('inbox-found');
    await workbench.pick(wanted.run_id);
    await workbench.tab(wanted.title).waitFor();
    await workbench.webview().getByText(prompt).first().waitFor();
    await workbench.screenshot('inbox-gone-to');
  });
});
