import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Locator } from 'playwright-core';
import { ConversationPanel, saveIn } from './conversationPanel';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('reading a conversation', () => {
  let editor: Editor;
  let panel: ConversationPanel;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await editor.workbench.openContainer('Agent Runs');
    const runs = await editor.workbench.view('Runs');
    await editor.workbench.openFrom(editor.workbench.row(runs, cart), cart);
    panel = new ConversationPanel(editor.workbench);
    await panel.page.locator('.message').first().waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const cart = 'Keep the cart when a session expires';
  const every = 'Show every kind of block';
  const asked = 'Guests lose their cart after half an hour.';
  const tests = 'npm test -- src/cart src/session';

  const copies = async (button: Locator, text: string): Promise<void> => {
    await button.click();
    await until(`“${text}” is copied`, async () => (await editor.workbench.clipboard()).startsWith(text));
  };

  it('begins with what came of the run', async () => {
    const { workbench } = editor;
    const outcome = panel.page.locator('.outcome');
    await outcome.getByText('Guests keep their cart for 14 days now').waitFor();
    await outcome.getByRole('table').waitFor();
    const top = async (locator: Locator): Promise<number> => (await locator.boundingBox())?.y ?? NaN;
    const question = await top(panel.page.locator('.message.user').getByText(asked));
    assert.ok((await top(outcome)) < question);
    assert.ok((await top(outcome)) < 300);
    await workbench.screenshot('reading-outcome');
  });

  it('folds a step and unfolds it', async () => {
    const inside = panel.page.getByText('Searched for expiry').first();
    await panel.step('Find the cause').click();
    await inside.waitFor({ state: 'detached' });
    await panel.step('Find the cause').getByText('4 messages').waitFor();
    await panel.step('Find the cause').click();
    await inside.waitFor();
  });

  it('unfolds an action, shows it as the service sent it, and folds it again', async () => {
    const { workbench } = editor;
    const action = panel.action(tests);
    const body = await panel.unfold(action);
    await body.getByText('27 passed').waitFor();
    await body.scrollIntoViewIfNeeded();
    await workbench.screenshot('reading-output');
    await body.getByRole('button', { name: 'Show Raw' }).click();
    await body.getByText('"category": "command"').first().waitFor();
    await body.getByRole('button', { name: 'Show Formatted' }).click();
    await body.getByText('"category": "command"').first().waitFor({ state: 'detached' });
    await body.getByText('27 passed').waitFor();
  });

  it('copies a command, its output, a message and the whole conversation', async () => {
    const body = await panel.unfold(panel.action(tests));
    await copies(body.getByRole('button', { name: 'Copy Command' }), tests);
    await copies(body.getByRole('button', { name: 'Copy Output' }), '✓ src/cart/cartStore.test.ts (18 tests) 412ms\n');
    await panel.action(tests).locator('> button.line').click();
    await body.waitFor({ state: 'detached' });
    const message = panel.page.locator('.message.user').filter({ hasText: asked });
    await message.hover();
    await copies(message.getByRole('button', { name: 'Copy message' }), asked);
    await panel.choose('Copy Conversation as Markdown');
    await until('the conversation is copied', async () =>
      (await editor.workbench.clipboard()).startsWith(`# ${cart}\n`),
    );
    const text = await editor.workbench.clipboard();
    assert.ok(text.includes(asked) && text.includes(tests) && text.includes('27 passed'));
  });

  it('opens a change in the diff editor by its file, and is as it was when the person is back', async () => {
    const { workbench } = editor;
    const action = panel.action('Edited src/session/expiry.ts');
    const body = await panel.unfold(action);
    await body.getByText('this.carts.keepFor').waitFor();
    await body.getByRole('button', { name: 'src/session/expiry.ts', exact: true }).click();
    const diff = workbench.page.locator('.monaco-diff-editor');
    await diff.locator('.original .view-line').filter({ hasText: 'this.carts.delete(session.cartId)' }).waitFor();
    await diff.locator('.modified .view-line').filter({ hasText: 'session.customer === undefined' }).waitFor();
    await workbench.screenshot('reading-diff');
    await panel.goBackTo(cart);
    await panel.page.getByText('this.carts.keepFor').waitFor();
  });

  it('unfolds the details of the run', async () => {
    const { workbench } = editor;
    const button = panel.page.getByRole('button', { name: 'Details', exact: true });
    await button.click();
    const details = panel.page.getByRole('group', { name: 'Details' });
    await details.getByText(editor.run(cart).run_id).waitFor();
    await details.getByRole('row', { name: 'Repository acme/storefront' }).waitFor();
    await copies(details.getByRole('button', { name: 'Copy Run ID' }), editor.run(cart).run_id);
    await workbench.screenshot('reading-details');
    await button.click();
    await details.waitFor({ state: 'detached' });
  });

  it('has more to do in a menu, for the mouse and for the keyboard', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    const button = panel.page.getByRole('button', { name: 'More Actions…' });
    await button.click();
    await panel.page.getByRole('menuitem', { name: 'Copy Prompt' }).waitFor();
    await workbench.screenshot('reading-menu');
    await panel.page.locator('h1').click();
    await panel.page.getByRole('menu').waitFor({ state: 'hidden' });
    await panel.choose('Copy Conversation as Markdown');
    await panel.page.locator('.notice').waitFor();

    await button.press('Enter');
    await panel.focusOn('Open as Text');
    await keyboard.press('ArrowUp');
    await panel.focusOn('Keyboard Shortcuts');
    await keyboard.press('e');
    await panel.focusOn('Export as Markdown…');
    await keyboard.press('Escape');
    await panel.focusOn('More Actions…');
    assert.equal(await button.getAttribute('aria-expanded'), 'false');
    await button.press('Enter');
    await keyboard.press('c');
    await keyboard.press('c');
    await panel.focusOn('Continue Locally');
    await keyboard.press('Escape');
  });

  it('is saved as Markdown and as JSON', async () => {
    const { workbench, workspace } = editor;
    await panel.choose('Export as Markdown…');
    const markdown = fs.readFileSync(await saveIn(workbench, workspace, `${cart}.md`, 'cart.md'), 'utf8');
    assert.match(markdown, new RegExp(`^# ${cart}\n`));
    assert.ok(markdown.includes(asked) && markdown.includes('27 passed'));
    await workbench.press(workbench.notification('Saved cart.md'), 'Open');
    await workbench.tab('cart.md').waitFor();
    await panel.goBackTo(cart);
    await panel.choose('Export as JSON…');
    const json = fs.readFileSync(await saveIn(workbench, workspace, `${cart}.json`, 'cart.json'), 'utf8');
    const { run, conversation } = JSON.parse(json) as { run: { run_id: string }; conversation: { steps: unknown[] } };
    assert.equal(run.run_id, editor.run(cart).run_id);
    assert.ok(conversation.steps.length > 0);
  });

  it('opens as a document with the editor’s own outline', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await panel.choose('Open as Text');
    await workbench.tab(`${cart}.md`).waitFor();
    const lines = workbench.page.locator('.editor-instance .view-line');
    await lines.filter({ hasText: asked }).first().waitFor();
    await keyboard.press('ControlOrMeta+Shift+O');
    await workbench.picks().filter({ hasText: 'Find the cause' }).first().waitFor();
    await workbench.screenshot('reading-outline');
    assert.ok((await workbench.picks().count()) > 5);
    await keyboard.press('Escape');
    await lines.filter({ hasText: asked }).first().click();
    await keyboard.type('x');
    // The editor says that nothing can be typed here.
    await workbench.page.locator('.monaco-editor-overlaymessage').waitFor();
  });

  it('opens all changes of an edit at once', async () => {
    const { workbench } = editor;
    await panel.open(every);
    const body = await panel.unfold(panel.action('Edited src/cart/total.ts and 2 more'));
    await body.getByRole('button', { name: 'Open All Changes' }).click();
    await workbench.tab('3 files').waitFor();
    const changed = workbench.page.locator('.multiDiffEntry .modified .view-line');
    await changed.filter({ hasText: 'They are **cents**.' }).waitFor();
    await workbench.screenshot('reading-changes');
    await panel.goBackTo(every);
    await panel.page.getByText('They are **cents**.').waitFor();
  });
});
