import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ConversationPanels } from '../../src/conversation/conversationPanels';
import { Emitter } from '../../src/model/emitter';
import { PlanTexts } from '../../src/model/planTexts';
import { systemClock, type Clock } from '../../src/oz/clock';
import { ApiProblem } from '../../src/oz/problems';
import type { Conversation, Run } from '../../src/oz/types';
import { setUp } from './launchSetting';

/** The panels of conversations that are open, by the titles of their tabs. */
function openTabs(): string[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('agentRuns.conversation'))
    .map(({ label }) => label);
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isSo(); waited += 50) {
    assert.ok(waited < 20_000, what);
    await delay(50);
  }
}

/** Knows which timers wait, and fires none of those that are longer than a second. */
class WatchingClock implements Clock {
  readonly waiting = new Set<number>();

  now(): number {
    return systemClock.now();
  }

  after(ms: number, callback: () => void): () => void {
    this.waiting.add(ms);
    const cancel = ms <= 1000 ? systemClock.after(ms, callback) : () => undefined;
    return () => {
      this.waiting.delete(ms);
      cancel();
    };
  }
}

function ownUri(): vscode.Uri {
  const extension = vscode.extensions.getExtension('agent-runs.agent-runs');
  assert.ok(extension);
  return extension.extensionUri;
}

/** How long a page has to say that it is there (ms). */
const readyWithin = 8000;

describe('conversation panels', () => {
  const run = (id: string): Run =>
    ({
      run_id: id,
      title: `Title of ${id}`,
      state: 'SUCCEEDED',
      prompt: 'Do it',
      created_at: '2026-11-22T11:00:00Z',
      updated_at: '2026-11-22T11:00:00Z',
    }) as Run;
  const message = { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] };
  const conversation = { conversation_id: 'c', steps: [{ id: 's', messages: [message], steps: [] }] } as unknown;
  let clock: WatchingClock;
  let panels: ConversationPanels;

  function make(extensionUri: vscode.Uri): ConversationPanels {
    return new ConversationPanels({
      client: {
        getRun: (runId) => Promise.resolve(run(runId)),
        getRunConversation: (runId) =>
          runId === 'none'
            ? Promise.reject(new ApiProblem({ kind: 'notFound', message: '' }))
            : Promise.resolve(conversation as Conversation),
        getConversation: () => Promise.resolve(conversation as Conversation),
        downloadArtifact: () => Promise.reject(new ApiProblem({ kind: 'notFound', message: '' })),
        followUp: () => Promise.reject(new ApiProblem({ kind: 'notFound', message: '' })),
        serverNow: () => undefined,
      },
      runs: {
        get: run,
        put: () => undefined,
        follow: () => new Emitter(),
        look: () => new Emitter(),
        onDidChange: () => new Emitter(),
        readRun: () => Promise.resolve(),
        status: { kind: 'ready' },
        onDidChangeStatus: () => new Emitter(),
      },
      clock,
      plans: new PlanTexts(),
      extensionUri,
      webUrl: () => 'https://oz.example',
      baseUrl: () => 'https://app.oz.example/api/v1',
      log: { error: () => undefined, show: () => undefined },
      environmentName: () => undefined,
      groups: { subRuns: () => [] },
      pinned: { has: () => false, onDidChange: () => new Emitter() },
      catalog: { environment: () => undefined, onDidChange: () => new Emitter() },
      readFamily: () => undefined,
      claim: () => Promise.resolve(true),
      onDidChangeAccount: () => new Emitter(),
      memento: setUp().memento,
      documentChanged: { fire: () => undefined },
      texts: { add: () => vscode.Uri.parse('none:'), show: () => Promise.resolve() },
    });
  }

  beforeEach(() => {
    clock = new WatchingClock();
    panels = make(ownUri());
  });

  afterEach(async () => {
    panels.dispose();
    await until(() => openTabs().length === 0, 'all panels are closed');
  });

  it('open once for each run, with its title', async () => {
    await panels.open('a');
    await panels.open('b');
    await panels.open('a');
    await until(() => openTabs().length === 2, 'two tabs');
    assert.deepEqual(openTabs(), ['Title of a', 'Title of b']);
  });

  it('come up under their content security policy', async () => {
    await panels.open('a');
    assert.ok(clock.waiting.has(readyWithin));
    await until(() => !clock.waiting.has(readyWithin), 'the page said that it is ready');
  });

  it('come up when there is no conversation', async () => {
    await panels.open('none');
    await until(() => !clock.waiting.has(readyWithin), 'the page said that it is ready');
  });

  it('come up again after they were hidden', async () => {
    await panels.open('a');
    await until(() => !clock.waiting.has(readyWithin), 'the page said that it is ready');
    await panels.open('b');
    await until(() => !clock.waiting.has(readyWithin), 'the other page said that it is ready');
    await panels.open('a');
    await until(() => clock.waiting.has(readyWithin), 'the page is waited for again');
    await until(() => !clock.waiting.has(readyWithin), 'the page said again that it is ready');
  });

  it('show a conversation without a run once, beside the run of the same id', async () => {
    await panels.openConversation('a');
    await panels.openConversation('a', conversation as Conversation);
    await panels.open('a');
    await until(() => openTabs().length === 2, 'two tabs');
    assert.ok(openTabs().includes('Title of a'));
    await until(() => !clock.waiting.has(readyWithin), 'the pages said that they are ready');
  });

  it('forget a run when its tab is closed', async () => {
    await panels.open('a');
    await until(() => openTabs().length === 1, 'one tab');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() => openTabs().length === 0, 'no tab');
    await panels.open('a');
    await until(() => openTabs().length === 1, 'a new tab');
  });

  it('are opened anew after the files of their page could not be read', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'agent-runs-'));
    const others = make(vscode.Uri.file(folder));
    try {
      await assert.rejects(others.open('a'));
      await until(() => openTabs().length === 0, 'no tab without a page');
      await vscode.workspace.fs.copy(vscode.Uri.joinPath(ownUri(), 'dist'), vscode.Uri.file(path.join(folder, 'dist')));
      await others.open('a');
      await until(() => !clock.waiting.has(readyWithin), 'the page said that it is ready');
      assert.deepEqual(openTabs(), ['Title of a']);
    } finally {
      others.dispose();
      await rm(folder, { recursive: true });
    }
  });

  it('are restored with the run or conversation that their page kept, and closed with anything else', async () => {
    const make = (): vscode.WebviewPanel =>
      vscode.window.createWebviewPanel('agentRuns.conversation', 'Restored', vscode.ViewColumn.Active);
    await panels.restore(make(), { runId: 'a' });
    await panels.restore(make(), { conversationId: 'c' });
    await panels.restore(make(), { conversationId: 'c' });
    for (const state of [undefined, null, 'a', {}, { runId: 7 }, { runId: '' }]) {
      await panels.restore(make(), state);
    }
    await until(() => openTabs().length === 2, 'two tabs');
    assert.equal(openTabs()[0], 'Title of a');
    await until(() => !clock.waiting.has(readyWithin), 'the page said that it is ready');
  });
});
