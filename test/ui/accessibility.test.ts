import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { axeViolations } from './axe';
import { ConversationPanel } from './conversationPanel';
import { openEditor, type Editor } from './editor';
import { addEveryArtifact } from './everyArtifact';
import { until } from './until';

/** A run of each way in which a conversation is shown, or is not. */
const runs = [
  ['a run that waits for an answer', 'Rotate the staging database password', '.awaiting'],
  ['a run that failed', 'Fix the double charge on retried webhooks', '.outcome.failed'],
  ['a run that works', 'Speed up the product listing query', '.elapsed'],
  ['a conversation of a form of its own', 'Port the price feed to Go', '.note .buttons'],
] as const;

/** Runs that are made of the same, in the same colours: one theme tells. */
const moreRuns = [
  ['a run that failed for want of credits', 'Write alternative texts for all products', '.outcome .buttons'],
  ['a run with sub-runs', 'Add Apple Pay to the checkout sheet', '.sub-runs'],
  ['a run in the queue', 'Backfill missing invoice PDFs for October', '.skeleton'],
] as const;

const themes = ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

for (const theme of themes) {
  describe(`a conversation's page in ${theme}`, () => {
    let editor: Editor;
    let panel: ConversationPanel;
    let frame: Frame;

    const open = async (title: string, part: string): Promise<void> => {
      await panel.open(title);
      await panel.page.locator(part).first().waitFor();
      const body = await panel.page.locator('body').elementHandle();
      frame = (await body.ownerFrame()) ?? assert.fail('The page has no frame');
    };

    before(async () => {
      editor = await openEditor({ settings: { 'workbench.colorTheme': theme } });
      const { workbench, oz } = editor;
      addEveryArtifact(oz, editor.run('Show every kind of block'));
      // What is sent waits.
      oz.faults.add({ fault: 'status', status: 503, path: '/agent/runs/*/followups' });
      panel = new ConversationPanel(workbench);
      await workbench.openContainer('Agent Runs');
      await open('Show every kind of block', '.artifacts');
    });

    after(async () => {
      await editor.close();
    });

    /** All that unfolds is unfolded, wherever it stands. */
    const unfoldAll = async (): Promise<void> => {
      for (let isAtEnd = false; !isAtEnd;) {
        await frame.evaluate(() => {
          for (const line of document.querySelectorAll<HTMLElement>('[data-does="body"][aria-expanded="false"]')) {
            line.click();
          }
        });
        await until('all bodies are there', () =>
          frame.evaluate(
            () =>
              !document.querySelector('.foldable:has(> [data-does="body"][aria-expanded="true"]):not(:has(> .body))'),
          ),
        );
        isAtEnd = await frame.evaluate(() => {
          const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
          scrollBy({ top: clientHeight, behavior: 'instant' });
          return (
            scrollHeight - scrollTop - clientHeight < 50 &&
            !document.querySelector('[data-does="body"][aria-expanded="false"]')
          );
        });
      }
    };

    it('shows every kind of block and artifact, with all open that opens, to everybody', async function () {
      this.timeout(120_000);
      const { workbench } = editor;
      await workbench.page.setViewportSize({ width: 1280, height: 6000 });
      await unfoldAll();
      await panel.page.locator('#conversation').getByRole('button', { name: 'Show Raw' }).first().click();
      await panel.page.locator('#conversation').getByRole('button', { name: 'Show Formatted' }).first().waitFor();
      await panel.page.locator('#box-text').fill('And now another way.');
      await panel.page.locator('#box-send').click();
      await panel.page.locator('.pending .pending-words').waitFor();
      await panel.page.locator('#box-text').press('Escape');
      await workbench.page.keyboard.press('/');
      await panel.page.getByRole('textbox', { name: 'Find' }).fill('total');
      await panel.page.locator('#find').getByText(/of \d/).waitFor();
      await panel.page.locator('#timeline .mark').first().waitFor();
      assert.deepEqual(await axeViolations(frame), []);
      await workbench.page.setViewportSize({ width: 1280, height: 1600 });
      await workbench.screenshot(`accessible-${theme.replaceAll(' ', '-')}`);
    });

    it('has no control that the keyboard does not come to', async () => {
      const unreachable = await frame.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, [data-does], input, textarea')]
          .filter((element) => element.checkVisibility() && element.tabIndex < 0)
          // In these, the arrow keys go from one to the next.
          .filter((element) => !element.closest('[role="menu"], #timeline'))
          .map(({ outerHTML }) => outerHTML.slice(0, 200)),
      );
      assert.deepEqual(unreachable, []);
    });

    it('has a line around blocks, cards and fields where their grounds are all the same', async () => {
      const parts = ['.code', '.body > pre', '.card', '.thumb', '#box-text', '.message.user > .text', '#find input'];
      // Those that are far from what is in sight are taken out of the page.
      await editor.workbench.page.setViewportSize({ width: 1280, height: 6000 });
      await frame.evaluate(() => {
        scrollTo({ top: 0, behavior: 'instant' });
      });
      for (const part of parts) {
        await panel.page.locator(part).first().waitFor({ state: 'attached' });
      }
      const without = await frame.evaluate(
        (selectors) =>
          selectors.filter((selector) => {
            const [element] = document.querySelectorAll(selector);
            const { borderBottomColor = '', borderBottomWidth = '' } = element ? getComputedStyle(element) : {};
            return borderBottomWidth !== '1px' || /transparent|, 0\)$/.test(borderBottomColor);
          }),
        parts,
      );
      await editor.workbench.page.setViewportSize({ width: 1280, height: 1600 });
      assert.deepEqual(theme.includes('Contrast') ? without : [], []);
    });

    it('has a menu, a list of keys and large pictures for everybody', async () => {
      const { page } = panel;
      const { keyboard } = editor.workbench.page;
      await keyboard.press('Escape');
      await page.getByRole('button', { name: 'More Actions…' }).click();
      await page.getByRole('menuitem').first().waitFor();
      assert.deepEqual(await axeViolations(frame, '#head'), []);
      await page.getByRole('menuitem', { name: 'Keyboard Shortcuts' }).click();
      await page.getByRole('dialog', { name: 'Keyboard Shortcuts' }).waitFor();
      assert.deepEqual(await axeViolations(frame, 'dialog[open]'), []);
      await keyboard.press('Escape');
      await page.getByRole('button', { name: 'Screenshot: The light page' }).click();
      await page.locator('dialog.large[open] img:not([hidden])').waitFor();
      assert.deepEqual(await axeViolations(frame, 'dialog[open]'), []);
      await keyboard.press('Escape');
    });

    for (const [what, title, part] of theme === themes[0] ? [...runs, ...moreRuns] : runs) {
      it(`shows ${what} to everybody`, async () => {
        await open(title, part);
        assert.deepEqual(await axeViolations(frame), []);
      });
    }
  });
}
