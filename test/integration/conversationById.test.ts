import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { openConversationById, type OpenConversationByIdDeps } from '../../src/commands/openConversationById';
import { openSession } from '../../src/commands/openSession';
import { openTranscript, saveTranscript, type TranscriptDeps } from '../../src/commands/transcript';
import type { Run } from '../../src/oz/types';
import { FakeClock } from '../unit/fakeClock';
import { aRun, known, problem } from './knownRuns';
import { QuickInputs } from './quickInput';

const id = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';
const { Error: wrong, Info: right } = vscode.InputBoxValidationSeverity;

/** VS Code tells of what a person types, not of what a test puts into the box. */
class TypedBox {
  value = '';
  busy = false;
  isOpen = false;
  validationMessage: string | vscode.InputBoxValidationMessage | undefined;
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #hidden = new vscode.EventEmitter<void>();
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;

  get severity(): vscode.InputBoxValidationSeverity | undefined {
    return typeof this.validationMessage === 'object' ? this.validationMessage.severity : undefined;
  }

  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }

  /** Presses Enter, and waits until nothing is being looked for. */
  async enter(): Promise<void> {
    this.#accepted.fire();
    while (this.busy) {
      await delay(1);
    }
  }

  escape(): void {
    this.#hidden.fire();
  }

  show(): void {
    this.isOpen = true;
  }

  dispose(): void {
    this.isOpen = false;
  }
}

