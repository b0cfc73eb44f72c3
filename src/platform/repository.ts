import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type CloudCopy, cloudCopy, type RepositoryState } from '../model/cloudSight';
import type { GitHubRepository } from '../model/skillSpec';
import { type GitApi, type GitRepository, gitApi, gitHubOf } from './gitExtension';

/** How long Git may take before it counts as not there, in milliseconds. */
const patience = 10_000;

/** A file's Git repository at one moment. */
export interface Repository extends RepositoryState {
  /** True for a file with changes that are not committed, or a folder with such a file in it. */
  isChanged(uri: vscode.Uri): boolean;
  /**
   * How this text of a file compares with the remote's: its default branch, where a fresh clone starts, or else the
   * branch that this one follows. Goes by what was last fetched or pushed.
   */
  cloudCopy(uri: vscode.Uri, text: string): Promise<CloudCopy>;
  /** Undefined where there is nothing to push, or nowhere to. The call throws what Git says. */
  push?: () => Promise<void>;
}

/**
 * The repository that a file or folder is in; undefined without Git, outside of a repository, or when Git does not answer.
 * Never throws.
 */
export async function repositoryOf(uri: vscode.Uri): Promise<Repository | undefined> {
  try {
    return await inTime(findRepository(uri));
  } catch {
    return undefined;
  }
}

async function findRepository(uri: vscode.Uri): Promise<Repository | undefined> {
  const api = uri.scheme === 'file' ? await gitApi() : undefined;
  const git = api && (api.getRepository(uri) ?? (await openedRepository(api, uri)));
  if (!git) {
    return undefined;
  }
  await git.status();
  return describe(git, await pathIn(git.rootUri, uri));
}

/** Git's own extension opens a file's repository a moment after the file: this does not wait for it. */
async function openedRepository(api: GitApi, uri: vscode.Uri): Promise<GitRepository | null> {
  const isFolder = await vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
  await api.openRepository(isFolder ? uri : vscode.Uri.joinPath(uri, '..'));
  return api.getRepository(uri);
}

async function pathIn(root: vscode.Uri, uri: vscode.Uri): Promise<string | undefined> {
  const direct = path.relative(root.fsPath, uri.fsPath);
  const relative = isInside(direct) ? direct : path.relative(await realpath(root.fsPath), await realpath(uri.fsPath));
  return isInside(relative) ? relative.split(path.sep).join('/') : undefined;
}

function isInside(relative: string): boolean {
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function describe(git: GitRepository, filePath: string | undefined): Repository {
  const { HEAD: head, remotes, mergeChanges, indexChanges, workingTreeChanges, untrackedChanges = [] } = git.state;
  const upstream = head?.upstream;
  const gitHubAt = (name: string): GitHubRepository | undefined => gitHubOf(remotes.find((one) => one.name === name));
  const names = [upstream?.remote ?? 'origin', 'origin', ...remotes.map(({ name }) => name)];
  const remote = names.find((name) => gitHubAt(name) !== undefined);
  const changed = [...mergeChanges, ...indexChanges, ...workingTreeChanges, ...untrackedChanges].map(
    ({ uri }) => uri.fsPath,
  );
  const branch = head?.name;
  const isPushable = branch !== undefined && (!upstream || Boolean(head.ahead));
  const target = upstream?.remote ?? remote;
  return {
    path: filePath === '' ? undefined : filePath,
    gitHub: remote === undefined ? undefined : gitHubAt(remote),
    branch,
    commit: head?.commit,
    upstream: upstream && `${upstream.remote}/${upstream.name}`,
    ahead: head?.ahead,
    isChanged: (uri) => changed.some((file) => isInside(path.relative(uri.fsPath, file))),
    cloudCopy: async (uri, text) => {
      const refs = [
        remote && `refs/remotes/${remote}/HEAD`,
        upstream && `refs/remotes/${upstream.remote}/${upstream.name}`,
      ];
      for (const ref of refs) {
        if (ref && (await succeeds(git.getCommit(ref)))) {
          return cloudCopy(text, await git.show(ref, uri.fsPath).catch(() => undefined));
        }
      }
      return 'unknown';
    },
    push:
      isPushable && target !== undefined
        ? () => git.push(target, upstream ? `${branch}:${upstream.name}` : branch, !upstream)
        : undefined,
  };
}

async function succeeds(promise: Promise<unknown>): Promise<boolean> {
  try {
    await promise;
    return true;
  } catch {
    return false;
  }
}

async function inTime<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patience, undefined);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
