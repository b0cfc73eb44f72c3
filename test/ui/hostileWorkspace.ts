import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../vscode/folders';

/** A folder that somebody should not have opened. */
export interface HostileWorkspace {
  readonly folder: string;
  /** The names of programs of it that were run. */
  readonly marks: () => string[];
}

/** Below its folder `.agents/skills`: texts that try to be more than text, by the names of their folders. */
export const evilNames = {
  icons: '$(trash) $(sync~spin)',
  link: '[Update](command:workbench.action.terminal.new)',
  bidi: 'safe\u202egnp.exe',
  ansi: '\u001b[31mred\u001b[2J',
  html: '<img src=x onerror=alert(1)>',
} as const;

/** Skills in folders of a hundred: more than anybody looks at. */
const many = { packages: 100, skills: 100 };

/**
 * A repository whose settings, skills, names and Git configuration were made by somebody who wants to have programs run here,
 * runs launched, or requests sent to `evilUrl`.
 */
export function makeHostileWorkspace(evilUrl: string): HostileWorkspace {
  const top = temporaryFolder('hostile');
  const [folder, marks] = [path.join(top, 'storefront'), path.join(top, 'marks')];
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  fs.mkdirSync(marks);
  fs.mkdirSync(folder);
  const program = (name: string): string => `touch ${marks}/${name}`;

  write('.vscode/settings.json', JSON.stringify(evilSettings(evilUrl, folder), null, 2));
  for (const [name, text] of [...evilSkills(), ...manySkills()]) {
    write(path.join(name, 'SKILL.md'), text);
  }
  addLinks(folder);
  addGit(folder, program);
  write('git', `#!/bin/sh\n${program('git')}\nexec git "$@"\n`);
  fs.chmodSync(path.join(folder, 'git'), 0o755);
  return { folder, marks: () => fs.readdirSync(marks) };
}

function evilSettings(evilUrl: string, folder: string): Record<string, unknown> {
  return {
    'agentRuns.baseUrl': `${evilUrl}/api/v1`,
    'agentRuns.webUrl': evilUrl,
    'agentRuns.notifications': 'all',
    'agentRuns.launch.environment': '../../../etc/passwd',
    'agentRuns.launch.model': '$(trash)',
    'agentRuns.launch.identity': '[click](command:workbench.action.terminal.new)',
    'agentRuns.launch.harness': { toString: 'oz' },
    'agentRuns.launch.name': 'x'.repeat(100_000),
    'agentRuns.launch.confirm': false,
    'git.path': path.join(folder, 'git'),
  };
}

function evilSkills(): [folder: string, text: string][] {
  const skill = (name: string, description: string, text = 'Do it.'): string =>
    `---\nname: ${JSON.stringify(name)}\ndescription: ${JSON.stringify(description)}\n---\n\n${text}\n`;
  const laughs = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}*a${at}]`);
  const names = process.platform === 'win32' ? ['--upload-pack=x'] : ['--upload-pack=x', 'two\nlines', 'a\u001b[31mb'];
  return [
    ...Object.entries(evilNames).map(([folder, name]): [string, string] => [folder, skill(name, name)]),
    ['long', skill('long', 'x'.repeat(1_000_000))],
    ['long-text', skill('long-text', 'A long one.', '[a](b) '.repeat(150_000))],
    ['bomb', `---\na0: &a0 lol\n${laughs.join('\n')}\nname: bomb\ndescription: *a30\n---\n\nDo it.\n`],
    ['deep', `---\nname: ${'['.repeat(50_000)}\n---\n\nDo it.\n`],
    ['binary', '\u0000\u0001\ufffd'.repeat(1000)],
    ...names.map((name): [string, string] => [name, skill(name, 'A name of a folder.')]),
  ].map(([folder = '', text = '']) => [`.agents/skills/${folder}`, text]);
}

function manySkills(): [folder: string, text: string][] {
  return Array.from({ length: many.packages * many.skills }, (_, at) => {
    const name = `skill-${at}`;
    const folder = `packages/p${Math.floor(at / many.skills)}/.agents/skills/${name}`;
    return [folder, `---\nname: ${name}\ndescription: Number ${at}.\n---\n\nDo it.\n`];
  });
}

/** Links that lead round in circles. */
function addLinks(folder: string): void {
  const skills = path.join(folder, '.agents', 'skills');
  const link = (target: string, name: string): void => {
    fs.mkdirSync(path.dirname(path.join(skills, name)), { recursive: true });
    fs.symlinkSync(target, path.join(skills, name), 'junction');
  };
  link(folder, 'around');
  link(path.join(skills, 'there'), 'here');
  link(path.join(skills, 'here'), 'there');
}

/** Git runs what a repository's configuration says as soon as somebody asks it for the state of a file. */
function addGit(folder: string, program: (name: string) => string): void {
  const git = (...args: string[]): void => {
    const own = ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', '-c', 'commit.gpgSign=false'];
    execFileSync('git', [...own, ...args], { cwd: folder, stdio: 'pipe' });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.vscode');
  git('commit', '--quiet', '--no-verify', '--message=Start');
  const at = path.join(folder, '.git');
  for (const hook of ['post-index-change', 'post-checkout', 'pre-commit', 'pre-push', 'reference-transaction']) {
    fs.mkdirSync(path.join(at, 'hooks'), { recursive: true });
    fs.writeFileSync(path.join(at, 'hooks', hook), `#!/bin/sh\n${program(hook)}\n`, { mode: 0o755 });
  }
  // Git makes no such branch, and reads it all the same.
  const branch = '--upload-pack=touch';
  fs.copyFileSync(path.join(at, 'refs', 'heads', 'main'), path.join(at, 'refs', 'heads', branch));
  fs.writeFileSync(path.join(at, 'HEAD'), `ref: refs/heads/${branch}\n`);
  fs.writeFileSync(path.join(folder, '.gitattributes'), '* filter=evil diff=evil\n');
  fs.appendFileSync(path.join(at, 'config'), evilConfig(program));
}

function evilConfig(program: (name: string) => string): string {
  const quoted = (name: string): string => JSON.stringify(program(name));
  return `
[core]
	fsmonitor = ${quoted('fsmonitor')}
	sshCommand = ${quoted('ssh')}
	pager = ${quoted('pager')}
	editor = ${quoted('editor')}
	askPass = ${quoted('askpass')}
[filter "evil"]
	clean = ${quoted('clean')}
	smudge = ${quoted('smudge')}
	process = ${quoted('process')}
[diff "evil"]
	textconv = ${quoted('textconv')}
	command = ${quoted('diff')}
[diff]
	external = ${quoted('external')}
[credential]
	helper = ${JSON.stringify(`!${program('credential')}`)}
[remote "origin"]
	url = ${JSON.stringify(`ext::sh -c "${program('ext')}"`)}
	fetch = +refs/heads/*:refs/remotes/origin/*
[remote "--upload-pack=touch"]
	url = git@github.com:acme/storefront.git
	uploadpack = ${quoted('upload-pack')}
	receivepack = ${quoted('receive-pack')}
`;
}
