// npm run pictures: makes the README's pictures anew, in the real editor.
import path from 'node:path';
import { projectFolder } from '../vscode/folders';
import { ConversationPanel } from './conversationPanel';
import { openEditor, type Editor } from './editor';

const folder = path.join(projectFolder, 'media', 'readme');

async function open(theme: string): Promise<Editor> {
  const editor = await openEditor({ settings: { 'workbench.colorTheme': theme, 'window.commandCenter': false } });
  // Wide enough for what stands beside the titles.
  await editor.workbench.widenSideBar(460);
  return editor;
}

async function picture(editor: Editor, name: string): Promise<void> {
  await editor.workbench.page.mouse.move(640, 15);
  await editor.workbench.page.waitForTimeout(1500);
  await editor.workbench.page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
}

async function openRun(editor: Editor, title: string, text: string): Promise<void> {
  const { workbench } = editor;
  await workbench.openContainer('Agent Runs');
  const runs = await workbench.view('Runs');
  await workbench.openFrom(workbench.row(runs, title), title);
  await workbench.webview().getByText(text).first().waitFor();
}

describe('pictures for the README', () => {
  it('of the side bar and a conversation in a dark theme, and of a launch', async () => {
    const editor = await open('Default Dark Modern');
    const { workbench } = editor;
    await openRun(editor, 'Keep the cart when a session expires', 'Guests keep their cart');
    const schedules = await workbench.view('Schedules');
    await workbench.expand(workbench.row(schedules, 'Nightly dependency updates'));
    await picture(editor, 'sidebar-dark');
    await workbench.page.locator('.webview').first().click();
    await workbench.page.keyboard.press('ControlOrMeta+B');
    await picture(editor, 'conversation-dark');
    const panel = new ConversationPanel(workbench);
    const edit = panel.action(/^Edited/);
    await panel.unfold(edit);
    await edit.scrollIntoViewIfNeeded();
    await picture(editor, 'conversation-work-dark');
    await workbench.openFile('.agents/skills/write-tests/SKILL.md');
    await workbench.runCommand('Agent Runs: Run Skill in the Cloud');
    await workbench.picks().filter({ hasText: 'Storefront' }).first().waitFor();
    await picture(editor, 'launch-dark');
    await editor.close();
  });

  it('of a schedule in its form, and of the week', async () => {
    const editor = await open('Default Dark Modern');
    const { workbench, oz } = editor;
    // At the time of another one.
    await fetch(`${oz.baseUrl}/agent/schedules`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${oz.key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Staging smoke test', cron_schedule: '0 6 * * 1-5', prompt: 'Buy a gift card.' }),
    });
    await workbench.openContainer('Agent Runs');
    await workbench.row(await workbench.view('Schedules'), 'Nightly dependency updates').waitFor();
    await workbench.runCommand('Agent Runs: Edit Schedule');
    await workbench.pick('Nightly dependency updates');
    const page = workbench.webview();
    await page.locator('.runs tbody tr').first().waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+B');
    await page.getByLabel('Cron Expression').fill('30 7 * * mon-fri');
    await page.getByText('Next runs').hover();
    await workbench.page.mouse.wheel(0, 260);
    await picture(editor, 'schedule-dark');
    await page.getByRole('button', { name: 'Revert' }).click();
    await workbench.runCommand('Agent Runs: Show Week of Schedules');
    await workbench.tab('Week of Schedules').waitFor();
    await picture(editor, 'week-dark');
    await editor.close();
  });

  it('of a conversation in a light theme', async () => {
    const editor = await open('Default Light Modern');
    await openRun(editor, 'Rotate the staging database password', 'needs your approval');
    await picture(editor, 'conversation-light');
    await editor.close();
  });
});
