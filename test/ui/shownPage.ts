import { build } from 'esbuild';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { FromPage } from '../../src/schedule/protocol';
import { settle } from '../unit/fakeClock';
import { files, type Panel } from '../unit/schedules/fakeSchedulePage';
import { projectFolder } from '../vscode/folders';

interface PageWindow {
  sent: FromPage[];
}

/** What the page is given in VS Code. */
const editorApi = `
  window.sent = [];
  const state = {
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (value) => { sessionStorage.setItem('state', JSON.stringify(value)); },
  };
  window.acquireVsCodeApi = () => ({ postMessage: (message) => { window.sent.push(message); }, ...state });
`;

/** The script and the style of the pages of schedules, as they are shipped but for the size. */
export async function buildPage(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: ['schedule.ts', 'schedule.css'].map((file) => path.join(projectFolder, 'media', 'schedule', file)),
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    loader: { '.ttf': 'dataurl' },
  });
  const text = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  Object.assign(files, { script: text('.js'), style: text('.css') });
}

/** A page of schedules in a browser, with its half in the host beside it: no editor is needed to see what it does. */
export class ShownPage {
  #heard = 0;

  private constructor(
    readonly page: Page,
    readonly panel: Panel,
    readonly errors: string[],
  ) {}

  static async open(browser: Browser, panel: Panel): Promise<ShownPage> {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.addInitScript({ content: editorApi });
    await panel.load();
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: panel.html }));
    await page.goto('http://page.test/');
    const shown = new ShownPage(page, panel, errors);
    await shown.talk();
    return shown;
  }

  /** Carries over what both halves have to say to each other, until they are silent. */
  async talk(): Promise<void> {
    for (;;) {
      const sent = await this.page.evaluate(() => (window as unknown as PageWindow).sent.splice(0));
      for (const message of sent) {
        this.panel.page.receive(message);
      }
      await settle();
      const news = this.panel.posted.slice(this.#heard);
      this.#heard = this.panel.posted.length;
      if (sent.length === 0 && news.length === 0) {
        return;
      }
      for (const message of news) {
        await this.page.evaluate((data) => {
          dispatchEvent(new MessageEvent('message', { data }));
        }, message);
      }
    }
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
    await this.talk();
  }

  /** How the element with the focus is called: by its id, its tooltip or its text. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const { activeElement } = document;
      if (activeElement === document.body) {
        return 'BODY';
      }
      const { id = '', title = '', textContent = '' } = activeElement instanceof HTMLElement ? activeElement : {};
      return id || title || textContent || (activeElement?.nodeName ?? '');
    });
  }

  /** Pixels from the page's top, wherever it is scrolled to. */
  top(selector: string): Promise<number> {
    return this.page.locator(selector).evaluate((element) => element.getBoundingClientRect().top + scrollY);
  }
}
