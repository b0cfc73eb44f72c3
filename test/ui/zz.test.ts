import { openEditor } from './editor';
it('probe', async () => {
  const editor = await openEditor();
  const { workbench: w, oz } = editor;
  await w.openContainer('Agent Runs');
  const runs = await w.view('Runs');
  await w.row(runs, 'Rotate the staging').waitFor();
  const words = /does not accept the API key|does not speak as Oz/;
  for (let i = 0; i < 16; i++) {
    const end = oz.faults.add(i % 2 ? { fault: 'status', status: 401, path: '/agent/runs' } : { fault: 'html', path: '/agent/runs' });
    const n = oz.log.length; const t0 = Date.now();
    await w.page.waitForTimeout(Math.random() * 5000);
    await w.runCommand('Agent Runs: Refresh Runs');
    await runs.getByText(words).waitFor();
    const shown = Date.now();
    await w.screenshot('zz');
    end();
    await w.runCommand('Agent Runs: Refresh Runs');
    const ok = await runs.getByText(words).waitFor({ state: 'hidden', timeout: 8000 }).then(() => true, () => false);
    console.log(i, ok, 'shown at', shown - t0, oz.log.slice(n).map(e => [e.at - t0, e.path, e.query.slice(0, 90), e.status, e.fault].join(' ')));
    if (!ok) { await w.runCommand('Agent Runs: Refresh Runs'); console.log('again', await runs.getByText(words).waitFor({ state: 'hidden', timeout: 8000 }).then(() => true, () => false)); }
  }
  await editor.close();
});
