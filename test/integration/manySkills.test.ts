import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { newSkillPlaces } from '../../src/commands/newSkillPlaces';
import { CloudSkills } from '../../src/model/cloudSkills';
import { RunStore } from '../../src/model/runStore';
import type { SeenSkill } from '../../src/model/skillEntries';
import * as reading from '../../src/model/skillReading';
import { FoundSkills } from '../../src/platform/foundSkills';
import { SkillsTree } from '../../src/views/skillsTree';
import { FakeClock } from '../unit/fakeClock';
import { FakeOz } from '../unit/model/fakeOz';
import { FakeCloud } from '../unit/model/fakeSkills';

const log = {
  error: (line: string, error?: unknown) => {
    throw new Error(line, { cause: error });
  },
};

/** A workspace of which every part is counted: its folders can change without a new extension host. */
class FakeWorkspace {
  readonly counts = { searches: 0, reads: 0, readsAtOnce: 0, parses: 0 };
  readonly asked: number[] = [];
  readonly texts = new Map<string, string>();
  readonly #foldersChanged = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #before = new Map<string, PropertyDescriptor | undefined>();
  #folders: vscode.WorkspaceFolder[] = [];
  #reading = 0;

  constructor() {
    const none = new vscode.EventEmitter<vscode.Uri>().event;
    const watcher = { onDidCreate: none, onDidChange: none, onDidDelete: none, dispose: () => undefined };
    const parts: Record<string, unknown> = {
      getWorkspaceFolder: ({ path, scheme }: vscode.Uri) =>
        this.#folders.find(({ uri }) => uri.scheme === scheme && path.startsWith(`${uri.path}/`)),
      findFiles: () => {
        this.counts.searches += 1;
        const all = Array.from(this.texts.keys(), (address) => vscode.Uri.parse(address));
        return Promise.resolve(
          all.filter(({ path }) => this.#folders.some(({ uri }) => path.startsWith(`${uri.path}/`))),
        );
      },
      createFileSystemWatcher: (glob: string) =>
        glob.endsWith('SKILL.md') ? { ...watcher, onDidChange: this.#changed.event } : watcher,
      onDidChangeWorkspaceFolders: this.#foldersChanged.event,
      fs: {
        stat: (uri: vscode.Uri) => Promise.resolve({ type: vscode.FileType.File, size: this.#text(uri).length }),
        readDirectory: () => Promise.resolve([]),
        readFile: async (uri: vscode.Uri) => {
          this.counts.reads += 1;
          this.#reading += 1;
          this.counts.readsAtOnce = Math.max(this.counts.readsAtOnce, this.#reading);
          await new Promise(setImmediate);
          this.#reading -= 1;
          return new TextEncoder().encode(this.#text(uri));
        },
      },
    };
    for (const [name, value] of Object.entries({ ...parts, workspaceFolders: undefined })) {
      this.#before.set(name, Object.getOwnPropertyDescriptor(vscode.workspace, name));
      const get = (): unknown => (name === 'workspaceFolders' ? this.#folders : value);
      Object.defineProperty(vscode.workspace, name, { get, configurable: true });
    }
  }

  open(...names: string[]): void {
    this.#folders = names.map((name, index) => ({ name, index, uri: vscode.Uri.parse(`many:/${name}`) }));
    this.#foldersChanged.fire();
  }

  put(path: string, description: string): vscode.Uri {
    const uri = vscode.Uri.parse(`many:/${path}/SKILL.md`);
    this.texts.set(
      uri.toString(),
      `---\nname: ${path.split('/').at(-1) ?? ''}\ndescription: ${description}\n---\nDo it.\n`,
    );
    return uri;
  }

  change(uri: vscode.Uri): void {
    this.#changed.fire(uri);
  }

  skills(clock: FakeClock): FoundSkills {
    const parseSkillFile: typeof reading.parseSkillFile = (...call) => {
      this.counts.parses += 1;
      return reading.parseSkillFile(...call);
    };
    const sights = {
      of: () => {
        this.asked.push(this.counts.reads);
        const seen = Array.from(this.texts.keys(), (uri): [string, SeenSkill] => [uri, { sight: 'pushed' }]);
        return Promise.resolve(new Map(seen));
      },
      onDidChange: () => ({ dispose: () => undefined }),
      dispose: () => undefined,
    };
    return new FoundSkills({ reading: () => Promise.resolve({ parseSkillFile }), sights, clock, log });
  }

  restore(): void {
    for (const [name, descriptor] of this.#before) {
      if (descriptor) {
        Object.defineProperty(vscode.workspace, name, descriptor);
      } else {
        Reflect.deleteProperty(vscode.workspace, name);
      }
    }
  }

  #text(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? assert.fail(uri.path);
  }
}

describe('the skills of a large workspace', () => {
  let workspace: FakeWorkspace;
  let clock: FakeClock;
  let skills: FoundSkills;

  beforeEach(() => {
    workspace = new FakeWorkspace();
    clock = new FakeClock();
    skills = workspace.skills(clock);
  });

  afterEach(() => {
    skills.dispose();
    workspace.restore();
  });

  const untilChange = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const subscription = skills.onDidChange(() => {
        if (isSo()) {
          subscription.dispose();
          resolve();
        }
      });
    });
  const seen = (count: number) => (): boolean =>
    skills.status === 'ready' && skills.all.length === count && skills.all.every(({ sight }) => sight !== undefined);

  it('are those of all its folders, each with the name of its own', async () => {
    const same = '.agents/skills/review';
    for (const path of [`web/${same}`, `api/${same}`, `api/.claude/skills/deploy`]) {
      workspace.put(path, 'Does it.');
    }
    workspace.open('web', 'api');
    const tree = new SkillsTree({
      ...{ here: skills, clock, memento: { get: () => undefined, update: () => Promise.resolve() } },
      cloud: new CloudSkills(new FakeCloud(), clock, new RunStore(new FakeOz(), clock)),
    });
    try {
      const first = untilChange(seen(3));
      skills.start();
      await first;
      const [group] = tree.getChildren();
      const rows = (): unknown[] => tree.getChildren(group).map((row) => tree.getTreeItem(row).description);
      assert.deepEqual(rows(), ['api/.claude · Does it.', 'api/.agents · Does it.', 'web/.agents · Does it.']);
      const places = await newSkillPlaces(undefined);
      assert.ok(['web', 'api'].every((name) => places.some(({ uri }) => uri.path.startsWith(`/${name}/`))));

      const less = untilChange(seen(1));
      workspace.open('web');
      await less;
      assert.deepEqual(rows(), ['.agents · Does it.']);
    } finally {
      tree.dispose();
    }
  });

  it('are read once each, few at a time, and told of together; later only what changed', async () => {
    const many = 10_000;
    const packages = 100;
    const uris = Array.from({ length: many }, (_, index) =>
      workspace.put(`web/packages/p${index % packages}/.agents/skills/s${index}`, 'Does it.'),
    );
    workspace.open('web');
    const tree = new SkillsTree({
      ...{ here: skills, clock, memento: { get: () => undefined, update: () => Promise.resolve() } },
      cloud: new CloudSkills(new FakeCloud(), clock, new RunStore(new FakeOz(), clock)),
    });
    const told: number[] = [];
    skills.onDidChange(() => told.push(skills.all.length));
    const first = untilChange(seen(many));
    skills.start();
    await first;
    // That it begins, what there is, and what Git says of it.
    assert.deepEqual(told, [0, many, many]);
    const { searches, reads, readsAtOnce, parses } = workspace.counts;
    assert.deepEqual([searches, reads, parses, workspace.asked], [1, many, many, [many]]);
    assert.ok(readsAtOnce <= 128, String(readsAtOnce));
    const [group] = tree.getChildren();
    assert.equal(tree.getChildren(group).length, packages, 'rows that VS Code asks for');

    const before = skills.all;
    const changed = uris[7] ?? assert.fail();
    workspace.put('web/packages/p7/.agents/skills/s7', 'Something else.');
    const second = untilChange(() => true);
    workspace.change(changed);
    await clock.until(second);
    assert.equal(skills.all.filter((skill, index) => skill !== before[index]).length, 1);
    assert.deepEqual([workspace.counts.searches, workspace.counts.reads], [1, many + 1]);
    tree.dispose();
  });
});
