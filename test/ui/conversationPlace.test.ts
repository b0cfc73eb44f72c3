import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { ConversationPanel } from './conversationPanel';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

/** What a person sees of a conversation. */
interface Place {
  /** An entry in view, and pixels from the head to its top. */
  id: string;
  offset: number;
  /** Titles of folded steps, and blocks that are unfolded, in view. */
  folded: string[];
  unfolded: string[];
  /** Pixels to the end. */
  left: number;
}

describe('the place where somebody reads', () => {
  let editor: Editor;
  let panel: ConversationPanel;

  before(async () => {
    editor = await openEditor({ oz: { scenario: 'huge' } });
    await openFromList(shop);
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const shop = 'Rewrite the whole shop';
  const grown = 'Refuse a code that has expired';

  async function openFromList(title: string): Promise<void> {
    const { workbench } = editor;
    await workbench.openContainer('Agent Runs');
    await workbench.openFrom(workbench.row(await workbench.view('Runs'), title), title);
    panel = new ConversationPanel(workbench);
    await panel.page.locator('.entry').first().waitFor();
  }

  /** @param of the entry whose place is meant, else the first in view */
  const place = (of = ''): Promise<Place> =>
    panel.page.locator('#head').evaluate((head, id) => {
      const top = head.getBoundingClientRect().bottom;
      const foot = document.getElementById('foot')?.getBoundingClientRect().top ?? innerHeight;
      // No function with a name: what compiles the tests would help itself to one that a page has not.
      const [entries = [], folded = [], unfolded = []] = [
        '.entry',
        '.step > .line[aria-expanded="false"]',
        '.body',
      ].map((selector) =>
        [...document.querySelectorAll<HTMLElement>(`#conversation ${selector}`)].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.bottom > top + 1 && box.top < foot;
        }),
      );
      const first = id === '' ? entries[0] : entries.find((entry) => entry.dataset.id === id);
      const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
      return {
        id: first?.dataset.id ?? '',
        offset: (first?.getBoundingClientRect().top ?? NaN) - top,
        folded: folded.map((line) => line.innerText),
        unfolded: unfolded.map((body) => body.parentElement?.dataset.id ?? ''),
        left: scrollHeight - scrollTop - clientHeight,
      };
    }, of);

  /** Once nothing moves any more. */
  const settled = async (of = ''): Promise<Place> => {
    let now = await place(of);
    for (let same = 0; same < 3;) {
      await wait(200);
      const next = await place(of);
      same = JSON.stringify(next) === JSON.stringify(now) ? same + 1 : 0;
      now = next;
    }
    return now;
  };

  const isSame = (a: Place, b: Place): boolean =>
    a.id === b.id &&
    Math.abs(a.offset - b.offset) <= 2 &&
    [...a.folded, ...a.unfolded].join() === [...b.folded, ...b.unfolded].join();

  /** Scrolls by the wheel, and waits until that has moved the page. */
  const scroll = async (by: number): Promise<void> => {
    const before = await settled();
    await panel.page.locator('main').hover();
    await editor.workbench.page.mouse.wheel(0, by);
    await until('the page has moved', async () => Math.abs((await place()).left - before.left) > 1);
  };

  /** Waits until the person is there again, and stays there. */
  const isBackAt = async (before: Place): Promise<void> => {
    await panel.page.locator(`.entry[data-id="${before.id}"]`).waitFor();
    await until('the place is the same', async () => isSame(await place(before.id), before)).catch(() => undefined);
    const now = await settled(before.id);
    assert.ok(isSame(now, before), `${JSON.stringify(now)} is not ${JSON.stringify(before)}`);
  };

  let middle: Place;

  it('is the same after the panel was hidden', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    // Tall enough for both the step that is folded and the action that is unfolded.
    await workbench.page.setViewportSize({ width: 1280, height: 1200 });
    await panel.page.getByRole('navigation').getByRole('button', { name: 'Part 40 of 100' }).click({ force: true });
    await panel.focusOn('Part 40 of 100');
    await keyboard.press('Enter');
    await keyboard.press('s');
    await panel.focusOn('Part 41 of 100');
    await keyboard.press('a');
    await panel.focusOn('Agent');
    await keyboard.press('Enter');
    await panel.page.locator('.entry:focus .body').waitFor();
    await keyboard.press('Shift+U');
    await panel.focusOn('User');
    await scroll(-133);
    middle = await settled();
    assert.deepEqual([middle.folded.length, middle.unfolded.length], [1, 1]);
    await workbench.screenshot('place-before');
    await workbench.openFile('src/discounts.ts');
    await panel.goBackTo(shop);
    await isBackAt(middle);
  });

  it('is the same after the window was reloaded', async () => {
    const { workbench } = editor;
    await workbench.reload();
    await isBackAt(middle);
    await workbench.screenshot('place-reloaded');
  });

  it('is the same when the conversation was closed and is opened again', async () => {
    const { workbench } = editor;
    await workbench.tab(shop).hover();
    await workbench.tab(shop).getByRole('button').first().click({ force: true });
    await workbench.tab(shop).waitFor({ state: 'detached' });
    await openFromList(shop);
    await isBackAt(middle);
  });

  /** Lets an agent work on, up to a moment after its start (s); it says something every few seconds. */
  let at = 0;
  const workUntil = (seconds: number): void => {
    editor.oz.clock.advance((seconds - at) * 1000);
    at = seconds;
  };
  const lastEntry = (): Promise<number> =>
    panel.page
      .locator('#conversation .entry')
      .evaluateAll((all) => Math.max(...all.map((entry) => Number(entry.ariaPosInSet))));
  const grows = async (than: number): Promise<void> => {
    await until('there is more in the conversation', async () => (await lastEntry()) > than);
  };
  const pill = () => panel.page.locator('#pill');

  it('is the end of a run that works, as long as the person stays there', async () => {
    const { workbench, oz } = editor;
    await workbench.page.setViewportSize({ width: 1280, height: 480 });
    const launched = await fetch(`${oz.baseUrl}/agent/runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${oz.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: grown, title: grown }),
    });
    assert.equal(launched.status, 200);
    workUntil(20);
    await workbench.runCommand('Agent Runs: Refresh Runs');
    await openFromList(grown);
    assert.ok((await settled()).left < 2);
    const before = await lastEntry();
    workUntil(25);
    await grows(before);
    assert.ok((await settled()).left < 2);
    assert.equal(await pill().isVisible(), false);
  });

  it('does not move while a run goes on that is not followed, and says how much is new', async () => {
    const { workbench } = editor;
    await scroll(-90);
    const before = await settled();
    assert.ok(before.left > 50 && before.id !== '');
    workUntil(30);
    await pill().waitFor();
    await workbench.screenshot('place-pill');
    await isBackAt(before);
  });

  it('has a line before what came while the panel was hidden', async () => {
    const { workbench } = editor;
    const before = await settled();
    await workbench.openFile('src/discounts.ts');
    workUntil(50);
    await panel.goBackTo(grown);
    await pill().waitFor();
    await isBackAt(before);
    await pill().click();
    const line = panel.page.getByRole('separator').filter({ hasText: /\d+ new/ });
    await line.waitFor();
    await settled();
    const foot = await panel.page.locator('#foot').boundingBox();
    const box = await line.boundingBox();
    assert.ok(box && foot && box.y > 0 && box.y + box.height <= foot.y);
    await workbench.screenshot('place-line');
    await panel.page.locator('main').hover();
    await workbench.page.keyboard.press('End');
    await until('the end is in view', async () => (await place()).left < 2);
    await settled();
    assert.equal(await pill().isVisible(), false);
    await workbench.openFile('src/discounts.ts');
    await panel.goBackTo(grown);
    await settled();
    assert.equal(await line.count(), 0);
  });
});
