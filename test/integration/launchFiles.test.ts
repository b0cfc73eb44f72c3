import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { attachRun } from '../../src/commands/attachRun';
import { continueLocally } from '../../src/commands/continueLocally';
import { launchFromFiles, launchSkill, launchSkillNow } from '../../src/commands/launch';
import type { LaunchSkillDeps } from '../../src/commands/launchSkill';
import * as runOutcome from '../../src/model/runOutcome';
import * as skillReading from '../../src/model/skillReading';
import type { Conversation } from '../../src/oz/types';
import { repositoryOf } from '../../src/platform/repository';
import { aRun, at, known } from './knownRuns';
import { type Setting, setUp } from './launchSetting';
import { QuickInputs } from './quickInput';
import { git, restore, root, showFile, untrusted, uriOf } from './sampleFolder';

const skillPath = '.agents/skills/write-tests/SKILL.md';
const skill = `acme/storefront:${skillPath}`;

const nobody = (): Promise<never> => Promise.reject(new Error('nobody asks for the lists of skills here'));
const forSkills = (setting: Setting): LaunchSkillDeps => ({
  ...setting.deps,
  skillReading: () => Promise.resolve(skillReading),
  skills: nobody,
  cloudSkills: nobody,
});

describe('launching from files', () => {
  let inputs: QuickInputs;
  let first: string;

  before(() => {
    first = git('rev-parse', 'origin/main');
  });

  beforeEach(async () => {
    await restore();
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
    git('push', '--quiet', '--no-verify', '--force', 'origin', `${first}:refs/heads/main`);
    await restore();
  });

  async function take(id: string): Promise<vscode.QuickPickItem[]> {
    const pick = await inputs.nextPick();
    pick.activeItems = pick.items.filter((item) => Reflect.get(item, 'id') === id);
    await delay(50);
    await inputs.enter();
    return [...pick.items];
  }

  async function commit(file: string, text: string): Promise<void> {
    await fs.appendFile(uriOf(file).fsPath, text);
    git('commit', '--quiet', '--no-verify', '--all', '--message=More');
    // An editor's document learns of the change on the disk a moment later.
    const document = await vscode.workspace.openTextDocument(uriOf(file));
    while (!document.getText().endsWith(text)) {
      await delay(10);
    }
  }

  describe('that are a SKILL.md', () => {
    it('sends its place on GitHub, however it is named', async () => {
      for (const argument of [uriOf(skillPath), { uri: uriOf(skillPath).toString() }, { spec: skill, name: 'Tests' }]) {
        const setting = setUp();
        const done = launchSkill(forSkills(setting), argument);
        await inputs.nextPick();
        await inputs.enter();
        await done;
        assert.deepEqual(setting.launched, [{ skill, config: { environment_id: 'shop' } }]);
      }
    });

    it('sends it at once, unless something was typed for it before', async () => {
      const setting = setUp();
      await launchSkillNow(forSkills(setting), uriOf(skillPath));
      const request = { skill, config: { environment_id: 'shop' } };
      assert.deepEqual(setting.launched, [request]);
      const draft = { text: 'Only the cart.', title: '' };
      await setting.memento.update(`agentRuns.launch.draft.skill ${uriOf(skillPath).toString()}`, draft);
      const done = launchSkillNow(forSkills(setting), uriOf(skillPath));
      await inputs.nextPick();
      assert.equal(setting.launched.length, 1);
      await inputs.enter();
      await done;
      assert.deepEqual(setting.launched, [request, { ...request, prompt: 'Only the cart.' }]);
    });

    it('asks before it sends one at once that has changes', async () => {
      await fs.appendFile(uriOf(skillPath).fsPath, 'More.\n');
      const setting = setUp();
      const done = launchSkillNow(forSkills(setting), uriOf(skillPath));
      await inputs.nextPick();
      await inputs.escape();
      await done;
      assert.deepEqual(setting.launched, []);
    });

    /** The ways that are offered where the cloud has not what is here. */
    async function offered(setting: Setting): Promise<string[]> {
      const done = launchSkill(forSkills(setting), uriOf(skillPath));
      const ids = (await inputs.nextPick()).items.map((item) => String(Reflect.get(item, 'id')));
      await inputs.escape();
      await done;
      return ids;
    }

    it('sends its text while it has changes, saved or not, and says which files stay behind', async () => {
      await fs.writeFile(uriOf('.agents', 'skills', 'write-tests', 'check.sh').fsPath, 'true\n');
      const editor = await showFile(uriOf(skillPath));
      const isEdited = await editor.edit((edit) => {
        const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
        edit.insert(end, '\nRun `check.sh`.\n');
      });
      assert.ok(isEdited);
      const unsaved = setUp();
      const done = launchSkill(forSkills(unsaved), uriOf(skillPath));
      const ways = await take('text');
      const isNamed = ({ detail = '' }: vscode.QuickPickItem): boolean => detail.includes('check.sh');
      assert.ok(ways.some(isNamed));
      const sheet = await inputs.nextPick();
      assert.ok(sheet.items.some((item) => item.label.startsWith('$(warning)') && isNamed(item)));
      await inputs.enter();
      await done;
      const [request] = unsaved.launched;
      assert.deepEqual([request?.skill, request?.title], [undefined, 'write-tests']);
      assert.ok(request?.prompt?.endsWith('Run `check.sh`.'));
      assert.ok(await editor.document.save());
      assert.deepEqual(await offered(setUp()), ['text', 'pushed']);
    });

    it('pushes a commit that only is here, then sends its place', async () => {
      await commit(skillPath, 'More.\n');
      const setting = setUp();
      const done = launchSkill(forSkills(setting), uriOf(skillPath));
      const ways = await take('push');
      assert.deepEqual(
        ways.map((item): unknown => Reflect.get(item, 'id')),
        ['push', 'text', 'pushed'],
      );
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.deepEqual(setting.launched, [{ skill, config: { environment_id: 'shop' } }]);
      assert.equal(git('ls-remote', 'origin', 'refs/heads/main').slice(0, 40), git('rev-parse', 'HEAD'));
    });

    it('asks again after a push that failed, with what Git says', async () => {
      await commit(skillPath, 'More.\n');
      const commits = [git('rev-parse', 'HEAD'), first];
      git(
        'push',
        '--quiet',
        '--no-verify',
        'origin',
        `${git('commit-tree', '-p', first, '-m', 'Theirs', `${first}^{tree}`)}:refs/heads/main`,
      );
      git('update-ref', 'refs/remotes/origin/main', first);
      const setting = setUp();
      const done = launchSkill(forSkills(setting), uriOf(skillPath));
      await take('push');
      await inputs.nextPick();
      assert.deepEqual([inputs.messages.length, setting.launched.length], [1, 0]);
      await inputs.escape();
      await done;
      assert.deepEqual([git('rev-parse', 'HEAD'), first], commits);
    });

    it('offers only its text when GitHub does not have it', async () => {
      git('remote', 'set-url', 'origin', 'https://git.example/acme/storefront.git');
      try {
        assert.deepEqual(await offered(setUp()), ['text']);
      } finally {
        git('remote', 'set-url', 'origin', 'git@github.com:acme/storefront.git');
      }
    });

    it('goes by the remote that a person chooses', async () => {
      git('remote', 'add', 'fork', 'git@github.com:ada/storefront.git');
      try {
        await fs.appendFile(uriOf(skillPath).fsPath, 'More.\n');
        const setting = setUp();
        const done = launchSkill(forSkills(setting), uriOf(skillPath));
        await take('remote');
        await take('fork');
        await take('pushed');
        await inputs.nextPick();
        await inputs.enter();
        await done;
        assert.equal(setting.launched[0]?.skill, `ada/storefront:${skillPath}`);
      } finally {
        git('remote', 'remove', 'fork');
      }
    });

    it('launches nothing from a malformed file, and leads to the line', async () => {
      const file = uriOf('.agents', 'skills', 'bad', 'SKILL.md');
      await vscode.workspace.fs.writeFile(file, Buffer.from('---\nname: bad\ndescription: Use this: now\n---\nGo.\n'));
      const setting = setUp();
      inputs.answerMessages('Open');
      await launchSkill(forSkills(setting), file);
      assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 1]);
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file.fsPath);
      assert.equal(vscode.window.activeTextEditor.selection.active.line, 2);
    });
  });

  describe('of any kind', () => {
    async function launch(setting: Setting, way: string | undefined, ...files: vscode.Uri[]): Promise<string> {
      void setting.memento.update('agentRuns.launch.draft.files', { text: 'Why?', title: '' });
      const done = launchFromFiles(setting.deps, files[0], files);
      if (way !== undefined) {
        await take(way);
      }
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await done;
      return setting.launched[0]?.prompt ?? '';
    }
    const place = (): string => `Repository: acme/storefront\nBranch: main\nCommit: ${git('rev-parse', 'HEAD')}`;

    it('names files and folders that the cloud has as they are here', async () => {
      const prompt = await launch(setUp(), undefined, uriOf('src', 'cart.ts'), uriOf('tools'));
      assert.equal(prompt, `Why?\n\n${place()}\nFiles:\n- src/cart.ts\n- tools/`);
    });

    it('sends the text of one with changes, as the editor has it', async () => {
      const file = uriOf('src', 'cart.ts');
      const editor = await showFile(file);
      const isEdited = await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), '// mine\n');
      });
      assert.ok(isEdited);
      const text = editor.document.getText();
      const prompt = await launch(setUp(), 'text', file);
      assert.equal(
        prompt,
        `Why?\n\n${place()}\n\nFile as it is here: src/cart.ts\n\n\`\`\`${editor.document.languageId}\n${text}\n\`\`\``,
      );
    });

    it('names what is pushed where a person wants that', async () => {
      await fs.appendFile(uriOf('src', 'cart.ts').fsPath, '// mine\n');
      const prompt = await launch(setUp(), 'pushed', uriOf('src', 'cart.ts'));
      assert.equal(prompt, `Why?\n\n${place()}\nFile: src/cart.ts`);
    });

    it('sends no text of a file that is none', async () => {
      await fs.writeFile(uriOf('data.bin').fsPath, Buffer.from([0, 1, 2]));
      const setting = setUp();
      const done = launchFromFiles(setting.deps, uriOf('data.bin'));
      await take('text');
      await done;
      assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 1]);
    });
  });

  it('launches nothing, and asks nothing of Git, in a workspace that is not trusted', async () => {
    const setting = setUp();
    await untrusted(async () => {
      await launchSkill(forSkills(setting), uriOf(skillPath));
      await launchSkillNow(forSkills(setting), uriOf(skillPath));
      await launchFromFiles(setting.deps, uriOf('src', 'cart.ts'));
      assert.equal(await repositoryOf(uriOf('src', 'cart.ts')), undefined);
    });
    assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 3]);
    assert.equal((await repositoryOf(uriOf('src', 'cart.ts')))?.root, await fs.realpath(root()));
  });

  it('knows no repository of files without a place', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: 'x' });
    for (const uri of [untitled.uri, vscode.Uri.file('/nowhere/at/all.txt'), vscode.Uri.parse('https://a.example/b')]) {
      assert.equal(await repositoryOf(uri), undefined);
    }
  });
});

