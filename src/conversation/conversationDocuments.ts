import * as vscode from 'vscode';
import { type Disposable, disposeAll } from '../model/emitter';
import { safeFileName } from '../model/safeFileName';
import { documentScheme } from '../platform/documentScheme';
import { withoutCommandLinks } from '../platform/plainText';
import { conversationText, type TextDeps } from './conversationText';
import { type ConversationSource, sourceKey } from './conversationSource';
import { LiveConversation } from './liveConversation';

/** Milliseconds in which several changes become one new text. */
const calm = 1000;

interface Open {
  live: LiveConversation;
  subscription: Disposable;
  cancelTimer: () => void;
}

/**
 * Conversations as read-only Markdown documents: with VS Code's own outline, folding and search, and the form that is best to
 * listen to. A document follows its conversation while it is seen.
 */
export class ConversationDocuments implements vscode.Disposable {
  readonly #open = new Map<string, Open>();
  readonly #subscriptions: vscode.Disposable[];

  /** @param changed fires a document's address when it has a newer text */
  constructor(
    private readonly deps: TextDeps,
    private readonly changed: Pick<vscode.EventEmitter<vscode.Uri>, 'fire'>,
  ) {
    this.#subscriptions = [
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#close(uri.toString());
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#showVisibility();
      }),
    ];
  }

  /** Opens a conversation's document, the one that is open already where there is one. */
  async show(source: ConversationSource): Promise<void> {
    const query = queryOf(source);
    const known = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === documentScheme && uri.query === query,
    );
    const run = source.runId === undefined ? undefined : this.deps.runs.get(source.runId);
    const title = run ? this.deps.context.words.runTitle(run, 60) : vscode.l10n.t('Conversation');
    const uri = known?.uri ?? vscode.Uri.from({ scheme: documentScheme, path: `/${safeFileName(title)}.md`, query });
    const options = {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Opening the conversation as text…'),
    };
    await vscode.window.withProgress(options, () => vscode.window.showTextDocument(uri, { preview: false }));
  }

  /** The text of a document: also of one that comes back with the window. */
  async text(uri: vscode.Uri): Promise<string> {
    const source = sourceOf(uri);
    if (!source) {
      return vscode.l10n.t('This document has no conversation.');
    }
    const { live } = this.#open.get(uri.toString()) ?? this.#add(uri, source);
    if (live.reading === 'first') {
      await live.read();
    }
    if (live.entries.length > 0) {
      return withoutCommandLinks(await conversationText(live, 'markdown', this.deps));
    }
    const { problem, run } = live;
    return [
      `# ${run ? this.deps.context.words.runTitle(run) : sourceKey(source)}`,
      problem ? this.deps.context.words.problemWords(problem) : vscode.l10n.t('Nothing has been said yet.'),
    ].join('\n\n');
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    for (const key of [...this.#open.keys()]) {
      this.#close(key);
    }
  }

  #add(uri: vscode.Uri, source: ConversationSource): Open {
    const live = new LiveConversation(source, this.deps);
    const open: Open = {
      live,
      cancelTimer: () => undefined,
      subscription: live.onDidChange(() => {
        open.cancelTimer();
        open.cancelTimer = this.deps.clock.after(calm, () => {
          this.changed.fire(uri);
        });
      }),
    };
    this.#open.set(uri.toString(), open);
    this.#showVisibility();
    return open;
  }

  #showVisibility(): void {
    const seen = new Set(vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString()));
    for (const [key, { live }] of this.#open) {
      live.setVisible(seen.has(key));
    }
  }

  #close(key: string): void {
    const open = this.#open.get(key);
    this.#open.delete(key);
    open?.cancelTimer();
    open?.subscription.dispose();
    open?.live.dispose();
  }
}

function queryOf({ runId, conversationId }: ConversationSource): string {
  return new URLSearchParams(runId === undefined ? { conversationId } : { runId }).toString();
}

function sourceOf({ query }: vscode.Uri): ConversationSource | undefined {
  const members = new URLSearchParams(query);
  const [runId, conversationId] = [members.get('runId'), members.get('conversationId')];
  return runId ? { runId } : conversationId ? { conversationId } : undefined;
}
