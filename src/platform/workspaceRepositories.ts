import type * as vscode from 'vscode';
import { disposeAll, Emitter } from '../model/emitter';
import { type GitHubRepository, gitHubRepository, repositoryName } from '../model/skillSpec';
import type { GitApi, GitRepository } from './gitExtension';

type Git = Pick<GitApi, 'onDidOpenRepository' | 'onDidCloseRepository'> & {
  readonly repositories: readonly Repository[];
};
interface Repository {
  readonly state: Pick<GitRepository['state'], 'onDidChange' | 'remotes'>;
}

/**
 * The GitHub repositories that the Git repositories of this workspace have as remotes. Nothing is asked before somebody wants
 * to know; none without Git.
 */
export class WorkspaceRepositories implements vscode.Disposable {
  readonly #openGit: () => Promise<Git | undefined>;
  readonly #changed = new Emitter<undefined>();
  readonly #watched = new Map<Repository, vscode.Disposable>();
  #subscriptions: vscode.Disposable[] = [];
  #wasAsked = false;
  #isDisposed = false;
  #current: readonly GitHubRepository[] = [];

  /** `current` is another list. */
  readonly onDidChange = this.#changed.event;

  /** @param openGit answers the Git extension's API, undefined where there is none */
  constructor(openGit: () => Promise<Git | undefined>) {
    this.#openGit = openGit;
  }

  /** As far as is known: empty at the first look, which starts finding out. */
  get current(): readonly GitHubRepository[] {
    if (!this.#wasAsked) {
      this.#wasAsked = true;
      // Without an answer there are none.
      this.#watch().catch(() => undefined);
    }
    return this.#current;
  }

  dispose(): void {
    this.#isDisposed = true;
    disposeAll([...this.#subscriptions, ...this.#watched.values()]);
    this.#changed.dispose();
  }

  async #watch(): Promise<void> {
    const git = await this.#openGit();
    if (!git || this.#isDisposed) {
      return;
    }
    const read = (): void => {
      this.#read(git);
    };
    this.#subscriptions = [git.onDidOpenRepository(read), git.onDidCloseRepository(read)];
    read();
  }

  #read(git: Git): void {
    for (const [repository, subscription] of this.#watched) {
      if (!git.repositories.includes(repository)) {
        subscription.dispose();
        this.#watched.delete(repository);
      }
    }
    for (const repository of git.repositories) {
      if (!this.#watched.has(repository)) {
        const read = (): void => {
          this.#read(git);
        };
        this.#watched.set(repository, repository.state.onDidChange(read));
      }
    }
    const urls = git.repositories.flatMap(({ state }) =>
      state.remotes.flatMap(({ fetchUrl, pushUrl }) => [fetchUrl, pushUrl]),
    );
    const found = new Map<string, GitHubRepository>();
    for (const repository of urls.flatMap((url) => gitHubRepository(url) ?? [])) {
      found.set(repositoryName(repository).toLowerCase(), repository);
    }
    const current = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, repository]) => repository);
    if (JSON.stringify(current) !== JSON.stringify(this.#current)) {
      this.#current = current;
      this.#changed.fire(undefined);
    }
  }
}
