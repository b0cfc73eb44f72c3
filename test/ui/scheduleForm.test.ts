import assert from 'node:assert/strict';
import type { Frame, FrameLocator } from 'playwright-core';
import { axeViolations } from './axe';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

/** The schedules of the service, by their names. */
const schedulesOf = ({ oz }: Editor): Record<string, unknown>[] =>
  [...oz.state.schedules.values()].map((schedule) => ({ ...schedule }));

const called = (editor: Editor, name: string): Record<string, unknown> =>
  schedulesOf(editor).find((schedule) => schedule.name === name) ?? assert.fail(`There is no schedule ${name}`);

async function frameOf(page: FrameLocator): Promise<Frame> {
  const body = await page.locator('body').elementHandle();
  return (await body.ownerFrame()) ?? assert.fail('The page has no frame');
}

async function edit({ workbench }: Editor, name: string): Promise<FrameLocator> {
  await workbench.openFrom(workbench.row(await workbench.view('Schedules'), name), name);
  const page = workbench.webview();
  await page.locator('h1').getByText(name).waitFor();
  return page;
}

/** Themes by the names that a person chooses them by, and how a page is told of each. */
const themes = [
  ['Dark Modern', '.vscode-dark'],
  ['Light Modern', '.vscode-light'],
  ['Dark High Contrast', '.vscode-high-contrast:not(.vscode-high-contrast-light)'],
  ['Light High Contrast', '.vscode-high-contrast-light'],
] as const;

