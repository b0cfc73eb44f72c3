import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { temporaryFolder } from '../vscode/folders';
import { type Figure, figure } from './figure';
import { measureSeen } from './schedulesSeen';
import { measureWeek } from './schedulesWeek';
import type * as Windows from './schedulesWindow';

const many = 200;
/** What the view reads in any hour: the list, once a minute. */
const lists = 60;
/** Rows that are read at once when they come to be seen, and in each minute after that. */
const screen = 12;
const perMinute = 30;

/** Group `schedules`: what it costs to see how 200 schedules fare, each of which runs once an hour. */
export async function measureSchedules(): Promise<Figure[]> {
  const windows = await loadWindows();
  const { SchedulesWindow, SchedulesMachine, setFocused } = windows;
  const open = (firstDue?: number): Windows.SchedulesWindow => new SchedulesWindow(many, firstDue);
  const later = 24 * 60 * 60_000;

  /** Six windows in which the schedules were seen once: while nobody works in them, and while somebody works in each. */
  const outOfSight = async (): Promise<{ unfocused: number; back: number; focused: number }> => {
    const machine = new SchedulesMachine();
    const first = new SchedulesWindow(many, undefined, machine);
    for (let others = 0; others < 5; others += 1) {
      new SchedulesWindow(many, undefined, machine);
    }
    first.view.show(true);
    await first.requestsDuring(10, true);
    first.view.show(false);
    const unfocused = await first.requestsDuring(10 * 60, true);
    setFocused(true);
    const back = await first.requestsDuring(5, true);
    const focused = await first.requestsDuring(60, true);
    setFocused(false);
    return { unfocused, back, focused };
  };

  const hidden = await outOfSight();

  const quiet = open(later);
  quiet.view.show(true);
  await quiet.clock.advance(1);
  const atOnce = quiet.oz.calls.length;
  const inAMinute = (await quiet.requestsDuring(1, false), quiet.oz.calls.length);
  await quiet.requestsDuring(59, false);
  const look = quiet.oz.calls.length;
  quiet.events = 0;
  const quietHour = await quiet.requestsDuring(60, false);
  const quietEvents = quiet.events;

  const busy = open();
  busy.view.show(true);
  const firstHour = await busy.requestsDuring(60, true);
  const nextHour = await busy.requestsDuring(60, true);

  const back = open();
  back.view.show(true);
  await back.requestsDuring(60, false);
  back.view.show(false);
  await back.requestsDuring(8 * 60, true);
  const before = back.oz.requests;
  back.view.show(true);
  await back.requestsDuring(1, false);
  const afterANight = back.oz.requests - before;

  const change = open(later);
  change.view.show(true);
  await change.requestsDuring(60, false);
  change.oz.start(100, change.clock.now());
  Object.assign(change, { events: 0, rows: 0 });
  const changed = (await change.requestsDuring(3, false)) - 3;

  return [
    figure('schedules.hidden.unfocused.10hours', hidden.unfocused, 'requests', 0),
    // The list, and which runs failed, by whichever window comes first.
    figure('schedules.hidden.back.six', hidden.back, 'requests', 2),
    figure('schedules.hidden.focused.hour.six', hidden.focused, 'requests', 6),
    // A row that is pointed at must not wait behind them all.
    figure('schedules.firstLook.atOnce', atOnce, 'requests', screen),
    figure('schedules.firstLook.inAMinute', inAMinute, 'requests', screen + perMinute),
    figure('schedules.firstLook.inAll', look, 'requests', many),
    figure('schedules.firstLook.together', quiet.oz.mostAtOnce, 'requests', 2),
    figure('schedules.hour.unchanged', quietHour, 'requests', lists),
    figure('schedules.hour.unchanged.events', quietEvents, 'events', 0),
    // Each schedule is read when it comes to be seen, and after its one start.
    figure('schedules.hour.first', firstHour, 'requests', lists + 2 * many),
    figure('schedules.hour.next', nextHour, 'requests', lists + many),
    // Everything has changed: two lists, and then no faster than at the first look.
    figure('schedules.afterANight.inAMinute', afterANight, 'requests', 2 + screen + perMinute),
    figure('schedules.change.requests', changed, 'requests', 1),
    // One for the time of the next run, one for the result.
    figure('schedules.change.events', change.events, 'events', 2),
    figure('schedules.change.rows', change.rows, 'events', 2),
    ...(await measureSeen(windows, many)),
    ...(await measureWeek()),
  ];
}

/** The view imports the editor, which is not there: it is bundled with a small one. */
async function loadWindows(): Promise<typeof Windows> {
  const file = path.join(temporaryFolder('bench'), 'schedulesWindow.js');
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'schedulesWindow.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: { vscode: path.join(__dirname, 'fakeEditor.ts') },
  });
  fs.writeFileSync(file, outputFiles[0]?.contents ?? '');
  return createRequire(file)(file) as typeof Windows;
}
