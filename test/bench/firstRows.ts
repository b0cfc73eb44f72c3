import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { startLocalOz } from '../local-oz/server';
import { Workbench } from '../ui/workbench';
import { launchBrowser } from '../vscode/browser';
import { temporaryFolder } from '../vscode/folders';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import { startServer } from '../vscode/startServer';
import { makeExtension } from './emptyExtension';
import { type Figure, figure, median } from './figure';

const samples = 9;
const warmUps = 2;

interface Item {
  label: string;
  description: string;
  items: Item[];
}

/** The same views with the same rows, given at once from a file: nothing can show them sooner. */
const bareCode = (itemsFile: string): string => `
const vscode = require('vscode');
exports.activate = () => {
  const views = JSON.parse(require('fs').readFileSync(${JSON.stringify(itemsFile)}, 'utf8'));
  for (const [view, items] of Object.entries(views)) {
    vscode.window.createTreeView(view, {
      treeDataProvider: {
        getChildren: (item) => (item ? item.items : items),
        getTreeItem: ({ label, description, items }) => {
          const { Expanded, None } = vscode.TreeItemCollapsibleState;
          const item = new vscode.TreeItem(label, items.length > 0 ? Expanded : None);
          item.description = description;
          item.iconPath = new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
          return item;
        },
      },
    });
  }
};`;

/**
 * From the click on the view container's icon to the first rows on the screen, the request to the service included, as a
 * multiple of a bare provider's with the same rows. A new window for each sample.
 */
export async function measureFirstRows(vsix: string): Promise<Figure> {
  const itemsFile = path.join(temporaryFolder('bench'), 'items.json');
  const bare = makeExtension(
    'bare',
    {
      viewsContainers: { activitybar: [{ id: 'bare', title: 'Bare', icon: '$(list-flat)' }] },
      views: {
        bare: [
          { id: 'bare.runs', name: 'Runs', icon: '$(list-flat)' },
          { id: 'bare.schedules', name: 'Schedules', icon: '$(list-flat)' },
        ],
      },
    },
    bareCode(itemsFile),
  );
  const oz = await startLocalOz({ scenario: 'demo', clock: 'real' });
  const server = await startServer({
    version: 'newest',
    workspace: makeSampleWorkspace(),
    userSettings: { 'agentRuns.baseUrl': oz.baseUrl },
    env: { WARP_API_KEY: oz.key },
    extensions: [bare],
    vsix,
  });
  const browser = await launchBrowser();
  fs.writeFileSync(itemsFile, JSON.stringify(await rowsShown(browser, server.url)));

  const own: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < warmUps + samples; round++) {
    const [ownTime, bareTime] = [
      await timeToRows(browser, server.url, 'Agent Runs'),
      await timeToRows(browser, server.url, 'Bare'),
    ];
    if (round >= warmUps) {
      own.push(ownTime);
      floor.push(bareTime);
    }
  }
  await browser.close();
  await server.stop();
  await oz.close();
  return figure('firstRows.ratio', median(own) / median(floor), 'x', 1.2, median(floor));
}

/** What both views show. */
async function rowsShown(browser: Browser, url: string): Promise<Record<string, Item[]>> {
  const workbench = await Workbench.open(browser, url);
  await workbench.openContainer('Agent Runs');
  const runs = await workbench.view('Runs');
  const schedules = await workbench.view('Schedules');
  await workbench.row(runs, 'Needs you').waitFor();
  await workbench.rows(schedules).first().waitFor();
  const shown = {
    'bare.runs': await itemsOf(workbench.rows(runs)),
    'bare.schedules': await itemsOf(workbench.rows(schedules)),
  };
  await workbench.close();
  return shown;
}

async function itemsOf(rows: Locator): Promise<Item[]> {
  const texts = await rows.evaluateAll((elements) =>
    elements.map((row) => ({
      level: Number(row.getAttribute('aria-level')),
      label: row.querySelector('.label-name')?.textContent ?? '',
      description: row.querySelector('.label-description')?.textContent ?? '',
    })),
  );
  const top: Item[] = [];
  for (const { level, ...text } of texts) {
    const parent = level > 1 ? top.at(-1)?.items : top;
    parent?.push({ ...text, items: [] });
  }
  return top;
}

/** Milliseconds in a new window; VS Code has come to rest before the click, and started what starts by itself. */
async function timeToRows(browser: Browser, url: string, container: string): Promise<number> {
  const workbench = await Workbench.open(browser, url);
  const { page } = workbench;
  await page.waitForTimeout(4000);
  await page.evaluate(watchForRows);
  await workbench.activity(container).click({ force: true });
  const ms = await rowsAfter(page);
  await workbench.close();
  return ms;
}

/** Runs in the page: notes when the mouse went down and when the first row of a tree in the side bar was there after that. */
function watchForRows(): void {
  const notes = { down: 0, drawn: 0 };
  Object.assign(window, { benchNotes: notes });
  const options = { capture: true, once: true };
  // No function in here has a name: the names that tsx keeps by a helper would be missing in the page.
  window.addEventListener('pointerdown', () => (notes.down = performance.now()), options);
  new MutationObserver((_changes, observer) => {
    const view = document.querySelector('.sidebar .pane-header[aria-label^="Runs "]')?.closest('.pane');
    if (notes.down > 0 && view?.querySelector('.monaco-list-row')) {
      notes.drawn = performance.now();
      observer.disconnect();
    }
  }).observe(document.body, { childList: true, subtree: true });
}

async function rowsAfter(page: Page): Promise<number> {
  const ms = await page.waitForFunction(() => {
    const { down, drawn } = (window as unknown as { benchNotes: { down: number; drawn: number } }).benchNotes;
    return drawn > 0 ? drawn - down : undefined;
  });
  return (await ms.jsonValue()) ?? Number.NaN;
}
