import assert from 'node:assert/strict';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';
import type { Workbench } from './workbench';

describe('two windows', () => {
  let editor: Editor;
  let other: Workbench;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    other = await editor.workbench.openAnother();
    for (const workbench of [editor.workbench, other]) {
      await workbench.openContainer('Agent Runs');
      await workbench.row(await workbench.view('Runs'), working).waitFor();
    }
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const working = 'Speed up the product listing query';

  /** Of the list; the past runs of schedules are read by their view. */
  const readings = (): number =>
    editor.oz.log.filter(
      ({ method, path, query }) => method === 'GET' && path === '/agent/runs' && !query.includes('schedule_id='),
    ).length;

  it('ask the service as often as one', async () => {
    const before = readings();
    const started = performance.now();
    await until('four readings', () => readings() - before >= 4, 40_000);
    const took = performance.now() - started;
    // While a run is active one window reads every 5 s; two that do not know of each other would need 10 s at most.
    assert.ok(took > 12_000, `four readings in ${took} ms`);
  });

  it('both show what was read', async () => {
    editor.oz.setState(editor.run(working).run_id, 'BLOCKED');
    const before = readings();
    for (const workbench of [editor.workbench, other]) {
      const runs = await workbench.view('Runs');
      await until('it needs a person', async () => (await workbench.titles(runs))[1] === working);
    }
    assert.ok(readings() - before <= 2);
    await other.screenshot('inbox-other-window');
  });

  it('go on when one of them is gone', async () => {
    await editor.workbench.close();
    const before = readings();
    editor.oz.setState(editor.run(working).run_id, 'INPROGRESS');
    const runs = await other.view('Runs');
    await until('it is active', async () => {
      const titles = await other.titles(runs);
      return titles.indexOf(working) > titles.indexOf('Active');
    });
    assert.ok(readings() > before);
  });
});