describe('the form of a schedule', () => {
  let editor: Editor;

  before(async () => {
    editor = await openEditor();
    await editor.workbench.openContainer('Agent Runs');
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);

  /** Not a click: entries change places while a list is loaded. */
  const choose = async (entry: string): Promise<void> => {
    const { workbench } = editor;
    await workbench.picks().first().waitFor();
    await workbench.picksLoaded();
    await workbench.quickInputBox().fill(entry);
    const focused = workbench.picks().and(workbench.page.locator('.focused')).filter({ hasText: entry });
    // What changed by itself under the person's eyes takes no key for a moment.
    while (await workbench.quickInputBox().isVisible()) {
      await focused.waitFor();
      await press('Enter');
      await workbench
        .quickInputBox()
        .waitFor({ state: 'hidden', timeout: 1000 })
        .catch(() => undefined);
    }
  };

  it('creates a schedule by mouse, after saying what is wrong where it is', async () => {
    const { workbench } = editor;
    await workbench.runCommand('Agent Runs: New Schedule');
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('A name is needed.').waitFor();
    await page.locator('#name:focus[aria-invalid="true"][aria-describedby~="name-problem"]').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Weekly report');
    await page.getByLabel('Prompt', { exact: true }).fill('Sum up the week.');
    await page.getByLabel('Cron Expression').fill('0 9 * * 1-9');
    await page.locator('.wrong').getByText('9', { exact: true }).waitFor();
    await page.locator('#cron[aria-invalid="true"][aria-describedby~="cron-said"]').waitFor();
    await page.getByLabel('When', { exact: true }).selectOption({ label: 'Every week' });
    await page.getByLabel('Day of the week').selectOption({ label: 'Friday' });
    await page.getByLabel('Hour (UTC)').selectOption('16');
    assert.equal(await page.getByLabel('Cron Expression').inputValue(), '0 16 * * 5');
    await page.getByText('At 16:00 UTC, only on Friday').waitFor();
    assert.equal(await page.locator('.runs tbody tr').count(), 5);
    await page.locator('[aria-labelledby="environment-label"] button').click();
    await choose('Payments API');
    await page.locator('[aria-labelledby="environment-label"] button').getByText('Payments').waitFor();
    await page.getByRole('button', { name: 'Choose a Skill…' }).click();
    // Once it is known to be the one of the cloud, it is listed once: Enter right at that change would count for nothing.
    await workbench.quickInputBox().fill('write-tests');
    await until('the skill is listed once', async () => (await workbench.picks().count()) === 1);
    await choose('write-tests');
    await page.getByRole('button', { name: 'Remove: Skill' }).waitFor();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Run Now' }).waitFor();
    const { cron_schedule: cron, prompt, agent_config: config } = called(editor, 'Weekly report');
    assert.deepEqual([cron, prompt], ['0 16 * * 5', 'Sum up the week.']);
    assert.equal((config as { skill_spec?: string }).skill_spec, 'acme/storefront:.agents/skills/write-tests/SKILL.md');
    await workbench.tab(/^Weekly report$/).waitFor();
  });

  it('is changed and saved by keyboard alone', async () => {
    const page = await edit(editor, 'Flaky test triage');
    await page.getByLabel('Name', { exact: true }).focus();
    await press('End');
    await editor.workbench.page.keyboard.type(' and more');
    await editor.workbench.tab('● Flaky test triage and more').waitFor();
    const stops: string[] = [];
    const frame = await frameOf(page);
    for (let stop = ''; !stop.startsWith('SUMMARY'); stops.push(stop)) {
      await press('Tab');
      assert.ok(stops.length < 20, stops.join(', '));
      stop = await frame.evaluate(() => {
        const element = document.activeElement ?? document.body;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
        return [element.nodeName, element.id, isSeen ? '' : 'unseen'].join(' ').trim();
      });
    }
    assert.deepEqual(
      stops.filter((stop) => stop.includes('unseen')),
      [],
    );
    await press('Enter');
    await press('Tab');
    await press('Enter');
    await editor.workbench.picks().filter({ hasText: 'Write in an Editor' }).waitFor();
    await press('Escape');
    await page.getByRole('button', { name: 'Idle Timeout' }).focus();
    await press('Enter');
    await editor.workbench.answer('20');
    await page.getByRole('button', { name: /Idle Timeout.*20 minutes/ }).waitFor();
    // The editor gives it back after the box was closed.
    await until('the page has the focus', () => frame.evaluate(() => document.hasFocus()));
    await press('ControlOrMeta+S');
    await editor.workbench.tab(/^Flaky test triage and more$/).waitFor();
    const { agent_config: config } = called(editor, 'Flaky test triage and more');
    assert.equal((config as { idle_timeout_minutes?: number }).idle_timeout_minutes, 20);
  });

  it('has the focus again where it was after a dialog, and is saved by key from its tab', async () => {
    const { workbench } = editor;
    const page = await edit(editor, 'Flaky test triage and more');
    await page.getByLabel('Prompt', { exact: true }).fill('Look twice.');
    await page.getByRole('button', { name: 'Run Now' }).focus();
    await press('Enter');
    await workbench.page.getByRole('button', { name: 'Run the Saved One' }).waitFor();
    await press('Escape');
    const button = page.getByRole('button', { name: 'Run Now' });
    await until('the button has the focus', () =>
      button.evaluate((element) => document.hasFocus() && element === document.activeElement),
    );
    await workbench.tab('● Flaky test triage and more').click();
    await press('ControlOrMeta+S');
    await workbench.tab(/^Flaky test triage and more$/).waitFor();
    assert.equal(called(editor, 'Flaky test triage and more').prompt, 'Look twice.');
  });

  it('keeps what was not saved when the window is loaded anew or its tab is closed, and says so', async () => {
    const { workbench } = editor;
    const page = await edit(editor, 'Weekly release notes');
    await page.getByLabel('Prompt', { exact: true }).fill('Publish them as a draft, in German.');
    await workbench.tab('● Weekly release notes').waitFor();
    await workbench.reload();
    await workbench.tab('● Weekly release notes').click();
    const again = workbench.webview();
    const isKept = async (): Promise<void> => {
      await again.getByText('These changes were kept from before').waitFor();
      assert.equal(
        await again.getByLabel('Prompt', { exact: true }).inputValue(),
        'Publish them as a draft, in German.',
      );
    };
    await isKept();
    await workbench.runCommand('View: Close Editor');
    await workbench.tab('● Weekly release notes').waitFor({ state: 'hidden' });
    await edit(editor, 'Weekly release notes');
    await isKept();
    await again.getByRole('button', { name: 'Discard Them' }).click();
    await again.getByRole('button', { name: 'Undo' }).waitFor();
    assert.equal(await again.getByLabel('Prompt', { exact: true }).inputValue(), 'Publish them as a draft.');
  });

  it('lets the person choose where somebody else changed the same', async () => {
    const { workbench, oz } = editor;
    const page = await edit(editor, 'Reconcile');
    await page.getByLabel('Name', { exact: true }).fill('Mine');
    const before = schedulesOf(editor).find(({ name }) => String(name).startsWith('Reconcile')) ?? assert.fail();
    const response = await fetch(`${oz.baseUrl}/agent/schedules/${String(before.id)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${oz.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Theirs', cron_schedule: '15 6 * * *', enabled: true, prompt: 'Their prompt' }),
    });
    assert.equal(response.status, 200);
    await page.getByRole('button', { name: 'Save' }).click();
    const radio = page.getByRole('radio', { name: 'Name, Yours: Mine' });
    await radio.waitFor();
    await until('the choice has the focus', () => radio.evaluate((element) => element === document.activeElement));
    await workbench.screenshot('schedule-conflict');
    assert.deepEqual(await axeViolations(await frameOf(page)), []);
    await radio.check();
    await page.getByRole('button', { name: 'Save These' }).click();
    await workbench.tab(/^Mine$/).waitFor();
    const { name, cron_schedule: cron, prompt } = called(editor, 'Mine');
    assert.deepEqual([name, cron, prompt], ['Mine', '15 6 * * *', 'Their prompt']);
    assert.equal(await page.getByLabel('Cron Expression').inputValue(), '15 6 * * *');
  });

  it('shows the week, and leads from run to run and to a schedule by keyboard', async () => {
    const { workbench } = editor;
    await workbench.runCommand('Agent Runs: Show Week of Schedules');
    const page = workbench.webview();
    await page.locator('.run').first().waitFor();
    await page.locator('.run[tabindex="0"]').focus();
    const label = (): Promise<string | null> => page.locator('.run:focus').getAttribute('title');
    const first = await label();
    await press('ArrowDown');
    const second = await label();
    await press('ArrowRight');
    const third = await label();
    assert.equal(new Set([first, second, third]).size, 3);
    assert.match(third ?? '', /UTC/);
    await press('Enter');
    const [name = ''] = (third ?? '').split(', ');
    await workbench.tab(name).waitFor();
    await workbench.webview().locator('h1').getByText(name).waitFor();
  });

  describe('is for everybody: a form with all that can be wrong, and the week', () => {
    before(async () => {
      await editor.workbench.runCommand('View: Close All Editors');
      await editor.workbench.runCommand('Agent Runs: Show Week of Schedules');
      await editor.workbench.tab('Week of Schedules').waitFor();
      const page = await edit(editor, 'Terraform drift check');
      await page.getByLabel('Cron Expression').fill('0 9 31 2 *');
      await page.getByLabel('Name', { exact: true }).fill('');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('A name is needed.').waitFor();
      await page.locator('details:not([open]) summary').click();
    });

    for (const [name, looks] of themes) {
      it(`in ${name}`, async () => {
        const { workbench } = editor;
        await workbench.runCommand('Preferences: Color Theme');
        await choose(name);
        const page = workbench.webview();
        await workbench.tab('Week of Schedules').click();
        await page.locator(`body.week${looks} .run`).first().waitFor();
        assert.deepEqual(await axeViolations(await frameOf(page)), []);
        await workbench.screenshot(`schedule-week-${name.replaceAll(' ', '-')}`);
        await workbench.tab('●').click();
        await page.locator(`body.form${looks}`).waitFor();
        await page.getByText('Its last run could not be started').waitFor();
        await page.getByText('A name is needed.').waitFor();
        await page.locator('.wrong').waitFor();
        // It stays so, however often other tabs are looked at.
        await page.locator('details[open]').waitFor();
        assert.deepEqual(await axeViolations(await frameOf(page)), []);
        await workbench.screenshot(`schedule-form-${name.replaceAll(' ', '-')}`);
      });
    }
  });
});
