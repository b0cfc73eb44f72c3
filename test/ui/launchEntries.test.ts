import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Run } from '../local-oz/state';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import { closeInOrder, openEditor, type Editor } from './editor';
import { until } from './until';

/** What the service was asked to launch, or to start again and again. */
type Request = Record<string, unknown>;

const skill = 'acme/storefront:.agents/skills/write-tests/SKILL.md';
const skillFile = '.agents/skills/write-tests/SKILL.md';

describe('every place from which a run is launched', () => {
  let editor: Editor;
  let runs: Locator;

  before(async () => {
    const workspace = makeSampleWorkspace();
    fs.writeFileSync(path.join(workspace, 'prices.json'), '{\n  "shirt": 1200,,\n  "socks": 300\n}\n');
    editor = await openEditor({
      workspace,
      settings: {
        'workbench.colorTheme': 'Default Dark Modern',
        'workbench.editor.enablePreview': false,
        'agentRuns.notifications': 'off',
      },
    });
    // What is launched stays where new runs are listed.
    editor.oz.clock.setSpeed(0.02);
    const { workbench } = editor;
    await workbench.widenSideBar(460);
    await workbench.openContainer('Agent Runs');
    runs = await workbench.view('Runs');
    await workbench.fold('Schedules');
    await workbench.row(runs, 'Needs you').waitFor();
  });

  after(async () => {
    await closeInOrder(editor);
  });

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);
  const sent = (what: string): Request[] => editor.posted(what).map(({ body }) => JSON.parse(body) as Request);

  const tabCount = (): Promise<number> => editor.workbench.page.locator('.tabs-container .tab').count();

  const newest = (): Run => {
    const [first] = [...editor.oz.state.runs.values()]
      .map(({ item }) => item)
      .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
    return first ?? assert.fail('The service has no runs');
  };

  /** What the service is sent when something is done, and nothing else is. Its row is in the Runs view if that is open. */
  const launchOf = async (act: () => Promise<void>): Promise<Request> => {
    const before = sent('/agent/runs').length;
    const tabs = await tabCount();
    await act();
    await until('a launch', () => sent('/agent/runs').length > before);
    // Its conversation opens, and would take the keyboard from what comes next.
    await until('its tab', async () => (await tabCount()) > tabs);
    const conversation = editor.workbench.webview();
    await conversation.locator('#head').waitFor();
    await until('its conversation has the keyboard', () =>
      conversation.locator('body').evaluate(({ ownerDocument }) => ownerDocument.hasFocus()),
    );
    if (await runs.locator('.monaco-list-row').first().isVisible()) {
      // What a menu is opened on must not move away.
      const { title } = newest();
      await until(`the row of ${title}`, async () => {
        const titles = await editor.workbench.titles(runs);
        return titles[titles.indexOf('Active') + 1] === title;
      });
    }
    const [launch, ...others] = sent('/agent/runs').slice(before);
    assert.deepEqual(others, []);
    return launch ?? {};
  };

  /** Answers the question that comes before the sheet, or leaves what it begins with. */
  const type = async (words?: string): Promise<void> => {
    const { page } = editor.workbench;
    await page.locator('.quick-input-widget:visible').getByText('What should the agent').waitFor();
    if (words !== undefined) {
      await press('ControlOrMeta+A');
      await page.keyboard.type(words);
    }
    await press('Enter');
  };

  /** The box that asks with these words: the palette before it would take what is typed too soon. */
  const asked = (words: string): Locator =>
    editor.workbench.page.locator(`.quick-input-widget:visible input[placeholder*="${words}"]`);

  /** Types a run's title into the list of runs that is asked for. */
  const find = async (title: string): Promise<void> => {
    const { workbench } = editor;
    await asked('which run').waitFor();
    await workbench.page.keyboard.type(title);
    await workbench.picks().filter({ hasText: title }).first().waitFor();
  };

  /** Types into the question, if there is one, and accepts the sheet. */
  const accept = async (words?: string): Promise<void> => {
    const { workbench } = editor;
    if (words !== undefined) {
      await type(words);
    }
    await workbench.picks().filter({ hasText: 'Launch' }).first().waitFor();
    await press('Enter');
  };

  const hasRow = (title: string): Promise<void> => editor.workbench.row(runs, title).waitFor();

  /** The line of the editor that has a text. */
  const line = (text: string): Locator =>
    editor.workbench.page.locator('.editor-instance:visible .view-line').filter({ hasText: text }).first();

  const closeEditors = (): Promise<void> => editor.workbench.runCommand('View: Close All Editors');

  describe('the Runs view and the palette', () => {
    it('a prompt, by mouse', async () => {
      const { prompt } = await launchOf(async () => {
        await editor.workbench.pressInTitle(runs, 'New Run');
        await accept('Count the open carts');
      });
      assert.equal(prompt, 'Count the open carts');
      await editor.workbench.screenshot('entries-prompt');
    });

    it('a prompt, by keyboard', async () => {
      const { prompt } = await launchOf(async () => {
        await editor.workbench.typeCommand('Agent Runs: New Run');
        await accept('Name the slowest queries');
      });
      assert.equal(prompt, 'Name the slowest queries');
    });

    it('an earlier run with changes, by mouse', async () => {
      const { prompt } = await launchOf(async () => {
        const row = editor.workbench.row(runs, 'Add a dark theme to the order page');
        await editor.workbench.chooseFromMenu(row, 'Run Again with Changes');
        await accept('Add a dark theme to the cart');
      });
      assert.equal(prompt, 'Add a dark theme to the cart');
    });

    it('an earlier run with changes, by keyboard', async () => {
      const { workbench } = editor;
      const { prompt } = await launchOf(async () => {
        await editor.workbench.goTo('Runs', 'Count the open carts');
        await workbench.typeInMenu('Run Again with Changes');
        await accept('Count the closed carts');
      });
      assert.equal(prompt, 'Count the closed carts');
    });

    it('what came of an earlier run, by mouse', async () => {
      const title = 'Fix lint errors on main';
      const { prompt } = await launchOf(async () => {
        await editor.workbench.chooseFromMenu(editor.workbench.row(runs, title), 'Attach Run');
        await accept('Do the same for the tests');
      });
      assert.match(String(prompt), /^Do the same for the tests\n/);
      assert.match(String(prompt), new RegExp(editor.run(title).run_id));
    });

    it('what came of an earlier run, by keyboard', async () => {
      const title = 'Keep the cart when a session expires';
      const { prompt } = await launchOf(async () => {
        await editor.workbench.goTo('Runs', title);
        await editor.workbench.typeInMenu('Attach Run');
        await accept('Explain what was changed');
      });
      assert.match(String(prompt), new RegExp(editor.run(title).run_id));
    });
  });

  describe('an editor', () => {
    before(closeEditors);

    it('two selections, by mouse', async () => {
      const { workbench } = editor;
      await workbench.openFile('src/discounts.ts');
      const { prompt } = await launchOf(async () => {
        await line('code: string').dblclick({ position: { x: 24, y: 8 } });
        await line('percent: number').dblclick({ position: { x: 24, y: 8 }, modifiers: ['Alt'] });
        await line('percent: number').click({ button: 'right', position: { x: 24, y: 8 } });
        await workbench.menuEntry('Run Agent on Selection').hover();
        await workbench.screenshot('entries-selection');
        await press('Enter');
        await accept('Explain these names');
      });
      const text = String(prompt);
      assert.match(text, /^Explain these names\n/);
      assert.match(text, /```typescript\ncode\n```/);
      assert.match(text, /```typescript\npercent\n```/);
    });

    it('two selections, by keyboard', async () => {
      const { workbench } = editor;
      const { prompt } = await launchOf(async () => {
        await workbench.openFile('src/discounts.ts');
        await press('Escape');
        await press('ControlOrMeta+Home');
        await workbench.typeCommand('Add Cursor Below');
        await press('Shift+End');
        await workbench.typeCommand('Agent Runs: Run Agent on Selection');
        await accept('Explain these two lines');
      });
      assert.ok(String(prompt).includes('export interface Discount {'));
      assert.ok(String(prompt).includes('  code: string;'));
      assert.ok(!String(prompt).includes('percent: number'));
    });

    it('a TODO, by mouse', async () => {
      const { workbench } = editor;
      await workbench.openFile('src/checkout.ts');
      const { prompt } = await launchOf(async () => {
        await line('TODO').click({ position: { x: 60, y: 8 } });
        await bulb().click();
        await workbench.page.locator('.action-widget').getByText('Run agent on this TODO').click();
        await accept('Ask the provider before a second try');
      });
      assert.match(String(prompt), /^Ask the provider before a second try\n/);
      assert.match(String(prompt), /TODO: a payment that times out/);
    });

    it('a TODO, by keyboard', async () => {
      const { prompt } = await launchOf(async () => {
        await openAt('src/checkout.ts', 'TODO');
        await chooseAction('Run agent on this TODO');
        await type();
        await accept();
      });
      assert.match(String(prompt), /a payment that times out/);
    });

    it('a problem, by mouse', async () => {
      const { workbench } = editor;
      await workbench.openFile('prices.json');
      const { prompt } = await launchOf(async () => {
        await workbench.page.locator('.squiggly-error').first().waitFor();
        await line('shirt').click();
        await bulb().click();
        await workbench.page.locator('.action-widget').getByText('Run agent to fix this').click();
        await accept('Repair the file of prices');
      });
      assert.match(String(prompt), /"shirt": 1200,,/);
    });

    it('a problem, by keyboard', async () => {
      const { prompt } = await launchOf(async () => {
        await openAt('prices.json', 'shirt');
        await press('End');
        await chooseAction('Run agent to fix this');
        await type();
        await accept();
      });
      assert.match(String(prompt), /"shirt": 1200,,/);
    });

    it('a file, by mouse', async () => {
      const { workbench } = editor;
      const { prompt } = await launchOf(async () => {
        await workbench.openFile('src/cart.ts');
        await line('export interface Totals').click({ button: 'right' });
        await workbench.menuEntry('Run Agent on File').hover();
        await press('Enter');
        await accept('Write a summary of this file');
      });
      assert.match(String(prompt), /src\/cart\.ts/);
    });

    it('a file, by keyboard', async () => {
      const { prompt } = await launchOf(async () => {
        await editor.workbench.openFile('src/cart.ts');
        await editor.workbench.typeCommand('Agent Runs: Run Agent on File');
        await accept('Write another summary');
      });
      assert.match(String(prompt), /src\/cart\.ts/);
    });

    /** What VS Code shows beside a line that it can do something about. */
    const bulb = (): Locator =>
      editor.workbench.page.locator('.lightBulbWidget:visible, .codicon-gutter-lightbulb:visible').first();

    const openAt = async (file: string, text: string): Promise<void> => {
      const lines = fs.readFileSync(path.join(editor.workspace, file), 'utf8').split('\n');
      const at = lines.findIndex((one) => one.includes(text)) + 1;
      await editor.workbench.openFile(file);
      await press('Control+G');
      await editor.workbench.quickInputBox().waitFor();
      await editor.workbench.page.keyboard.type(String(at));
      await press('Enter');
    };

    const chooseAction = async (action: string): Promise<void> => {
      const { page } = editor.workbench;
      await press('ControlOrMeta+.');
      await page.locator('.action-widget').getByText(action).waitFor();
      while (
        (await page.locator('.action-widget .monaco-list-row.focused').filter({ hasText: action }).count()) === 0
      ) {
        await press('ArrowDown');
      }
      await press('Enter');
    };
  });

  describe('a SKILL.md', () => {
    before(closeEditors);

    const lens = (title: string | RegExp): Locator =>
      editor.workbench.page.locator('.codelens-decoration a').filter({ hasText: title }).first();

    it('is launched at once by the line above it', async () => {
      await editor.workbench.openFile(skillFile);
      await editor.workbench.screenshot('entries-skill');
      const launch = await launchOf(() => lens(/Run$/).click());
      assert.equal(launch.skill, skill);
    });

    it('is launched with choices by the line above it', async () => {
      const launch = await launchOf(async () => {
        await editor.workbench.openFile(skillFile);
        await lens('Run with').click();
        await accept();
      });
      assert.equal(launch.skill, skill);
    });

    it('is launched by keyboard from the line above it', async () => {
      const { workbench } = editor;
      const launch = await launchOf(async () => {
        await workbench.openFile(skillFile);
        await lens('Past Runs').waitFor();
        await press('ControlOrMeta+Home');
        await workbench.typeCommand('Show CodeLens Commands');
        await workbench.picks().filter({ hasText: 'Run' }).first().waitFor();
        await press('Enter');
      });
      assert.equal(launch.skill, skill);
    });

    it('is launched from the title of its editor', async () => {
      const launch = await launchOf(async () => {
        await editor.workbench.openFile(skillFile);
        await editor.workbench.page
          .locator('.editor-actions')
          .getByRole('button', { name: 'Run Skill in the Cloud' })
          .click();
        await accept();
      });
      assert.equal(launch.skill, skill);
    });

    it('is launched from its tab', async () => {
      const launch = await launchOf(async () => {
        await editor.workbench.chooseFromMenu(editor.workbench.tab('SKILL.md'), 'Run Skill in the Cloud');
        await accept();
      });
      assert.equal(launch.skill, skill);
    });

    it('is launched by keyboard from the palette', async () => {
      const launch = await launchOf(async () => {
        await editor.workbench.openFile(skillFile);
        await editor.workbench.typeCommand('Agent Runs: Run Skill in the Cloud');
        await accept();
      });
      assert.equal(launch.skill, skill);
    });

    it('is put on a schedule from the line above it', async () => {
      const { workbench } = editor;
      await workbench.openFile(skillFile);
      await lens('Schedule').click();
      await workbench.webview().getByLabel('Cron Expression').fill('15 4 * * *');
      await press('ControlOrMeta+S');
      await until('a schedule', () => sent('/agent/schedules').length === 1);
      const [schedule] = sent('/agent/schedules');
      assert.equal((schedule?.agent_config as Request).skill_spec, skill);
    });

    it('that was launched shows its past runs, by mouse and by keyboard', async () => {
      const { workbench } = editor;
      for (const show of [
        () => lens('Past Runs').click(),
        () => workbench.typeCommand('Agent Runs: Show Past Runs of Skill'),
      ]) {
        await workbench.openFile(skillFile);
        await show();
        await workbench.row(runs, 'Rotate the staging').waitFor({ state: 'hidden' });
        await workbench.row(runs, 'write-tests').waitFor();
        await workbench.runCommand('Agent Runs: Clear Filter');
        await hasRow('Rotate the staging');
      }
    });
  });

  describe('the explorer', () => {
    let files: Locator;

    before(async () => {
      const { workbench } = editor;
      await closeEditors();
      await workbench.runCommand('File: Focus on Files Explorer');
      files = workbench.page.locator('.explorer-folders-view');
      await workbench.expand(workbench.row(files, /^src$/));
      await workbench.row(files, 'cart.ts').waitFor();
    });

    const attachments = (launch: Request): [name: unknown, size: number][] =>
      (launch.attachments as Request[]).map(({ file_name, data }) => [
        file_name,
        Buffer.from(String(data), 'base64').length,
      ]);
    const sizeOf = (file: string): number => fs.statSync(path.join(editor.workspace, file)).size;

    /** Has the keyboard on a file that was chosen by keyboard alone. */
    const focusOn = async (file: string): Promise<void> => {
      const { workbench } = editor;
      await workbench.openFile(file);
      await workbench.typeCommand('File: Reveal Active File in Explorer View');
      await files.locator('.monaco-list.element-focused, .monaco-list:focus').first().waitFor();
      await files
        .locator('.monaco-list-row.focused')
        .filter({ hasText: path.basename(file) })
        .waitFor();
    };

    it('a file, by mouse', async () => {
      const { prompt } = await launchOf(async () => {
        await editor.workbench.chooseFromMenu(editor.workbench.row(files, 'discounts.ts'), 'Run Agent on File');
        await accept('Simplify this file');
      });
      assert.match(String(prompt), /^Simplify this file\n/);
      assert.match(String(prompt), /src\/discounts\.ts/);
    });

    it('a file, by keyboard', async () => {
      const { prompt } = await launchOf(async () => {
        await focusOn('src/cart.ts');
        await editor.workbench.typeInMenu('Run Agent on File');
        await accept('Split this file');
      });
      assert.match(String(prompt), /src\/cart\.ts/);
    });

    it('a folder, by mouse', async () => {
      const { prompt } = await launchOf(async () => {
        await editor.workbench.chooseFromMenu(editor.workbench.row(files, /^src$/), 'Run Agent on Folder');
        await accept('Sort the imports');
      });
      assert.match(String(prompt), /src\//);
    });

    it('a folder, by keyboard', async () => {
      const { prompt } = await launchOf(async () => {
        await focusOn('src/cart.ts');
        await press('ArrowLeft');
        await files.locator('.monaco-list-row.focused').filter({ hasText: /^src$/ }).waitFor();
        await editor.workbench.typeInMenu('Run Agent on Folder');
        await accept('Sort the exports');
      });
      assert.match(String(prompt), /src\//);
    });

    it('a file that goes along, by mouse, with its size in the sheet', async () => {
      const { workbench } = editor;
      const launch = await launchOf(async () => {
        await workbench.chooseFromMenu(workbench.row(files, 'README.md'), 'Attach to New Run');
        await type('Translate this');
        await workbench
          .picks()
          .filter({ hasText: 'README.md' })
          .filter({ hasText: `${sizeOf('README.md')} bytes` })
          .first()
          .waitFor();
        await workbench.screenshot('entries-attachment');
        await accept();
      });
      assert.equal(launch.prompt, 'Translate this');
      assert.deepEqual(attachments(launch), [['README.md', sizeOf('README.md')]]);
    });

    it('a file that goes along, by keyboard', async () => {
      const launch = await launchOf(async () => {
        await focusOn('package.json');
        await editor.workbench.typeInMenu('Attach to New Run');
        await accept('Explain the scripts');
      });
      assert.deepEqual(attachments(launch), [['package.json', sizeOf('package.json')]]);
    });

    it('a SKILL.md, by mouse and by keyboard', async () => {
      const { workbench } = editor;
      const byKeyboard = await launchOf(async () => {
        await focusOn(skillFile);
        await workbench.typeInMenu('Run Skill in the Cloud');
        await accept();
      });
      const byMouse = await launchOf(async () => {
        await workbench.chooseFromMenu(
          files.locator('.monaco-list-row.focused').filter({ hasText: 'SKILL.md' }),
          'Run Skill in the Cloud',
        );
        await accept();
      });
      assert.deepEqual([byKeyboard.skill, byMouse.skill], [skill, skill]);
    });

    it('has sent nothing that is not in the Runs view', async () => {
      const { workbench } = editor;
      await workbench.openContainer('Agent Runs');
      for (const title of ['Simplify this', 'Split this', 'Sort the imports', 'Sort the exports', 'Translate this']) {
        await hasRow(title);
      }
      await workbench.screenshot('entries-rows');
    });
  });

  describe('the Skills view', () => {
    let skills: Locator;

    before(async () => {
      const { workbench } = editor;
      await closeEditors();
      await workbench.openContainer('Agent Runs');
      await workbench.fold('Runs');
      // A new schedule unfolded it.
      await workbench.fold('Schedules');
      skills = await workbench.view('Skills');
      await workbench.row(skills, 'write-tests').waitFor();
    });

    it('launches by the icon of a row', async () => {
      const { workbench } = editor;
      const launch = await launchOf(async () => {
        await workbench.row(skills, 'write-tests').hover();
        await workbench.screenshot('entries-skills');
        await workbench.pressInRow(workbench.row(skills, 'write-tests'), 'Run Skill');
      });
      assert.equal(launch.skill, skill);
    });

    it('launches by the menu of a row', async () => {
      const { workbench } = editor;
      const launch = await launchOf(async () => {
        await workbench.chooseFromMenu(workbench.row(skills, 'write-tests'), 'Run Skill in the Cloud');
        await accept();
      });
      assert.equal(launch.skill, skill);
    });

    it('launches one of the cloud', async () => {
      const { workbench } = editor;
      const launch = await launchOf(() =>
        workbench.pressInRow(workbench.row(skills, 'triage-flaky-tests'), 'Run Skill'),
      );
      assert.equal(launch.skill, 'acme/storefront:.agents/skills/triage-flaky-tests/SKILL.md');
    });

    it('launches by keyboard', async () => {
      const { workbench } = editor;
      const launch = await launchOf(async () => {
        await editor.workbench.goTo('Skills', 'write-tests');
        await workbench.typeInMenu('Run Skill in the Cloud');
        await accept();
      });
      assert.equal(launch.skill, skill);
    });
  });

  describe('the way back', () => {
    before(async () => {
      const { workbench } = editor;
      await closeEditors();
      await workbench.fold('Skills');
      runs = await workbench.view('Runs');
      // Makes room for the older ones.
      await workbench
        .row(runs, /^Active/)
        .locator('.monaco-tl-twistie')
        .click();
    });

    it('opens a summary of a run that came to nothing, by keyboard', async () => {
      const { workbench } = editor;
      const title = 'Write alternative texts for all products';
      await workbench.typeCommand('Agent Runs: Continue Locally');
      await find(title);
      await press('Enter');
      await workbench.tab(/^Summary of Write alt/).waitFor();
      await line(editor.run(title).run_id).waitFor();
    });

    it('opens a summary and checks out the branch, by mouse', async () => {
      const { workbench } = editor;
      const title = 'Keep the cart when a session expires';
      await workbench.chooseFromMenu(workbench.row(runs, title), 'Continue Locally');
      await workbench.tab(/^Summary of Keep the cart/).waitFor();
      await workbench.press(workbench.dialog(), 'Stash and Check Out');
      await workbench.statusItem('oz/keep-guest-cart').waitFor();
      await workbench.screenshot('entries-locally');
      assert.equal(
        fs.readFileSync(path.join(editor.workspace, '.git/HEAD'), 'utf8').trim(),
        'ref: refs/heads/oz/keep-guest-cart',
      );
    });
  });
});
