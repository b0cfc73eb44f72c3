import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

describe('the branch of a run', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    editor = await openEditor({ settings: { 'workbench.colorTheme': 'Default High Contrast' } });
    await editor.workbench.widenSideBar(460);
    await editor.workbench.openContainer('Agent Runs');
    runs = await editor.workbench.view('Runs');
    await editor.workbench.fold('Schedules');
    await editor.workbench.row(runs, cart).waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const cart = 'Keep the cart when a session expires';
  const dark = 'Add a dark theme to the order page';

  const git = (...args: string[]): string =>
    // It locks nothing: the editor's Git is at work too.
    execFileSync('git', ['--no-optional-locks', ...args], { cwd: editor.workspace, encoding: 'utf8' }).trim();

  const checkedOut = (branch: string): Promise<void> =>
    until(`${branch} is checked out`, () => git('branch', '--show-current') === branch);

  it('is fetched and checked out, by mouse', async () => {
    const { workbench } = editor;
    await workbench.chooseFromMenu(workbench.row(runs, cart), 'Check Out Branch');
    await workbench.statusItem('oz/keep-guest-cart').waitFor();
    await workbench.screenshot('inbox-checked-out-contrast');
    await checkedOut('oz/keep-guest-cart');
    assert.match(git('log', '-1', '--format=%s'), /src\/cart\.ts/);
    assert.match(fs.readFileSync(path.join(editor.workspace, 'src/cart.ts'), 'utf8'), /The agent was here/);
  });

  it('puts changes aside only when the person agrees, and back again, by keyboard', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    const changed = path.join(editor.workspace, 'src/discounts.ts');
    const text = `${fs.readFileSync(changed, 'utf8')}\n// Not committed.\n`;
    fs.writeFileSync(changed, text);
    const ask = async (): Promise<void> => {
      await workbench.runCommand('Agent Runs: Check Out Branch');
      await workbench.picks().filter({ hasText: dark }).waitFor();
      await workbench.answer(dark);
      await workbench.dialog().getByText('not committed').waitFor();
    };
    await ask();
    await workbench.screenshot('inbox-stash-contrast');
    await keyboard.press('Escape');
    await workbench.dialog().waitFor({ state: 'hidden' });
    assert.equal(git('branch', '--show-current'), 'oz/keep-guest-cart');
    assert.equal(fs.readFileSync(changed, 'utf8'), text);

    await ask();
    await keyboard.press('Enter');
    const done = workbench.notification('Now on oz/dark-order-page');
    await done.waitFor();
    await checkedOut('oz/dark-order-page');
    assert.match(git('stash', 'list'), /before oz\/dark-order-page/);
    assert.doesNotMatch(fs.readFileSync(changed, 'utf8'), /Not committed/);
    await workbench.screenshot('inbox-stashed-contrast');
    await workbench.press(done, 'Apply Stash');
    await until('the stash is applied', () => git('stash', 'list') === '');
    await workbench.screenshot('inbox-restored-contrast');
    assert.equal(fs.readFileSync(changed, 'utf8'), text);
    assert.equal(git('status', '--porcelain'), 'M src/discounts.ts');
  });

  it('is missed when it is gone, and the pull request offered', async () => {
    const { workbench } = editor;
    // VS Code shows three messages at once: those of the tests before may be these.
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.expand(workbench.row(runs, 'Fix lint errors on main'));
    const pull = workbench.row(runs, '#1839');
    await workbench.chooseFromMenu(pull, 'Check Out Branch');
    const gone = workbench.notification('no branch oz/lint-main');
    await gone.getByRole('button', { name: 'Open Pull Request' }).waitFor();
    await workbench.screenshot('inbox-branch-gone-contrast');
    await checkedOut('oz/dark-order-page');
  });
});
