import type { Browser, Page } from 'playwright-core';
import { OzClock } from '../local-oz/clock';
import { type LocalOz, startLocalOz } from '../local-oz/server';
import { Workbench } from '../ui/workbench';
import { launchBrowser } from '../vscode/browser';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import { startServer } from '../vscode/startServer';
import { type Figure, figure } from './figure';

/** Milliseconds of watching, and between two changes. */
const watching = 60_000;
const changing = 10_000;
const list = 'GET /agent/runs';

/** How often each thing was asked for: `GET /agent/runs`, with `*` for an id; the runs of one schedule are another thing. */
type Requests = Record<string, number>;

/** How often six real windows with the list on the screen ask for it, as a multiple of one window. */
export async function measureSixWindows(vsix: string): Promise<Figure[]> {
  const one = await requestsOf(1, vsix);
  const six = await requestsOf(6, vsix);
  show('Until the windows were open', one.opening, six.opening);
  show(`In ${watching / 1000} s with all of them open`, one.watching, six.watching);
  const [ofOne, ofSix] = [one.watching[list] ?? 0, six.watching[list] ?? 0];
  return [figure('sixWindows.ratio', ofSix / ofOne, 'x', 1.2, ofOne)];
}

function show(when: string, one: Requests, six: Requests): void {
  const lines = Object.keys({ ...one, ...six }).map((asked) => {
    return `${asked}: ${one[asked] ?? 0} from one window, ${six[asked] ?? 0} from six`;
  });
  console.log([when, ...lines].join('\n  '));
}

async function requestsOf(windows: number, vsix: string): Promise<{ opening: Requests; watching: Requests }> {
  // Time stands still, so that the same runs are active all the while.
  const oz = await startLocalOz({ scenario: 'demo', clock: OzClock.controlled(Date.now()) });
  const server = await startServer({
    version: 'newest',
    workspace: makeSampleWorkspace(),
    userSettings: { 'agentRuns.baseUrl': oz.baseUrl },
    env: { WARP_API_KEY: oz.key },
    vsix,
  });
  const browser = await launchBrowser();
  const pages: Page[] = [];
  for (let window = 0; window < windows; window += 1) {
    pages.push(await openWindow(browser, server.url));
  }
  const before = oz.log.length;
  await watch(oz, pages);
  const requests = { opening: countsOf(oz.log.slice(0, before)), watching: countsOf(oz.log.slice(before)) };
  await browser.close();
  await server.stop();
  await oz.close();
  return requests;
}

async function openWindow(browser: Browser, url: string): Promise<Page> {
  const workbench = await Workbench.open(browser, url);
  await workbench.openContainer('Agent Runs');
  await workbench.row(await workbench.view('Runs'), 'Needs you').waitFor();
  return workbench.page;
}

/** Changes a run now and then, and sees to it that every window shows the last change. */
async function watch(oz: LocalOz, pages: readonly Page[]): Promise<void> {
  const changes = watching / changing;
  const active = [...oz.state.runs.values()].find(({ item }) => item.state === 'INPROGRESS')?.item.run_id ?? '';
  let title = '';
  for (let change = 1; change <= changes; change += 1) {
    oz.clock.advance(1);
    title = `Changed for the ${change}. time`;
    oz.setState(active, 'INPROGRESS', { title });
    await pages[0]?.waitForTimeout(changing);
  }
  for (const page of pages) {
    await page.locator('.monaco-list-row').filter({ hasText: title }).waitFor();
  }
}

function countsOf(log: LocalOz['log']): Requests {
  const counts: Requests = {};
  for (const { method, path, query } of log) {
    const of = query.includes('schedule_id=') ? ' of a schedule' : '';
    const asked = `${method} ${path.replace(/[^/]*\d[^/]*/g, '*')}${of}`;
    counts[asked] = (counts[asked] ?? 0) + 1;
  }
  return counts;
}
