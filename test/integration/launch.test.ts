import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { launchFromPrompt, launchFromSelection } from '../../src/commands/launch';
import { launchBody } from '../../src/oz/launchBody';
import type { ProblemKind } from '../../src/oz/problems';
import type { LaunchRequest } from '../../src/oz/types';
import { draftOf, type Setting, setUp } from './launchSetting';
import { QuickInputs } from './quickInput';
import { git, restore, untrusted, uriOf } from './sampleFolder';

describe('launching', () => {
  let inputs: QuickInputs;

  beforeEach(async () => {
    await restore();
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
    await restore();
  });

  /** Types the words that the box then holds: a person's keys do not reach it from here. */
  function withDraft(setting: Setting, of: string, text: string): void {
    void setting.memento.update(`agentRuns.launch.draft.${of}`, { text, title: '' });
  }

  describe('from a prompt', () => {
    it('sends it once with the environment of this repository, after Enter and Enter', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', '  Fix the tests ');
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await Promise.all([inputs.enter(), inputs.enter()]);
      await done;
      assert.deepEqual(setting.launched, [{ prompt: 'Fix the tests', config: { environment_id: 'shop' } }]);
      assert.deepEqual(setting.opened, ['r1']);
      assert.equal(draftOf(setting, 'prompt'), undefined);
    });

    it('keeps what was typed when it is dismissed at any step', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      for (const steps of [0, 1]) {
        const done = launchFromPrompt(setting.deps);
        const box = (await inputs.next()) as vscode.InputBox;
        assert.equal(box.value, 'Fix the tests');
        if (steps > 0) {
          await inputs.enter();
          await inputs.nextPick();
        }
        await inputs.escape();
        await done;
      }
      assert.deepEqual(setting.launched, []);
      assert.deepEqual(draftOf(setting, 'prompt'), { text: 'Fix the tests', title: '' });
    });

    it('leaves alone what was typed for another launch while it was under way', async () => {
      const { launcher } = setUp().deps;
      const setting = setUp({
        launcher: {
          ...launcher,
          launch: (...how) => {
            withDraft(setting, 'prompt', 'Fix the rest');
            return launcher.launch(...how);
          },
        },
      });
      withDraft(setting, 'prompt', 'Fix the tests');
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.deepEqual(draftOf(setting, 'prompt'), { text: 'Fix the rest', title: '' });
    });

    it('shows what will be sent without the sheet before it, which comes back with everything', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      const show = async (pick: vscode.QuickPick<vscode.QuickPickItem>): Promise<void> => {
        pick.activeItems = pick.items.filter((item) => Reflect.get(item, 'id') === 'preview');
        await delay(50);
        await inputs.enter();
      };
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      inputs.answerMessages('Change');
      await show(await inputs.nextPick());
      const again = await inputs.nextPick();
      const body = launchBody({ prompt: 'Fix the tests', config: { environment_id: 'shop' } });
      assert.ok(setting.texts[0]?.includes('Fix the tests\n') && setting.texts[0].includes(body));
      assert.deepEqual(setting.launched, []);
      inputs.answerMessages('Launch');
      await show(again);
      await done;
      assert.deepEqual(setting.launched, [{ prompt: 'Fix the tests', config: { environment_id: 'shop' } }]);
      assert.equal(setting.texts.length, 2);

      inputs.answerMessages('');
      withDraft(setting, 'prompt', 'Fix the rest');
      const left = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await show(await inputs.nextPick());
      await delay(50);
      // As if its editor had been closed: a message that goes away decides nothing.
      setting.deps.previewButtons.answer(undefined);
      await left;
      assert.equal(setting.launched.length, 1);
      assert.deepEqual(draftOf(setting, 'prompt'), { text: 'Fix the rest', title: '' });
    });

    it('ends what is shown of a draft that is launched in another way', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      const shown = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      let click: (button: string) => void = () => undefined;
      const { showInformationMessage } = vscode.window;
      Object.assign(vscode.window, {
        showInformationMessage: () =>
          new Promise((resolve) => {
            click = resolve;
          }),
      });
      await take('preview');
      while (setting.texts.length === 0) {
        await delay(10);
      }
      await delay(50);
      Object.assign(vscode.window, { showInformationMessage });
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await Promise.all([shown, done]);
      const told = inputs.messages.length;
      click('Launch');
      setting.deps.previewButtons.answer('launch');
      await delay(50);
      const launched = [{ prompt: 'Fix the tests', config: { environment_id: 'shop' } }];
      assert.deepEqual([setting.launched, inputs.messages.length - told], [launched, 1]);
    });

    it('lists the environments with this repository before the others', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      const sheet = await inputs.nextPick();
      sheet.activeItems = sheet.items.filter((item) => Reflect.get(item, 'id') === 'environment');
      await delay(50);
      await inputs.enter();
      const { items } = await inputs.nextPick();
      const isSeparator = ({ kind }: vscode.QuickPickItem): boolean => kind === vscode.QuickPickItemKind.Separator;
      assert.deepEqual(items.map(isSeparator), [true, false, true, false, false]);
      assert.deepEqual([items[1]?.label, items[3]?.label], ['shop', 'infra']);
      await inputs.escape();
      await inputs.nextPick();
      await inputs.escape();
      await done;
    });

    it('takes what was chosen the last time', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      const last = { environment: { id: 'infra', name: 'infra' }, model: { id: 'off', name: 'off' } };
      await setting.memento.update('agentRuns.launch.choices', last);
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await done;
      // The model was turned off meanwhile: the default instead.
      assert.deepEqual(setting.launched, [{ prompt: 'Fix the tests', config: { environment_id: 'infra' } }]);
    });

    /** Takes a row of the sheet, which is on the screen. */
    async function take(id: string): Promise<void> {
      const sheet = await inputs.nextPick();
      sheet.activeItems = sheet.items.filter((item) => Reflect.get(item, 'id') === id);
      await delay(50);
      await inputs.enter();
    }

    it('sends what was set under More, and remembers it but for what is of one launch', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await take('more');
      const sheet = inputs.last();
      sheet.activeItems = sheet.items.filter((item) => Reflect.get(item, 'id') === 'option team');
      await delay(50);
      await inputs.enter();
      await take('2');
      await inputs.nextPick();
      await inputs.enter();
      await done;
      const request = { prompt: 'Fix the tests', team: false, config: { environment_id: 'shop' } };
      assert.deepEqual(setting.launched, [request]);
      withDraft(setting, 'prompt', 'Fix the tests');
      const again = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await again;
      assert.deepEqual(setting.launched, [request, request]);
    });

    it('takes a base prompt that is written in an editor, which leads back when it is saved', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await take('more');
      const sheet = inputs.last();
      sheet.activeItems = sheet.items.filter((item) => Reflect.get(item, 'id') === 'option basePrompt');
      await delay(50);
      await inputs.enter();
      await take('0');
      const isOpen = (): boolean => vscode.window.activeTextEditor?.document.fileName.endsWith('.md') ?? false;
      while (!isOpen()) {
        await delay(10);
      }
      const text = 'Be kind.\nWrite tests.';
      await vscode.window.activeTextEditor?.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), text);
      });
      await vscode.commands.executeCommand('workbench.action.files.save');
      await inputs.nextPick();
      assert.equal(isOpen(), false);
      await inputs.enter();
      await done;
      const config = { environment_id: 'shop', base_prompt: text };
      assert.deepEqual(setting.launched, [{ prompt: 'Fix the tests', config }]);
    });

    it('goes on in an editor with what was typed, whose lines are sent', async () => {
      const setting = setUp();
      withDraft(setting, 'prompt', 'Fix the tests');
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      inputs.pressButton('Write in an Editor');
      const written = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
      while (written() !== 'Fix the tests') {
        await delay(10);
      }
      await vscode.window.activeTextEditor?.edit((edit) => {
        edit.insert(new vscode.Position(0, 13), '\n\n- all of them');
      });
      assert.deepEqual(draftOf(setting, 'prompt'), { text: 'Fix the tests\n\n- all of them', title: '' });
      await vscode.commands.executeCommand('workbench.action.files.save');
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.equal(setting.launched[0]?.prompt, 'Fix the tests\n\n- all of them');
    });

    it('marks a file of MCP servers that is gone, and asks for another instead of launching', async () => {
      const setting = setUp();
      const file = uriOf('gone', 'mcp.json').toString();
      const options = { mcpServers: { file }, harness: 'claude' };
      void setting.memento.update('agentRuns.launch.draft.prompt', { text: 'Fix the tests', title: '', options });
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      const sheet = await inputs.nextPick();
      const row = (id: string): vscode.QuickPickItem | undefined =>
        sheet.items.find((item) => Reflect.get(item, 'id') === id);
      while (!row('option mcpServers')?.description?.includes('$(warning)')) {
        await delay(10);
      }
      await inputs.enter();
      const files = await inputs.nextPick();
      assert.match(files.placeholder ?? '', /mcp\.json/);
      assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 0]);
      assert.ok(!files.items.some((item) => Reflect.get(item, 'id') === 'mend'));
      files.activeItems = files.items.filter((item) => Reflect.get(item, 'id') === 'none');
      await delay(50);
      await inputs.enter();
      await take('clear');
      const again = inputs.last();
      const ids = (): unknown[] => again.items.map((item) => Reflect.get(item, 'id') as unknown);
      while (ids().includes('clear')) {
        await delay(10);
      }
      assert.equal(again.activeItems.length, 1);
      again.activeItems = again.items.filter((item) => Reflect.get(item, 'id') === 'more');
      await delay(50);
      await inputs.enter();
      while (!ids().includes('option harness')) {
        await delay(10);
      }
      assert.ok(!ids().includes('option harnessModel'));
      await inputs.escape();
      await done;
    });

    it('begins with what the settings name, by id or name, and says what they do not', async () => {
      const settings = vscode.workspace.getConfiguration('agentRuns.launch');
      const target = vscode.ConfigurationTarget.Workspace;
      try {
        await settings.update('environment', 'INFRA', target);
        await settings.update('model', 'nothing', target);
        await settings.update('name', 'nightly', target);
        const setting = setUp();
        withDraft(setting, 'prompt', 'Fix the tests');
        const done = launchFromPrompt(setting.deps);
        await inputs.next();
        await inputs.enter();
        const { items } = await inputs.nextPick();
        const model = items.find((item) => Reflect.get(item, 'id') === 'model');
        assert.match(model?.description ?? '', /nothing/);
        await inputs.enter();
        await done;
        assert.deepEqual(setting.launched, [
          { prompt: 'Fix the tests', config: { environment_id: 'infra', name: 'nightly' } },
        ]);
      } finally {
        for (const name of ['environment', 'model', 'name']) {
          await settings.update(name, undefined, target);
        }
      }
    });

    it('keeps the text after a failure, and sends again only when asked to', async () => {
      const kinds: ProblemKind[] = ['outcomeUnknown', 'forbidden', 'server'];
      for (const kind of kinds) {
        const setting = setUp({}, [kind]);
        withDraft(setting, 'prompt', 'Fix the tests');
        const done = launchFromPrompt(setting.deps);
        await inputs.next();
        await inputs.enter();
        await inputs.nextPick();
        await inputs.enter();
        await done;
        assert.equal(setting.launched.length, 1);
        assert.deepEqual(setting.opened, []);
        assert.deepEqual(draftOf(setting, 'prompt'), { text: 'Fix the tests', title: '' });
      }
      assert.equal(inputs.messages.length, kinds.length);

      inputs.answerMessages('Launch Again');
      const setting = setUp({}, ['outcomeUnknown']);
      withDraft(setting, 'prompt', 'Fix the tests');
      const done = launchFromPrompt(setting.deps);
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.deepEqual([setting.launched.length, setting.opened], [2, ['r1']]);
    });
  });

  describe('from a selection', () => {
    const select = async (file: string, ...selections: vscode.Selection[]): Promise<vscode.TextEditor> => {
      const editor = await vscode.window.showTextDocument(uriOf(file));
      editor.selections = selections;
      return editor;
    };

    async function launch(setting: Setting, editor: vscode.TextEditor): Promise<LaunchRequest | undefined> {
      withDraft(setting, 'selection', 'Why?');
      const done = launchFromSelection(setting.deps, editor);
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await done;
      return setting.launched[0];
    }

    it('sends the text with its place in the repository', async () => {
      const editor = await select('src/cart.ts', new vscode.Selection(1, 0, 3, 0));
      const text = editor.document.getText(editor.selection);
      const request = await launch(setUp(), editor);
      const facts = `File: src/cart.ts\nRepository: acme/storefront\nBranch: main\nCommit: ${git('rev-parse', 'HEAD')}`;
      assert.equal(
        request?.prompt,
        `Why?\n\n${facts}\n\nLines 2–3:\n\n\`\`\`${editor.document.languageId}\n${text}\n\`\`\``,
      );
    });

    it('sends every selection from top to bottom', async () => {
      const editor = await select('src/cart.ts', new vscode.Selection(4, 0, 4, 3), new vscode.Selection(0, 0, 0, 6));
      const { prompt = '' } = (await launch(setUp(), editor)) ?? {};
      assert.ok(prompt.indexOf('Line 1:') > 0 && prompt.indexOf('Line 1:') < prompt.indexOf('Line 5:'));
    });

    it('launches nothing when nothing is selected, unless the whole file is wanted', async () => {
      const editor = await select('src/cart.ts', new vscode.Selection(2, 1, 2, 1));
      const setting = setUp();
      await launchFromSelection(setting.deps, editor);
      assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 1]);
      inputs.answerMessages('Use the Whole File');
      const request = await launch(setUp(), editor);
      assert.ok(request?.prompt?.includes(editor.document.getText()));
    });

    it('says what the cloud does not see', async () => {
      git('checkout', '--quiet', '-b', 'new-branch');
      await fs.appendFile(uriOf('src', 'cart.ts').fsPath, '// more\n');
      const editor = await select('src/cart.ts', new vscode.Selection(0, 0, 0, 6));
      const setting = setUp();
      withDraft(setting, 'selection', 'Why?');
      const done = launchFromSelection(setting.deps, editor);
      await inputs.next();
      await inputs.enter();
      const labels = (await inputs.nextPick()).items.map(({ label }) => label);
      await inputs.escape();
      await done;
      assert.equal(labels.filter((label) => label.startsWith('$(warning)')).length, 2);
      assert.deepEqual(setting.launched, []);
    });
  });

  it('launches nothing from the files of a workspace that is not trusted', async () => {
    const setting = setUp();
    const editor = await vscode.window.showTextDocument(uriOf('src', 'cart.ts'));
    await untrusted(() => launchFromSelection(setting.deps, editor));
    assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 1]);
  });
});