describe('handing a run over', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
  });

  const run = aRun('r1', { title: 'Fix the cart', prompt: 'Fix it', state: 'SUCCEEDED' });
  const conversation = {
    conversation_id: 'c1',
    steps: [
      {
        id: 's',
        messages: [
          { id: 'm', role: 'assistant', timestamp: at, content: [{ type: 'text', text: 'All is **well**.' }] },
        ],
      },
    ],
  } as unknown as Conversation;
  const reading = {
    client: {
      getRun: () => Promise.resolve(run),
      getRunConversation: () => Promise.resolve(conversation),
      getArtifact: () => Promise.reject(new Error('no plan')),
    },
    runs: known(run),
    runOutcome: () => Promise.resolve(runOutcome),
    webUrl: () => 'https://oz.example',
  };

  it('shows what it came to before anything is checked out', async () => {
    const texts: string[] = [];
    const showText = (name: string, text: string): Promise<void> => {
      texts.push(name, text);
      return Promise.resolve();
    };
    await continueLocally({ ...reading, showText }, { runId: 'r1' });
    assert.ok(texts[0]?.endsWith('.md') && texts[1]?.includes('All is **well**.'));
    assert.equal(inputs.messages.length, 1);
  });

  it('puts it into a new prompt', async () => {
    const setting = setUp();
    void setting.memento.update('agentRuns.launch.draft.attachRun', { text: 'Go on', title: '' });
    const deps = { ...setting.deps, ...reading, client: { ...setting.deps.client, ...reading.client } };
    const done = attachRun(deps, { runId: 'r1' });
    await inputs.next();
    await inputs.enter();
    await inputs.nextPick();
    await inputs.enter();
    await done;
    const prompt = setting.launched[0]?.prompt ?? '';
    assert.ok(prompt.startsWith('Go on\n\nEarlier run: Fix the cart') && prompt.includes('All is **well**.'));
  });
});
