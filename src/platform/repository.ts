import * as vscode from 'vscode';
import { abortable } from '../oz/deadline';
import { type GitApi, gitApi } from './gitExtension';
import { type GitSight, type PushTarget, readGitSight, type SightOptions } from './gitSight';
import { GitFailure, gitRunner, withoutFetching } from './runGit';

/** How long Git may take before it counts as not there, in milliseconds. */
const patience = 10_000;

/** A file's Git repository at one moment. */
export interface Repository extends Omit<GitSight, 'pushTarget'> {
  /** Undefined where there is nothing to push, or nowhere to. */
  push?: Push;
}

export interface Push extends Pick<PushTarget, 'remote' | 'branch'> {
  /** Throws what Git says. Git goes on when the signal is aborted: nobody waits for it then. */
  run: (signal: AbortSignal) => Promise<void>;
}

/**
 * The repository that a file or folder is in; undefined without Git, outside of a repository, in a workspace that is not
 * trusted, or when Git does not answer. Never throws.
 */
export async function repositoryOf(
  uri: vscode.Uri,
  options: Omit<SightOptions, 'signal'> = {},
): Promise<Repository | undefined> {
  // What is in a repository's configuration can make Git run programs.
  if (uri.scheme !== 'file' || !vscode.workspace.isTrusted) {
    return undefined;
  }
  try {
    const signal = AbortSignal.timeout(patience);
    return await abortable(readRepository(uri, { ...options, signal }), signal);
  } catch {
    return undefined;
  }
}

async function readRepository(uri: vscode.Uri, options: SightOptions): Promise<Repository | undefined> {
  const api = await gitApi();
  const sight = api && (await readGitSight(gitRunner(api.git.path, withoutFetching(process.env)), uri.fsPath, options));
  if (!sight) {
    return undefined;
  }
  const { pushTarget: target, ...rest } = sight;
  const run = (to: PushTarget, signal: AbortSignal): Promise<void> => abortable(pushTo(api, sight.root, to), signal);
  return {
    ...rest,
    push: target && { remote: target.remote, branch: target.branch, run: (signal) => run(target, signal) },
  };
}

/** The editor's own Git pushes: it has the person's credentials. */
async function pushTo(api: GitApi, root: string, { remote, refspec, setsUpstream }: PushTarget): Promise<void> {
  const uri = vscode.Uri.file(root);
  if (!api.getRepository(uri)) {
    await api.openRepository(uri);
  }
  const repository = api.getRepository(uri);
  if (repository) {
    await repository.push(remote, refspec, setsUpstream);
    return;
  }
  // The editor keeps this one closed, as a person may have told it to.
  const args = ['push', ...(setsUpstream ? ['--set-upstream'] : []), '--', remote, refspec];
  const outcome = await gitRunner(api.git.path, process.env)(args, root);
  if (outcome.code !== 0) {
    throw new GitFailure(outcome);
  }
}
