import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ConversationDocuments } from '../../src/conversation/conversationDocuments';
import type { TextDeps } from '../../src/conversation/conversationText';
import { Emitter } from '../../src/model/emitter';
import { systemClock } from '../../src/oz/clock';
import type { Conversation, Run } from '../../src/oz/types';
import * as errorWords from '../../src/platform/errorWords';
import * as problemWords from '../../src/platform/problemWords';
import { documentScheme } from '../../src/platform/documentScheme';
import * as words from '../../src/platform/words';

async function until(isSo: () => PromiseLike<boolean> | boolean, what: string): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += 50) {
    assert.ok(waited < 20_000, what);
    await delay(50);
  }
}

describe('a conversation as a document', () => {
  let runId = '';
  let run: Run;
  let said: string[];
  let reads: number;
  const runsChanged = new Emitter<unknown>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let documents: ConversationDocuments;
  let provider: vscode.Disposable;

  before(async () => {
    // The extension's own provider has to be there first: VS Code asks the newest one.
    const any = vscode.Uri.from({ scheme: documentScheme, path: '/any.md' });
    await until(
      () => vscode.workspace.openTextDocument(any).then(Boolean, () => false),
      'the provider of the extension',
    );
    provider = vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => documents.text(uri),
    });
  });

  beforeEach(function () {
    // VS Code keeps a document for a while after its editor was closed: each test has one of its own.
    runId = `text-${this.currentTest?.title.length ?? 0}`;
    reads = 0;
    said = ['First', 'Second'];
    run = {
      run_id: runId,
      title: 'Write it down',
      state: 'INPROGRESS',
      prompt: 'Do it',
      created_at: '2026-11-22T11:00:00Z',
      updated_at: '2026-11-22T11:00:00Z',
    } as Run;
    const messages = () =>
      said.map((text, at) => ({
        role: at === 0 ? 'user' : 'assistant',
        content: [{ type: 'text', text: `${text}\n\n# A heading of its own\n\nmore` }],
        message_ids: [`m${at}`],
      }));
    const conversation = () => {
      reads++;
      return Promise.resolve({
        conversation_id: 'c',
        steps: [{ id: 's', description: 'The step', messages: messages(), steps: [] }],
      } as unknown as Conversation);
    };
    const hold = () => ({ dispose: () => undefined });
    const deps: TextDeps = {
      clock: systemClock,
      log: { error: () => undefined },
      context: { translate: vscode.l10n.t, words: { ...words, ...problemWords, ...errorWords }, language: 'en' },
      pageUrl: () => 'https://oz.example/runs/1',
      client: { getRun: () => Promise.resolve(run), getRunConversation: conversation, getConversation: conversation },
      runs: {
        get: () => run,
        put: () => undefined,
        follow: hold,
        look: hold,
        onDidChange: runsChanged.event,
        status: { kind: 'ready' },
        onDidChangeStatus: hold,
      },
    };
    documents = new ConversationDocuments(deps, changed);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    documents.dispose();
  });

  after(() => {
    provider.dispose();
  });

  const shown = (): vscode.TextDocument => {
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    return document;
  };

  it('is Markdown that cannot be changed, with an outline of steps and messages', async () => {
    await documents.show({ runId });
    const document = shown();
    assert.equal(document.languageId, 'markdown');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), undefined);
    assert.match(document.getText(), /^# Write it down\n/);
    let symbols: vscode.DocumentSymbol[] = [];
    await until(async () => {
      symbols =
        (await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
          'vscode.executeDocumentSymbolProvider',
          document.uri,
        )) ?? [];
      return symbols.length > 0;
    }, 'an outline');
    const [title] = symbols;
    assert.equal(symbols.length, 1);
    assert.match(title?.name ?? '', /Write it down/);
    assert.match(title?.children[0]?.name ?? '', /The step/);
    const ranges =
      (await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      )) ?? [];
    assert.ok(ranges.length >= 3, `${ranges.length} parts fold`);
  });

  it('follows the conversation while it is seen, in the one editor that it has', async () => {
    await documents.show({ runId });
    const document = shown();
    await documents.show({ runId });
    assert.equal(shown().uri.toString(), document.uri.toString());
    said = ['First', 'Second', 'Third'];
    run = { ...run, updated_at: '2026-11-22T11:00:05Z' };
    runsChanged.fire(undefined);
    await until(() => document.getText().includes('Third'), 'the new message');
    const before = reads;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    run = { ...run, updated_at: '2026-11-22T11:00:09Z' };
    runsChanged.fire(undefined);
    await delay(300);
    assert.equal(reads, before, 'nothing is read for a document that nobody sees');
  });
});
