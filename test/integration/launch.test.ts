import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { launchFromPrompt, launchFromSelection, launchSkill } from '../../src/commands/launch';
import { ApiProblem, type ProblemKind } from '../../src/oz/problems';
import type { LaunchRequest } from '../../src/oz/types';
import { repositoryOf } from '../../src/platform/repository';
import { draftOf, type Setting, setUp } from './launchSetting';
import { QuickInputs } from './quickInput';

const root = (): string => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri.fsPath;
};
const uriOf = (...parts: string[]): vscode.Uri => vscode.Uri.file(path.join(root(), ...parts));
const skillPath = '.agents/skills/write-tests/SKILL.md';
const skill = `acme/storefront:${skillPath}`;

function git(...args: string[]): string {
  const own = ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', '-c', 'commit.gpgSign=false'];
  return execFileSync('git', [...own, ...args], { cwd: root(), encoding: 'utf8' }).trim();
}

/** As the workspace was: one commit on `main`, pushed. */
async function restore(): Promise<void> {
  // What follows throws changes away: never those of a repository that the workspace is only a part of.
  assert.equal(await fs.realpath(git('rev-parse', '--show-toplevel')), await fs.realpath(root()));
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  git('checkout', '--quiet', '--force', 'main');
  git('reset', '--quiet', '--hard', 'origin/main');
  git('clean', '--quiet', '--force', '-d');
}

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

    it('launches while the lists load, and when they cannot be loaded', async () => {
      const never = new Promise<never>(() => undefined);
      const failed = (): Promise<never> => Promise.reject(new ApiProblem({ kind: 'server', message: '' }));
      for (const catalog of [
        { environments: () => never, models: () => never },
        { environments: failed, models: failed },
      ]) {
        const setting = setUp({ catalog });
        withDraft(setting, 'prompt', 'Fix the tests');
        const done = launchFromPrompt(setting.deps);
        await inputs.next();
        await inputs.enter();
        await inputs.nextPick();
        await inputs.enter();
        await done;
        assert.deepEqual(setting.launched, [{ prompt: 'Fix the tests' }]);
      }
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
      assert.deepEqual([setting.texts, setting.launched], [['Fix the tests'], []]);
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
      await left;
      assert.equal(setting.launched.length, 1);
      assert.deepEqual(draftOf(setting, 'prompt'), { text: 'Fix the rest', title: '' });
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

  describe('from a SKILL.md', () => {
    it('sends its place on GitHub', async () => {
      const setting = setUp();
      const done = launchSkill(setting.deps, uriOf(skillPath));
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.deepEqual(setting.launched, [{ skill, config: { environment_id: 'shop' } }]);
    });

    /** The ways that are offered where the cloud has not what is here; Enter takes the first one. */
    async function offered(setting: Setting, accept: boolean): Promise<string[]> {
      const done = launchSkill(setting.deps, uriOf(skillPath));
      const ids = (await inputs.nextPick()).items.map((item) => String(Reflect.get(item, 'id')));
      if (accept) {
        await inputs.enter();
        await inputs.nextPick();
        await inputs.enter();
      } else {
        await inputs.escape();
      }
      await done;
      return ids;
    }

    it('offers its text while it has changes, saved or not', async () => {
      const editor = await vscode.window.showTextDocument(uriOf(skillPath));
      await editor.edit((edit) => {
        edit.insert(editor.document.lineAt(editor.document.lineCount - 1).range.end, '\nMore.\n');
      });
      const unsaved = setUp();
      assert.deepEqual(await offered(unsaved, true), ['text', 'pushed']);
      assert.equal(unsaved.launched[0]?.skill, undefined);
      assert.ok(unsaved.launched[0]?.prompt?.endsWith('More.'));
      assert.equal(unsaved.launched[0]?.title, 'write-tests');
      await editor.document.save();
      assert.deepEqual(await offered(setUp(), false), ['text', 'pushed']);
    });

    it('offers to push a commit that only is here', async () => {
      await fs.appendFile(uriOf(skillPath).fsPath, 'More.\n');
      git('commit', '--quiet', '--no-verify', '--all', '--message=More');
      // An editor's document learns of the change on the disk a moment later.
      const document = await vscode.workspace.openTextDocument(uriOf(skillPath));
      while (!document.getText().endsWith('More.\n')) {
        await delay(10);
      }
      const setting = setUp();
      assert.deepEqual(await offered(setting, false), ['push', 'text', 'pushed']);
      assert.deepEqual(setting.launched, []);
    });

    it('offers only its text when GitHub does not have it', async () => {
      git('remote', 'set-url', 'origin', 'https://git.example/acme/storefront.git');
      try {
        assert.deepEqual(await offered(setUp(), false), ['text']);
      } finally {
        git('remote', 'set-url', 'origin', 'git@github.com:acme/storefront.git');
      }
    });

    it('launches nothing from a malformed file, and leads to the line', async () => {
      const file = uriOf('.agents', 'skills', 'bad', 'SKILL.md');
      await vscode.workspace.fs.writeFile(file, Buffer.from('---\nname: bad\ndescription: Use this: now\n---\nGo.\n'));
      const setting = setUp();
      inputs.answerMessages('Open');
      await launchSkill(setting.deps, file);
      assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 1]);
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file.fsPath);
      assert.equal(vscode.window.activeTextEditor.selection.active.line, 2);
    });
  });

  it('launches nothing from the files of a workspace that is not trusted', async () => {
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
    assert.ok(trusted);
    Object.defineProperty(vscode.workspace, 'isTrusted', { get: () => false, configurable: true });
    try {
      const setting = setUp();
      await launchSkill(setting.deps, uriOf(skillPath));
      await launchFromSelection(setting.deps, await vscode.window.showTextDocument(uriOf('src', 'cart.ts')));
      assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 2]);
    } finally {
      Object.defineProperty(vscode.workspace, 'isTrusted', trusted);
    }
  });
});

