import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { temporaryFolder } from '../vscode/folders';
import { closeInOrder, openEditor, type Editor } from './editor';
import { evilNames, type HostileWorkspace, makeHostileWorkspace } from './hostileWorkspace';
import { until } from './until';

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'agentRuns.launch.confirm': true,
};

describe('a hostile workspace', () => {
  let editor: Editor;
  let hostile: HostileWorkspace;
  let skills: Locator;
  let evilRequests = 0;
  const evil = http.createServer((_, response) => {
    evilRequests += 1;
    response.end();
  });

  before(async () => {
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    hostile = makeHostileWorkspace(`http://127.0.0.1:${(evil.address() as AddressInfo).port}`);
    usual = await firstRows(temporaryFolder('empty'), closeInOrder);
  });

  after(async () => {
    evil.close();
    await closeInOrder(editor);
    assert.equal(evilRequests, 0);
  });

  interface FirstRows {
    /** Milliseconds from the window's start. */
    readonly time: number;
    readonly titles: string[];
    /** What was asked of the service until then. */
    readonly asked: string[];
  }
  let usual: FirstRows;

  /** Opens a folder and waits for the rows of the Runs view; the titles are those of the first ten. */
  const firstRows = async (workspace: string, then: (opened: Editor) => Promise<void>): Promise<FirstRows> => {
    const opened = await openEditor({ workspace, settings });
    const started = performance.now();
    await opened.workbench.openContainer('Agent Runs');
    const view = await opened.workbench.view('Runs');
    await opened.workbench.row(view, 'Keep the cart when a session expires').waitFor();
    const time = performance.now() - started;
    const asked = opened.oz.log.map(({ method, path }) => `${method} ${path}`);
    const titles = (await opened.workbench.titles(view)).slice(0, 10);
    await then(opened);
    return { time, titles, asked };
  };

  const launches = (): number => editor.posted('/agent/runs').length;

  it('shows the runs as an empty folder does, and asks nobody else', async () => {
    const here = await firstRows(hostile.folder, (opened) => {
      editor = opened;
      return Promise.resolve();
    });
    await editor.workbench.screenshot('hostile-runs');
    assert.deepEqual(here.titles, usual.titles);
    const lists = ({ asked }: FirstRows): number => asked.filter((one) => one === 'GET /agent/runs').length;
    // One more may come with the time that a slow machine takes.
    assert.ok(lists(here) <= lists(usual) + 1, `${lists(here)} instead of ${lists(usual)}`);
    assert.deepEqual(
      here.asked.filter((one) => !one.startsWith('GET ')),
      [],
    );
    assert.equal(evilRequests, 0);
    console.log(`      rows after ${(here.time / usual.time).toFixed(2)} of the time of an empty folder`);
  });

  it('lists 10,000 skills, and the window still answers', async () => {
    const { workbench } = editor;
    await workbench.widenSideBar(460);
    await workbench.fold('Schedules');
    await workbench.fold('Runs');
    skills = await workbench.view('Skills');
    await workbench.row(skills, 'Restricted Mode').waitFor();
    await workbench.row(skills, 'packages/p0').waitFor();
    const count = workbench.row(skills, 'In This Workspace').locator('.label-description');
    await until('all of them', async () => Number(await count.textContent()) > 10_000);
    await workbench.screenshot('hostile-skills');
    await workbench.typeCommand('Agent Runs: Copy Link to Run');
    await workbench.picks().filter({ hasText: 'Keep the cart' }).first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('shows what is in them as text', async () => {
    const { workbench } = editor;
    await workbench.expand(workbench.row(skills, '.agents/skills'));
    await workbench.row(skills, 'red').waitFor();
    await workbench.screenshot('hostile-names');
    const titles = (await workbench.titles(skills)).map((title) => title.replaceAll('\u200c', ''));
    for (const name of [evilNames.icons, evilNames.link, evilNames.html]) {
      assert.ok(titles.includes(name), `${name} is not among ${titles.join(', ')}`);
    }
    assert.ok(titles.every((title) => !/[\u0000-\u001f\u202e]/.test(title)));
    assert.equal(await skills.locator('.codicon-trash, .codicon-sync, a[href^="command:"], img').count(), 0);
  });

  it('follows no link of a skill that is pointed at or opened', async () => {
    const { workbench } = editor;
    const row = workbench.row(skills, '(command:');
    await row.hover();
    await workbench.page.locator('.workbench-hover:visible').first().waitFor();
    await workbench.screenshot('hostile-hover');
    assert.equal(await workbench.page.locator('.workbench-hover:visible a').count(), 0);
    await row.click();
    await workbench.tab('SKILL.md').waitFor();
    await workbench.page.locator('.codelens-decoration').filter({ hasText: 'Not Trusted' }).first().waitFor();
    await workbench.screenshot('hostile-skill');
    assert.equal(await workbench.page.locator('.terminal-wrapper').count(), 0);
  });

  it('launches nothing from its files', async () => {
    const { workbench } = editor;
    await workbench.row(skills, '(command:').hover();
    assert.equal(await skills.locator('.monaco-list-row').getByRole('button', { name: 'Run Skill' }).count(), 0);
    await workbench.runCommand('Agent Runs: Run Skill in the Cloud');
    const refusal = workbench.notification('not trusted');
    await refusal.waitFor();
    await workbench.screenshot('hostile-refused');
    assert.equal(launches(), 0);
    assert.deepEqual(hostile.marks(), []);
    assert.equal(evilRequests, 0);
    await refusal.hover();
    await workbench.press(refusal, 'Manage Workspace Trust');
  });

  it('once it is trusted, launches by a click, and only after asking', async () => {
    const { workbench } = editor;
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.row(skills, 'Restricted Mode').waitFor({ state: 'hidden' });
    await workbench.screenshot('hostile-trusted');
    await workbench.page.locator('.monaco-modal-editor-block .codicon-close').last().click();
    await workbench.page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
    assert.equal(launches(), 0);
    await workbench.pressInRow(workbench.row(skills, '(command:'), 'Run Skill');
    await workbench.picks().filter({ hasText: 'Text Instead' }).first().waitFor();
    await workbench.screenshot('hostile-choice');
    await workbench.page.keyboard.press('Enter');
    await workbench.picks().filter({ hasText: 'Launch' }).first().waitFor();
    await workbench.picks().filter({ hasText: 'passwd' }).filter({ hasText: 'not known' }).first().waitFor();
    await workbench.screenshot('hostile-sheet');
    await workbench.page.keyboard.press('Enter');
    // Its settings say that nobody is to be asked.
    await workbench.dialog().getByText('Launch “').waitFor();
    await workbench.screenshot('hostile-confirm');
    assert.equal(launches(), 0);
    await workbench.press(workbench.dialog(), 'Launch');
    const runs = await workbench.view('Runs');
    await workbench.row(runs, '(command:').waitFor();
    await workbench.row(runs, 'Keep the cart when a session expires').waitFor();
    await until('a launch', () => launches() > 0);
    await workbench.screenshot('hostile-launched');
    const [launch, ...others] = editor.posted('/agent/runs').map(({ body }) => JSON.parse(body) as unknown);
    assert.deepEqual(others, []);
    assert.deepEqual(launch, { prompt: 'Do it.', title: evilNames.link, config: { environment_id: 'env-storefront' } });
  });
});
