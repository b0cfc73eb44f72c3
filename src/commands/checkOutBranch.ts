import * as vscode from 'vscode';
import { branchesOf, type RunBranch } from '../model/branchOf';
import { pullRequestName } from '../model/pullRequestName';
import { isSameRepository, repositoryName } from '../model/skillSpec';
import { abortable } from '../oz/deadline';
import { memberOf } from '../oz/json';
import type { OzClient } from '../oz/ozClient';
import type { Run } from '../oz/types';
import {
  carryOut,
  type CheckedOut,
  type CheckoutTarget,
  type FetchBranch,
  prepareCheckout,
} from '../platform/checkout';
import { type GitApi, gitApi, gitHubOf, type GitRepository } from '../platform/gitExtension';
import { openUrl } from '../platform/openUrl';
import { plain } from '../platform/plainText';
import { gitRunner, type RunGit } from '../platform/runGit';
import { changesIn, restoreStash, type Stash } from '../platform/stash';
import { conflictsWords, outcomeWords, refusalWords, restoredWords } from './checkoutWords';
import { type KnownRuns, whichRun } from './pickRun';
import { pickSome } from './pickSome';
import { withProgressIfSlow } from './progress';
import { readRun } from './readRuns';
import { savesEditors } from './savesEditors';
import { isWorkspaceTrusted } from './workspaceTrust';

export interface CheckOutBranchDeps {
  runs: KnownRuns;
  client: Pick<OzClient, 'getRun'>;
  /** The editor's own Git, unless a test has another. */
  git?: () => Promise<Git | undefined>;
}

type Git = Pick<GitApi, 'git' | 'repositories' | 'getRepository'>;

/** An open repository with a remote that leads to where the branch is. */
interface Place {
  repository: GitRepository;
  remote: string;
}

/**
 * Checks out the branch that a run made, in the open repository that it belongs to. Changes are put aside after asking, and
 * nothing is ever overwritten.
 * @param argument `{ runId }`, with `artifact` for one of its pull requests by its place in the run's list
 * @returns false when a person stopped it while it was under way, of which nothing is said
 * @throws ApiProblem when the run is not known here and cannot be read; GitFailure
 */
export async function checkOutBranch(deps: CheckOutBranchDeps, argument?: unknown): Promise<boolean> {
  if (!(await isWorkspaceTrusted())) {
    return true;
  }
  const placeHolder = vscode.l10n.t('Check out the branch of which run?');
  const runId = await whichRun(deps.runs, argument, placeHolder, (run) => branchesOf(run).length > 0);
  const run = runId === undefined ? undefined : await readRun(deps, runId);
  const wanted = run && (await chooseBranch(run, argument));
  if (!wanted) {
    return true;
  }
  const api = await (deps.git ?? gitApi)();
  if (!api) {
    await tell(vscode.l10n.t('The Git extension is turned off, so nothing can be checked out here.'), wanted);
    return true;
  }
  const place = await choosePlace(api, wanted);
  return !place || checkOutIn(place, api, wanted, run);
}

