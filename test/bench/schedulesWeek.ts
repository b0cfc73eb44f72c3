import { timesWithin } from '../../src/model/cronTimes';
import { ZoneFormats } from '../../src/model/zoneFormats';
import { weekView } from '../../src/schedule/weekView';
import { buildPage, ShownPage } from '../ui/shownPage';
import { noon } from '../unit/fakeClock';
import { schedule } from '../unit/model/fakeSchedules';
import { Panel, Window, words } from '../unit/schedules/fakeSchedulePage';
import { launchBrowser } from '../vscode/browser';
import { type Figure, figure, median } from './figure';

const many = 200;
const times = 9;
const week = 7 * 24 * 60 * 60_000;

/** Of any five, one runs every ten minutes, one hourly, one every six hours, one daily and one weekly; none at the same minute. */
const schedules = Array.from({ length: many }, (_, index) => {
  const [minute, hour] = [index % 60, (index * 7) % 24];
  const crons = ['*/10 * * * *', `${minute} * * * *`, `${minute} */6 * * *`, `${minute} ${hour} * * *`];
  const cron = crons[index % 5] ?? `${minute} ${hour} * * ${index % 7}`;
  return schedule(`schedule ${index}`, { name: `Schedule ${index}`, cron_schedule: cron });
});

/** Of group `schedules`: what the week of 200 schedules costs each half of its page. */
export async function measureWeek(): Promise<Figure[]> {
  const floor = median(repeat(writeAll));
  const host = median(repeat(show));

  await buildPage();
  const browser = await launchBrowser();
  try {
    const { page, panel } = await ShownPage.open(browser, new Panel(new Window(schedules)));
    const posted = panel.posted.filter(({ type }) => type === 'week');
    const bytes = Math.max(...posted.map((message) => JSON.stringify(message).length));
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    const before = panel.posted.length;
    await panel.window.store.readNewestRuns('schedule 1');
    return [
      // It does more than to write each time once, but in the same order of time.
      figure('schedules.week.host', host / floor, 'x', 2, floor),
      figure('schedules.week.posted', bytes / 1000, 'KB', 120),
      figure('schedules.week.nodes', nodes, 'nodes', 4000),
      // Health is read schedule by schedule: the week is the same after each.
      figure('schedules.week.pastRuns', panel.posted.length - before, 'events', 0),
    ];
  } finally {
    await browser.close();
  }
}

/** The least that there is to do: every run is worked out, and each that has a mark of its own is written once. */
function writeAll(): void {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Berlin' });
  for (const { cron_schedule: cron } of schedules) {
    const found = timesWithin(cron, noon, noon + week, Infinity);
    for (const time of found.length <= 168 ? found : []) {
      format.format(time);
    }
  }
}

function show(): void {
  weekView({
    ...{ schedules, showsPaused: true, now: noon, formats: new ZoneFormats('Europe/Berlin', 'en'), words },
    alert: () => null,
    item: (id) => Number(id.slice('schedule '.length)),
  });
}

/** Milliseconds that each took, after one that is not counted. */
function repeat(work: () => void): number[] {
  work();
  return Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}
