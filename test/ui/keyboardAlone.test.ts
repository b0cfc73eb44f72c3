import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { ConversationPanel } from './conversationPanel';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('a conversation without a mouse and without eyes', () => {
  let editor: Editor;
  let panel: ConversationPanel;
  let frame: Frame;

  before(async () => {
    // As with a screen reader: it is what tells the page of one.
    editor = await openEditor({ settings: { 'editor.accessibilitySupport': 'on' } });
    panel = new ConversationPanel(editor.workbench);
    await editor.workbench.openContainer('Agent Runs');
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const every = 'Show every kind of block';
  const long = 'Rewrite the promotion engine';
  const works = 'Speed up the product listing query';

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);

  /** Opens a conversation, and notes from then on what it says to assistive technology. */
  const open = async (title: string): Promise<void> => {
    await panel.open(title);
    const body = await panel.page.locator('body').elementHandle();
    frame = (await body.ownerFrame()) ?? assert.fail('The page has no frame');
    await panel.page.locator('.message').first().waitFor();
    await frame.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      new MutationObserver((records) => {
        said.push(...records.flatMap(({ addedNodes }) => [...addedNodes].map((node) => node.textContent ?? '')));
      }).observe(document.querySelector('#said') ?? document.body, { childList: true });
      document.querySelector<HTMLElement>('#head button')?.focus();
    });
  };

  const said = (): Promise<string[]> => frame.evaluate(() => (window as unknown as { said: string[] }).said);

  /** Where the focus is: the part of the page, and whether it can be seen. */
  const stop = (): Promise<{ part: string; isSeen: boolean }> =>
    frame.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      const { bottom, top } = element.getBoundingClientRect();
      const around = element.closest('#head, #timeline, [id^="part-"], #skip, #conversation, #foot, #pill');
      return {
        part: around?.id ?? element.localName,
        isSeen:
          outlineStyle !== 'none' &&
          parseFloat(outlineWidth) >= 1 &&
          !outlineColor.endsWith(', 0)') &&
          bottom > 0 &&
          top < innerHeight,
      };
    });

  it('goes with the Tab key from the head to what came of it, and past a long conversation to the box', async () => {
    await open(long);
    await panel.page.locator('#timeline .mark').first().waitFor();
    const parts: string[] = [];
    for (let { part } = await stop(); part !== 'skip'; { part } = await stop()) {
      parts.push(part);
      assert.ok(parts.length < 60, `many stops: ${parts.join(', ')}`);
      await press('Tab');
      const { isSeen } = await stop();
      assert.ok(isSeen, `stop ${parts.length}, after ${part}`);
    }
    assert.deepEqual([...new Set(parts)], ['part-header', 'part-outcome', 'part-artifacts']);
    await panel.page.getByRole('button', { name: 'Skip the Conversation' }).waitFor();
    await press('Enter');
    assert.equal(await frame.evaluate(() => document.activeElement?.id), 'box-text');
    await press('Tab');
    await panel.focusOn('Send');
    await press('Tab');
    assert.equal((await stop()).part, 'timeline');
    await press('Shift+Tab');
  });

  it('comes from the conversation to the box and back', async () => {
    await press('Shift+Tab');
    await press('Escape');
    assert.equal((await stop()).part, 'conversation');
    await press('c');
    assert.equal(await frame.evaluate(() => document.activeElement?.id), 'box-text');
    await press('Escape');
    await press('Control+End');
    assert.equal(await frame.evaluate(() => document.activeElement?.id), 'box-text');
    await press('Escape');
    await press('Control+Home');
    await panel.focusOn('Skip the Conversation');
  });

  it('goes from entry to entry as in any feed, for those who have it read to them', async () => {
    await press('Tab');
    const place = (): Promise<number> =>
      frame.evaluate(() => Number(document.activeElement?.closest('.entry')?.ariaPosInSet));
    const first = await place();
    for (const [key, at] of [
      ['PageDown', 1],
      ['PageDown', 2],
      ['PageDown', 3],
      ['PageUp', 2],
    ] as const) {
      await press(key);
      assert.equal(await place(), first + at);
      assert.ok((await stop()).isSeen);
    }
  });

  it('opens and leaves the menu, the details and the list of keys, and the focus is where it was', async () => {
    await open(every);
    const button = panel.page.getByRole('button', { name: 'More Actions…' });
    await button.focus();
    await press('Enter');
    await panel.focusOn('Open as Text');
    await press('Escape');
    await panel.focusOn('More Actions…');
    await press('Shift+Tab');
    await panel.focusOn('Details');
    await press('Space');
    await panel.page.locator('.body.details').waitFor();
    await panel.focusOn('Details');
    await press('Enter');
    await panel.page.locator('.body.details').waitFor({ state: 'detached' });
    await panel.focusOn('Details');
    await press('?');
    await panel.page.getByRole('dialog', { name: 'Keyboard Shortcuts' }).waitFor();
    await press('Escape');
    await panel.focusOn('Details');
  });

  it('unfolds an action and turns it about, and goes on from there', async () => {
    await press('a');
    await until('an action has the focus', () =>
      frame.evaluate(() => document.activeElement?.matches('.entry') ?? false),
    );
    await press('Enter');
    const body = panel.page.locator('.entry:focus .foldable > .body');
    await body.waitFor();
    await body.getByRole('button', { name: 'Show Raw' }).focus();
    await press('Enter');
    await panel.focusOn('Show Formatted');
    await press('Enter');
    await panel.focusOn('Show Raw');
  });

  it('looks at pictures, and is back at the one that it began with', async () => {
    await panel.page.locator('.artifacts').getByRole('button', { name: 'Screenshot: The cart' }).focus();
    await press('Enter');
    await panel.focusOn('Screenshot: The cart');
    await panel.page.locator('dialog.large[open]').waitFor();
    await press('Escape');
    await panel.focusOn('Screenshot: The cart');
    assert.equal((await stop()).part, 'part-artifacts');
  });

  it('finds, is told how much, and is where the hit is when it closes', async () => {
    await press('/');
    await editor.workbench.page.keyboard.type('Level 3 begins');
    const count = panel.page.getByRole('search').getByRole('status');
    await count.getByText('1 of 1', { exact: true }).waitFor();
    // Without it, Escape leads back to where the person was.
    await press('Enter');
    await press('Escape');
    await until('the focus is at the hit', () =>
      frame.evaluate(() => document.activeElement?.textContent.includes('Level 3 begins') ?? false),
    );
    assert.equal((await stop()).part, 'conversation');
  });

  it('hears once that something was copied, and that there is no more to jump to', async () => {
    await panel.choose('Copy Link to Run');
    await until('it is said', async () => (await said()).includes('Copied'));
    await press('Home');
    await panel.page.locator('.chunk[data-chunk="0"] .message.user').first().focus();
    await press('Shift+U');
    await until('it is said', async () => (await said()).includes('No earlier user messages'));
    assert.deepEqual(
      (await said()).filter((words) => words !== ''),
      ['Copied', 'No earlier user messages'],
    );
  });

  it('is read as a list of named articles under headings that skip no level', async () => {
    const tree = await panel.page.locator('body').ariaSnapshot();
    const lines = tree.split('\n').map((line) => line.trim());
    assert.ok(lines.some((line) => line.startsWith(`- heading "${every}" [level=1]`)));
    assert.ok(lines.some((line) => line.startsWith('- heading "Outcome" [level=2]')));
    const feed = lines.indexOf('- feed "Conversation":');
    assert.ok(feed > 0 && lines[feed - 1]?.startsWith('- heading "Conversation" [level=2]'));
    const articles = lines.slice(feed).filter((line) => line.startsWith('- article'));
    assert.ok(articles.length > 10);
    for (const article of articles) {
      assert.match(article, /^- article ".+"/);
    }
    assert.ok(articles.some((article) => /^- article "User, .*\d:\d\d/.test(article)));
    assert.ok(articles.some((article) => /^- article "Agent, .*\d:\d\d/.test(article)));
    const levels = lines.flatMap((line) => /^- heading .*\[level=(\d)\]/.exec(line)?.[1] ?? []).map(Number);
    assert.ok(levels.includes(3) && levels.includes(4));
    levels.reduce((before, level) => {
      assert.ok(level <= before + 1, `a heading of level ${level} under one of ${before}`);
      return level;
    }, 0);
  });

  it('hears how many messages came while a run works, once, and keeps its place meanwhile', async () => {
    await open(works);
    const { oz } = editor;
    const run = editor.run(works);
    await panel.page.getByRole('button', { name: 'More Actions…' }).focus();
    const now = new Date().toISOString();
    const messages = ['One', 'Two', 'Three'].map((text, at) => ({
      ...{ role: 'assistant', message_ids: [`late-${at}`], timestamp: now },
      content: [{ type: 'text', text }],
    }));
    oz.state.conversations.add(run.conversation_id ?? '', {
      steps: [{ id: 'late', description: 'Later', messages, steps: [] }] as never,
    });
    oz.state.change(oz.state.runs.get(run.run_id) ?? assert.fail(), {});
    await panel.page.getByText('Three', { exact: true }).waitFor({ timeout: 30_000 });
    await until('it is said', async () => (await said()).some((words) => words.endsWith(' new messages')));
    assert.equal((await said()).filter((words) => words !== '').length, 1);
    await panel.focusOn('More Actions…');
  });

  it('hears that the run ended, and has the focus on what is left when a button goes', async () => {
    await panel.page.getByRole('button', { name: 'Cancel Run' }).focus();
    editor.oz.setState(editor.run(works).run_id, 'SUCCEEDED');
    await panel.page.locator('.meta').getByText('Finished').waitFor({ timeout: 30_000 });
    await until('it is said', async () => (await said()).includes('Finished'));
    assert.equal((await stop()).part, 'part-header');
  });

  it('has nothing that moves where that is not wanted', async () => {
    await open('Add Apple Pay to the checkout sheet');
    const { page } = editor.workbench;
    const moving = (): Promise<number> => frame.evaluate(() => document.getAnimations().length);
    await until('something moves', async () => (await moving()) > 0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await until('nothing moves', async () => (await moving()) === 0);
    await page.emulateMedia({ reducedMotion: null });
  });

  it('needs no scrolling to the side when it is magnified', async () => {
    await open(every);
    const { page } = editor.workbench;
    await press('Control+B');
    await page.setViewportSize({ width: 400, height: 700 });
    await until('the page is narrow', () => frame.evaluate(() => innerWidth < 360));
    for (let isAtEnd = false; !isAtEnd;) {
      await frame.evaluate(() => {
        for (const line of document.querySelectorAll<HTMLElement>('[data-does="body"][aria-expanded="false"]')) {
          line.click();
        }
      });
      isAtEnd = await frame.evaluate(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
        scrollBy({ top: clientHeight * 4, behavior: 'instant' });
        return scrollHeight - scrollTop - clientHeight < 50;
      });
      const wide = await frame.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const all = scrollWidth > clientWidth ? [...document.body.querySelectorAll('*')] : [];
        const boxes = all.filter((one) => getComputedStyle(one).overflowX !== 'visible');
        return all
          .filter((one) => one.getBoundingClientRect().right > clientWidth)
          .filter((one) => !boxes.some((box) => box !== one && box.contains(one)))
          .map((one) => (one.cloneNode(false) as Element).outerHTML);
      });
      assert.deepEqual(wide, []);
    }
    await editor.workbench.screenshot('accessible-narrow');
  });
});
