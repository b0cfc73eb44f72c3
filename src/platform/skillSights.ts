import * as path from 'node:path';
import * as vscode from 'vscode';
import { disposeAll, Emitter } from '../model/emitter';
import { PacedCall } from '../model/pacedCall';
import type { SeenSkill } from '../model/skillEntries';
import type { Clock } from '../oz/clock';
import { type GitApi, gitApi, type GitRepository } from './gitExtension';
import { readSkillSights, RepositoryRoots } from './gitSkillSights';
import { gitRunner, withoutFetching } from './runGit';

/** Milliseconds that Git may take for one repository. */
const patience = 30_000;
/** Files whose repositories are looked for at the same time. */
const atOnce = 200;
/** The news of repositories come together: one saved file brings several. The first of them is waited for by whoever looks. */
const pace = { soon: 100, apart: 1000 };

/** What Git says of the workspace's skills, and when it may say something else. Git is not asked before the first question. */
export class SkillSights implements vscode.Disposable {
  readonly #changed = new Emitter<undefined>();
  readonly #telling: PacedCall;
  readonly #watched = new Map<GitRepository, vscode.Disposable>();
  #parts: vscode.Disposable[] | undefined;
  #isDisposed = false;

  /** Something was committed, pushed, saved, opened or trusted: another answer is likely. */
  readonly onDidChange = this.#changed.event;

  constructor(clock: Clock) {
    this.#telling = new PacedCall(clock, pace, () => {
      this.#changed.fire(undefined);
    });
  }

  /**
   * One look for each repository. Nothing in a workspace that is not trusted: what a repository's configuration says can
   * make Git run programs. Never rejects.
   * @param files their paths, without links in the folders, by their addresses
   */
  async of(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, SeenSkill>> {
    this.#parts ??= [vscode.workspace.onDidGrantWorkspaceTrust(this.#telling.ask)];
    if (!vscode.workspace.isTrusted) {
      return new Map();
    }
    try {
      const api = await gitApi();
      if (!api || this.#isDisposed) {
        return new Map();
      }
      this.#watch(api);
      return await read(api, files);
    } catch {
      return new Map();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#telling.dispose();
    disposeAll([...(this.#parts ?? []), ...this.#watched.values()]);
    this.#changed.dispose();
  }

  #watch(api: GitApi): void {
    if (this.#parts?.length === 1) {
      this.#parts.push(api.onDidOpenRepository(this.#telling.ask), api.onDidCloseRepository(this.#telling.ask));
    }
    for (const [repository, subscription] of this.#watched) {
      if (!api.repositories.includes(repository)) {
        subscription.dispose();
        this.#watched.delete(repository);
      }
    }
    for (const repository of api.repositories) {
      if (!this.#watched.has(repository)) {
        this.#watched.set(repository, repository.state.onDidChange(this.#telling.ask));
      }
    }
  }
}

async function read(api: GitApi, files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, SeenSkill>> {
  const seen = new Map<string, SeenSkill>();
  const inRoots = new Map<string, { uri: string; path: string }[]>();
  const roots = new RepositoryRoots();
  const all = [...files];
  for (let at = 0; at < all.length; at += atOnce) {
    const some = all.slice(at, at + atOnce);
    const rootOf = await Promise.all(some.map(([, file]) => roots.of(path.dirname(file))));
    for (const [index, [uri, file]] of some.entries()) {
      const root = rootOf[index];
      if (root === undefined) {
        seen.set(uri, { sight: 'notOnGitHub' });
      } else {
        const list = inRoots.get(root) ?? [];
        inRoots.set(root, list);
        list.push({ uri, path: path.relative(root, file).split(path.sep).join('/') });
      }
    }
  }
  const git = gitRunner(api.git.path, withoutFetching(process.env));
  for (const [root, list] of inRoots) {
    const paths = list.map((one) => one.path);
    // Where Git fails for one repository, the others still have their answer.
    const found = await readSkillSights(git, root, paths, AbortSignal.timeout(patience)).catch(() => undefined);
    for (const one of list) {
      const answer = found?.get(one.path);
      if (answer) {
        seen.set(one.uri, answer);
      }
    }
  }
  return seen;
}
