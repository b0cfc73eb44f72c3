import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type Disposable, disposeAll } from '../model/emitter';
import type { Clock } from '../oz/clock';
import { PageLoading } from './pageLoading';
import type { PageFiles } from './pageShell';
import { attempt, type ProblemLog } from './showErrors';

/** The host's half of a page. */
export interface WebPage extends Disposable {
  html(files: PageFiles, nonce: string): string;
  /** Comes before the HTML that a page is left with when it is hidden. */
  setVisible(visible: boolean): void;
  /** Takes what the page sent. What is not exactly a message of the protocol is passed over. */
  receive(value: unknown): void;
}

/** What a page's half in the host has of its panel. */
export interface WebHost<ToPage> {
  /** Knows whether the page is there, which the page says. */
  readonly loading: Pick<PageLoading, 'isReady' | 'ready'>;
  /** Never waited for: a hidden page hears nothing, and asks again when it is shown. */
  post(message: ToPage): void;
}

export interface WebPanelDeps {
  clock: Pick<Clock, 'after'>;
  log: ProblemLog;
}

/** A panel of the editor area with a page. What was begun may end after it was closed, when VS Code throws. */
export abstract class WebPanel<Page extends WebPage, ToPage> implements WebHost<ToPage>, Disposable {
  readonly loading: PageLoading;
  readonly #log: ProblemLog;
  readonly #subscriptions: Disposable[];
  #files: PageFiles | undefined;
  #isDisposed = false;

  /** What the log calls it. */
  protected abstract readonly part: string;
  /** Tells a person that the page did not come up. */
  protected abstract readonly notUp: string;
  protected abstract readonly page: Page;

  constructor(
    protected readonly panel: vscode.WebviewPanel,
    { clock, log }: WebPanelDeps,
  ) {
    this.#log = log;
    // Its HTML has all that it needs: it may load nothing.
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    const load = (): void => {
      this.#load();
    };
    const gaveUp = (): void => {
      this.attempt(() => this.#offerReload());
    };
    this.loading = new PageLoading({ load, gaveUp }, clock);
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => {
        this.page.receive(message);
      }),
      panel.onDidChangeViewState(() => {
        this.showVisibility();
      }),
    ];
  }

  get isActive(): boolean {
    return !this.#isDisposed && this.panel.active;
  }

  protected get isDisposed(): boolean {
    return this.#isDisposed;
  }

  protected showVisibility(): void {
    const { visible } = this.panel;
    this.page.setVisible(visible);
    this.loading.setVisible(visible);
  }

  /**
   * Returns when the page is being loaded. A panel that gets no page is closed, so that it can be opened anew.
   * @param then what the page waits for once its files are there
   * @throws what kept the files from being read
   */
  async start(files: Promise<PageFiles>, then?: () => Promise<unknown>): Promise<void> {
    try {
      this.#files = await files;
    } catch (error) {
      this.dispose();
      throw error;
    }
    await then?.();
    this.loading.load();
  }

  dispose(): void {
    this.#isDisposed = true;
    disposeAll(this.#subscriptions.splice(0));
    this.loading.dispose();
    this.page.dispose();
    this.panel.dispose();
  }

  post(message: ToPage): void {
    if (!this.#isDisposed) {
      // Resolves when a hidden panel is shown, perhaps never.
      void this.panel.webview.postMessage(message);
    }
  }

  setTitle(title: string): void {
    if (!this.#isDisposed && this.panel.title !== title) {
      this.panel.title = title;
    }
  }

  /** Does what a person asked for, and says the reason when it cannot be done. */
  attempt(work: () => Promise<unknown>): void {
    attempt(this.part, work, this.#log);
  }

  #load(): void {
    if (this.#files) {
      this.panel.webview.html = this.page.html(this.#files, randomBytes(16).toString('base64'));
    }
  }

  async #offerReload(): Promise<void> {
    const again = vscode.l10n.t('Reload');
    if ((await vscode.window.showWarningMessage(this.notUp, again)) === again) {
      this.loading.restart();
    }
  }
}
