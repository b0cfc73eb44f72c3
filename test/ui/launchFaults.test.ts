import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Fault } from '../local-oz/faults';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';
import type { Workbench } from './workbench';

describe('a launch on a bad connection', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await editor.workbench.widenSideBar(460);
    runs = await openRuns(editor.workbench);
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const openRuns = async (workbench: Workbench): Promise<Locator> => {
    await workbench.openContainer('Agent Runs');
    const view = await workbench.view('Runs');
    await workbench.fold('Schedules');
    await workbench.row(view, 'Needs you').waitFor();
    return view;
  };

  /** The next launch meets this. */
  const meet = (fault: Fault): void => {
    editor.oz.faults.add({ ...fault, method: 'POST', path: '/agent/runs', count: 1 });
  };

  const launch = async (workbench: Workbench, prompt: string): Promise<void> => {
    await workbench.runCommand('Agent Runs: New Run');
    await workbench.answer(prompt);
    await workbench.picks().filter({ hasText: 'Launch' }).first().waitFor();
    await workbench.page.keyboard.press('Enter');
  };

  /** How many runs the service has, and how many launches it was sent. */
  const counts = (): { made: number; sent: number } => ({
    made: editor.oz.state.runs.size,
    sent: editor.posted('/agent/runs').length,
  });

  const onTheWay = (within: Locator, title: string): Locator =>
    within
      .locator('.monaco-list-row')
      .filter({ hasText: title })
      .filter({ hasText: /Launching…|Looking whether/ });

  /** The run is there once, and no launch is on its way any more. */
  const isThereOnce = async (workbench: Workbench, view: Locator, title: string): Promise<void> => {
    await until('its row alone', async () => {
      const rows = (await workbench.titles(view)).filter((one) => one === title);
      return rows.length === 1 && (await onTheWay(view, title).count()) === 0;
    });
  };

  it('shows the row before the service answers', async () => {
    const { workbench } = editor;
    const before = counts();
    meet({ fault: 'latency', ms: 3000 });
    await launch(workbench, 'Count the open carts');
    await onTheWay(runs, 'Count the open carts').waitFor();
    assert.equal(counts().made, before.made);
    await workbench.screenshot('launch-on-the-way');
    await workbench.tab('Count the open carts').waitFor();
    await isThereOnce(workbench, runs, 'Count the open carts');
    assert.deepEqual(counts(), { made: before.made + 1, sent: before.sent + 1 });
  });

  it('finds the run when its answer is lost', async () => {
    const { workbench } = editor;
    const before = counts();
    meet({ fault: 'commitThenDrop' });
    await launch(workbench, 'Sort the invoices by age');
    await workbench.notification('the run was launched').waitFor();
    await workbench.tab('Sort the invoices').waitFor();
    await isThereOnce(workbench, runs, 'Sort the invoices by age');
    await workbench.screenshot('launch-found');
    assert.deepEqual(counts(), { made: before.made + 1, sent: before.sent + 1 });
  });

  it('launches once for two clicks', async () => {
    const { workbench } = editor;
    const ended = 'Keep the cart when a session expires';
    const before = counts();
    meet({ fault: 'latency', ms: 6000 });
    const row = workbench.row(runs, ended);
    await workbench.chooseFromMenu(row, 'Run Again');
    await onTheWay(runs, ended).waitFor();
    await workbench.chooseFromMenu(workbench.rows(runs).filter({ hasText: ended }).last(), 'Run Again');
    assert.equal(counts().made, before.made, 'the second click came too late to show anything');
    await until('the answer', () => counts().made > before.made);
    await until('no launch on its way', async () => (await onTheWay(runs, ended).count()) === 0);
    assert.deepEqual(counts(), { made: before.made + 1, sent: before.sent + 1 });
  });

  it('knows the run after the window was reloaded in the middle', async () => {
    const { workbench } = editor;
    const before = counts();
    meet({ fault: 'latency', ms: 9000 });
    await launch(workbench, 'Name the slowest queries');
    await onTheWay(runs, 'Name the slowest queries').waitFor();
    await workbench.reload();
    runs = await openRuns(workbench);
    await workbench.row(runs, 'Name the slowest queries').waitFor();
    await workbench.screenshot('launch-reloaded');
    await until('the run is made', () => counts().made > before.made);
    await isThereOnce(workbench, runs, 'Name the slowest queries');
    assert.deepEqual(counts(), { made: before.made + 1, sent: before.sent + 1 });
  });

  it('is one run in two windows of one workspace', async () => {
    const other = await editor.workbench.openAnother();
    const otherRuns = await openRuns(other);
    const before = counts();
    meet({ fault: 'commitThenDrop' });
    await launch(editor.workbench, 'Explain the rounding of totals');
    await isThereOnce(editor.workbench, runs, 'Explain the rounding of totals');
    await isThereOnce(other, otherRuns, 'Explain the rounding of totals');
    await other.screenshot('launch-other-window');
    await other.close();
    assert.deepEqual(counts(), { made: before.made + 1, sent: before.sent + 1 });
  });
});
