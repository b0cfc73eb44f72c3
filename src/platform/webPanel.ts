import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Disposable } from '../model/emitter';
import type { PageFiles } from './pageShell';

/** The host's half of a page. */
export interface WebPage extends Disposable {
  html(files: PageFiles, nonce: string): string;
  load(): void;
  setVisible(visible: boolean): void;
  /** Takes what the page sent. What is not exactly a message of the protocol is passed over. */
  receive(value: unknown): void;
}

/** A panel of the editor area with a page. What was begun may end after it was closed, when VS Code throws. */
export abstract class WebPanel<Page extends WebPage, ToPage> implements Disposable {
  readonly #subscriptions: Disposable[];
  #files: PageFiles | undefined;
  #isDisposed = false;

  protected abstract readonly page: Page;

  constructor(protected readonly panel: vscode.WebviewPanel) {
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
    this.page.setVisible(this.panel.visible);
  }

  /** Returns when the page is being loaded. @param then what the page waits for once its files are there */
  async start(files: Promise<PageFiles>, then?: () => Promise<unknown>): Promise<void> {
    this.#files = await files;
    await then?.();
    if (!this.#isDisposed) {
      this.page.load();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions.splice(0)) {
      subscription.dispose();
    }
    this.page.dispose();
    this.panel.dispose();
  }

  post(message: ToPage): void {
    if (!this.#isDisposed) {
      // Resolves when a hidden panel is shown, perhaps never.
      void this.panel.webview.postMessage(message);
    }
  }

  load(): void {
    if (this.#files && !this.#isDisposed) {
      this.panel.webview.html = this.page.html(this.#files, randomBytes(16).toString('base64'));
    }
  }

  setTitle(title: string): void {
    if (!this.#isDisposed && this.panel.title !== title) {
      this.panel.title = title;
    }
  }
}
