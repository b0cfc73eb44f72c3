import assert from 'node:assert/strict';
import { withMcpServers } from '../../../src/model/scheduleForm';
import { schedule } from '../model/fakeSchedules';
import { type Panel, Window } from './fakeSchedulePage';
import { createInDoubt, fresh, known, open, reloaded, report, type Target } from './openForms';

const servers = { linear: { command: 'npx', env: { TOKEN: 's3cret' } } };

describe('MCP servers of what is not saved', () => {
  const withServers: Target = { draft: { ...report, config: { mcp_servers: servers } }, from: 'copy a' };
  const again: Target = { draft: {}, from: 'copy a' };
  const choose = (panel: Panel, chosen: typeof servers | undefined): void => {
    panel.fields.answer = (form) => withMcpServers(form, chosen);
    panel.send({ type: 'option', item: 0 });
  };

  it('are said to be lost after each reload, until they are chosen again', async () => {
    let window = new Window();
    (await open(window, withServers)).page.dispose();
    for (let reload = 0; reload < 3; reload++) {
      window = reloaded(window);
      const panel = await open(window, again);
      assert.deepEqual(panel.acts, ['chooseServers', 'dismiss']);
      await window.clock.advance(1000);
      panel.page.dispose();
    }
    const panel = await open(window, again);
    choose(panel, servers);
    assert.deepEqual(panel.acts, []);
    await panel.act('save');
    assert.deepEqual(window.service.schedules[0]?.agent_config?.mcp_servers, servers);
  });

  it('are not said to be lost any more once that was read', async () => {
    const window = new Window([schedule('a')]);
    const first = await open(window, known);
    choose(first, servers);
    first.page.dispose();
    const second = await open(window, known);
    assert.deepEqual(second.acts, ['chooseServers', 'dismiss']);
    await second.act('dismiss');
    second.page.dispose();
    assert.deepEqual((await open(window, known)).acts, []);
    assert.equal(window.memento.values.size, 0);
  });

  it('are there where the form begins with them again', async () => {
    const window = new Window();
    const first = await open(window, withServers);
    first.type('name', 'Other');
    first.page.dispose();
    assert.doesNotMatch(JSON.stringify([...window.memento.values]), /s3cret/);
    const second = await open(window, withServers);
    assert.deepEqual([second.title, second.acts], ['● Other', ['discard', 'dismiss']]);
    await second.act('save');
    assert.deepEqual(window.service.schedules[0]?.agent_config?.mcp_servers, servers);
  });

  it('that were removed stay so', async () => {
    const window = new Window([schedule('a', { agent_config: { mcp_servers: servers } })]);
    const first = await open(window, known);
    choose(first, undefined);
    first.page.dispose();
    const second = await open(window, known);
    assert.deepEqual(second.acts, ['discard', 'dismiss']);
    await second.act('save');
    assert.equal(window.service.schedules[0]?.agent_config?.mcp_servers, undefined);
  });

  it('are not in what was sent as it is kept', async () => {
    const before = new Window();
    const first = await open(before, withServers);
    await createInDoubt(before, first);
    assert.doesNotMatch(JSON.stringify([...before.memento.values]), /s3cret/);
    const second = await open(reloaded(before), again);
    assert.deepEqual([second.about, second.title, second.acts], [{ scheduleId: 'new-0' }, 'Report', []]);
  });
});

describe('what another window without a folder keeps in the same place', () => {
  it('stays when this one has nothing to keep', async () => {
    const here = new Window();
    const there = new Window([], here.memento);
    const mine = await open(here, fresh);
    const theirs = await open(there, fresh);
    theirs.type('name', 'Theirs');
    await there.clock.advance(1000);
    mine.page.dispose();
    assert.equal((await open(reloaded(there), fresh)).title, '● Theirs');
  });
});
