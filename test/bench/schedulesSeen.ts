import { FreshSchedules } from '../../src/model/freshSchedules';
import { FakeFocus } from '../unit/model/fakeFocus';
import { spawned } from '../unit/model/fakeSchedules';
import { type Figure, figure } from './figure';
import type * as Windows from './schedulesWindow';

const minute = 60_000;
/** Of an hour: the list once a minute, and three times which runs failed. */
const lists = 60;
const failedRuns = 3;

/** Of group `schedules`: what several things that show schedules cost together, and what is told beside them. */
export async function measureSeen({ SchedulesWindow, setFocused }: typeof Windows, count: number): Promise<Figure[]> {
  const see = ({ store, clock }: Windows.SchedulesWindow, focus = new FakeFocus()): void => {
    // As a form and the week do.
    new FreshSchedules(store, clock, focus, () => undefined).setVisible(true);
  };

  const three = new SchedulesWindow(count, 24 * 60 * minute);
  three.view.show(true);
  await three.clock.advance(20_000);
  see(three);
  await three.clock.advance(20_000);
  see(three);
  await three.requestsDuring(10, false);
  const before = three.oz.lists;
  await three.requestsDuring(60, false);
  const listed = three.oz.lists - before;

  const beside = new SchedulesWindow(count);
  see(beside);
  setFocused(true);
  const focused = await beside.requestsDuring(60, true);
  const [run] = spawned('schedule 1', 1, 'failed', beside.clock.now());
  if (run) {
    beside.oz.set({ ...run, state: 'FAILED' });
  }
  await beside.requestsDuring(20, true);
  setFocused(false);

  const alone = new SchedulesWindow(count);
  const away = new FakeFocus();
  away.set(false);
  see(alone, away);
  await alone.requestsDuring(10, true);
  const unfocused = await alone.requestsDuring(60, true);

  return [
    figure('schedules.seen.three.hour', listed, 'requests', lists),
    figure('schedules.seen.focused.hour', focused, 'requests', lists + failedRuns),
    // In sight of nobody, maybe.
    figure('schedules.seen.unfocused.hour', unfocused, 'requests', lists / 10),
    // Whoever writes a form hears of it all the same.
    figure('schedules.seen.untold', 1 - beside.told, 'runs', 0),
  ];
}
