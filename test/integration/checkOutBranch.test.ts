import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { checkOutBranch, type CheckOutBranchDeps } from '../../src/commands/checkOutBranch';
import type { Artifact, Run } from '../../src/oz/types';
import { type GitApi, gitApi, type GitRepository } from '../../src/platform/gitExtension';
import { GitSample } from '../unit/platform/gitSample';
import { QuickInputs } from './quickInput';

const at = '2026-03-18T14:30:00Z';
const branch = 'oz/fix-cart';

function pullRequest(number: number, name = branch, repository = 'acme/storefront'): Artifact {
  const url = `https://github.com/${repository}/pull/${number}`;
  return { artifact_type: 'PULL_REQUEST', created_at: at, data: { url, branch: name } };
}

function runWith(...artifacts: Artifact[]): Run {
  const ids = { run_id: 'r1', task_id: 'r1' };
  return { ...ids, title: 'Fix', prompt: '', state: 'SUCCEEDED', created_at: at, updated_at: at, artifacts };
}

describe('checking out the branch of a run', () => {
  let inputs: QuickInputs;
  let sample: GitSample;
  let api: GitApi;
  let repository: GitRepository;
  let given: unknown[][];
  const { executeCommand } = vscode.commands;
  const { openExternal } = vscode.env;

  before(async () => {
    api = (await gitApi()) ?? assert.fail('the Git extension is off');
  });

  beforeEach(async () => {
    inputs = new QuickInputs();
    sample = new GitSample();
    sample.push(branch, { 'cart.ts': 'fixed' });
    await api.openRepository(vscode.Uri.file(sample.root));
    repository = api.getRepository(vscode.Uri.file(sample.root)) ?? assert.fail('not opened');
    given = [];
  });

  afterEach(async () => {
    Object.assign(vscode.commands, { executeCommand });
    Object.assign(vscode.env, { openExternal });
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await inputs.dispose();
    sample.remove();
  });

  /** From here on what is given to VS Code to do is noted, not done. */
  function noteWhatIsGiven(): void {
    const note = (...given_: unknown[]): Promise<void> => {
      given.push(given_);
      return Promise.resolve();
    };
    Object.assign(vscode.commands, { executeCommand: note });
    Object.assign(vscode.env, { openExternal: note });
  }

  /** With this repository open and no other: the sample workspace has a remote of the same name. */
  function depsFor(run: Run, repositories: readonly GitRepository[] = [repository]): CheckOutBranchDeps {
    return {
      runs: { get: () => run, all: () => [run], status: { kind: 'ready' }, refresh: () => Promise.resolve() },
      client: { getRun: () => assert.fail('read') },
      git: () => Promise.resolve({ git: api.git, repositories, getRepository: (uri) => api.getRepository(uri) }),
    };
  }

  const named = { runId: 'r1' };

  it('fetches it through the editor and checks it out', async () => {
    await checkOutBranch(depsFor(runWith(pullRequest(7))), named);
    assert.deepEqual([sample.branch(), sample.read('cart.ts')], [branch, 'fixed']);
    assert.equal(inputs.messages.length, 1);
    assert.equal(repository.state.HEAD?.name, branch);
  });

  it('moves it on later, and says when there is nothing to do', async () => {
    const deps = depsFor(runWith(pullRequest(7)));
    await checkOutBranch(deps, named);
    sample.push(branch, { 'cart.ts': 'fixed twice' });
    await checkOutBranch(deps, named);
    assert.equal(sample.read('cart.ts'), 'fixed twice');
    noteWhatIsGiven();
    inputs.answerMessages('Open Pull Request');
    await checkOutBranch(deps, named);
    assert.equal(inputs.messages.length, 3);
    assert.deepEqual(given, [['https://github.com/acme/storefront/pull/7']]);
  });

  it('leaves changes alone when a person does not agree to a stash', async () => {
    sample.write('cart.ts', 'mine');
    await checkOutBranch(depsFor(runWith(pullRequest(7))), named);
    assert.deepEqual([sample.branch(), sample.read('cart.ts'), sample.stashes()], ['main', 'mine', []]);
    assert.match(inputs.details.join(), /oz\/fix-cart \(run r1\)/);
  });

  it('puts changes into a stash that names the run, and back again', async () => {
    sample.write('cart.ts', 'mine');
    sample.write('notes.txt', 'new');
    inputs.answerMessages('Stash and');
    await checkOutBranch(depsFor(runWith(pullRequest(7))), named);
    assert.deepEqual([sample.branch(), sample.read('cart.ts')], [branch, 'fixed']);
    assert.deepEqual(sample.stashes(), [`On main: Agent Runs: before ${branch} (run r1)`]);

    sample.git(sample.root, 'switch', '--quiet', 'main');
    sample.git(sample.root, 'stash', 'pop', '--quiet');
    sample.git(sample.root, 'checkout', '--', 'cart.ts');
    inputs.answerMessages('Stash and', 'Apply Stash');
    await checkOutBranch(depsFor(runWith(pullRequest(7))), named);
    assert.deepEqual([sample.branch(), sample.read('notes.txt'), sample.stashes()], [branch, 'new', []]);
  });

  it('asks to save editors first', async () => {
    const file = vscode.Uri.file(path.join(sample.root, 'cart.ts'));
    const editor = await vscode.window.showTextDocument(file);
    const all = new vscode.Range(0, 0, 9, 0);
    await editor.edit((edit) => {
      edit.replace(all, 'typed');
    });
    const deps = depsFor(runWith(pullRequest(7)));
    await checkOutBranch(deps, named);
    assert.deepEqual([sample.branch(), sample.read('cart.ts'), inputs.messages.length], ['main', 'one', 1]);
    inputs.answerMessages('Save and', 'Stash and');
    await checkOutBranch(deps, named);
    assert.deepEqual([sample.branch(), sample.read('cart.ts'), sample.stashes().length], [branch, 'fixed', 1]);
  });

  it('asks which branch, unless a row of one was used', async () => {
    sample.push('oz/second', { 'cart.ts': 'second' });
    const deps = depsFor(runWith(pullRequest(7), pullRequest(8, 'oz/second'), pullRequest(8, 'oz/second')));
    const done = checkOutBranch(deps, named);
    const pick = await inputs.nextPick();
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      [branch, 'oz/second'],
    );
    await inputs.enter();
    await done;
    assert.equal(sample.branch(), branch);
    await checkOutBranch(deps, { runId: 'r1', artifact: 1 });
    assert.equal(sample.branch(), 'oz/second');
  });

  it('offers to clone a repository that is not open', async () => {
    noteWhatIsGiven();
    inputs.answerMessages('Clone');
    await checkOutBranch(depsFor(runWith(pullRequest(7)), []), named);
    inputs.answerMessages('Open Pull Request');
    await checkOutBranch(depsFor(runWith(pullRequest(7, branch, 'acme/other'))), named);
    assert.deepEqual(given, [
      ['git.clone', 'https://github.com/acme/storefront.git'],
      ['https://github.com/acme/other/pull/7'],
    ]);
  });

  it('takes the remote that Git fetches from, whatever the case of its name', async () => {
    sample.git(sample.root, 'config', 'remote.elsewhere.url', 'https://example.com/a/b');
    sample.git(sample.root, 'config', 'remote.elsewhere.pushurl', 'https://github.com/acme/storefront');
    await repository.status();
    await checkOutBranch(depsFor(runWith(pullRequest(7, branch, 'ACME/Storefront'))), named);
    assert.equal(sample.git(sample.root, 'config', `branch.${branch}.remote`), 'origin');
  });

  it('says why not, and changes nothing', async () => {
    const deps = (name: string): CheckOutBranchDeps => depsFor(runWith(pullRequest(7, name)));
    await checkOutBranch(deps('oz/never-was'), named);
    await checkOutBranch(deps('--force'), named);
    await checkOutBranch(depsFor(runWith()), named);
    await checkOutBranch({ ...deps(branch), git: () => Promise.resolve(undefined) }, named);
    sample.git(sample.root, 'bisect', 'start');
    await checkOutBranch(deps(branch), named);
    assert.equal(inputs.messages.length, 5);
    assert.equal(new Set(inputs.messages).size, 5);
    assert.equal(sample.branch(), 'main');
  });

  it('does nothing in a workspace that is not trusted', async () => {
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
    assert.ok(trusted);
    Object.defineProperty(vscode.workspace, 'isTrusted', { get: () => false, configurable: true });
    try {
      const git = (): never => assert.fail('asked Git');
      await checkOutBranch({ ...depsFor(runWith(pullRequest(7))), git }, named);
    } finally {
      Object.defineProperty(vscode.workspace, 'isTrusted', trusted);
    }
    assert.deepEqual([sample.branch(), inputs.messages.length], ['main', 1]);
  });
});
