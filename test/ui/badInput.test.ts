import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Fault } from '../local-oz/faults';
import { openEditor, type Editor } from './editor';
import { until } from './until';

describe('what goes wrong', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor();
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
    await editor.workbench.row(runs, 'Rotate the staging database password').waitFor();
  });

  after(async () => {
    await editor.close();
  });

  const refresh = (): Promise<void> => editor.workbench.runCommand('Agent Runs: Refresh Runs');
  const launches = (): number =>
    editor.oz.log.filter(({ method, path }) => method === 'POST' && path === '/agent/runs').length;

  /** Lets readings of the list fail, until the answer is called. */
  const fail = async (what: string, fault: Fault, words: string): Promise<() => void> => {
    const { workbench, oz } = editor;
    const end = oz.faults.add({ ...fault, path: '/agent/runs' });
    await refresh();
    await runs.getByText(words).waitFor();
    await workbench.row(runs, 'Rotate the staging database password').waitFor();
    await workbench.screenshot(`bad-${what.replaceAll(' ', '-')}`);
    return end;
  };

  for (const { what, fault, words } of [
    { what: 'a page of HTML', fault: { fault: 'html' }, words: 'does not speak as Oz' },
    { what: 'a refused key', fault: { fault: 'status', status: 401 }, words: 'does not accept the API key' },
  ] as const) {
    it(`keeps the list on screen and says what is wrong: ${what}`, async () => {
      const end = await fail(what, fault, words);
      end();
      await refresh();
      await runs.getByText(words).waitFor({ state: 'hidden' });
    });
  }

  it('shows what a newer service sends: states, kinds and blocks that nobody knows', async () => {
    const { workbench, oz } = editor;
    const end = oz.faults.add({ fault: 'newerService' });
    await refresh();
    const unknown = workbench.row(runs, /HIBERNATING/);
    await unknown.waitFor();
    const title = (await unknown.locator('.label-name').textContent()) ?? '';
    await workbench.openFrom(unknown, title);
    await workbench.webview().getByText('HIBERNATING').first().waitFor();
    await workbench
      .webview()
      .getByText(/hologram/i)
      .first()
      .waitFor();
    await workbench.screenshot('bad-newer-service');
    assert.equal(await workbench.page.locator('.notifications-toasts .notification-list-item').count(), 0);
    end();
  });

  it('launches nothing of a malformed SKILL.md and shows the line', async () => {
    const { workbench } = editor;
    await workbench.openFile('.agents/skills/release-notes/SKILL.md');
    await workbench.runCommand('Agent Runs: Run Skill in the Cloud');
    await workbench.notification(/line \d+/i).waitFor();
    await workbench.screenshot('bad-skill');
    assert.equal(launches(), 0);
  });

  it('says what to do when nothing is selected', async () => {
    const { workbench } = editor;
    await workbench.openFile('src/cart.ts');
    await workbench.runCommand('Agent Runs: Run Agent on Selection');
    await workbench.page
      .getByText(/select/i)
      .first()
      .waitFor();
    await workbench.screenshot('bad-empty-selection');
    assert.equal(launches(), 0);
  });

  it('finds out where the connection fails, in a report without the key', async () => {
    const { workbench, oz } = editor;
    const end = oz.faults.add({ fault: 'status', status: 401, path: '/agent/runs' });
    await workbench.runCommand('Agent Runs: Diagnose Connection');
    const verdict = workbench.notification('Failed: API key');
    await verdict.waitFor();
    end();
    await workbench.tab('Connection.txt').waitFor();
    await workbench.screenshot('bad-connection');
    await workbench.press(verdict, 'Copy Report');
    await until('the report is copied', async () => (await workbench.clipboard()).includes(new URL(oz.baseUrl).host));
    const report = await workbench.clipboard();
    assert.match(report, /\[FAILED\] API key/);
    assert.ok(!report.includes(oz.key));
  });

  // Last: after several failures in a row the service is left alone for a while.
  it('keeps the list on screen and says what is wrong: a service in trouble', async () => {
    await fail('a service in trouble', { fault: 'status', status: 503 }, 'a problem of its own');
  });
});

describe('a base URL that does not lead to Oz', () => {
  for (const { what, url, words } of [
    { what: 'nobody listens there', url: 'http://127.0.0.1:1/api/v1', words: 'cannot be reached' },
    { what: 'it would send the key unprotected', url: 'http://oz.example/api/v1', words: 'not the Oz API' },
  ]) {
    it(`is said where the runs would be: ${what}`, async () => {
      const editor = await openEditor({ settings: { 'agentRuns.baseUrl': url } });
      const { workbench } = editor;
      await workbench.openContainer('Agent Runs');
      const runs = await workbench.view('Runs');
      await runs.getByText(words).waitFor();
      await runs.getByRole('button', { name: 'Open Settings' }).waitFor();
      await workbench.screenshot(`bad-url-${words.replaceAll(' ', '-')}`);
      await editor.close();
    });
  }
});
