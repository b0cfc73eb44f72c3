import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { copyBranch } from '../../src/commands/copyBranch';
import { openArtifact } from '../../src/commands/openArtifact';
import { saveArtifact } from '../../src/commands/saveArtifact';
import { saveArtifacts } from '../../src/commands/saveArtifacts';
import { artifactFile } from '../../src/model/artifactFile';
import { PlanTexts } from '../../src/model/planTexts';
import type { OzClient } from '../../src/oz/ozClient';
import { ApiProblem } from '../../src/oz/problems';
import type { Run } from '../../src/oz/types';
import { aRun, at, known } from './knownRuns';
import { localClient } from './localClient';
import { QuickInputs } from './quickInput';

describe('artifacts of the local Oz', () => {
  const client = localClient();
  const real = { ...vscode.window };
  let inputs: QuickInputs;
  let folder: string;
  let run: Run;

  /** Names that end where a person chose them. */
  function choose(answers: { folder?: string; file?: string }): void {
    Object.assign(vscode.window, {
      showOpenDialog: () =>
        Promise.resolve(answers.folder === undefined ? undefined : [vscode.Uri.file(answers.folder)]),
      showSaveDialog: () => Promise.resolve(answers.file === undefined ? undefined : vscode.Uri.file(answers.file)),
    });
  }

  const deps = (downloadArtifact: OzClient['downloadArtifact'] = (...call) => client.downloadArtifact(...call)) => ({
    runs: known(run),
    client: { getRun: (id: string) => client.getRun(id), downloadArtifact },
    showText: () => Promise.resolve(),
    plans: new PlanTexts(),
  });

  const read = async (name: string): Promise<string> => fs.readFile(path.join(folder, name), 'utf8');
  /** The place of a file in the run's list. */
  const placeOf = (name: RegExp): number =>
    (run.artifacts ?? []).findIndex((artifact) => name.test(artifactFile(artifact)?.name ?? ''));

  const rowsOf = (...names: RegExp[]): object[] =>
    names.map((name) => ({ kind: 'artifact', runId: run.run_id, artifact: placeOf(name) }));

  before(async () => {
    const { runs } = await client.listRuns({ limit: 100 });
    const odd = runs.find(({ artifacts }) =>
      artifacts?.some((artifact) => artifactFile(artifact)?.name === 'audit-q3.csv'),
    );
    assert.ok(odd);
    run = odd;
  });

  beforeEach(async () => {
    inputs = new QuickInputs();
    folder = await fs.mkdtemp(path.join(tmpdir(), 'agent-runs-saved-'));
  });

  afterEach(async () => {
    Object.assign(vscode.window, { showOpenDialog: real.showOpenDialog, showSaveDialog: real.showSaveDialog });
    await inputs.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.rm(folder, { recursive: true });
  });

  it('are saved all at once into a folder, under safe names', async () => {
    choose({ folder });
    await saveArtifacts(deps(), { runId: run.run_id });
    const names = await fs.readdir(folder);
    const files = (run.artifacts ?? []).filter((artifact) => artifactFile(artifact));
    assert.equal(names.length, files.length);
    assert.ok(names.includes('bashrc') && names.includes('_CON.txt') && names.includes('audit-q3.csv'));
    assert.ok(names.every((name) => !/^\.|\.part$|\u202e/.test(name) && Buffer.byteLength(name) <= 255));
    assert.match(await read('audit-q3.csv'), /^time,who,what/);
    assert.equal((await fs.stat(path.join(folder, 'heap.bin'))).size, 3_000_000);
  });

  for (const [button, kept, saved] of [
    ['Keep Both', 'mine', true],
    ['Replace', 'time,who,what', false],
    ['Skip', 'mine', false],
    ['', 'mine', undefined],
  ] as const) {
    it(`that are there already: ${button || 'nothing is said'}`, async () => {
      choose({ folder });
      inputs.answerMessages(button);
      await fs.writeFile(path.join(folder, 'audit-q3.csv'), 'mine');
      const rows = rowsOf(/^audit/, /^report/);
      await saveArtifact(deps(), rows[0], rows);
      const names = await fs.readdir(folder);
      assert.ok((await read('audit-q3.csv')).startsWith(kept));
      assert.equal(names.includes('audit-q3 (2).csv'), saved ?? false);
      assert.equal(names.length > 1, saved !== undefined);
    });
  }

  it('are saved one by one where a person says, which alone may replace a file', async () => {
    const artifact = placeOf(/^audit/);
    const file = path.join(folder, 'mine.csv');
    choose({ file });
    await saveArtifact(deps(), { runId: run.run_id, artifact });
    assert.match(await read('mine.csv'), /^time/);
    await fs.writeFile(file, 'old');
    await saveArtifact(deps(), { runId: run.run_id, artifact });
    assert.match(await read('mine.csv'), /^time/);
    // One that came there after the question is kept.
    await fs.rm(file);
    const late: OzClient['downloadArtifact'] = async (...call) => {
      await fs.writeFile(file, 'mine');
      return client.downloadArtifact(...call);
    };
    await saveArtifact(deps(late), { runId: run.run_id, artifact });
    assert.equal(await read('mine.csv'), 'mine');
    assert.match(await read('mine (2).csv'), /^time/);
    assert.deepEqual((await fs.readdir(folder)).sort(), ['mine (2).csv', 'mine.csv']);
  });

  it('that are selected are saved together', async () => {
    choose({ folder });
    const rows = rowsOf(/^audit/, /^report/);
    await saveArtifact(deps(), rows[0], rows);
    assert.deepEqual((await fs.readdir(folder)).sort(), ['audit-q3.csv', 'report.html']);
  });

  it('are tried again from the start after a failure, and leave nothing behind when not', async () => {
    choose({ file: path.join(folder, 'a.csv') });
    let tries = 0;
    const broken: OzClient['downloadArtifact'] = async (uid, signal, options) => {
      tries += 1;
      if (tries > 1) {
        return client.downloadArtifact(uid, signal, options);
      }
      await options?.sink?.begin(100);
      await options?.sink?.take(Buffer.from('half of something else'));
      throw new ApiProblem({ kind: 'unreachable', message: '', code: 'ECONNRESET' });
    };
    const place = { runId: run.run_id, artifact: placeOf(/^audit/) };
    await saveArtifact(deps(broken), place);
    assert.deepEqual([tries, await fs.readdir(folder)], [1, []]);
    tries = 0;
    inputs.answerMessages('Try Again');
    await saveArtifact(deps(broken), place);
    assert.equal(tries, 2);
    assert.match(await read('a.csv'), /^time/);
    assert.deepEqual(await fs.readdir(folder), ['a.csv']);
  });

  it('say what the disk says, and do not ask the service again for it', async () => {
    choose({ file: path.join(folder, 'gone', 'a.csv') });
    let tries = 0;
    const counted: OzClient['downloadArtifact'] = (...call) => {
      tries += 1;
      return client.downloadArtifact(...call);
    };
    await saveArtifact(deps(counted), { runId: run.run_id, artifact: placeOf(/^audit/) });
    assert.deepEqual([tries, inputs.messages.length], [1, 1]);
  });

  it('that are cancelled leave nothing behind, and are not spoken of', async () => {
    choose({ file: path.join(folder, 'a.csv') });
    const cancelled: OzClient['downloadArtifact'] = async (_uid, _signal, options) => {
      await options?.sink?.begin(undefined);
      await options?.sink?.take(Buffer.from('half'));
      throw new ApiProblem({ kind: 'aborted', message: '' });
    };
    await saveArtifact(deps(cancelled), { runId: run.run_id, artifact: placeOf(/^audit/) });
    assert.deepEqual([await fs.readdir(folder), inputs.messages], [[], []]);
  });

  it('that are pull requests give away the name of their branch alone', async () => {
    const artifacts = ['oz/one', 'oz/two'].map((branch) => ({
      artifact_type: 'PULL_REQUEST' as const,
      created_at: at,
      data: { url: `https://github.com/acme/shop/pull/${branch.length}${branch}`, branch },
    }));
    const runs = known(aRun('r1', { artifacts }));
    await copyBranch({ runs, client }, { runId: 'r1', artifact: 1 });
    assert.equal(await vscode.env.clipboard.readText(), 'oz/two');
    await copyBranch({ runs, client }, { runId: 'r1' });
    assert.equal(await vscode.env.clipboard.readText(), 'oz/one\noz/two');
  });

  it('open as VS Code shows them', async () => {
    const texts: string[] = [];
    const showText = (name: string): Promise<void> => {
      texts.push(name);
      return Promise.resolve();
    };
    const open = (name: RegExp): Promise<void> =>
      openArtifact({ ...deps(), showText }, { runId: run.run_id, artifact: placeOf(name) });
    await open(/^audit/);
    await open(/^report/);
    assert.deepEqual(texts, ['audit-q3.csv', 'report.html']);
    await open(/^walkthrough/);
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.match(tab?.label ?? '', /^walkthrough\.mp4$/);
    choose({});
    await open(/^dump/);
    assert.equal(texts.length, 2);
  });
});
