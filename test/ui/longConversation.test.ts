import assert from 'node:assert/strict';
import { openEditor, type Editor } from './editor';

describe('a conversation of 10,000 messages', () => {
  let editor: Editor;

  before(async () => {
    editor = await openEditor({ oz: { scenario: 'huge' } });
  });

  after(async () => {
    editor.oz.assertNoViolations();
    await editor.close();
  });

  it('has its parts in order and only those near the reader in the page', async () => {
    const { workbench } = editor;
    await workbench.openContainer('Agent Runs');
    const runs = await workbench.view('Runs');
    await workbench.openFrom(workbench.row(runs, 'Rewrite the whole shop'), 'Rewrite the whole shop');
    const page = workbench.webview();
    await page.locator('.message').first().waitFor();
    await page
      .locator('.message')
      .first()
      .click({ position: { x: 5, y: 5 } });
    for (const key of ['End', 'Home', 'End']) {
      await workbench.page.keyboard.press(key);
      await workbench.page.waitForTimeout(1500);
    }
    const chunks = await page
      .locator('.chunk')
      .evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLElement).dataset.chunk)));
    assert.ok(chunks.length > 100);
    assert.deepEqual(
      chunks,
      chunks.map((_, place) => place),
    );
    const messages = await page.locator('.message').count();
    assert.ok(messages > 0 && messages < 400, `${messages} messages are in the page`);
    await workbench.screenshot('long-conversation-end');
  });
});
