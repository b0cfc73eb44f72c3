import * as vscode from 'vscode';
import type { ConversationPanels, ConversationPanelsDeps } from './conversation/conversationPanels';
import type { ConversationSource } from './conversation/conversationSource';
import type { Catalog } from './model/catalog';
import { type Disposable, disposeAll } from './model/emitter';
import { hasUnsent } from './model/followUpList';
import { PlanTexts } from './model/planTexts';
import type { Conversation } from './oz/types';
import { once } from './platform/atFirstUse';
import { documentScheme } from './platform/documentScheme';
import type { Log } from './platform/log';
import { ReadOnlyText } from './platform/readOnlyText';
import type { Command } from './platform/showErrors';

export type ConversationPartsDeps = Omit<
  ConversationPanelsDeps,
  'catalog' | 'documentChanged' | 'environmentName' | 'log' | 'plans' | 'texts'
> & { catalog: Catalog; log: Log };

/** All of the conversations, loaded at first use. */
export class ConversationParts implements vscode.Disposable {
  readonly #deps: ConversationPartsDeps;
  readonly #documentChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly #made: Disposable[];

  /** Texts that are shown as read-only editors. */
  readonly texts = new ReadOnlyText();
  /** The texts of plans that were read. */
  readonly plans = new PlanTexts();

  readonly #panels = once(async () => {
    const { catalog } = this.#deps;
    const { ConversationPanels } = await import('./conversation/conversationPanels');
    const environmentName = (id: string): string | undefined => {
      catalog.lookUp(id);
      return catalog.environmentName(id);
    };
    const { texts, plans } = this;
    const documentChanged = this.#documentChanged;
    const created = new ConversationPanels({ ...this.#deps, texts, plans, documentChanged, environmentName });
    this.#made.push(created);
    return created;
  });

  /** The commands that ask nobody anything. */
  readonly commands: Record<string, Command> = {
    findInConversation: async () => {
      (await this.#panels()).find();
    },
  };

  constructor(deps: ConversationPartsDeps) {
    this.#deps = deps;
    this.#made = [
      this.texts,
      // At once: VS Code asks for the documents of the last session before anybody opens a conversation.
      vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
        onDidChange: this.#documentChanged.event,
        provideTextDocumentContent: async (uri) => (await this.#panels()).documents.text(uri),
      }),
      this.#documentChanged,
    ];
  }

  /** What was sent to a run and is not known to have arrived goes on without its conversation being opened. */
  resumeUnsent(): void {
    if (hasUnsent(this.#deps.memento)) {
      this.#panels().catch((error: unknown) => {
        this.#deps.log.error('follow-ups', error);
      });
    }
  }

  /** Shows a run's conversation. */
  async show(runId: string, options?: { answer?: boolean }): Promise<void> {
    await (await this.#panels()).open(runId, options);
  }

  /** Shows a conversation that no known run has. @param given what was read of it already */
  async showConversation(id: string, given?: Conversation): Promise<void> {
    await (await this.#panels()).openConversation(id, given);
  }

  /** Shows a conversation as a document. */
  async showText(source: ConversationSource): Promise<void> {
    await (await this.#panels()).documents.show(source);
  }

  /** A conversation as a text. */
  async text(...call: Parameters<ConversationPanels['text']>): ReturnType<ConversationPanels['text']> {
    return (await this.#panels()).text(...call);
  }

  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.#panels()).restore(panel, state);
  }

  dispose(): void {
    disposeAll(this.#made);
  }
}
