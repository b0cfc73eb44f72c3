import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Schedule } from '../../src/oz/types';
import { schedule } from '../unit/model/fakeSchedules';
import { Panel, Window } from '../unit/schedules/fakeSchedulePage';
import { launchBrowser } from '../vscode/browser';
import { buildPage, ShownPage } from './shownPage';

describe('a page of schedules in a browser', () => {
  let browser: Browser;
  let shown: ShownPage;

  before(async () => {
    [browser] = await Promise.all([launchBrowser(), buildPage()]);
  });

  after(() => browser.close());

  afterEach(async () => {
    await shown.page.close();
    assert.deepEqual(shown.errors, []);
  });

  const form = async (members: Partial<Schedule>): Promise<Window> => {
    const window = new Window([schedule('a', members)]);
    shown = await ShownPage.open(browser, new Panel(window, { scheduleId: 'a' }));
    return window;
  };

  const week = async (...schedules: Schedule[]): Promise<Window> => {
    const window = new Window(schedules);
    shown = await ShownPage.open(browser, new Panel(window));
    return window;
  };

  it('keeps what was chosen of two sides, and the focus, when the names of things arrive', async () => {
    const window = await form({ agent_config: { environment_id: 'e1' } });
    const { page, panel } = shown;
    panel.fields.answer = (before) => ({ ...before, environment: 'e2' });
    await page.click('[data-act=changeEnvironment]');
    await shown.talk();
    window.service.put({ ...schedule('a'), ...window.service.schedules[0], agent_config: { environment_id: 'e3' } });
    await page.click('[data-act=save]');
    await shown.talk();
    assert.equal(await page.locator('input:focus').getAttribute('value'), 'mine');
    const save = page.getByRole('button', { name: 'Save These' });
    // Neither of them is taken for granted.
    assert.equal(await save.getAttribute('aria-disabled'), 'true');
    await page.check('input[value=theirs]');
    await page.focus('#prompt');
    panel.fields.environment = (id) => ({ name: `Named ${id}`, warnings: [] });
    panel.fields.changed.fire(undefined);
    await shown.talk();
    await page.getByText('Named e3').waitFor();
    assert.equal(await shown.focused(), 'prompt');
    assert.equal(await page.locator('.bar input:checked').getAttribute('value'), 'theirs');
    await page.focus('input[value=theirs]');
    panel.fields.environment = (id) => ({ name: `Renamed ${id}`, warnings: [] });
    panel.fields.changed.fire(undefined);
    await shown.talk();
    assert.equal(await page.locator('input:focus').getAttribute('value'), 'theirs');
    await save.click();
    await shown.talk();
    assert.equal(window.service.schedules[0]?.agent_config?.environment_id, 'e3');
  });

  it('leaves the focus to whoever writes when there is something to be chosen', async () => {
    const window = await form({ name: 'Before' });
    const { page } = shown;
    await page.fill('#name', 'Mine');
    await shown.talk();
    window.service.put({ ...schedule('a'), name: 'Theirs' });
    await page.focus('#prompt');
    await shown.press('ControlOrMeta+S');
    await page.locator('.bar input').first().waitFor();
    assert.equal(await shown.focused(), 'prompt');
    assert.equal(await page.locator('.bar input:checked').count(), 0);
  });

  it('leaves the focus at the page where what had it is gone', async () => {
    const window = await form({ name: 'Before' });
    const { page } = shown;
    await page.fill('#name', 'Mine');
    await shown.talk();
    await page.click('[data-act=revert]');
    await shown.talk();
    await page.focus('.bar [data-act=dismiss]');
    await shown.press('Enter');
    assert.equal(await shown.focused(), 'Before');
    await page.focus('[data-act=pause]');
    window.store.put({ ...schedule('a'), name: 'Before', enabled: false });
    await shown.talk();
    assert.equal(await shown.focused(), 'It runs at its times again');
  });

  it('brings the times back that an arrow key took away', async () => {
    await form({ cron_schedule: '*/7 3-5 * * 1' });
    const { page } = shown;
    await page.focus('#preset');
    await shown.press('ArrowUp');
    assert.notEqual(await page.inputValue('#cron'), '*/7 3-5 * * 1');
    await shown.press('ArrowDown');
    assert.equal(await page.inputValue('#cron'), '*/7 3-5 * * 1');
    await page.fill('#cron', '45 15 * * 5');
    await page.focus('#preset');
    await shown.press('ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.equal(await page.inputValue('#cron'), '45 15 * * 5');
  });

  it('has everything in its place while the times are typed, right or wrong', async () => {
    await form({ cron_schedule: '0 9 * * *' });
    const { page } = shown;
    const place = (): Promise<number> => shown.top('[aria-labelledby="environment-label"]');
    const before = await place();
    for (const cron of ['0 9 * *', '0 0 9 * * *', '0 9 31 2 *', '', '0 9 1 * *']) {
      await page.fill('#cron', cron);
      await shown.talk();
      assert.equal(await place(), before, cron);
    }
  });

  it('leaves the focus in the list of usual times, also where the list has no time of its own', async () => {
    await form({ cron_schedule: '0 9 1 * *' });
    await shown.page.focus('#preset');
    await shown.press('ArrowDown');
    assert.equal(await shown.focused(), 'preset');
    assert.equal(await shown.page.inputValue('#cron'), '0 9 1 * *');
  });

  it('leaves the focus below the times when a minute passes', async () => {
    const window = await form({ cron_schedule: '* * * * *' });
    const { page } = shown;
    const first = await page.locator('.runs td').first().textContent();
    await page.focus('.runs button');
    const before = await shown.focused();
    await window.clock.advance(60_000);
    await shown.talk();
    assert.notEqual(await page.locator('.runs td').first().textContent(), first);
    assert.equal(await shown.focused(), before);
  });

  it('says what the times mean a while after the last key, and not at each', async () => {
    await form({ cron_schedule: '0 9 * * *' });
    const { page } = shown;
    await page.clock.install();
    await page.focus('#cron');
    await shown.press('End', 'Backspace', '1');
    const said = page.locator('#said');
    assert.equal(await said.textContent(), '');
    await page.clock.runFor(1000);
    assert.equal(await said.textContent(), 'in words: 0 9 * * 1');
    assert.equal(await page.locator('.cron-said[role]').count(), 0);
  });

  it('sends a very long prompt back when its keys rest or anything else is done, and all of it', async () => {
    const long = 'x'.repeat(200_000);
    const window = await form({ prompt: long });
    const { page } = shown;
    await page.focus('#prompt');
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('yz');
    await shown.press('ControlOrMeta+S');
    assert.equal(window.service.schedules[0]?.prompt, `${long}yz`);
  });

  it('does not take keys for a prompt that could not be sent back, and says so', async () => {
    await form({ prompt: 'x'.repeat(1_000_001) });
    assert.equal(await shown.page.locator('#prompt').getAttribute('readonly'), '');
    await shown.page.getByText('A longer prompt stays as it is').waitFor();
  });

  it('stays at the same run of a week, or comes to the next one when its time has passed', async () => {
    const window = await week(schedule('a', { name: 'A', cron_schedule: '1,31 12-13 * * *' }));
    const { page } = shown;
    await page.focus('.run[tabindex="0"]');
    assert.match(await shown.focused(), /12:01 UTC/);
    await window.clock.advance(120_000);
    await shown.talk();
    assert.match(await shown.focused(), /12:31 UTC/);
    await page.locator('h1').focus();
    await window.clock.advance(60_000);
    await shown.talk();
    assert.match((await page.locator('.run[tabindex="0"]').getAttribute('title')) ?? '', /12:31 UTC/);
  });

  it('has room for a few of those that start together, and for the others when they are asked for', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `s${index}`);
    await week(...names.map((name) => schedule(name, { name, cron_schedule: '0 9 * * 1' })));
    const { page } = shown;
    assert.equal(await page.locator('.run').count(), 6);
    await page.getByText('25 more…').focus();
    await shown.press('Enter');
    assert.equal(await page.locator('.run').count(), 30);
    assert.match(await shown.focused(), /^s/);
  });

  it('leads by the arrow keys through each day of a week, and to what runs often above them', async () => {
    await week(
      schedule('a', { name: 'Daily', cron_schedule: '0 9 * * *' }),
      schedule('b', { name: 'Often', cron_schedule: '*/5 * * * *' }),
    );
    await shown.page.locator('.run[data-day]').last().focus();
    const last = await shown.focused();
    await shown.press('ArrowRight');
    assert.equal(await shown.focused(), last);
    await shown.press('ArrowUp');
    assert.match(await shown.focused(), /^Often/);
    await shown.press('ArrowDown');
    assert.match(await shown.focused(), /^Daily, Mon, Nov 23/);
  });

  it('names the key for saving as the keyboard has it', async () => {
    await form({});
    const { page } = shown;
    const title = (): Promise<string | null> => page.locator('[data-act=save]').getAttribute('title');
    assert.match((await title()) ?? '', /Ctrl\+S/);
    await page.addInitScript({ content: `Object.defineProperty(navigator, 'userAgent', { value: 'Macintosh' });` });
    await page.reload();
    assert.match((await title()) ?? '', /⌘S/);
  });
});
