import * as vscode from 'vscode';
import type { Disposable } from '../model/emitter';
import type { Conversation } from '../oz/types';
import { openUrl } from '../platform/openUrl';
import { plain } from '../platform/plainText';
import type { PageFiles } from '../platform/pageShell';
import type { ReadOnlyText } from '../platform/readOnlyText';
import { WebPanel, type WebPanelDeps } from '../platform/webPanel';
import { runTitle } from '../platform/words';
import type { PartText } from './blockText';
import { openChangesEditor } from './changesEditor';
import { ConversationPage } from './conversationPage';
import type { ConversationSource } from './conversationSource';
import type { FollowUpSources } from './followUpBox';
import { LiveConversation, type LiveDeps } from './liveConversation';
import type { ArtifactSources } from './pageArtifacts';
import type { PageHost } from './pageHost';
import type { ToPage } from './protocol';
import type { ReadingMemory } from './readingMemory';
import type { RenderContext } from './renderContext';
import { sourceTitle } from './sourceTitle';
import { stateLook, type StateLook } from './stateLook';
import type { Surroundings } from './surroundings';
import { openWorkspaceFile } from './workspaceFile';

export interface PanelDeps extends LiveDeps {
  log: WebPanelDeps['log'];
  memory: ReadingMemory;
  artifacts: ArtifactSources;
  followUps: FollowUpSources;
  environmentName: (id: string) => string | undefined;
  texts: Pick<ReadOnlyText, 'add' | 'show'>;
  runUrl: () => string;
  /** The picture of a state. */
  icon: (look: StateLook) => vscode.Uri;
  around: Surroundings;
  context: Omit<RenderContext, 'link' | 'run'>;
}

/** Milliseconds that the first HTML waits for the conversation: a webview takes longer to come up. */
const firstWait = 120;

const endings: Record<PartText['language'], string> = {
  markdown: 'md',
  plaintext: 'txt',
  json: 'json',
  diff: 'diff',
  shellscript: 'sh',
};

/** One panel of the editor area: the wiring between VS Code, a run's conversation and its page. */
export class ConversationPanel extends WebPanel<ConversationPage, ToPage> implements PageHost {
  protected readonly part = 'conversation';
  protected readonly notUp = vscode.l10n.t('The conversation did not come up.');
  protected readonly page: ConversationPage;
  readonly #live: LiveConversation;
  readonly #subscription: Disposable;

  constructor(
    panel: vscode.WebviewPanel,
    { source, given }: { source: ConversationSource; given?: Conversation | undefined },
    private readonly deps: PanelDeps,
  ) {
    const { clock, memory, artifacts, followUps, around, context, environmentName, runUrl } = deps;
    super(panel, deps);
    this.#live = new LiveConversation(source, deps, given);
    this.page = new ConversationPage({
      live: this.#live,
      host: this,
      clock,
      memory,
      artifacts,
      followUps,
      around,
      context,
      environmentName,
      runUrl,
    });
    this.#subscription = this.#live.onDidChange(() => {
      this.#showRun();
    });
    this.#showRun();
    this.showVisibility();
  }

  /** Reads the conversation and loads the page, both at once. Returns when the page is being loaded. */
  override async start(files: Promise<PageFiles>): Promise<void> {
    const read = this.#live.read();
    const wait = (): Promise<void> => new Promise((resolve) => this.deps.clock.after(firstWait, resolve));
    await super.start(files, () => Promise.race([read, wait()]));
  }

  reveal(preserveFocus: boolean): void {
    this.panel.reveal(undefined, preserveFocus);
  }

  /** Lets a person answer. */
  answer(): void {
    this.page.focus('box');
  }

  /** Lets a person find something in it. */
  find(): void {
    this.reveal(false);
    this.page.focus('find');
  }

  override dispose(): void {
    this.#subscription.dispose();
    super.dispose();
    this.#live.dispose();
  }

  execute(command: string, argument: Record<string, unknown>): Thenable<unknown> {
    return vscode.commands.executeCommand(command, argument);
  }

  openLink(url: string): void {
    this.attempt(() => openUrl(url));
  }

  copy(text: string | Promise<string>): void {
    this.attempt(async () => {
      await vscode.env.clipboard.writeText(await text);
    });
  }

  openText(name: string, { text, language }: PartText): void {
    this.attempt(() => this.deps.texts.show(`${name}.${endings[language]}`, text));
  }

  openDiff(...[path, before, after, about]: Parameters<PageHost['openDiff']>): void {
    this.attempt(async () => {
      const name = path.slice(path.lastIndexOf('/') + 1) || 'change.txt';
      const { texts } = this.deps;
      const { t } = vscode.l10n;
      const title = !about
        ? t('{0} (edited by the agent)', path || name)
        : 'lines' in about
          ? t('{0}, lines {1}–{2} (edited by the agent)', path || name, ...about.lines)
          : about.title;
      const words = plain(title, 160);
      await vscode.commands.executeCommand('vscode.diff', texts.add(name, before), texts.add(name, after), words, {
        preview: true,
      });
    });
  }

  openChanges(changes: readonly { path: string; before: string; after: string }[]): void {
    this.attempt(() => openChangesEditor(changes, this.deps.texts));
  }

  openFile(path: string, line: number | undefined): void {
    this.attempt(() => openWorkspaceFile(path, line));
  }

  protected override showVisibility(): void {
    this.#live.setVisible(this.panel.visible);
    super.showVisibility();
  }

  #showRun(): void {
    const { run, source } = this.#live;
    // Until the run is known, a restored panel keeps what it was called.
    if (run) {
      this.setTitle(runTitle(run, 60));
      this.panel.iconPath = this.deps.icon(stateLook(run.state));
    } else if (source.runId === undefined) {
      this.setTitle(plain(sourceTitle(source, this.#live.entries, this.deps.context), 60));
    }
  }
}
