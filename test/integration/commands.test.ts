import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { copyRunId } from '../../src/commands/copyRunId';
import { copyRunLink } from '../../src/commands/copyRunLink';
import { openArtifact } from '../../src/commands/openArtifact';
import { openConversation } from '../../src/commands/openConversation';
import { openSession } from '../../src/commands/openSession';
import type { KnownRuns } from '../../src/commands/pickRun';
import { setApiKey } from '../../src/commands/setApiKey';
import { PlanTexts } from '../../src/model/planTexts';
import type { ProblemKind } from '../../src/oz/problems';
import type { Artifact } from '../../src/oz/types';
import { FakeClock } from '../unit/fakeClock';
import { aRun, at, known, problem } from './knownRuns';
import { QuickInputs } from './quickInput';

const unreachable = (): Promise<never> => Promise.reject(problem('unreachable'));

describe('commands', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  describe('on a run', () => {
    it('take the one that is named, and do not ask', async () => {
      await copyRunId({ runs: known() }, { runId: 'r7' });
      assert.equal(await vscode.env.clipboard.readText(), 'r7');
      await copyRunLink({ runs: known(), webUrl: () => 'https://oz.example/' }, { runId: 'a/b' });
      assert.equal(await vscode.env.clipboard.readText(), 'https://oz.example/runs/a%2Fb');
    });

    it('let a person pick without a name, the newest first and without icons or links of theirs', async () => {
      const later = '2026-03-18T15:30:00Z';
      const runs = known(aRun('r1'), aRun('r2', { title: '$(zap) [x](command:y)', updated_at: later }));
      const shown: string[] = [];
      const show = (runId: string): Promise<void> => {
        shown.push(runId);
        return Promise.resolve();
      };
      const done = openConversation({ runs, show });
      const labels = (await inputs.nextPick()).items.map(({ label }) => label);
      await inputs.enter();
      await done;
      assert.deepEqual(shown, ['r2']);
      assert.equal(labels.length, 2);
      assert.doesNotMatch(labels.join(), /\$\(zap\)|\]\(/);
    });

    it('read the list first when nobody has looked at it', async () => {
      let reads = 0;
      const runs: KnownRuns = {
        ...known(),
        refresh: () => {
          reads += 1;
          return Promise.resolve();
        },
      };
      await openConversation({ runs, show: () => assert.fail() });
      assert.deepEqual([reads, inputs.messages.length], [1, 1]);

      const given: string[] = [];
      const { executeCommand } = vscode.commands;
      Object.assign(vscode.commands, { executeCommand: (id: string) => Promise.resolve(given.push(id)) });
      try {
        inputs.answerMessages('New Run');
        await openConversation({ runs, show: () => assert.fail() });
        await delay(0);
      } finally {
        Object.assign(vscode.commands, { executeCommand });
      }
      assert.deepEqual(given, ['agentRuns.newRun']);
    });

    it('say why there is no list to pick from', async () => {
      const failed = { kind: 'failed', problem: problem('unreachable') } as const;
      for (const [status, kind] of [[{ kind: 'noKey' }, 'noKey'] as const, [failed, 'unreachable'] as const]) {
        await assert.rejects(openConversation({ runs: { ...known(), status }, show: () => assert.fail() }), { kind });
      }
      assert.equal(inputs.messages.length, 0);
    });
  });

  describe('openSession', () => {
    it('opens only web addresses', async () => {
      for (const session_link of [
        'command:workbench.action.quit',
        'file:///etc/passwd',
        'vscode://x.y/z',
        'no address',
        '',
      ]) {
        const before = inputs.messages.length;
        const run = aRun('r1', { session_link });
        const deps = {
          runs: { ...known(run), put: () => assert.fail() },
          client: { getRun: () => Promise.resolve(run), sessionConversation: () => Promise.resolve(undefined) },
          clock: new FakeClock(),
          show: () => assert.fail(),
        };
        await openSession(deps, { runId: 'r1' });
        assert.equal(inputs.messages.length, before + 1);
      }
    });
  });

  describe('openArtifact', () => {
    const image = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );

    async function open(artifact: unknown, bytes: Uint8Array = new Uint8Array()) {
      const texts: [string, string][] = [];
      const asked: string[] = [];
      const run = aRun('r1', { artifacts: [artifact as Artifact] });
      await openArtifact(
        {
          runs: known(run),
          showText: (name, text) => {
            texts.push([name, text]);
            return Promise.resolve();
          },
          client: {
            getRun: unreachable,
            downloadArtifact: async (uid, _signal, options) => {
              asked.push(uid);
              await options?.sink?.begin(bytes.byteLength);
              await options?.sink?.take(bytes);
              return { bytes: options?.sink ? new Uint8Array() : bytes, contentType: '' };
            },
          },
          plans: new PlanTexts(),
        },
        { runId: 'r1', artifact: 0 },
      );
      return { texts, asked };
    }

    it('shows a plan as a document', async () => {
      const data = { document_uid: 'd', artifact_uid: 'a1', title: '../../Plan: "x"' };
      const { texts, asked } = await open({ artifact_type: 'PLAN', created_at: at, data }, Buffer.from('# Plan'));
      assert.deepEqual([asked, texts], [['a1'], [['Plan_ _x_.md', '# Plan']]]);
    });

    it('shows a text file as a document, under a safe name', async () => {
      const data = {
        artifact_uid: 'f1',
        filepath: '../x',
        filename: '..\\..\\evil\u202e.ts',
        mime_type: 'text/x-typescript',
      };
      const { texts } = await open({ artifact_type: 'FILE', created_at: at, data }, Buffer.from('let x = 1;'));
      assert.deepEqual(texts, [['evil_.ts', 'let x = 1;']]);
    });

    it('opens a screenshot from a temporary file', async () => {
      const data = { artifact_uid: 's1', mime_type: 'image/png', description: 'Cart / total' };
      await open({ artifact_type: 'SCREENSHOT', created_at: at, data }, image);
      const tabs = (): vscode.Uri[] =>
        vscode.window.tabGroups.all.flatMap(({ tabs }) =>
          tabs.flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? [input.uri] : [])),
        );
      while (tabs().length === 0) {
        await delay(10);
      }
      const [uri] = tabs();
      assert.ok(uri);
      assert.ok(uri.path.endsWith('.png'));
      assert.deepEqual(await fs.readFile(uri.fsPath), image);
    });

    it('saves another file where a person says, whole or not at all', async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const target = vscode.Uri.joinPath(folder.uri, 'out.bin');
      const real = vscode.window.showSaveDialog;
      let proposed: vscode.Uri | undefined;
      Object.assign(vscode.window, {
        showSaveDialog: (options: vscode.SaveDialogOptions) => {
          proposed = options.defaultUri;
          return Promise.resolve(target);
        },
      });
      try {
        const data = {
          artifact_uid: 'f1',
          filepath: 'x',
          filename: '/etc/out.bin',
          mime_type: 'application/zip',
          size_bytes: 3,
        };
        await fs.writeFile(target.fsPath, 'old');
        await open({ artifact_type: 'FILE', created_at: at, data }, Uint8Array.of(1, 2, 3));
        assert.equal(proposed?.path, vscode.Uri.joinPath(folder.uri, 'out.bin').path);
        assert.deepEqual([...(await fs.readFile(target.fsPath))], [1, 2, 3]);
        const left = await fs.readdir(folder.uri.fsPath);
        assert.deepEqual(
          left.filter((name) => name.endsWith('.part')),
          [],
        );
      } finally {
        Object.assign(vscode.window, { showSaveDialog: real });
        await fs.rm(target.fsPath, { force: true });
      }
    });

    it('opens no address that is not of the web, of whatever kind', async () => {
      for (const artifact_type of ['PULL_REQUEST', 'EXTERNAL_REFERENCE', 'A_NEW_KIND', 'PLAN']) {
        for (const data of [{ url: 'command:workbench.action.quit' }, {}]) {
          const before = inputs.messages.length;
          await open({ artifact_type, created_at: at, data });
          assert.equal(inputs.messages.length, before + 1);
        }
      }
    });
  });

  describe('setApiKey', () => {
    async function ask(outcomes: (ProblemKind | undefined)[]) {
      const checked: string[] = [];
      const stored: string[] = [];
      const done = setApiKey({
        baseUrl: () => 'https://oz.example/api/v1',
        apiKey: {
          store: (key) => {
            stored.push(key);
            return Promise.resolve();
          },
        },
        check: (key) => {
          checked.push(key);
          const kind = outcomes.shift();
          return kind ? Promise.reject(problem(kind)) : Promise.resolve();
        },
      });
      const box = (await inputs.next()) as vscode.InputBox;
      const enter = async (key: string): Promise<void> => {
        box.value = key;
        await delay(50);
        await inputs.enter();
        await delay(50);
      };
      return { checked, stored, done, box, enter };
    }

    it('stores a key after the service took it', async () => {
      const { checked, stored, done, box, enter } = await ask([undefined]);
      assert.equal(box.password, true);
      await enter(' wk-good ');
      await done;
      assert.deepEqual([checked, stored, inputs.messages.length], [['wk-good'], ['wk-good'], 1]);
    });

    it('keeps the box and what was typed while the service does not take it', async () => {
      const kinds: ProblemKind[] = ['keyRefused', 'unreachable', 'notOz', 'server', 'timeout'];
      const { checked, stored, done, box, enter } = await ask([...kinds, undefined]);
      for (const kind of kinds) {
        await enter('wk-some');
        assert.deepEqual([box.value, stored], ['wk-some', []], kind);
        assert.ok(box.validationMessage);
      }
      await enter('wk-some');
      await done;
      assert.deepEqual([checked.length, stored], [kinds.length + 1, ['wk-some']]);
    });

    it('names the host of this moment while the box is open', async () => {
      const settings = vscode.workspace.getConfiguration('agentRuns');
      const before = settings.inspect('baseUrl')?.globalValue;
      let baseUrl = 'https://old.example/api/v1';
      const done = setApiKey({
        baseUrl: () => baseUrl,
        apiKey: { store: () => assert.fail() },
        check: () => assert.fail(),
      });
      const box = (await inputs.next()) as vscode.InputBox;
      try {
        assert.match(box.prompt ?? '', /old\.example/);
        baseUrl = 'https://new.example/api/v1';
        await settings.update('baseUrl', baseUrl, vscode.ConfigurationTarget.Global);
        assert.match(box.prompt ?? '', /new\.example/);
      } finally {
        await settings.update('baseUrl', before, vscode.ConfigurationTarget.Global);
      }
      await inputs.escape();
      await done;
    });

    it('takes a key whose account has yet to be connected to GitHub', async () => {
      const { stored, done, enter } = await ask(['externalAuth']);
      await enter('wk-good');
      await done;
      assert.deepEqual(stored, ['wk-good']);
    });

    it('does not ask the service about what is no key, and stores nothing when it is dismissed', async () => {
      const { checked, stored, done, box, enter } = await ask([]);
      for (const text of ['', 'wk good', 'wk-gööd', 'wk-\u200b']) {
        await enter(text);
        assert.ok(box.validationMessage);
      }
      await inputs.escape();
      await done;
      assert.deepEqual([checked, stored], [[], []]);
    });
  });
});
