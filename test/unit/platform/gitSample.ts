import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gitRunner, type GitOutcome } from '../../../src/platform/runGit';
import { temporaryFolder } from '../../vscode/folders';

/** Nothing of the person's own Git: no settings, hooks, helpers or repository. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: os.devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@acme.example',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@acme.example',
};

export const runGit = gitRunner('git', environment);

/** What is configured as the remote: Git itself goes to a folder instead. */
export const remoteUrl = 'https://github.com/acme/storefront';

type Prepare = (sample: GitSample) => void;

/** Samples as they begin, by how they were prepared. Git needs seconds for one where the machine is busy; a copy does not. */
const originals = new Map<Prepare | undefined, { readonly folder: string; readonly bare: string }>();

/** A clone whose remote is "on GitHub", that remote, and the clone of somebody else who pushes there. */
export class GitSample {
  readonly folder = temporaryFolder('git');
  readonly root = path.join(this.folder, 'storefront');
  readonly theirs = path.join(this.folder, 'theirs');

  readonly #bare = path.join(this.folder, 'remote.git');

  /** @param prepare what all samples with it begin with: is called for the first of them alone */
  constructor(prepare?: Prepare) {
    const original = originals.get(prepare);
    if (original) {
      this.#copy(original);
      return;
    }
    this.#make();
    prepare?.(this);
    const folder = temporaryFolder('git-original');
    fs.cpSync(this.folder, folder, { recursive: true });
    originals.set(prepare, { folder, bare: this.#bare });
  }

  #make(): void {
    for (const clone of [this.theirs, this.root]) {
      fs.mkdirSync(clone);
      this.git(clone, 'init', '--quiet', '--template=', '--initial-branch=main');
      this.git(clone, 'config', `url.${this.#bare}.insteadOf`, remoteUrl);
      this.git(clone, 'remote', 'add', 'origin', remoteUrl);
    }
    this.git(this.folder, 'init', '--quiet', '--template=', '--bare', '--initial-branch=main', this.#bare);
    this.push('main', { 'cart.ts': 'one', '.gitignore': 'secret.env\n' });
    this.git(this.root, 'pull', '--quiet', 'origin', 'main');
  }

  #copy({ folder, bare }: { folder: string; bare: string }): void {
    fs.cpSync(folder, this.folder, { recursive: true });
    for (const clone of [this.theirs, this.root]) {
      const config = path.join(clone, '.git', 'config');
      const text = fs.readFileSync(config, 'utf8');
      // Git quotes a path as JSON does.
      fs.writeFileSync(
        config,
        text.replace(JSON.stringify(bare), () => JSON.stringify(this.#bare)),
      );
    }
    // The times of the files are new to Git.
    this.git(this.root, 'update-index', '--refresh');
  }

  /** Somebody pushes a commit with these files to a branch, which is made of `main` where there is none. */
  push(branch: string, files: Record<string, string>): void {
    const isThere = this.refs(this.theirs).includes(`refs/heads/${branch}`);
    if (isThere || branch !== 'main') {
      this.git(this.theirs, 'switch', '--quiet', ...(isThere ? [branch] : ['--create', branch, 'main']));
    }
    for (const [name, text] of Object.entries(files)) {
      this.write(name, text, this.theirs);
    }
    this.git(this.theirs, 'add', '--all', '--force');
    this.git(this.theirs, 'commit', '--quiet', '--message', `Change ${Object.keys(files).join()}`);
    this.git(this.theirs, 'push', '--quiet', 'origin', `refs/heads/${branch}`);
  }

  write(name: string, text: string, root = this.root): void {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }

  read(name: string, root = this.root): string | undefined {
    const file = path.join(root, name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  }

  /** A commit in the clone itself. */
  commit(name: string, text: string): void {
    this.write(name, text);
    this.git(this.root, 'add', '--all');
    this.git(this.root, 'commit', '--quiet', '--message', `Change ${name}`);
  }

  /** Fails when Git does. */
  git(folder: string, ...args: string[]): string {
    return execFileSync('git', args, { cwd: folder, env: environment, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  branch(root = this.root): string {
    return this.git(root, 'branch', '--show-current');
  }

  refs(root: string): string[] {
    return this.git(root, 'for-each-ref', '--format=%(refname)').split('\n');
  }

  /** What is not committed, as `git status` writes it. */
  status(root = this.root): string[] {
    const text = execFileSync('git', ['status', '--porcelain'], { cwd: root, env: environment, encoding: 'utf8' });
    return text.split('\n').filter(Boolean);
  }

  stashes(): string[] {
    return this.git(this.root, 'stash', 'list', '--format=%s').split('\n').filter(Boolean);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** As the editor's own Git does it. */
export function fetchIn(root: string): (remote: string, refspec: string, signal: AbortSignal) => Promise<GitOutcome> {
  return (remote, refspec, signal) => runGit(['fetch', '--quiet', remote, refspec], root, signal);
}
