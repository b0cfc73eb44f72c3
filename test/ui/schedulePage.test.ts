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
    window.store.ofThisAccount().put({ ...schedule('a'), name: 'Before', enabled: false });
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

  it('leaves what was typed when other times are wanted, and brings back none that were typed before', async () => {
    await form({ cron_schedule: '*/7 3-5 * * 1' });
    const { page } = shown;
    await page.fill('#cron', '0 9 * *');
    await page.fill('#cron', '0 9 * * 1-');
    await page.fill('#cron', '0 9 * * 1-5');
    assert.equal(await page.inputValue('#preset'), 'weekdays');
    await page.selectOption('#preset', 'custom');
    assert.equal(await page.inputValue('#cron'), '0 9 * * 1-5');
    await page.fill('#cron', '1 2 3 4 *');
    await page.selectOption('#preset', 'monthly');
    await page.selectOption('select[aria-label="Day of the month"]', '15');
    const monthly = await page.inputValue('#cron');
    assert.match(monthly, / 15 \* \*$/);
    await page.selectOption('#preset', 'custom');
    assert.equal(await page.inputValue('#cron'), monthly);
  });

  it('takes a usual time and a fix back as it does what is typed', async () => {
    const window = await form({ cron_schedule: '*/7 3-5 * * 1' });
    const { page } = shown;
    await page.focus('#cron');
    await page.keyboard.type(' x');
    await page.selectOption('#preset', 'hourly');
    await shown.talk();
    assert.equal(await page.inputValue('#cron'), '0 * * * *');
    await page.focus('#cron');
    await shown.press('ControlOrMeta+z');
    assert.equal(await page.inputValue('#cron'), '*/7 3-5 * * 1 x');
    assert.equal(await page.inputValue('#preset'), 'custom');
    await page.fill('#cron', '@daily');
    await shown.talk();
    await page.getByRole('button', { name: 'Use fixed @daily' }).click();
    await shown.talk();
    assert.equal(await page.inputValue('#cron'), 'fixed @daily');
    await shown.press('ControlOrMeta+z');
    assert.equal(await page.inputValue('#cron'), '@daily');
    await shown.press('ControlOrMeta+z', 'ControlOrMeta+S');
    assert.equal(window.service.schedules[0]?.cron_schedule, '*/7 3-5 * * 1');
  });

  it('shows no table of runs before there are any, and keeps it from then on', async () => {
    await form({ cron_schedule: '' });
    const { page } = shown;
    assert.equal(await page.isVisible('.runs table'), false);
    await page.fill('#cron', '0 9 * * *');
    await shown.talk();
    assert.equal(await page.isVisible('.runs table'), true);
    await page.fill('#cron', '');
    await shown.talk();
    assert.equal(await page.isVisible('.runs table'), true);
  });

  it('has room for a long fix in a narrow editor', async () => {
    await form({ cron_schedule: '0 9 * * *' });
    const { page, panel } = shown;
    await page.setViewportSize({ width: 340, height: 900 });
    await page.fill('#cron', `0 ${Array.from({ length: 60 }, (_, minute) => minute).join(',')} 9 * * 1`);
    await shown.talk();
    assert.equal(panel.form.cron.problems[0]?.fixes.length, 1);
    const box = await page.locator('.cron-said button').boundingBox();
    assert.ok(box && box.x + box.width <= 340, JSON.stringify(box));
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

  describe('comes back', () => {
    /** As when another tab was looked at. */
    const leave = async (): Promise<void> => {
      await shown.page.evaluate(() => dispatchEvent(new Event('blur')));
      await shown.page.reload();
      await shown.talk();
    };

    it('to where it was left, with the focus and what was unfolded', async () => {
      await form({});
      const { page } = shown;
      await page.setViewportSize({ width: 1000, height: 600 });
      await page.click('#more summary');
      await page.focus('[data-act=option-0]');
      await page.evaluate(() => {
        scrollTo(0, document.body.scrollHeight);
      });
      const top = await page.evaluate(() => scrollY);
      assert.ok(top > 0);
      await leave();
      assert.match(await shown.focused(), /^Worker Host/);
      assert.equal(await page.evaluate(() => scrollY), top);
      await page.focus('.runs button');
      await leave();
      assert.equal(await page.locator('.runs button:focus').count(), 1);
    });

    it('to the place in the text', async () => {
      await form({ prompt: 'Look twice.' });
      const prompt = shown.page.locator('textarea');
      await prompt.evaluate((element: HTMLTextAreaElement) => {
        element.focus();
        element.setSelectionRange(2, 4);
      });
      await leave();
      assert.equal(await shown.focused(), 'prompt');
      assert.deepEqual(
        await prompt.evaluate(({ selectionStart, selectionEnd }: HTMLTextAreaElement) => [
          selectionStart,
          selectionEnd,
        ]),
        [2, 4],
      );
    });

    it('to the same run of a week', async () => {
      await week(schedule('a', { name: 'A', cron_schedule: '0 9 * * *' }));
      await shown.page.locator('.run').nth(3).focus();
      const before = await shown.focused();
      await leave();
      assert.equal(await shown.focused(), before);
    });

    it('to the name of a new one, where nothing had the focus', async () => {
      shown = await ShownPage.open(browser, new Panel(new Window(), { from: 'new', draft: {} }));
      assert.equal(await shown.focused(), 'name');
      await leave();
      assert.equal(await shown.focused(), 'name');
    });
  });

  it('brings what is wrong into sight with its name', async () => {
    await form({ name: 'A', prompt: 'Look.' });
    const { page } = shown;
    await page.setViewportSize({ width: 600, height: 500 });
    await page.fill('#name', 'A name that is longer than one line of the head is');
    await page.fill('#prompt', '');
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight);
    });
    await shown.press('ControlOrMeta+S');
    assert.equal(await shown.focused(), 'prompt');
    const head = await page.locator('header').boundingBox();
    const name = await page.locator('[for=prompt]').boundingBox();
    assert.ok(head && name && name.y >= head.y + head.height);
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
