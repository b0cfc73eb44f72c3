import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Log } from '../platform/log';
import type { PageFiles } from '../platform/pageShell';
import { attempt } from '../platform/showErrors';
import type { PageHost, PanelPage } from './pageHost';
import type { PageAbout, ToPage } from './protocol';

export interface SchedulePanelDeps {
  log: Log;
  /** The panel is about something else from now on. */
  became: (about: PageAbout) => void;
}

/** One panel of the editor area: the wiring between VS Code and a page. */
export class SchedulePanel implements PageHost, vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #page: PanelPage;
  readonly #subscriptions: vscode.Disposable[];
  #files: PageFiles | undefined;
  #isDisposed = false;

  constructor(
    panel: vscode.WebviewPanel,
    makePage: (host: PageHost) => PanelPage,
    private readonly deps: SchedulePanelDeps,
  ) {
    this.#panel = panel;
    this.#page = makePage(this);
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => {
        this.#page.receive(message);
      }),
      panel.onDidChangeViewState(() => {
        this.#page.setVisible(panel.visible);
      }),
    ];
    this.#page.setVisible(panel.visible);
  }

  /** Returns when the page is being loaded. */
  async start(files: Promise<PageFiles>): Promise<void> {
    this.#files = await files;
    if (!this.#isDisposed) {
      this.#page.load();
    }
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions.splice(0)) {
      subscription.dispose();
    }
    this.#page.dispose();
    this.#panel.dispose();
  }

  post(message: ToPage): void {
    // What was begun may end after the panel was closed, whose webview then throws.
    if (!this.#isDisposed) {
      // Resolves when a hidden panel is shown, perhaps never.
      void this.#panel.webview.postMessage(message);
    }
  }

  load(): void {
    if (this.#files) {
      this.#panel.webview.html = this.#page.html(this.#files, randomBytes(16).toString('base64'));
    }
  }

  gaveUp(): void {
    this.attempt(async () => {
      const again = vscode.l10n.t('Reload');
      const words = vscode.l10n.t('The page did not come up. What was typed is kept.');
      if ((await vscode.window.showWarningMessage(words, again)) === again && !this.#isDisposed) {
        this.#page.restart();
      }
    });
  }

  async execute(command: string, argument?: Record<string, unknown>): Promise<void> {
    await vscode.commands.executeCommand(command, ...(argument ? [argument] : []));
  }

  attempt(work: () => Promise<unknown>): void {
    attempt('schedule', work, this.deps.log);
  }

  setTitle(title: string): void {
    if (!this.#isDisposed && this.#panel.title !== title) {
      this.#panel.title = title;
    }
  }

  became(about: PageAbout): void {
    if (!this.#isDisposed) {
      this.deps.became(about);
    }
  }

  close(): void {
    this.#panel.dispose();
  }
}
