import * as vscode from 'vscode';
import { type GitHubRepository, gitHubRepository } from '../model/skillSpec';

/** The part of the built-in Git extension's API (version 1) that is used here. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

export interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<unknown>;
  /** The program that the Git extension runs. */
  readonly git: { readonly path: string };
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  getRepository(uri: vscode.Uri): GitRepository | null;
  openRepository(root: vscode.Uri): Promise<unknown>;
}

export interface GitRemote {
  readonly name: string;
  readonly fetchUrl?: string;
  readonly pushUrl?: string;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** Its members are getters: they cannot be gathered with a rest pattern. */
  readonly state: {
    readonly onDidChange: vscode.Event<void>;
    readonly HEAD?: { readonly name?: string };
    readonly remotes: readonly GitRemote[];
  };
  status(): Promise<void>;
  /** The token is not in its published types; it is passed on to where the program runs (1.99 and 1.139). */
  fetch(options: { remote: string; ref: string; cancellationToken: vscode.CancellationToken }): Promise<void>;
  push(remote: string, refspec: string, setUpstream: boolean): Promise<void>;
}

/** The Git extension's API once it has looked for repositories; undefined where it is missing or turned off. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  const api = git?.enabled ? git.getAPI(1) : undefined;
  if (api?.state === 'uninitialized') {
    await new Promise<void>((resolve) => {
      const subscription = api.onDidChangeState(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
  return api;
}

/** Where a remote leads; undefined when it is not on GitHub. */
export function gitHubOf(remote: GitRemote | undefined): GitHubRepository | undefined {
  return gitHubRepository(remote?.fetchUrl) ?? gitHubRepository(remote?.pushUrl);
}
