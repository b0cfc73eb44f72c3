import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { until } from './until';
import type { Workbench } from './workbench';

/** The conversation that is on the screen, as a person uses it. */
export class ConversationPanel {
  readonly page: FrameLocator;

  constructor(private readonly workbench: Workbench) {
    this.page = workbench.webview();
  }

  /** Opens a run's conversation, wherever the run stands in the list. */
  async open(title: string): Promise<void> {
    const { workbench } = this;
    await workbench.runCommand('Agent Runs: Go to Run');
    // The palette is gone by then: what is typed would go into it.
    await workbench.page.locator('.quick-input-widget:visible .quick-input-title').getByText('Go to Run').waitFor();
    await workbench.quickInputBox().fill(title);
    // Not a click: that is lost on an entry that is drawn anew at that moment.
    await workbench.picks().and(workbench.page.locator('.focused')).filter({ hasText: title }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.tab(title).waitFor();
    await this.page.locator('h1').getByText(title).waitFor();
  }

  /** Goes back to a conversation that is open in a tab. */
  async goBackTo(title: string): Promise<void> {
    await this.workbench.tab(new RegExp(`^${title}$`)).click();
    await this.page.locator('h1').getByText(title).waitFor();
  }

  /** The heading of a step. */
  step(title: string): Locator {
    return this.page.locator('.step > button.line').filter({ hasText: title }).first();
  }

  /** An action of the conversation, by the words of its line. */
  action(words: string | RegExp): Locator {
    const line = this.page.locator('button.line').filter({ hasText: words });
    return this.page.locator('#conversation .foldable').filter({ has: line }).first();
  }

  /** Unfolds an action, and answers what stands behind its line. */
  async unfold(action: Locator): Promise<Locator> {
    const line = action.locator('> button.line');
    if ((await line.getAttribute('aria-expanded')) === 'false') {
      await line.click();
    }
    const body = action.locator('> .body');
    await body.waitFor();
    return body;
  }

  /** An artifact's card. */
  card(words: string): Locator {
    return this.page.locator('.artifacts .card').filter({ hasText: words }).first();
  }

  /** Chooses an entry of the header's menu with the mouse. */
  async choose(entry: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More Actions…' }).click();
    await this.page.getByRole('menuitem', { name: entry, exact: true }).click();
  }

  /** The text of what has the focus on the page, or its label; nothing while keys go elsewhere. */
  async focused(): Promise<string> {
    return this.page
      .locator('body')
      .evaluate(({ ownerDocument: { activeElement: element } }) =>
        element instanceof HTMLElement && element.ownerDocument.hasFocus()
          ? (element.ariaLabel ?? element.innerText)
          : '',
      );
  }

  /** Waits until what has the focus begins with a text. */
  async focusOn(text: string | RegExp): Promise<void> {
    await until(`the focus is on ${String(text)}`, async () => {
      const focused = await this.focused();
      return typeof text === 'string' ? focused.startsWith(text) : text.test(focused);
    });
  }
}

/** Answers VS Code's own dialog for a file that begins with a name: saves in a folder, under another name where one is given. */
export async function saveIn(
  workbench: Workbench,
  folder: string,
  suggested: string,
  name = suggested,
): Promise<string> {
  const box = workbench.quickInputBox();
  await until(`the dialog suggests ${suggested}`, async () => path.basename(await valueOf(box)) === suggested);
  const target = path.join(folder, name);
  await box.fill(target);
  await workbench.page.keyboard.press('Enter');
  // It is there whole or not at all; but VS Code's dialog writes an empty one to see whether it may.
  await until(`${target} is saved`, () => (fs.statSync(target, { throwIfNoEntry: false })?.size ?? 0) > 0);
  return target;
}

async function valueOf(box: Locator): Promise<string> {
  return (await box.isVisible()) ? box.inputValue() : '';
}
