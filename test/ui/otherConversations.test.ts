import assert from 'node:assert/strict';
import fs from 'node:fs';
import { loneConversationId } from '../local-oz/scenarios/demo';
import { ConversationPanel, saveIn } from './conversationPanel';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('conversations that are reached another way', () => {
  let editor: Editor;
  let panel: ConversationPanel;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    const { workbench } = editor;
    await workbench.openContainer('Agent Runs');
    await workbench.row(await workbench.view('Runs'), 'Needs you').waitFor();
    panel = new ConversationPanel(workbench);
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const lone = 'Which of our packages still use CommonJS?';
  const branded = 'Port the price feed to Go';

  const message = () => editor.workbench.page.locator('.quick-input-widget:visible .quick-input-message');
  const askFor = async (text: string): Promise<void> => {
    const { workbench } = editor;
    await workbench.runCommand('Agent Runs: Open Conversation by ID or Link');
    const title = workbench.page.locator('.quick-input-widget:visible .quick-input-title');
    await title.getByText('Open Conversation by ID or Link').waitFor();
    await workbench.quickInputBox().fill(text);
  };

  it('a link of somebody else is not opened, and stays in the box', async () => {
    const { workbench, oz } = editor;
    const asked = oz.log.length;
    const link = `https://evil.example/runs/${loneConversationId}`;
    await askFor(link);
    await message().getByText('evil.example').waitFor();
    await workbench.page.keyboard.press('Enter');
    await message().getByText('evil.example').waitFor();
    assert.equal(await workbench.quickInputBox().inputValue(), link);
    await workbench.screenshot('other-host');
    assert.ok(oz.log.slice(asked).every(({ path }) => !path.includes(loneConversationId)));
    await workbench.page.keyboard.press('Escape');
  });

  it('an id of nothing is said where it was typed', async () => {
    const { workbench } = editor;
    const missing = '0199d2a0-6c1e-7f00-8000-0000000000c2';
    await askFor(missing);
    await message().getByText('An id').waitFor();
    await workbench.page.keyboard.press('Enter');
    await message().getByText('no such').waitFor();
    assert.equal(await workbench.quickInputBox().inputValue(), missing);
    await workbench.page.keyboard.press('Escape');
  });

  it('a conversation without a run opens by its id', async () => {
    const { workbench } = editor;
    await askFor(loneConversationId);
    await workbench.page.keyboard.press('Enter');
    await workbench.tab(lone.slice(0, 20)).waitFor();
    await panel.page.locator('.message.user').getByText(lone).waitFor();
    await panel.page.getByText('Only legacy-mailer.').waitFor();
    assert.equal(await panel.page.locator('#box-text').isVisible(), false);
    await workbench.screenshot('other-lone');
    await panel.choose('Copy Conversation as Markdown');
    await until('it is copied', async () => (await workbench.clipboard()).includes('Only `legacy-mailer`.'));
  });

  it('the link of a session leads to the conversation that it became', async () => {
    const { workbench, oz } = editor;
    const run = editor.run('Keep the cart when a session expires');
    await askFor(`${oz.webUrl}/session/${run.session_id ?? ''}`);
    await workbench.page.keyboard.press('Enter');
    await workbench.tab('Keep the cart').waitFor();
    await panel.page.locator('h1').getByText('Keep the cart').waitFor();
  });

  it('what an agent of another make said opens as a document', async () => {
    const { workbench, oz } = editor;
    await askFor(`${oz.webUrl}/runs/${editor.run(branded).run_id}`);
    await workbench.page.keyboard.press('Enter');
    await workbench.tab(branded).waitFor();
    const button = panel.page.getByRole('button', { name: 'Open Transcript' });
    await button.waitFor();
    await workbench.screenshot('other-transcript');
    await button.click();
    await workbench.tab('transcript.jsonl').waitFor();
    const lines = workbench.page.locator('.editor-instance .view-line');
    await lines.filter({ hasText: /^\{"/ }).first().waitFor();
    await workbench.screenshot('other-transcript-text');
  });

  it('and is saved as the service keeps it', async () => {
    const { workbench, workspace } = editor;
    await workbench.tab(new RegExp(`^${branded}$`)).click();
    await panel.page.locator('h1').getByText(branded).waitFor();
    await panel.choose('Save Transcript…');
    const saved = await saveIn(workbench, workspace, `${branded} – transcript.jsonl`, 'transcript.jsonl');
    const lines = fs.readFileSync(saved, 'utf8').trim().split('\n');
    assert.ok(lines.length > 1 && lines.every((line) => typeof JSON.parse(line) === 'object'));
  });

  it('a conversation without a run comes back with the window', async () => {
    const { workbench } = editor;
    await workbench.tab(lone.slice(0, 20)).click();
    await panel.page.locator('.message').first().waitFor();
    await workbench.reload();
    await panel.page.locator('.message.user').getByText(lone).waitFor();
  });
});
