import assert from 'node:assert/strict';
import { FreshSchedules } from '../../../src/model/freshSchedules';
import { HealthReading } from '../../../src/model/healthReading';
import { FakeFocus } from '../model/fakeFocus';
import { LocalPages } from './localPages';

const minute = 60_000;

describe('what the pages of schedules ask of the service', () => {
  let pages: LocalPages;

  beforeEach(async () => {
    pages = await LocalPages.start();
  });

  afterEach(() => pages.close());

  const idOf = (name: string): string =>
    [...pages.oz.state.schedules.values()].find((one) => one.name.startsWith(name))?.id ?? assert.fail();
  /** What was asked since then, without the runs. */
  const since = (before: number): string[] => pages.asked().slice(before);

  it('is one list a minute for the view, the week and a form together, and the newest runs of each schedule once', async () => {
    const window = pages.window();
    const { store, runs, clock } = window;
    const reading = new HealthReading({ store, runs, clock });
    const view = new FreshSchedules(store, clock, new FakeFocus(), () => {
      reading.recheck();
    });
    view.setVisible(true);
    reading.setVisible(true);
    await pages.pass(window, 20_000);
    await pages.open(window);
    await pages.pass(window, 20_000);
    await pages.open(window, { scheduleId: idOf('Reconcile') });
    await pages.pass(window, 20_000);
    const first = pages.asked();
    const { size } = pages.oz.state.schedules;
    assert.equal(first.filter((one) => one === 'GET /agent/runs').length, size);
    for (let passed = 0; passed < 10; passed += 1) {
      await pages.pass(window, minute);
    }
    const then = since(first.length);
    assert.ok(then.length >= 10 && then.length <= 11, then.join(', '));
    assert.deepEqual([...new Set(then)], ['GET /agent/schedules']);
    view.dispose();
    reading.dispose();
  });

  it('is one reading and one change for a save, and a list and a change for a creation', async () => {
    const id = idOf('Reconcile');
    const window = pages.window();
    const form = await pages.open(window, { scheduleId: id });
    const made = await pages.open(window, { draft: { name: 'New', cron: '0 9 * * *', prompt: 'Look' }, from: 'new' });
    form.type('name', 'Mine');
    let before = pages.asked().length;
    await pages.act(form, 'save');
    assert.deepEqual(since(before), [`GET /agent/schedules/${id}`, `PUT /agent/schedules/${id}`]);
    before = pages.asked().length;
    await pages.act(made, 'save');
    assert.deepEqual(since(before), ['GET /agent/schedules', 'POST /agent/schedules']);
  });
});
