import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { projectFolder, temporaryFolder } from './folders';

/** What Git is told the remote is. It never gets there: Git takes a folder instead, so that fetching needs no network. */
const remote = 'git@github.com:acme/storefront.git';

/** The branches of pull requests of the demo that are not merged, each with a file that its agent changed. */
const branches = { 'oz/keep-guest-cart': 'src/cart.ts', 'oz/dark-order-page': 'src/checkout.ts' };

/**
 * Copies the sample project into a folder of its own that is a git repository: one commit on `main`, and a remote that is on
 * GitHub as far as git knows, with everything pushed and branches that agents made. Needs git on the PATH.
 */
export function makeSampleWorkspace(): string {
  const folder = temporaryFolder('workspace');
  const [workspace, origin] = [path.join(folder, 'storefront'), path.join(folder, 'origin.git')];
  fs.cpSync(path.join(projectFolder, 'test', 'workspace'), workspace, { recursive: true });
  git(workspace, 'init', '--quiet', '--initial-branch=main');
  git(workspace, 'add', '--all');
  git(workspace, 'commit', '--quiet', '--no-verify', '--message=Start the storefront');
  git(workspace, 'remote', 'add', 'origin', remote);
  git(workspace, 'config', `url.${origin}.insteadOf`, remote);
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', origin);
  for (const [branch, file] of Object.entries(branches)) {
    git(workspace, 'switch', '--quiet', '--create', branch);
    fs.appendFileSync(path.join(workspace, file), '\n// The agent was here.\n');
    git(workspace, 'commit', '--quiet', '--no-verify', '--all', `--message=Change ${file}`);
    git(workspace, 'switch', '--quiet', 'main');
  }
  git(workspace, 'push', '--quiet', '--no-verify', '--set-upstream', 'origin', 'main', ...Object.keys(branches));
  // A person has not fetched them yet.
  for (const branch of Object.keys(branches)) {
    git(workspace, 'branch', '--quiet', '-D', branch);
    git(workspace, 'update-ref', '-d', `refs/remotes/origin/${branch}`);
  }
  return workspace;
}

function git(folder: string, ...args: string[]): void {
  const own = ['user.name=Ada', 'user.email=ada@acme.example', 'commit.gpgSign=false', 'core.autocrlf=false'];
  execFileSync('git', [...own.flatMap((value) => ['-c', value]), ...args], { cwd: folder, stdio: 'pipe' });
}