describe('repositoryOf', () => {
  before(restore);
  afterEach(restore);

  it('knows where a file is on GitHub', async () => {
    const repository = await repositoryOf(uriOf('src', 'cart.ts'));
    assert.ok(repository);
    const { path: filePath, gitHub, branch, commit, upstream, ahead } = repository;
    assert.deepEqual(
      { filePath, gitHub, branch, commit, upstream, ahead: ahead ?? 0 },
      {
        filePath: 'src/cart.ts',
        gitHub: { owner: 'acme', repo: 'storefront' },
        branch: 'main',
        commit: git('rev-parse', 'HEAD'),
        upstream: 'origin/main',
        ahead: 0,
      },
    );
    assert.equal(repository.push, undefined);
  });

  it('knows what has changed, in a file and in a folder', async () => {
    await fs.appendFile(uriOf('src', 'cart.ts').fsPath, '// more\n');
    await fs.writeFile(uriOf('tools', 'new.txt').fsPath, '');
    const repository = await repositoryOf(uriOf('src', 'cart.ts'));
    const changed = ['src/cart.ts', 'src', 'tools', 'tools/new.txt', 'src/checkout.ts', 'tests'].filter((file) =>
      repository?.isChanged(uriOf(...file.split('/'))),
    );
    assert.deepEqual(changed, ['src/cart.ts', 'src', 'tools', 'tools/new.txt']);
  });

  it("compares a text with the remote's", async () => {
    const file = uriOf(skillPath);
    const text = await fs.readFile(file.fsPath, 'utf8');
    const repository = await repositoryOf(file);
    assert.equal(await repository?.cloudCopy(file, text), 'same');
    assert.equal(await repository?.cloudCopy(file, `${text}x`), 'different');
    assert.equal(await repository?.cloudCopy(uriOf('new.txt'), 'x'), 'missing');
  });

  it("counts what was not pushed, and prefers the default branch as the remote's", async () => {
    await fs.appendFile(uriOf(skillPath).fsPath, 'More.\n');
    git('commit', '--quiet', '--no-verify', '--all', '--message=More');
    const file = uriOf(skillPath);
    const repository = await repositoryOf(file);
    assert.equal(repository?.ahead, 1);
    assert.ok(repository.push);
    git('checkout', '--quiet', '-b', 'other');
    const other = await repositoryOf(file);
    assert.deepEqual([other?.branch, other?.upstream], ['other', undefined]);
    assert.equal(await other?.cloudCopy(file, 'x'), 'unknown');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    try {
      assert.equal(await other?.cloudCopy(file, 'x'), 'different');
    } finally {
      git('symbolic-ref', '--delete', 'refs/remotes/origin/HEAD');
    }
  });

  it('knows nothing outside of a repository, and of files without a place', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: 'x' });
    for (const uri of [untitled.uri, vscode.Uri.file('/nowhere/at/all.txt'), vscode.Uri.parse('https://a.example/b')]) {
      assert.equal(await repositoryOf(uri), undefined);
    }
  });
});