async function chooseBranch(run: Run, argument: unknown): Promise<RunBranch | undefined> {
  const { t } = vscode.l10n;
  const index = memberOf(argument, 'artifact');
  const artifacts = typeof index === 'number' ? run.artifacts?.slice(index, index + 1) : run.artifacts;
  const items = branchesOf({ ...run, artifacts }).map((branch) => ({
    label: plain(branch.branch, 80),
    description: plain(pullRequestName(branch.url) ?? branch.url, 120),
    branch,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      t('There is no branch on GitHub to check out: no pull request came of it.'),
    );
    return undefined;
  }
  const placeHolder = t('Check out which branch?');
  const picked = items.length === 1 ? items : await pickSome(items, { placeHolder, chosen: [], many: false });
  return picked?.[0]?.branch;
}

/** Undefined when no open repository fits, which is said, or nobody picks one of several. */
async function choosePlace(api: Git, { repository: wanted, url }: RunBranch): Promise<Place | undefined> {
  const { t } = vscode.l10n;
  // One that was opened a moment ago does not know its remotes yet.
  const unread = api.repositories.filter(({ state }) => state.remotes.length === 0);
  await Promise.all(unread.map((repository) => repository.status().catch(() => undefined)));
  const items = api.repositories.flatMap((repository) => {
    const remote = repository.state.remotes.find((one) => {
      const gitHub = gitHubOf({ name: one.name, fetchUrl: one.fetchUrl });
      return gitHub !== undefined && isSameRepository(gitHub, wanted);
    });
    const label = plain(vscode.workspace.asRelativePath(repository.rootUri, true), 120);
    const description = plain(repository.state.HEAD?.name ?? '', 80);
    return remote ? [{ label, description, repository, remote: remote.name }] : [];
  });
  if (items.length > 0) {
    const placeHolder = t('In which folder?');
    const picked = items.length === 1 ? items : await pickSome(items, { placeHolder, chosen: [], many: false });
    return picked?.[0];
  }
  const name = repositoryName(wanted);
  const clone = t('Clone Repository…');
  const open = t('Open Pull Request');
  const words = t('The branch is in {0}, which is not open here.', plain(name, 120));
  const answer = await vscode.window.showInformationMessage(words, clone, open);
  if (answer === clone) {
    await vscode.commands.executeCommand('git.clone', `https://github.com/${name}.git`);
  } else if (answer === open) {
    await openUrl(url);
  }
  return undefined;
}

/** False when a person stopped it. */
async function checkOutIn({ repository, remote }: Place, api: Git, wanted: RunBranch, run: Run): Promise<boolean> {
  const { t } = vscode.l10n;
  const git = gitRunner(api.git.path, process.env);
  const target: CheckoutTarget = { root: repository.rootUri.fsPath, remote, branch: wanted.branch };
  const shown = plain(wanted.branch, 80);
  const prepared = await withProgressIfSlow(t('Fetching {0}…', shown), (signal) =>
    prepareCheckout(git, target, fetchThrough(repository), signal),
  );
  if (prepared.kind !== 'ready') {
    const show = prepared.kind === 'already' ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    await tell(refusalWords(prepared, target), wanted, show);
    return prepared.kind !== 'cancelled';
  }
  if (!(await savesEditors(api, repository))) {
    return false;
  }
  const changes = await changesIn(git, target.root);
  if (changes.unmerged > 0) {
    await tell(conflictsWords(), wanted);
    return true;
  }
  const stashMessage = `Agent Runs: before ${wanted.branch} (run ${plain(run.run_id, 60)})`;
  const mustStash = changes.files > 0;
  if (mustStash && !(await agreesToStash(changes.files, stashMessage))) {
    return false;
  }
  // A hook may never end.
  const outcome = await withProgressIfSlow(t('Checking out {0}…', shown), (signal) =>
    carryOut(git, prepared.plan, mustStash ? stashMessage : undefined, signal),
  );
  // Told at once: VS Code may take long for it in a large repository.
  await Promise.all([refresh(repository), tellOutcome(outcome, target, wanted, { git, repository })]);
  return true;
}

/** The editor's own Git fetches: it has the person's credentials. Where it cannot stop, it goes on unheeded. */
function fetchThrough(repository: GitRepository): FetchBranch {
  return async (remote, ref, signal) => {
    const stop = new vscode.CancellationTokenSource();
    const abort = (): void => {
      stop.cancel();
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      await abortable(repository.fetch({ remote, ref, cancellationToken: stop.token }), signal);
      return { code: 0, stdout: '', stderr: '' };
    } catch (error) {
      const stderr: unknown = error instanceof Error ? (Reflect.get(error, 'stderr') ?? error.message) : error;
      return { code: 1, stdout: '', stderr: String(stderr) };
    } finally {
      signal.removeEventListener('abort', abort);
      stop.dispose();
    }
  };
}

async function agreesToStash(files: number, name: string): Promise<boolean> {
  const { t } = vscode.l10n;
  const stash = t('Stash and Check Out');
  const detail = t(
    'They are put into the stash “{0}”, new files too, and can be applied again afterwards. Ignored files stay.',
    plain(name, 200),
  );
  const words =
    files === 1
      ? t('One file has changes that are not committed.')
      : t('{0} files have changes that are not committed.', files);
  return (await vscode.window.showWarningMessage(words, { modal: true, detail }, stash)) === stash;
}

/** Where the work went on after a checkout. */
interface Workplace {
  git: RunGit;
  repository: GitRepository;
}

async function tellOutcome(
  outcome: CheckedOut,
  target: CheckoutTarget,
  { url }: RunBranch,
  { git, repository }: Workplace,
): Promise<void> {
  const { t } = vscode.l10n;
  const apply = t('Apply Stash');
  const open = t('Open Pull Request');
  const words = outcomeWords(outcome, target);
  const isDone = outcome.kind === 'done';
  const stash = isDone ? outcome.stash : undefined;
  const show = isDone ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const answer = await show(words, ...(stash ? [apply] : []), open);
  if (answer === open) {
    await openUrl(url);
  } else if (answer === apply && stash) {
    await applyStash({ git, repository }, stash);
  }
}

async function applyStash({ git, repository }: Workplace, stash: Stash): Promise<void> {
  const restored = await restoreStash(git, repository.rootUri.fsPath, stash);
  await refresh(repository);
  const words = restoredWords(restored, stash);
  void (restored.kind === 'restored'
    ? vscode.window.showInformationMessage(words)
    : vscode.window.showWarningMessage(words));
}

async function tell(
  words: string | undefined,
  { url }: RunBranch,
  show: (words: string, button: string) => Thenable<string | undefined> = vscode.window.showWarningMessage,
): Promise<void> {
  const open = vscode.l10n.t('Open Pull Request');
  if (words !== undefined && (await show(words, open)) === open) {
    await openUrl(url);
  }
}

/** The Source Control view would notice a moment later. */
async function refresh(repository: GitRepository): Promise<void> {
  await repository.status().catch(() => undefined);
}
