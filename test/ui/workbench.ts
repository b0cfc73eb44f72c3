import path from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { cacheFolder } from '../vscode/folders';

/** VS Code's window as a person uses it: everything goes through what is on the screen. */
export class Workbench {
  private constructor(readonly page: Page) {}

  /** Opens VS Code in a new window of the browser, and waits until it can be used. */
  static async open(browser: Browser, url: string): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    return Workbench.#openIn(context, url);
  }

  static async #openIn(context: BrowserContext, url: string): Promise<Workbench> {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(url);
    const workbench = new Workbench(page);
    await workbench.#waitUntilReady();
    return workbench;
  }

  /** Opens the same folder in another window of the same person. */
  async openAnother(): Promise<Workbench> {
    return Workbench.#openIn(this.page.context(), this.page.url());
  }

  /** Reloads the window. */
  async reload(): Promise<void> {
    // VS Code notes every 5 s in the browser what is open; as a page ends it cannot.
    await this.page.waitForTimeout(6_000);
    await this.page.reload();
    await this.#waitUntilReady();
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  async #waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    // The extension host is the last to arrive: until then the views of extensions are missing.
    await this.page.locator('.activitybar .action-item').first().waitFor();
    await this.page.locator('.statusbar-item').first().waitFor();
  }

  /** An icon of the activity bar, by the title of its view container. */
  activity(title: string): Locator {
    return this.page.locator('.activitybar .action-label').and(this.page.getByLabel(title)).first();
  }

  /** The number on an icon of the activity bar; empty without one. */
  async badge(title: string): Promise<string> {
    return (await this.activity(title).locator('xpath=..').locator('.badge-content').textContent()) ?? '';
  }

  /** Shows a view container in the side bar. */
  async openContainer(title: string): Promise<void> {
    const heading = this.page.locator('.sidebar .composite.title').filter({ hasText: title });
    await this.activity(title).waitFor();
    while (!(await heading.isVisible())) {
      // A click folds the side bar if it was just being restored: then the next one unfolds it.
      // A badge lies over the icon and takes the click for it.
      await this.activity(title).click({ force: true });
      await heading.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
    // Away from the icon, whose hover would cover the view.
    await this.page.mouse.move(700, 400);
  }

  /** Drags the side bar's edge until the bar ends at `x`. */
  async widenSideBar(x: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    const edge = (box?.x ?? 0) + (box?.width ?? 0);
    await this.page.mouse.move(edge, 500);
    await this.page.mouse.down();
    await this.page.mouse.move(x, 500, { steps: 5 });
    await this.page.mouse.up();
  }

  /** A view's pane in the side bar, by its title; opens it if it is folded. */
  async view(title: string): Promise<Locator> {
    // What a view says beside its title is in the label too.
    const header = this.page.locator(`.pane-header[aria-label^="${title} "]`);
    // A container's only view hides its header.
    await header.waitFor({ state: 'attached' });
    if ((await header.getAttribute('aria-expanded')) === 'false') {
      await header.click();
    }
    return this.page.locator('.pane').filter({ has: header });
  }

  /** Folds a view, which leaves its room to the others. */
  async fold(title: string): Promise<void> {
    const header = this.page.locator(`.pane-header[aria-label^="${title} "]`);
    if ((await header.getAttribute('aria-expanded')) === 'true') {
      await header.click();
    }
  }

  /** Clicks a button in the title of a view, by its label; the buttons are there while the mouse is over the view. */
  async pressInTitle(view: Locator, label: string): Promise<void> {
    await view.locator('.pane-header').hover();
    await this.titleButton(view, label).click();
    await this.page.mouse.move(700, 400);
  }

  /** A button in the title of a view, by its label. */
  titleButton(view: Locator, label: string): Locator {
    return view.locator('.pane-header .action-label').and(this.page.getByLabel(label)).first();
  }

  /** What a view says beside its title. */
  titleDescription(view: Locator): Locator {
    return view.locator('.pane-header .description');
  }

  /** The rows that a tree or list shows now. */
  rows(within: Locator): Locator {
    return within.locator('.monaco-list-row');
  }

  /** The row that contains a text. */
  row(within: Locator, text: string | RegExp): Locator {
    return this.rows(within).filter({ hasText: text }).first();
  }

  /** What the rows that a tree or list shows now are called, from the top. */
  async titles(within: Locator): Promise<string[]> {
    // All at once: rows come and go while the list changes.
    const rows = await this.rows(within).evaluateAll((elements) =>
      elements.map((row) => ({
        title: row.querySelector('.label-name')?.textContent ?? '',
        place: Number(row.getAttribute('data-index')),
      })),
    );
    // VS Code keeps rows in the page in the order in which it drew them.
    return rows.sort((a, b) => a.place - b.place).map(({ title }) => title);
  }

  /** Clicks a row until it has opened an editor: VS Code drops a click on a row that it draws anew at that moment. */
  async openFrom(row: Locator, tab: string): Promise<void> {
    while (!(await this.tab(tab).isVisible())) {
      await row.click();
      await this.tab(tab)
        .waitFor({ timeout: 3_000 })
        .catch(() => undefined);
    }
  }

  /** Unfolds a row of a tree. */
  async expand(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-expanded')) === 'false') {
      await row.locator('.monaco-tl-twistie').click();
    }
  }

  /** Chooses an entry of a row's context menu. */
  async chooseFromMenu(row: Locator, entry: string): Promise<void> {
    const open = async (): Promise<void> => {
      await row.click({ button: 'right' });
      await this.menuEntry(entry).hover({ timeout: 3_000 });
    };
    await this.#again(open);
    // A menu takes no click in its first 100 ms.
    await this.page.keyboard.press('Enter');
  }

  /** Chooses an entry of the context menu of what has the focus, by keyboard alone. */
  async typeInMenu(entry: string): Promise<void> {
    await this.#again(async () => {
      await this.page.keyboard.press('Shift+F10');
      await this.menuEntry(entry).waitFor({ timeout: 3_000 });
    });
    const chosen = this.page.locator('.monaco-menu .action-item.focused').filter({ hasText: entry });
    while ((await chosen.count()) === 0) {
      await this.page.keyboard.press('ArrowUp');
    }
    await this.page.keyboard.press('Enter');
    await this.menuEntry(entry).waitFor({ state: 'hidden' });
  }

  /** Puts the keyboard on a row of one of this extension's views, by keyboard alone. */
  async goTo(title: string, text: string): Promise<void> {
    const view = await this.view(title);
    await this.typeCommand(`Agent Runs: Focus on ${title} View`);
    await this.page.keyboard.press('Home');
    const focused = view.locator('.monaco-list.element-focused .monaco-list-row.focused');
    await focused.waitFor();
    while (!((await focused.textContent()) ?? '').includes(text)) {
      await this.page.keyboard.press('ArrowDown');
    }
  }

  /** Clicks an action that a row shows while the mouse is over it. */
  async pressInRow(row: Locator, action: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: action }).click();
    await this.page.mouse.move(700, 400);
  }

  /** Chooses an entry of the menu with three dots in the title of a view. */
  async chooseFromTitleMenu(view: Locator, entry: string): Promise<void> {
    await view.locator('.pane-header').hover();
    await view.locator('.pane-header .codicon-toolbar-more').click();
    await this.menuEntry(entry).hover();
    await this.page.keyboard.press('Enter');
  }

  /** An entry of the menu that is open. */
  menuEntry(entry: string): Locator {
    return this.page.locator('.monaco-menu .action-menu-item').filter({ hasText: entry }).first();
  }

  /** Runs a command by the title that the palette shows, with its category. */
  async runCommand(title: string): Promise<void> {
    const entry = this.picks().filter({ hasText: title }).first();
    await this.#give('F1', async () => {
      await this.quickInputBox().fill(`>${title}`, { timeout: 2_000 });
      await entry.click({ timeout: 5_000 });
    });
  }

  /** As `runCommand`, by keyboard alone. */
  async typeCommand(title: string): Promise<void> {
    const entry = this.picks().filter({ hasText: title }).first();
    await this.#give('F1', async () => {
      await this.quickInputBox().waitFor({ timeout: 2_000 });
      await this.page.keyboard.press('ControlOrMeta+A');
      await this.page.keyboard.type(`>${title}`);
      await entry.waitFor({ timeout: 5_000 });
      // What VS Code puts first goes by what was used before.
      while (!((await entry.getAttribute('class', { timeout: 2_000 })) ?? '').includes('focused')) {
        await this.page.keyboard.press('ArrowDown');
      }
      await this.page.keyboard.press('Enter');
    });
  }

  /** Opens the palette or its like by a key, and does something there. */
  async #give(key: string, act: () => Promise<void>): Promise<void> {
    await this.#again(async () => {
      await this.page.keyboard.press(key);
      await act();
    });
  }

  /** Until it succeeds: what takes the focus at that moment, as a page does that has loaded, closes a palette or a menu. */
  async #again(act: () => Promise<void>): Promise<void> {
    for (let isDone = false; !isDone;) {
      isDone = await act().then(
        () => true,
        () => false,
      );
    }
  }

  /** The box in which quick picks, input boxes and the palette take text. */
  quickInputBox(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** Types into the quick pick or input box that is open, and accepts it. */
  async answer(text: string): Promise<void> {
    await this.quickInputBox().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The entries of the quick pick that is open. */
  picks(): Locator {
    return this.rows(this.page.locator('.quick-input-widget:visible .quick-input-list'));
  }

  /** Until the quick pick has its entries: while it still loads, they change places. Some lists never end loading. */
  async picksLoaded(): Promise<void> {
    const loading = this.page.locator('.quick-input-widget:visible .quick-input-progress.active');
    await loading.waitFor({ state: 'hidden', timeout: 5000 }).catch(() => undefined);
  }

  /** Chooses the first entry of the quick pick that contains a text. */
  async pick(text: string | RegExp): Promise<void> {
    await this.picksLoaded();
    await this.picks().filter({ hasText: text }).first().click();
  }

  /** The notifications on the screen that contain a text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
  }

  /** Clicks a button of a notification or of a modal dialog. */
  async press(within: Locator, button: string): Promise<void> {
    await within.getByRole('button', { name: button, exact: true }).click();
  }

  /** The modal dialog. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** An editor's tab, by its label. */
  tab(label: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: label }).first();
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    const entry = this.picks()
      .filter({ hasText: path.basename(name) })
      .first();
    await this.#give('ControlOrMeta+P', async () => {
      await this.quickInputBox().fill(name, { timeout: 2_000 });
      await entry.click({ timeout: 5_000 });
    });
    await this.tab(path.basename(name)).waitFor();
  }

  /** An entry of the status bar that contains a text. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** The document in the webview that is visible: VS Code puts it into two nested frames. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  }

  /** The text on the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Saves what is on the screen as .cache/screenshots/NAME.png. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(cacheFolder, 'screenshots', `${name}.png`), animations: 'disabled' });
  }
}
