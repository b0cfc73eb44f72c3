import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SeenSkill } from '../../src/model/skillEntries';
import * as reading from '../../src/model/skillReading';
import type { WorkspaceSkill } from '../../src/model/workspaceSkill';
import { systemClock } from '../../src/oz/clock';
import { FoundSkills, SkillSights } from '../../src/platform/foundSkills';

/** Skills that are there from the beginning. */
const many = 300;

/** Files that are not read as others are. */
const odd: Record<string, string | Buffer> = {
  'docs/large': `---\nname: large\n---\n${'Do it. ü'.repeat(200_000)}`,
  'docs/wide': Buffer.from('\uFEFF---\nname: wide\n---\nDo it.', 'utf16le'),
};

const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const top = path.join(root, 'found');
/** Time goes ten times as fast: the pauses between two searches are shorter. */
const clock = {
  now: () => 10 * systemClock.now(),
  after: (ms: number, callback: () => void) => systemClock.after(ms / 10, callback),
};
const log = {
  error: (line: string, error?: unknown) => {
    throw new Error(line, { cause: error });
  },
};

function write(folder: string, description = 'Tests.'): void {
  fs.mkdirSync(folder, { recursive: true });
  const matter = `---\nname: ${path.basename(folder)}\ndescription: ${description}\n---\n`;
  fs.writeFileSync(path.join(folder, 'SKILL.md'), `${matter}Do it.\n`);
}

describe('the skills of the workspace', () => {
  let skills: FoundSkills;
  /** How many files Git was asked about, each time. */
  let asked: number[];

  /** Those of this suite, by their paths below its folder. */
  const shown = (): Map<string, WorkspaceSkill> =>
    new Map(
      skills.all
        .filter((skill) => skill.path.startsWith('found/'))
        .map((skill) => [skill.path.slice('found/'.length).replace('/SKILL.md', ''), skill]),
    );
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isSo()) {
          subscription.dispose();
          resolve();
        }
      };
      const subscription = skills.onDidChange(look);
      look();
    });

  before(() => {
    for (let index = 0; index < many; index += 1) {
      write(path.join(top, `packages/p${index}/.agents/skills/s${index}`));
    }
    write(path.join(top, 'docs/example'));
    write(path.join(top, 'node_modules/x/.agents/skills/hidden'));
    for (const [name, text] of Object.entries(odd)) {
      fs.mkdirSync(path.join(top, name), { recursive: true });
      fs.writeFileSync(path.join(top, name, 'SKILL.md'), text);
    }
    if (process.platform !== 'win32') {
      // Whoever opens it waits for somebody who writes to it.
      fs.mkdirSync(path.join(top, 'docs/pipe'));
      execFileSync('mkfifo', [path.join(top, 'docs/pipe/SKILL.md')]);
    }
    fs.mkdirSync(path.join(top, 'packages/p0/.claude'), { recursive: true });
    // One that leads to the same files, and one that leads round in a circle.
    fs.symlinkSync('../.agents/skills', path.join(top, 'packages/p0/.claude/skills'), 'junction');
    fs.symlinkSync('..', path.join(top, 'packages/circle'), 'junction');
  });

  after(() => {
    fs.rmSync(top, { recursive: true, force: true });
  });

  beforeEach(() => {
    asked = [];
    const sights = {
      of: (files: ReadonlyMap<string, string>) => {
        asked.push(files.size);
        const seen = Array.from(files.keys(), (uri): [string, SeenSkill] => [uri, { sight: 'pushed' }]);
        return Promise.resolve(new Map(seen));
      },
      onDidChange: () => ({ dispose: () => undefined }),
      dispose: () => undefined,
    };
    skills = new FoundSkills({ reading: () => Promise.resolve(reading), sights, clock, log });
  });

  afterEach(() => {
    skills.dispose();
  });

  it('are not looked for before somebody wants to see them', () => {
    assert.deepEqual([skills.status, skills.all.length, asked], ['notRead', 0, []]);
  });

  it('are all found, each file once, with what Git says of them', async () => {
    const said: string[] = [];
    skills.onDidChange(() => said.push(skills.status));
    skills.start();
    await until(() => shown().get('docs/example')?.sight === 'pushed');
    const found = shown();
    assert.equal(found.size, many + 3);
    const { name, description, isInSkillFolder, folder } = found.get('packages/p0/.agents/skills/s0') ?? {};
    assert.deepEqual([name, description, isInSkillFolder], ['s0', 'Tests.', true]);
    assert.equal(folder, path.basename(root));
    assert.equal(found.get('docs/example')?.isInSkillFolder, false);
    assert.deepEqual([found.get('docs/large')?.name, found.get('docs/large')?.problem], ['large', undefined]);
    assert.deepEqual(found.get('docs/wide')?.problem, { kind: 'notUtf8', line: 1 });
    assert.equal(skills.status, 'ready');
    assert.deepEqual([said[0], said.at(-1)], ['reading', 'ready']);
    const { all } = skills;
    // Of all at once; then again when the editor's watcher tells late of the files that were just made.
    assert.ok((asked[0] ?? 0) >= all.length, String(asked));
    skills.refresh();
    await until(() => skills.status === 'ready');
    assert.deepEqual(
      skills.all.filter((skill, index) => skill !== all[index]),
      [],
    );
  });

  it('come, change, move and go with their files', async () => {
    // Not among those that were made all at once: the editor's watcher does not keep up with that.
    const folder = path.join(root, '.agents', 'skills');
    const before = path.join(folder, 'found-before');
    const moved = path.join(folder, 'found-moved');
    const skill = (name: string): WorkspaceSkill | undefined =>
      skills.all.find((one) => one.path === `.agents/skills/${name}/SKILL.md`);
    skills.start();
    try {
      await until(() => skills.status === 'ready');
      write(before);
      await until(() => skill('found-before')?.sight !== undefined);
      write(before, 'Something else.');
      await until(() => skill('found-before')?.description === 'Something else.');
      fs.writeFileSync(path.join(before, 'SKILL.md'), '---\nname: [\n---\n');
      await until(() => skill('found-before')?.problem?.kind === 'badYaml');
      fs.renameSync(before, moved);
      await until(() => skill('found-moved')?.problem?.kind === 'badYaml' && !skill('found-before'));
      fs.rmSync(path.join(moved, 'SKILL.md'));
      await until(() => !skill('found-moved'));
      write(moved);
      await until(() => skill('found-moved')?.name === 'found-moved');
      fs.rmSync(moved, { recursive: true });
      await until(() => !skill('found-moved'));
    } finally {
      fs.rmSync(before, { recursive: true, force: true });
      fs.rmSync(moved, { recursive: true, force: true });
    }
  });

  it('have the sight and the spec that Git gives them', async () => {
    const sights = new SkillSights(clock);
    const real = new FoundSkills({ reading: () => Promise.resolve(reading), sights, clock, log });
    try {
      const known = (): WorkspaceSkill[] => real.all.filter(({ sight }) => sight !== undefined);
      const ready = new Promise<void>((resolve) => {
        real.onDidChange(() => {
          if (known().length > 0) {
            resolve();
          }
        });
      });
      real.start();
      await ready;
      const skill = known().find((one) => one.path === '.agents/skills/write-tests/SKILL.md');
      assert.equal(skill?.spec, 'acme/storefront:.agents/skills/write-tests/SKILL.md');
      assert.equal(known().find((one) => one.path.startsWith('found/docs'))?.sight, 'uncommitted');
    } finally {
      real.dispose();
    }
  });
});
