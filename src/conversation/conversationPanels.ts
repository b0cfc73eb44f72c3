import * as vscode from 'vscode';
import { asRecord } from '../model/conversationJson';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Log } from '../platform/log';
import * as problemWords from '../platform/problemWords';
import type { ReadOnlyText } from '../platform/readOnlyText';
import * as words from '../platform/words';
import { runPage } from '../product';
import { ConversationPanel } from './conversationPanel';
import type { LiveDeps } from './liveConversation';
import type { PageFiles } from './pageHtml';

export interface ConversationPanelsDeps {
  client: Pick<OzClient, 'getRun' | 'getRunConversation' | 'getRunTranscript'>;
  runs: LiveDeps['runs'];
  clock: Clock;
  extensionUri: vscode.Uri;
  /** The service's web app. Read at each use: the setting may change. */
  webUrl: () => string;
  log: Pick<Log, 'error'>;
  /** The name of an environment, or undefined while it is not known. */
  environmentName: (id: string) => string | undefined;
  texts: Pick<ReadOnlyText, 'add' | 'show'>;
}

/** As in `activationEvents` and the serializer. */
const viewType = 'agentRuns.conversation';

/** The open conversations, one panel for each run. */
export class ConversationPanels implements vscode.Disposable {
  readonly #panels = new Map<string, ConversationPanel>();
  readonly #deps: ConversationPanelsDeps;
  readonly #dist: vscode.Uri;

  constructor(deps: ConversationPanelsDeps) {
    this.#deps = deps;
    this.#dist = vscode.Uri.joinPath(deps.extensionUri, 'dist');
  }

  /** Shows a run's conversation, in the panel that it has or in a new one. */
  async open(runId: string, options: { preserveFocus?: boolean } = {}): Promise<void> {
    const { preserveFocus = false } = options;
    const known = this.#panels.get(runId);
    if (known) {
      known.reveal(preserveFocus);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewType,
      vscode.l10n.t('Conversation'),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus },
      { enableFindWidget: false },
    );
    await this.#fill(panel, runId);
  }

  /** Gives a panel of the last window its conversation again. `state` is what the page kept. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const runId = asRecord(state)?.runId;
    if (typeof runId !== 'string' || runId === '' || this.#panels.has(runId)) {
      panel.dispose();
      return;
    }
    await this.#fill(panel, runId);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) {
      panel.dispose();
    }
  }

  async #fill(panel: vscode.WebviewPanel, runId: string): Promise<void> {
    const { client, runs, clock, log, webUrl, environmentName, texts } = this.#deps;
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    const made = new ConversationPanel(panel, runId, {
      client,
      runs,
      clock,
      log,
      environmentName,
      texts,
      runUrl: () => runPage(webUrl(), runId),
      icon: (look) => vscode.Uri.joinPath(this.#deps.extensionUri, 'media', `run-${look}.svg`),
      context: { translate: vscode.l10n.t, words: { ...words, ...problemWords }, language: vscode.env.language },
    });
    this.#panels.set(runId, made);
    panel.onDidDispose(() => {
      this.#panels.delete(runId);
      made.dispose();
    });
    await made.start(this.#files(panel.webview));
  }

  async #files(webview: vscode.Webview): Promise<PageFiles> {
    const style = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#dist, 'page-style.css'));
    return {
      source: webview.cspSource,
      base: `${webview.asWebviewUri(this.#dist).toString()}/`,
      style: new TextDecoder().decode(style),
      language: vscode.env.language,
    };
  }
}
