import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openEditor, type Editor } from './editor';

/** What a person does from the first start on, in one window, step after step. */
describe('the whole path', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor({ key: null });
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
  });

  after(async () => {
    editor.oz.assertNoViolations();
    await editor.close();
  });

  /** The launches that the service took, oldest first. */
  const launches = (): Record<string, unknown>[] =>
    editor.oz.log
      .filter(({ method, path }) => method === 'POST' && path === '/agent/runs')
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>);

  /** Accepts the sheet as it is, and waits for the conversation that opens. */
  const launchWithEnter = async (title: string): Promise<void> => {
    const { workbench } = editor;
    await workbench.picks().filter({ hasText: 'Launch' }).first().waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.tab(title).waitFor();
    await workbench.row(runs, title).waitFor();
  };

  it('asks for a key where none is set', async () => {
    const { workbench, oz } = editor;
    await runs.getByText('Sign in with an API key').waitFor();
    await workbench.screenshot('path-no-key');
    assert.equal(oz.log.length, 0);
  });

  it('keeps a refused key in the box and says so', async () => {
    const { workbench } = editor;
    await runs.getByRole('button', { name: 'Set API Key' }).click();
    assert.equal(await workbench.quickInputBox().getAttribute('type'), 'password');
    await workbench.answer('wk-mistyped');
    await workbench.page.locator('.quick-input-message').getByText('does not accept').waitFor();
    assert.equal(await workbench.quickInputBox().inputValue(), 'wk-mistyped');
    await workbench.screenshot('path-refused-key');
  });

  it('signs in with the right key and shows runs and schedules', async () => {
    const { workbench, oz } = editor;
    await workbench.answer(oz.key);
    await workbench.row(runs, 'Needs you').waitFor();
    await workbench.row(runs, 'Rotate the staging database password').waitFor();
    const schedules = await workbench.view('Schedules');
    await workbench.row(schedules, 'Nightly dependency updates').waitFor();
    await workbench.screenshot('path-list');
  });

  it('opens a finished conversation from the list and unfolds an action', async () => {
    const { workbench } = editor;
    await workbench.openFrom(workbench.row(runs, 'Rotate the staging database password'), 'Rotate the staging');
    const page = workbench.webview();
    await page.getByText('It needs your approval').first().waitFor();
    await page.getByText('terraform plan').first().click();
    await page.locator('pre').first().waitFor();
    await workbench.screenshot('path-conversation');
  });

  it('launches from a selection', async () => {
    const { workbench } = editor;
    await workbench.openFile('src/discounts.ts');
    const firstLine = workbench.page.locator('.editor-instance .view-line').filter({ hasText: 'interface Discount' });
    await firstLine.click({ position: { x: 60, y: 8 } });
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await firstLine.click({ button: 'right', position: { x: 60, y: 8 } });
    await workbench.menuEntry('Run Agent on Selection').hover();
    await workbench.screenshot('path-selection-menu');
    await workbench.page.keyboard.press('Enter');
    await workbench.answer('A code still works on the day after it expired: fix it');
    await workbench.screenshot('path-selection-sheet');
    await launchWithEnter('A code still works');
    assert.equal(launches().length, 1);
    const prompt = String(launches()[0]?.prompt);
    assert.match(prompt, /A code still works/);
    assert.match(prompt, /src\/discounts\.ts/);
    assert.match(prompt, /acme\/storefront/);
    assert.match(prompt, /```typescript\nexport interface Discount/);
  });

  it('follows the run until it is finished, and shows its outcome', async () => {
    const { workbench, oz } = editor;
    oz.clock.setSpeed(20);
    const page = workbench.webview();
    await page.getByText('Finished', { exact: true }).first().waitFor({ timeout: 60_000 });
    await page
      .locator('.outcome')
      .getByText(/pull request/i)
      .first()
      .waitFor();
    oz.clock.setSpeed(1);
    await workbench.screenshot('path-finished');
  });

  it('launches a skill by a right click on its file', async () => {
    const { workbench } = editor;
    await workbench.runCommand('File: Focus on Files Explorer');
    const files = workbench.page.locator('.explorer-folders-view');
    for (const name of ['.agents', 'write-tests']) {
      await workbench.expand(workbench.row(files, name));
    }
    await workbench.row(files, 'SKILL.md').waitFor();
    await workbench.row(files, 'SKILL.md').click({ button: 'right' });
    await workbench.menuEntry('Run Skill in the Cloud').hover();
    await workbench.screenshot('path-skill-menu');
    await workbench.page.keyboard.press('Enter');
    await workbench.picks().filter({ hasText: 'Launch' }).first().waitFor();
    await workbench.screenshot('path-skill-sheet');
    await workbench.page.keyboard.press('Enter');
    await workbench.openContainer('Agent Runs');
    await workbench.row(runs, 'write-tests').waitFor();
    assert.equal(launches().length, 2);
    assert.equal(launches()[1]?.skill, 'acme/storefront:.agents/skills/write-tests/SKILL.md');
  });

  it('launches from the palette with another environment and model', async () => {
    const { workbench } = editor;
    await workbench.runCommand('Agent Runs: New Run');
    await workbench.answer('List the endpoints that nobody calls');
    await workbench.pick('Environment');
    await workbench.pick('Payments');
    await workbench.pick('Model');
    await workbench.screenshot('path-models');
    await workbench.picks().nth(2).click();
    await launchWithEnter('List the endpoints');
    assert.equal(launches().length, 3);
    const config = launches()[2]?.config as Record<string, unknown>;
    assert.ok(config.environment_id);
    assert.ok(config.model_id);
  });

  it('keeps what was typed when the box is left', async () => {
    const { workbench } = editor;
    const question = workbench.page.locator('.quick-input-widget:visible').getByText('What should the agent do?');
    await workbench.runCommand('Agent Runs: New Run');
    await question.waitFor();
    await workbench.quickInputBox().fill('Half a thought');
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('Agent Runs: New Run');
    await question.waitFor();
    assert.equal(await workbench.quickInputBox().inputValue(), 'Half a thought');
    await workbench.page.keyboard.press('Escape');
  });

  it('copies a run’s id and link from the context menu', async () => {
    const { workbench } = editor;
    const row = workbench.row(runs, 'List the endpoints');
    await workbench.chooseFromMenu(row, 'Copy Link to Run');
    await workbench.statusItem(/Link to “.*” copied/).waitFor();
    await workbench.chooseFromMenu(row, 'Copy Run ID');
    await workbench.statusItem(/Id of “.*” copied/).waitFor();
  });

  it('restores the conversation after a reload', async () => {
    const { workbench } = editor;
    await workbench.reload();
    await workbench.tab('A code still works').click();
    await workbench.webview().getByText('All 5 tests pass').first().waitFor();
  });

  it('signs out and asks for a key again', async () => {
    const { workbench } = editor;
    await workbench.openContainer('Agent Runs');
    await workbench.runCommand('Agent Runs: Sign Out');
    await runs.getByText('Sign in with an API key').waitFor();
    assert.equal(await workbench.row(runs, 'Needs you').count(), 0);
  });
});
