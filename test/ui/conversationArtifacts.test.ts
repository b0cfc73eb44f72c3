import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { ConversationPanel, saveIn } from './conversationPanel';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('what came out of runs', () => {
  let editor: Editor;
  let panel: ConversationPanel;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await editor.workbench.openContainer('Agent Runs');
    panel = new ConversationPanel(editor.workbench);
    await panel.open(audit);
    await panel.card('audit-q3.csv').waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const audit = 'Export the audit trail for the third quarter';
  const dark = 'Add a dark theme to the order page';
  const applePay = 'Add Apple Pay to the checkout sheet';
  const outage = 'Write the post-mortem of the payment outage';

  const bytesOf = (filename: string): Buffer => {
    const found = [...editor.oz.state.artifacts.values()].find(
      (one) => one.kind === 'FILE' && one.filename === filename,
    );
    assert.ok(found?.kind === 'FILE');
    return found.bytes();
  };

  it('a file opens as the editor shows such files', async () => {
    const { workbench } = editor;
    await panel.card('audit-q3.csv').getByText('Table · 46 bytes · The audit trail').waitFor();
    await workbench.screenshot('artifacts-files');
    await panel.card('audit-q3.csv').getByRole('button').first().click();
    await workbench.tab('audit-q3.csv').waitFor();
    const lines = workbench.page.locator('.editor-instance .view-line');
    await lines.filter({ hasText: '2026-07-01T00:00:00Z,maya,login' }).waitFor();
    await panel.goBackTo(audit);
  });

  it('a recording opens in the editor’s own player', async () => {
    const { workbench } = editor;
    await panel.card('walkthrough.mp4').getByText('Video').waitFor();
    await panel.card('walkthrough.mp4').getByRole('button').first().click();
    await workbench.tab('walkthrough.mp4').waitFor();
    await workbench.webview().locator('.video-container, video, .loading-error').first().waitFor({ state: 'attached' });
    await panel.goBackTo(audit);
  });

  it('a file is saved, byte for byte', async () => {
    const { workbench, workspace } = editor;
    await panel.card('Heap snapshot').getByRole('button', { name: 'Save As…' }).click();
    const saved = await saveIn(workbench, workspace, 'heap.bin');
    assert.deepEqual(fs.readFileSync(saved), bytesOf('heap.bin'));
    await workbench.notification('Saved heap.bin').waitFor();
    await workbench.screenshot('artifacts-saved');
  });

  it('all files are saved into a folder, and what is there is kept', async () => {
    const { workbench, workspace } = editor;
    // VS Code puts away what would be the fourth message within 800 ms; saving one file just now was two.
    await workbench.page.waitForTimeout(1_000);
    await panel.choose('Save All Artifacts…');
    await until('the dialog suggests the workspace', async () => {
      const box = workbench.quickInputBox();
      return (await box.isVisible()) && path.relative(workspace, await box.inputValue()) === '';
    });
    await workbench.page.keyboard.press('Enter');
    await workbench.dialog().getByText('heap.bin').waitFor();
    await workbench.screenshot('artifacts-conflict');
    await workbench.press(workbench.dialog(), 'Keep Both');
    await workbench.notification('Saved 11 files').waitFor();
    const read = (name: string): Buffer => fs.readFileSync(path.join(workspace, name));
    assert.deepEqual(read('heap (2).bin'), bytesOf('heap.bin'));
    assert.deepEqual(read('audit-q3.csv'), bytesOf('audit-q3.csv'));
    // Names that climb, hide or are reserved are made harmless.
    assert.equal(read('bashrc').toString(), 'echo hello\n');
    assert.ok(!fs.existsSync(path.join(workspace, '.bashrc')));
    await workbench.screenshot('artifacts-all-saved');
  });

  it('screenshots are shown small, and large with next and zoom', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await panel.open(dark);
    const thumb = panel.page.getByRole('button', { name: 'Screenshot: Order page, light' });
    await thumb.locator('img').waitFor();
    await workbench.screenshot('artifacts-thumbs');
    await thumb.click();
    const large = panel.page.locator('dialog.large');
    const image = large.locator('img');
    await image.waitFor();
    assert.equal(await image.getAttribute('alt'), 'Screenshot: Order page, light');
    await large.getByText('1 of 2').waitFor();
    await workbench.screenshot('artifacts-large');
    await keyboard.press('ArrowRight');
    await large.getByText('2 of 2').waitFor();
    await image.waitFor();
    assert.equal(await image.getAttribute('alt'), 'Screenshot: Order page, dark');
    const size = large.locator('.large-size');
    await size.getByText('%').waitFor();
    const fits = (await size.textContent()) ?? '';
    const width = async (): Promise<number> => (await image.boundingBox())?.width ?? 0;
    const before = await width();
    await keyboard.press('+');
    await until('the picture is larger', async () => (await width()) > before * 1.2);
    assert.notEqual(await size.textContent(), fits);
    await keyboard.press('0');
    await until('the picture fits', async () => (await size.textContent()) === fits);
    await large.getByRole('button', { name: /^Next/ }).click();
    await large.getByText('1 of 2').waitFor();
    await keyboard.press('Escape');
    await large.waitFor({ state: 'hidden' });
    await panel.focusOn('Screenshot: Order page, light');
  });

  it('a pull request is a card with its branch', async () => {
    const card = panel.card('acme/storefront #1844');
    await card.getByText('Pull request · Draft · oz/dark-order-page').waitFor();
    await card.getByRole('button', { name: 'Check Out Branch…' }).waitFor();
    await card.getByRole('button', { name: 'Copy Branch Name' }).click();
    await until('the branch is copied', async () => (await editor.workbench.clipboard()) === 'oz/dark-order-page');
  });

  it('a plan unfolds as a rendered text, and opens as a document', async () => {
    const { workbench } = editor;
    await panel.open(applePay);
    const plan = panel.card('Apple Pay in the checkout sheet');
    await plan.locator('.card-main').click();
    await plan.getByRole('heading', { name: 'Apple Pay in the checkout sheet' }).waitFor();
    await plan.getByRole('cell', { name: 'none, hidden by the flag' }).waitFor();
    await workbench.screenshot('artifacts-plan');
    await plan.getByRole('button', { name: 'Open as Document' }).click();
    await workbench.tab('Apple Pay in the checkout sheet.md').waitFor();
    const lines = workbench.page.locator('.editor-instance .view-line');
    await lines.filter({ hasText: '# Apple Pay in the checkout sheet' }).waitFor();
  });

  it('two readings of a plan are compared', async () => {
    const { workbench, oz } = editor;
    await panel.goBackTo(applePay);
    const plan = panel.card('Apple Pay in the checkout sheet');
    await plan.getByRole('heading').first().waitFor();
    for (const artifact of oz.state.artifacts.values()) {
      if (artifact.kind === 'PLAN' && artifact.title === 'Apple Pay in the checkout sheet') {
        artifact.content += '\nAsk legal first.\n';
      }
    }
    await plan.getByRole('button', { name: 'Reload' }).click();
    await plan.getByText('Ask legal first.').waitFor();
    await plan.getByRole('button', { name: 'Compare with the Earlier Version' }).click();
    const added = workbench.page.locator('.monaco-diff-editor .modified .view-line');
    await added.filter({ hasText: 'Ask legal first.' }).waitFor();
    await workbench.screenshot('artifacts-compared');
  });

  it('a reference says what it is, and leads to the browser', async () => {
    const { workbench } = editor;
    const { page } = workbench;
    await panel.open(outage);
    await panel.card('Post-mortem: payments were down').getByText('Notion page · www.notion.so').waitFor();
    // Nothing of the tests leaves this machine.
    await page.context().route('https://www.notion.so/**', (route) => route.fulfill({ body: 'A page' }));
    const opened = page.context().waitForEvent('page');
    await panel.card('Post-mortem: payments were down').getByRole('button').first().click();
    await workbench.dialog().getByText('https://www.notion.so/acme/post-mortem').waitFor();
    await page.keyboard.press('Enter');
    const tab = await opened;
    await tab.waitForURL('https://www.notion.so/acme/post-mortem');
    await tab.close();
  });
});
