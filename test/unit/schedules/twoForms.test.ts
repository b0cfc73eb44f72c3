import assert from 'node:assert/strict';
import type { Schedule } from '../../local-oz/state';
import { type LocalPage, LocalPages } from './localPages';

const minute = 60_000;
const servers = { linear: { command: 'npx', env: { TOKEN: 's3cret' } } };
const strange = { x_deep: { new: [1, null] } };

describe('the forms of one schedule in two windows', () => {
  let pages: LocalPages;
  let id: string;
  let here: LocalPage;
  let there: LocalPage;

  const openForm = (): Promise<LocalPage> => pages.open(pages.window(), { scheduleId: id });
  const stored = (): Schedule => pages.oz.state.schedules.get(id) ?? assert.fail('It is gone');
  const puts = (): number => pages.asked().filter((one) => one.startsWith('PUT ')).length;
  const act: LocalPages['act'] = (page, name) => pages.act(page, name);
  const poll = ({ window }: LocalPage): Promise<void> => pages.pass(window, minute);

  beforeEach(async () => {
    pages = await LocalPages.start();
    const { oz } = pages;
    const first = [...oz.state.schedules.values()].find(({ enabled }) => enabled) ?? assert.fail();
    ({ id } = first);
    // As a newer version of the extension, or of the service, would leave it.
    const agent_config = { ...first.agent_config, mcp_servers: servers, ...strange };
    oz.state.schedules.set(id, { ...first, name: 'Report', prompt: 'Sum up', agent_config, ...{ timezone: 'CET' } });
    [here, there] = [await openForm(), await openForm()];
  });

  afterEach(() => pages.close());

  const unknownOf = (schedule: Schedule): unknown => [
    Reflect.get(schedule, 'timezone'),
    Reflect.get(schedule.agent_config ?? {}, 'x_deep'),
    schedule.agent_config?.mcp_servers,
  ];
  const unknown = ['CET', strange.x_deep, servers];

  it('show what the other one saved, where nothing was changed', async () => {
    there.type('name', 'Theirs');
    await act(there, 'save');
    assert.deepEqual(there.form.bars, []);
    await poll(here);
    assert.deepEqual([here.title, here.texts.name, here.form.bars], ['Theirs', 'Theirs', []]);
    assert.deepEqual(unknownOf(stored()), unknown);
  });

  it('say that the other one changed it, and save both', async () => {
    here.type('prompt', 'Mine\n');
    there.type('name', 'Theirs');
    await act(there, 'save');
    assert.equal(stored().name, 'Theirs');
    await poll(here);
    assert.deepEqual(here.acts, ['showChanges', 'keepMine', 'takeTheirs']);
    assert.equal(here.texts.name, undefined);
    await act(here, 'keepMine');
    await act(here, 'save');
    assert.deepEqual([stored().name, stored().prompt], ['Theirs', 'Mine']);
    await poll(there);
    assert.deepEqual([there.texts.prompt, there.form.bars, here.title], ['Mine', [], 'Theirs']);
    assert.deepEqual(unknownOf(stored()), unknown);
  });

  it('ask where both changed the same and neither has heard of the other', async () => {
    here.type('name', 'Mine');
    here.type('prompt', 'Mine');
    there.type('name', 'Theirs');
    there.type('cron', '15 4 * * *');
    await act(there, 'save');
    const before = puts();
    await act(here, 'save');
    const rows = here.form.bars[0]?.table?.rows.map(({ left, right }) => [left, right]);
    assert.deepEqual(rows, [['Mine', 'Theirs']]);
    assert.deepEqual([puts(), stored().name, stored().prompt], [before, 'Theirs', 'Sum up']);
    here.send({ type: 'sides', sides: ['theirs'] });
    await pages.rest();
    const { name, prompt, cron_schedule: cron } = stored();
    assert.deepEqual([name, prompt, cron], ['Theirs', 'Mine', '15 4 * * *']);
    assert.deepEqual([here.texts.name, here.title], ['Theirs', 'Theirs']);
    assert.deepEqual(unknownOf(stored()), unknown);
  });

  it('find nothing but their own save where its answer was lost', async () => {
    here.type('prompt', 'Mine\n');
    here.type('name', ' Mine ');
    pages.oz.faults.add({ fault: 'commitThenDrop', path: `/agent/schedules/${id}`, method: 'PUT', count: 1 });
    await act(here, 'save');
    while (here.form.isSaving) {
      await pages.pass(here.window, 1000);
    }
    await poll(here);
    assert.deepEqual([here.title, here.form.bars, puts()], ['Mine', [], 1]);
    assert.deepEqual([stored().name, stored().prompt], ['Mine', 'Mine']);
  });

  it('say that the other one deleted it, and make it anew with all that was in it', async () => {
    here.type('name', 'Mine');
    const { agent_config: config } = stored();
    assert.deepEqual(config?.mcp_servers, servers);
    pages.oz.state.schedules.delete(id);
    await poll(here);
    await poll(there);
    assert.deepEqual([here.acts, there.acts.includes('createAgain')], [['createAgain', 'discard'], true]);
    await act(here, 'createAgain');
    const made = [...pages.oz.state.schedules.values()].filter(({ name }) => name === 'Mine');
    assert.equal(made.length, 1);
    assert.deepEqual([made[0]?.prompt, made[0]?.agent_config], ['Sum up', config]);
    assert.deepEqual([here.about, here.form.bars], [{ scheduleId: made[0]?.id }, []]);
  });

  it('ask before values that the service hides go back as it shows them', async () => {
    pages.oz.faults.add({ fault: 'hiddenSecrets', path: '/agent/schedules*' });
    const form = await openForm();
    form.type('name', 'Mine');
    await act(form, 'save');
    assert.ok(form.acts.includes('saveAnyway'), form.acts.join(', '));
    assert.match(form.form.bars[0]?.words ?? '', /TOKEN/);
    await act(form, 'stopSaving');
    assert.deepEqual([puts(), stored().name, stored().agent_config?.mcp_servers], [0, 'Report', servers]);
    assert.equal(form.title, '● Mine');
    await act(form, 'save');
    await act(form, 'saveAnyway');
    assert.deepEqual([puts(), stored().name], [1, 'Mine']);
  });
});
