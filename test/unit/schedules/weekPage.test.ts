import assert from 'node:assert/strict';
import type { Schedule } from '../../../src/oz/types';
import { schedule } from '../model/fakeSchedules';
import { Panel, Window } from './fakeSchedulePage';

// It is noon of Sunday, the 22nd of November, in UTC.
const at = (id: string, cron: string, members: Partial<Schedule> = {}): Schedule =>
  schedule(id, { name: id, cron_schedule: cron, ...members });

describe('the week of schedules', () => {
  const open = (schedules: Schedule[], zone = 'UTC'): Promise<Panel> => new Panel(new Window(schedules)).open(zone);
  const runs = ({ week }: Panel): string[][] =>
    week.days.map(({ groups }) => groups.flatMap((group) => group.runs.map(({ name, time }) => `${name} ${time}`)));

  it('has the coming seven days to their end, by the calendar where the person is', async () => {
    const daily = [at('early', '30 1 * * *'), at('late', '0 23 * * *')];
    const utc = await open(daily);
    assert.deepEqual(runs(utc)[0], ['late 11:00 PM']);
    assert.deepEqual(runs(utc)[6], ['early 1:30 AM', 'late 11:00 PM']);
    // Until the next Sunday at noon: what runs once a week is there, whenever it is looked at.
    assert.deepEqual(runs(utc).slice(7), [['early 1:30 AM']]);
    const tokyo = await open(daily, 'Asia/Tokyo');
    // It is 21:00 there.
    assert.deepEqual(runs(tokyo)[0], []);
    assert.deepEqual(runs(tokyo)[1], ['late 8:00 AM', 'early 10:30 AM']);
    assert.match(tokyo.week.days[1]?.groups[0]?.runs[0]?.said ?? '', /23:00 UTC/);
  });

  it('joins schedules that start close to each other, by their distance, and no schedule with itself', async () => {
    const panel = await open([
      at('a', '59 8 * * 1'),
      at('b', '0 9 * * 1'),
      at('c', '15 9 * * 1'),
      at('twice', '0,5 12 * * 2'),
      at('other', '5 12 * * 2'),
      at('paused', '0 9 * * 1', { enabled: false }),
    ]);
    const groups = panel.week.days.flatMap((day) => day.groups);
    assert.deepEqual(
      groups.map(({ collision, hour, runs: here }) => [collision, hour, here.map(({ name }) => name).join(' ')]),
      [
        ['2 within 1 min', 8, 'a'],
        ['2 within 1 min', 9, 'b'],
        ['', 9, 'paused'],
        ['', 9, 'c'],
        ['2 within 5 min', 12, 'twice other twice'],
      ],
    );
    assert.match(panel.week.summary, /^6 runs .* 2 times/);
  });

  it('has a band for what runs more than once an hour, counts it, and marks for what runs once', async () => {
    const panel = await open([at('often', '*/5 * * * *'), at('hourly', '0 * * * *')]);
    assert.deepEqual(
      panel.week.bands.map(({ name, words }) => [name, words.includes('2016')]),
      [['often', true]],
    );
    assert.equal(runs(panel)[1]?.length, 24);
    assert.match(panel.week.summary, /^2,184 runs .* Beside those that run often/);
  });

  it('has bands for ever rarer ones where they are so many that nobody could tell the marks apart', async () => {
    const often = Array.from({ length: 30 }, (_, index) => at(`hourly ${index}`, `${index} * * * *`));
    const panel = await open([...often, at('daily', '0 9 * * *')]);
    assert.equal(panel.week.bands.length, 30);
    assert.deepEqual([...new Set(runs(panel).flat())], ['daily 9:00 AM']);
  });

  it('is not shown again when what changed are the past runs of a schedule', async () => {
    const panel = await open([at('a', '0 9 * * *')]);
    const { store } = panel.window;
    const before = panel.posted.length;
    await store.readNewestRuns('a');
    assert.equal(panel.posted.length, before);
    store.ofThisAccount().put(at('a', '0 10 * * *'));
    assert.equal(panel.posted.length, before + 1);
  });

  it('marks what fails and what did not run when it should have, and says so', async () => {
    const panel = await open([
      at('fine', '*/5 * * * *'),
      at('fails', '*/5 * * * *', { last_spawn_error: 'Environment gone', enabled: false }),
      at('late', '0 9 * * 1', { history: { next_run: '2026-11-22T09:00:00Z' } }),
      at('later', '0 9 * * 2'),
    ]);
    const late = panel.week.days.flatMap(({ groups }) => groups.flatMap((group) => group.runs));
    assert.deepEqual(
      [...panel.week.bands, ...late].map(({ name, alert, said }) => [
        name,
        alert,
        /, ((paused, )?\D+)$/.exec(said)?.[1],
      ]),
      [
        ['fails', 'failing', 'paused, failing'],
        ['fine', null, undefined],
        ['late', 'overdue', 'overdue'],
        ['later', null, undefined],
      ],
    );
    const { store } = panel.window;
    store.ofThisAccount().put(at('later', '0 9 * * 2', { last_spawn_error: 'Environment gone' }));
    assert.equal(panel.week.days[2]?.groups[0]?.runs[0]?.alert, 'failing');
  });

  it('believes the service about the next run, and the expression about the others', async () => {
    const panel = await open([at('a', '0 9 * * *', { history: { next_run: '2026-11-23T09:20:00Z' } })]);
    assert.deepEqual(runs(panel).slice(0, 3), [[], ['a 9:20 AM'], ['a 9:00 AM']]);
  });

  it('has an hour twice where the clocks are set back', async () => {
    const window = new Window([at('a', '30 0,1 * * *')]);
    await window.clock.advance(Date.parse('2027-10-30T12:00:00Z') - window.clock.now());
    const panel = await new Panel(window).open('Europe/Berlin');
    const day = panel.week.days[1];
    assert.deepEqual(
      day?.groups.map(({ hour, runs: here }) => [hour, here.length]),
      [
        [2, 1],
        [2, 1],
      ],
    );
  });

  it('leaves out paused ones for whoever wants that, and remembers it', async () => {
    const window = new Window([at('paused', '0 9 * * *', { enabled: false })]);
    const panel = await new Panel(window).open();
    assert.equal(runs(panel).flat().length, 7);
    assert.match(panel.week.days[1]?.groups[0]?.runs[0]?.said ?? '', /paused$/);
    panel.send({ type: 'showPaused', value: false });
    assert.deepEqual(runs(panel).flat(), []);
    const again = await new Panel(window).open();
    assert.equal(again.week.showsPaused, false);
    assert.equal(again.week.paused, 1);
  });

  it('opens the schedule that was clicked, and none that is not there', async () => {
    const window = new Window([at('a', '0 9 * * *'), at('b', '0 10 * * *')]);
    const panel = await new Panel(window).open();
    const [, second] = panel.week.days[1]?.groups ?? [];
    // What comes before it in the meantime does not take its number.
    window.store.ofThisAccount().put(at('0', '0 8 * * *'));
    panel.send({ type: 'open', item: second?.runs[0]?.item ?? -1 });
    panel.send({ type: 'open', item: 77 });
    assert.deepEqual(panel.did, [['agentRuns.editSchedule', { scheduleId: 'b' }]]);
  });

  it('does what any act of its bars says', async () => {
    const panel = await open([at('a', '0 9 * * *')]);
    const { lists } = panel.window.service;
    await panel.act('reload');
    assert.equal(panel.window.service.lists, lists + 1);
    await panel.act('setKey');
    await panel.act('newSchedule');
    await panel.act('diagnose');
    // Of a form.
    await panel.act('save');
    assert.deepEqual(panel.did, [['agentRuns.setApiKey'], ['agentRuns.newSchedule'], ['agentRuns.diagnoseConnection']]);
  });

  it('passes over times that cannot be read', async () => {
    const panel = await open([at('odd', '@daily'), at('six', '0 0 9 * * *')]);
    assert.deepEqual(runs(panel).flat(), []);
  });
});
