import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('the box for a follow-up', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    const theme = process.env.AGENT_RUNS_THEME ?? 'Default Dark Modern';
    editor = await openEditor({ settings: { 'workbench.colorTheme': theme } });
    await openRuns();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const ended = 'Keep the cart when a session expires';
  const other = 'Explain the spike in checkout latency';

  async function openRuns(): Promise<void> {
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
    await editor.workbench.row(runs, ended).waitFor();
  }

  const page = (): FrameLocator => editor.workbench.webview();
  const box = (): Locator => page().locator('#box-text');
  const rows = (): Locator => page().locator('.pending > li');
  const path = (): string => `/agent/runs/${editor.run(ended).run_id}/followups`;
  /** What was sent so far, whatever was answered. */
  const sent = (): string[] =>
    editor.posted(path()).map(({ body }) => (JSON.parse(body) as { message?: string }).message ?? '');
  const press = (row: number, button: string): Promise<void> =>
    rows().nth(row).getByRole('button', { name: button, exact: true }).click();

  async function send(text: string): Promise<void> {
    await box().fill(text);
    await box().press('ControlOrMeta+Enter');
    await until('the box is empty', async () => (await box().inputValue()) === '');
  }

  it('keeps what is typed when its panel is hidden', async () => {
    const { workbench } = editor;
    await workbench.openFrom(workbench.row(runs, ended), ended);
    await box().waitFor();
    await workbench.screenshot('box-empty');
    const lines = Array.from({ length: 14 }, (_, index) => `${index + 1}. Something that is to be done next`);
    await box().fill(lines.join('\n'));
    await workbench.screenshot('box-long');
    await workbench.openFrom(workbench.row(runs, other), other);
    await workbench.tab(ended).click();
    await until('the text is there', async () => (await box().inputValue()) === lines.join('\n'));
  });

  it('keeps what cannot be sent, to be changed, removed or sent now', async () => {
    const { workbench, oz } = editor;
    oz.faults.add({ fault: 'status', status: 503, path: '/agent/runs/*/followups' });
    await send('Update the changelog');
    await send('And the documentation');
    await send('And nothing else');
    assert.equal(await rows().count(), 3);
    await rows().nth(0).getByText('goes out by itself').waitFor();
    await workbench.screenshot('box-waiting');
    await press(2, 'Remove');
    await press(1, 'Edit');
    await until('the text is in the box', async () => (await box().inputValue()) === 'And the documentation');
    await until('the box has the keyboard', () => box().evaluate((element) => element === document.activeElement));
    assert.ok(sent().every((text) => text === 'Update the changelog'));
    oz.faults.clear();
    await press(0, 'Send Now');
    await rows().getByText('The run starts again with it').waitFor();
    await workbench.screenshot('box-sent');
    await rows().first().waitFor({ state: 'detached', timeout: 40_000 });
    await page().locator('.message.user').getByText('Update the changelog').waitFor();
  });

  it('looks for what may have arrived, and asks before it is sent again', async () => {
    const { workbench, oz } = editor;
    oz.faults.add({ fault: 'reset', path: '/agent/runs/*/followups', count: 1 });
    await send('One more thing');
    await page().getByRole('button', { name: 'Send Again' }).waitFor();
    await workbench.screenshot('box-unsure');
    assert.equal(sent().filter((text) => text === 'One more thing').length, 1);
    await press(0, 'Remove');
    await rows().first().waitFor({ state: 'detached' });
    oz.faults.add({ fault: 'commitThenDrop', path: '/agent/runs/*/followups', count: 1 });
    await send('Tell me when you are done');
    await page().locator('.message.user').getByText('Tell me when you are done').waitFor({ timeout: 40_000 });
    await rows().first().waitFor({ state: 'detached' });
    assert.equal(sent().filter((text) => text === 'Tell me when you are done').length, 1);
  });

  it('goes on with a conversation in a new run where the run takes no follow-up', async () => {
    const { workbench, oz } = editor;
    oz.setState(editor.run(ended).run_id, 'SUCCEEDED');
    await page().locator('.state.done').waitFor();
    oz.faults.add({ fault: 'status', status: 422, path: '/agent/runs/*/followups', count: 1 });
    await send('Do the same for the wish list');
    await page().locator('#box-send').and(page().getByText('Start New Run')).waitFor();
    await workbench.screenshot('box-refused');
    const before = editor.posted('/agent/runs').length;
    await press(0, 'Start New Run');
    await workbench.tab('Do the same for the wish list').waitFor();
    assert.equal(editor.posted('/agent/runs').length, before + 1);
    await workbench.tab(ended).click();
    await box().waitFor();
    await until('the text has left', async () => (await rows().count()) === 0);
  });

  it('says why there is none', async () => {
    const { workbench, oz } = editor;
    const run = [...oz.state.runs.values()].find(({ item }) => item.source === 'GITHUB_ACTION')?.item;
    assert.ok(run);
    await workbench.runCommand('Agent Runs: Go to Run…');
    await workbench.quickInputBox().fill(run.run_id);
    await workbench.picks().first().click();
    await page().getByText('take no follow-ups').waitFor();
    assert.equal(await box().isVisible(), false);
    await workbench.screenshot('box-none');
  });

  it('goes on after a reload, with no conversation open', async () => {
    const { workbench, oz } = editor;
    await workbench.tab(ended).click();
    await box().waitFor();
    oz.faults.add({ fault: 'status', status: 503, path: '/agent/runs/*/followups' });
    await send('After the reload');
    await box().fill('A draft');
    await workbench.page.keyboard.press('ControlOrMeta+K');
    await workbench.page.keyboard.press('ControlOrMeta+W');
    await workbench.tab(ended).waitFor({ state: 'detached' });
    await workbench.reload();
    oz.faults.clear();
    await openRuns();
    const arrived = (): boolean =>
      editor.posted(path()).some(({ body, status }) => status === 200 && body.includes('After the reload'));
    await until('it was sent', arrived);
    await workbench.openFrom(workbench.row(runs, ended), ended);
    await until('the draft is there', async () => (await box().inputValue()) === 'A draft');
  });
});
