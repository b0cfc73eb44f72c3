import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { projectFolder, temporaryFolder } from './folders';

/**
 * Copies the sample project into a folder of its own that is a git repository: one commit on `main`, a remote on
 * GitHub that is never contacted, and everything pushed as far as git knows. Needs git on the PATH.
 */
export function makeSampleWorkspace(): string {
  const folder = path.join(temporaryFolder('workspace'), 'storefront');
  fs.cpSync(path.join(projectFolder, 'test', 'workspace'), folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--no-verify', '--message=Start the storefront');
  git(folder, 'remote', 'add', 'origin', 'git@github.com:acme/storefront.git');
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(folder, 'branch', '--quiet', '--set-upstream-to=origin/main');
  return folder;
}

function git(folder: string, ...args: string[]): void {
  const own = ['user.name=Ada', 'user.email=ada@acme.example', 'commit.gpgSign=false', 'core.autocrlf=false'];
  execFileSync('git', [...own.flatMap((value) => ['-c', value]), ...args], { cwd: folder, stdio: 'pipe' });
}
