import assert from 'node:assert/strict';
import { ConversationPanel } from './conversationPanel';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

/** Where the current match is. */
interface Match {
  /** Which one of how many, as it is said; before those are counted, something else. */
  words: string;
  text: string;
  isInView: boolean;
  isInBody: boolean;
}

describe('finding and jumping in a conversation of 10,000 messages', () => {
  let editor: Editor;
  let panel: ConversationPanel;

  before(async () => {
    editor = await openEditor({
      oz: { scenario: 'huge' },
      settings: { 'workbench.colorTheme': 'Default Light Modern' },
    });
    const { workbench } = editor;
    await workbench.openContainer('Agent Runs');
    await workbench.openFrom(workbench.row(await workbench.view('Runs'), shop), shop);
    panel = new ConversationPanel(workbench);
    await panel.page.locator('.message').first().waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const shop = 'Rewrite the whole shop';

  const match = async (): Promise<Match> => {
    const words = (await panel.page.locator('#find .matches').textContent()) ?? '';
    const place = await panel.page.locator('#head').evaluate((head) => {
      const [mark] = CSS.highlights.get('found-here') ?? [];
      if (!mark) {
        return { text: '', isInView: false, isInBody: false };
      }
      const range = new Range();
      range.setStart(mark.startContainer, mark.startOffset);
      range.setEnd(mark.endContainer, mark.endOffset);
      const { top, bottom } = range.getBoundingClientRect();
      const foot = document.getElementById('foot')?.getBoundingClientRect().top ?? innerHeight;
      return {
        text: range.toString(),
        isInView: top >= head.getBoundingClientRect().bottom && bottom <= foot,
        isInBody: Boolean(mark.startContainer.parentElement?.closest('.body')),
      };
    });
    return { words, ...place };
  };

  /** Waits until this match is the current one and can be read. */
  const reaches = async (words: string, text: string): Promise<Match> => {
    let now = await match();
    await until(`${words} is in view`, async () => {
      now = await match();
      return now.words === words && now.text === text && now.isInView;
    });
    return now;
  };

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);

  it('finds what is in folded bodies: unfolds it, brings it into view, and goes round', async () => {
    const { workbench } = editor;
    await panel.page.locator('.outcome').click();
    await press('ControlOrMeta+F');
    const input = panel.page.getByRole('search').getByRole('textbox');
    await input.fill('(23 ms)');
    assert.ok((await reaches('1 of 1,600', '(23 ms)')).isInBody);
    await workbench.screenshot('finding-body');
    await press('Enter');
    assert.ok((await reaches('2 of 1,600', '(23 ms)')).isInBody);
    await press('Shift+Enter');
    await reaches('1 of 1,600', '(23 ms)');
    await press('Shift+F3');
    assert.ok((await reaches('1,600 of 1,600', '(23 ms)')).isInBody);
    await press('F3');
    await reaches('1 of 1,600', '(23 ms)');
    assert.equal(await panel.page.locator('#conversation .body').count(), 1);
  });

  it('finds what is far away, and says when there is nothing', async () => {
    const { workbench } = editor;
    const input = panel.page.getByRole('search').getByRole('textbox');
    await input.fill('part 50 of 100');
    await reaches('1 of 1', 'Part 50 of 100');
    await panel.page.locator('#conversation .body').waitFor({ state: 'detached' });
    await workbench.screenshot('finding-far');
    await input.fill('zebra crossing');
    await panel.page.locator('#find.none').waitFor();
    assert.equal((await match()).text, '');
    await press('Escape');
    await panel.page.locator('#find').waitFor({ state: 'hidden' });
    await panel.focusOn(/^Agent|^Part 50/);
  });

  it('jumps by keys to steps, messages and actions and back, and says when there are no more', async () => {
    const { workbench } = editor;
    for (const [key, lands] of [
      ['s', 'Part 50 of 100'],
      ['s', 'Part 51 of 100'],
      ['Shift+S', 'Part 50 of 100'],
      ['u', 'User'],
      ['a', 'Agent'],
      ['Shift+U', 'User'],
      ['k', 'Part 50 of 100'],
      ['j', 'User'],
      ['Alt+ArrowDown', 'Part 51 of 100'],
    ] as const) {
      await press(key);
      await panel.focusOn(lands);
    }
    await press('e');
    await panel.page.locator('.notice').waitFor();
    await workbench.screenshot('finding-no-more');
    await panel.focusOn('Part 51 of 100');
  });

  it('folds and unfolds what the keys led to', async () => {
    const { workbench } = editor;
    const step = panel.step('Part 51 of 100');
    await press('Enter');
    await until('the step is folded', async () => (await step.getAttribute('aria-expanded')) === 'false');
    await press('s');
    await panel.focusOn('Part 52 of 100');
    await workbench.screenshot('finding-folded');
    await press('Shift+S');
    await panel.focusOn('Part 51 of 100');
    await press('Space');
    await until('the step is unfolded', async () => (await step.getAttribute('aria-expanded')) === 'true');
    await press('a');
    await panel.focusOn('Agent');
    await press('Enter');
    await panel.page.locator('#conversation .entry:focus-within .body pre').first().waitFor();
    await press('Enter');
    await panel.page.locator('#conversation .body').waitFor({ state: 'detached' });
  });

  it('jumps by the strip beside it', async () => {
    const { workbench } = editor;
    const strip = panel.page.getByRole('navigation');
    const marks = strip.getByRole('button');
    assert.ok((await marks.count()) > 50);
    const mark = strip.getByRole('button', { name: 'Part 70 of 100' });
    await mark.hover({ force: true });
    await strip.locator('.mark-title').getByText('Part 70 of 100').waitFor();
    await workbench.screenshot('finding-strip');
    await mark.click({ force: true });
    // The mark is called as the entry that it leads to, which has the focus once it is there.
    await until('the entry has the focus', async () => (await panel.page.locator('.entry:focus').count()) === 1);
    await panel.focusOn('Part 70 of 100');
    await mark.focus();
    await press('ArrowDown');
    let next = '';
    await until('another mark has the focus', async () => {
      next = await panel.focused();
      return next !== '' && next !== 'Part 70 of 100';
    });
    await press('Enter');
    await until('the next mark’s entry has the focus', async () => {
      const isEntry = await panel.page.locator('.entry:focus').count();
      return isEntry === 1 && (await panel.focused()) === next;
    });
  });

  it('lists the keys', async () => {
    const { workbench } = editor;
    await press('?');
    const keys = panel.page.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    await keys.getByText('Next or previous error').waitFor();
    await workbench.screenshot('finding-keys');
    await press('Escape');
    await keys.waitFor({ state: 'detached' });
    assert.equal(await panel.page.locator('.entry:focus').count(), 1);
  });
});
