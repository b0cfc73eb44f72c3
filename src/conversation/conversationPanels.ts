import * as vscode from 'vscode';
import { disposeAll } from '../model/emitter';
import type { Clock } from '../oz/clock';
import type { Conversation } from '../oz/types';
import { once } from '../platform/atFirstUse';
import * as errorWords from '../platform/errorWords';
import { readPageFiles } from '../platform/pageFiles';
import * as problemWords from '../platform/problemWords';
import type { ProblemLog } from '../platform/showErrors';
import type { ReadOnlyText } from '../platform/readOnlyText';
import * as words from '../platform/words';
import { conversationPage, runPage } from '../product';
import { ArtifactPictures } from './artifactPictures';
import { ConversationDocuments } from './conversationDocuments';
import { ConversationPanel } from './conversationPanel';
import { type ConversationSource, keptSource, sourceKey } from './conversationSource';
import { type ReadText, readText, type TextDeps, type TextFormat } from './conversationText';
import { FollowUpQueue, type FollowUpQueueDeps } from './followUpQueue';
import type { LiveDeps } from './liveConversation';
import type { ArtifactSources } from './pageArtifacts';
import { ReadingMemory } from './readingMemory';
import { surroundingsOf, type SurroundingsDeps } from './surroundings';

export interface ConversationPanelsDeps extends Omit<SurroundingsDeps, 'runs'> {
  client: LiveDeps['client'] & ArtifactSources['client'] & FollowUpQueueDeps['client'];
  runs: LiveDeps['runs'] & SurroundingsDeps['runs'] & FollowUpQueueDeps['runs'];
  clock: Clock;
  extensionUri: vscode.Uri;
  /** The service's web app. Read at each use: the setting may change. */
  webUrl: () => string;
  /** The service's API, whose host has the pages of conversations. */
  baseUrl: () => string;
  log: ProblemLog;
  /** The name of an environment, or undefined while it is not known. */
  environmentName: (id: string) => string | undefined;
  texts: Pick<ReadOnlyText, 'add' | 'show'>;
  /** The texts of plans that were read, here or by a command. */
  plans: ArtifactSources['plans'];
  /** True for the first window of this machine that claims the name. */
  claim: FollowUpQueueDeps['claim'];
  onDidChangeAccount: FollowUpQueueDeps['onDidChangeAccount'];
  /** The workspace's: where conversations are read goes there, and what was typed for them. */
  memento: vscode.Memento;
  /** Fires the address of a conversation's document that has a newer text. */
  documentChanged: Pick<vscode.EventEmitter<vscode.Uri>, 'fire'>;
}

export interface OpenOptions {
  preserveFocus?: boolean;
  /** The box for a follow-up gets the focus. */
  answer?: boolean;
}

/** As in `activationEvents` and the serializer. */
const viewType = 'agentRuns.conversation';

/** The open conversations, one panel for each run, and for each conversation without a known run. */
export class ConversationPanels implements vscode.Disposable {
  readonly #panels = new Map<string, ConversationPanel>();
  readonly #deps: ConversationPanelsDeps;
  /** The same for all panels. */
  readonly #files = once(() => readPageFiles(this.#deps.extensionUri, 'conversation'));
  readonly #texts: TextDeps;
  readonly #memory: ReadingMemory;
  readonly #artifacts: ArtifactSources;
  readonly #followUps: FollowUpQueue;
  /** The conversations that are open as text. */
  readonly documents: ConversationDocuments;

  constructor(deps: ConversationPanelsDeps) {
    this.#deps = deps;
    const { client, runs, clock, log, webUrl, baseUrl } = deps;
    this.#artifacts = { client: deps.client, plans: deps.plans, pictures: new ArtifactPictures(deps.client) };
    this.#texts = {
      ...{ client, runs, clock, log },
      context: {
        translate: vscode.l10n.t,
        words: { ...words, ...problemWords, ...errorWords },
        language: vscode.env.language,
      },
      pageUrl: ({ runId, conversationId }) =>
        runId === undefined ? conversationPage(baseUrl(), conversationId) : runPage(webUrl(), runId),
    };
    this.documents = new ConversationDocuments(this.#texts, deps.documentChanged);
    this.#memory = new ReadingMemory(deps.memento);
    this.#followUps = new FollowUpQueue(deps);
  }

  /** Shows a run's conversation, in the panel that it has or in a new one. */
  open(runId: string, options: OpenOptions = {}): Promise<void> {
    return this.#open({ runId }, options);
  }

  /** Shows a conversation that no known run has. @param given what was read of it already */
  openConversation(conversationId: string, given?: Conversation): Promise<void> {
    return this.#open({ conversationId }, {}, given);
  }

  async #open(
    source: ConversationSource,
    { preserveFocus = false, answer = false }: OpenOptions,
    given?: Conversation,
  ): Promise<void> {
    const known = this.#panels.get(sourceKey(source));
    if (known) {
      known.reveal(preserveFocus);
      if (answer) {
        known.answer();
      }
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewType,
      vscode.l10n.t('Conversation'),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus },
      { enableFindWidget: false },
    );
    const filled = this.#fill(panel, source, given);
    if (answer) {
      this.#panels.get(sourceKey(source))?.answer();
    }
    await filled;
  }

  /** Gives a panel of the last window its conversation again. `state` is what the page kept. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const source = keptSource(state);
    if (!source || this.#panels.has(sourceKey(source))) {
      panel.dispose();
      return;
    }
    await this.#fill(panel, source);
  }

  /**
   * A conversation as one text.
   * @throws ApiProblem when it cannot be read
   */
  text(source: ConversationSource, format: TextFormat, signal: AbortSignal): Promise<ReadText> {
    return readText(source, format, this.#texts, signal);
  }

  /** Finding in the conversation that is in front. */
  find(): void {
    [...this.#panels.values()].find(({ isActive }) => isActive)?.find();
  }

  dispose(): void {
    this.documents.dispose();
    this.#followUps.dispose();
    disposeAll(this.#panels.values());
  }

  async #fill(panel: vscode.WebviewPanel, source: ConversationSource, given?: Conversation): Promise<void> {
    const key = sourceKey(source);
    const { client, runs, clock, log, environmentName, texts } = this.#deps;
    const { context, pageUrl } = this.#texts;
    const made = new ConversationPanel(
      panel,
      { source, given },
      {
        client,
        runs,
        clock,
        log,
        memory: this.#memory,
        artifacts: this.#artifacts,
        followUps: this.#followUps,
        around: surroundingsOf(this.#deps),
        environmentName,
        texts,
        runUrl: () => pageUrl(source),
        icon: (look) => vscode.Uri.joinPath(this.#deps.extensionUri, 'media', `run-${look}.svg`),
        context,
      },
    );
    this.#panels.set(key, made);
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      made.dispose();
    });
    await made.start(this.#files());
  }
}