describe('other ways to a conversation', () => {
  let inputs: QuickInputs;
  let opened: string[];
  let real: typeof vscode.env.openExternal;

  beforeEach(() => {
    inputs = new QuickInputs();
    opened = [];
    real = vscode.env.openExternal;
    Object.assign(vscode.env, {
      openExternal: (url: unknown) => Promise.resolve(opened.push(`browser ${String(url)}`) > 0),
    });
  });

  afterEach(async () => {
    Object.assign(vscode.env, { openExternal: real });
    await inputs.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const note =
    (what: string) =>
    (one: string): Promise<void> => {
      opened.push(`${what} ${one}`);
      return Promise.resolve();
    };

  describe('openConversationById', () => {
    function setUp(list: readonly Run[] = []) {
      const asked: string[] = [];
      const answers: Record<string, unknown> = {};
      const ask = (what: string): Promise<never> => {
        asked.push(what);
        const answer = answers[what] ?? problem('notFound');
        return (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)) as Promise<never>;
      };
      const deps: OpenConversationByIdDeps = {
        runs: { ...known(...list), putHistory: () => undefined },
        client: {
          getRun: (runId) => ask(`run ${runId}`),
          getConversation: (conversationId) => ask(`conversation ${conversationId}`),
          listRuns: () => Promise.resolve({ runs: [] }),
          sessionConversation: (uuid) => ask(`session ${uuid}`),
        },
        webUrl: () => 'https://oz.example',
        baseUrl: () => 'https://app.oz.example/api/v1',
        show: note('run'),
        showConversation: note('conversation'),
        reveal: note('reveal'),
      };
      return { deps, asked, answers };
    }

    let box: TypedBox;

    beforeEach(() => {
      // Put back with the other boxes.
      Object.assign(vscode.window, { createInputBox: () => (box = new TypedBox()) });
    });

    it('says at once what a text is, and asks for nothing before Enter', async () => {
      const { deps, asked } = setUp();
      const done = openConversationById(deps);
      for (const [text, expected] of [
        [id, right],
        [`https://oz.example/runs/${id}`, right],
        [`https://app.oz.example/session/${id}`, right],
        [`https://oz.warp.dev/runs/${id}`, right],
        ['fix the cart', wrong],
        [`https://evil.example/runs/${id}`, wrong],
        ['https://oz.example/schedules', wrong],
        ['', undefined],
      ] as const) {
        box.type(text);
        assert.equal(box.severity, expected, text);
      }
      await box.enter();
      assert.deepEqual([box.severity, box.isOpen], [wrong, true]);
      box.escape();
      await done;
      assert.deepEqual([asked, opened, box.isOpen], [[], [], false]);
    });

    it('opens what is known of it, by the id alone', async () => {
      const { deps, asked } = setUp([aRun('r1', { conversation_id: id, session_id: 's1' })]);
      for (const text of [
        'https://oz.example/runs/r1',
        `https://app.oz.example/conversation/${id}?x=1`,
        'https://app.oz.example/session/s1',
      ]) {
        const done = openConversationById(deps);
        box.type(text);
        await box.enter();
        await done;
      }
      assert.deepEqual(opened, Array.from({ length: 3 }, () => ['run r1', 'reveal r1']).flat());
      assert.deepEqual(asked, []);
    });

    it('opens a conversation without a run', async () => {
      const { deps, asked, answers } = setUp();
      answers[`conversation ${id}`] = { conversation_id: id, steps: [] };
      const done = openConversationById(deps);
      box.type(` <${id}> `);
      await box.enter();
      await done;
      assert.deepEqual([opened, asked], [[`conversation ${id}`], [`run ${id}`, `conversation ${id}`]]);
    });

    it('keeps what was typed when there is nothing, or no answer, and tries again', async () => {
      const { deps, answers } = setUp();
      const done = openConversationById(deps);
      for (const failure of [undefined, problem('unreachable')]) {
        answers[`run ${id}`] = failure;
        box.type(`https://oz.example/runs/${id}`);
        await box.enter();
        assert.deepEqual([box.severity, box.isOpen], [wrong, true]);
      }
      assert.equal(box.value, `https://oz.example/runs/${id}`);
      answers[`run ${id}`] = aRun(id);
      await box.enter();
      await done;
      assert.deepEqual(opened, [`run ${id}`, `reveal ${id}`]);
    });

    it('forgets what it looks for when something else is typed', async () => {
      const { deps } = setUp();
      let answer: (run: Run) => void = () => undefined;
      deps.client = { ...deps.client, getRun: () => new Promise((resolve) => (answer = resolve)) };
      const done = openConversationById(deps);
      box.type(id);
      const entered = box.enter();
      assert.equal(box.busy, true);
      box.type(`${id}x`);
      await entered;
      answer(aRun(id));
      await delay(0);
      assert.deepEqual([box.severity, box.isOpen, opened], [wrong, true, []]);
      box.escape();
      await done;
    });

    it('offers a session that lives in the browser, at the address of the service', async () => {
      const { deps } = setUp();
      deps.client = { ...deps.client, sessionConversation: () => Promise.resolve(undefined) };
      inputs.answerMessages('Open in Browser');
      const done = openConversationById(deps);
      box.type('https://app.oz.example/session/s1?pwd=secret');
      await box.enter();
      await done;
      assert.deepEqual(opened, ['browser https://app.oz.example/session/s1']);
    });
  });

  describe('openSession', () => {
    const run = aRun('r1', { session_id: 's1', session_link: 'https://app.oz.example/session/s1' });

    async function open(conversation: Promise<string | undefined>, one = run): Promise<void> {
      const deps = {
        runs: { ...known(one), put: ({ run_id }: Run) => opened.push(`put ${run_id}`) },
        client: { getRun: () => Promise.resolve(one), sessionConversation: () => conversation },
        clock: new FakeClock(),
        show: note('run'),
      };
      await openSession(deps, { runId: 'r1' });
    }

    it('opens a session that lives in the browser', async () => {
      await open(Promise.resolve(undefined));
      assert.deepEqual(opened, ['browser https://app.oz.example/session/s1']);
    });

    it('opens the conversation of one that is over, and reads the run anew', async () => {
      await open(Promise.resolve('c1'));
      assert.deepEqual([opened, inputs.messages], [['run r1', 'put r1'], []]);
    });

    it('goes by the state of the run when the service does not say', async () => {
      await open(Promise.reject(problem('server')));
      await open(Promise.reject(problem('server')), { ...run, state: 'SUCCEEDED' });
      assert.deepEqual(opened, ['browser https://app.oz.example/session/s1', 'run r1', 'put r1']);
    });
  });

  describe('transcripts', () => {
    let folder: string;
    let target: vscode.Uri | undefined;
    let offered: string[];
    let showSaveDialog: typeof vscode.window.showSaveDialog;
    const lines = '{"type":"user"}\n{"type":"assistant"}\n';
    const named = { runId: 'r1' };

    beforeEach(async () => {
      folder = await fs.mkdtemp(path.join(tmpdir(), 'agent-runs-transcript-'));
      target = vscode.Uri.file(path.join(folder, 'saved.jsonl'));
      offered = [];
      ({ showSaveDialog } = vscode.window);
      Object.assign(vscode.window, {
        showSaveDialog: (options: vscode.SaveDialogOptions) => {
          offered.push(path.posix.basename(options.defaultUri?.path ?? ''));
          return Promise.resolve(target);
        },
      });
    });

    afterEach(async () => {
      Object.assign(vscode.window, { showSaveDialog });
      await fs.rm(folder, { recursive: true });
    });

    function deps(answer: string | Uint8Array | Error, title = 'Port the feed'): TranscriptDeps {
      return {
        runs: known(aRun('r1', { title })),
        client: {
          getRunTranscript: async (_id, _signal, options) => {
            if (answer instanceof Error) {
              throw answer;
            }
            const bytes = typeof answer === 'string' ? new TextEncoder().encode(answer) : answer;
            await options?.sink?.begin(bytes.byteLength);
            await options?.sink?.take(bytes);
            return { bytes: new Uint8Array(), contentType: '' };
          },
        },
        showText: (name, text) => {
          opened.push(name, text);
          return Promise.resolve();
        },
      };
    }

    it('open as a document', async () => {
      await openTranscript(deps(lines), named);
      assert.deepEqual(opened, ['Port the feed – transcript.jsonl', lines]);
    });

    it('are saved whole, under a safe name, as they came', async () => {
      await saveTranscript(deps(lines, '../../etc: "x"'), named);
      assert.match(offered[0] ?? '', /^[^/\\:"]+\.jsonl$/);
      assert.deepEqual(await fs.readdir(folder), ['saved.jsonl']);
      assert.equal(await fs.readFile(path.join(folder, 'saved.jsonl'), 'utf8'), lines);
      assert.equal(inputs.messages.length, 1);
    });

    it('that are no text can only be saved', async () => {
      inputs.answerMessages('Save');
      await openTranscript(deps(new Uint8Array([0, 1, 2])), named);
      assert.deepEqual(opened, []);
      assert.deepEqual([...(await fs.readFile(path.join(folder, 'saved.jsonl')))], [0, 1, 2]);
    });

    it('are not saved when nobody says where', async () => {
      target = undefined;
      await saveTranscript(deps(lines), named);
      assert.deepEqual([await fs.readdir(folder), inputs.messages], [[], []]);
    });

    it('that are not there are said to be so, without a dialog', async () => {
      await openTranscript(deps(problem('notFound')), named);
      await saveTranscript(deps(problem('notFound')), named);
      assert.deepEqual([opened, offered, inputs.messages.length], [[], [], 2]);
      await assert.rejects(saveTranscript(deps(problem('unreachable')), named), { kind: 'unreachable' });
    });
  });
});
