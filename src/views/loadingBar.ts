import * as vscode from 'vscode';

/** The moving bar at the top of a view, while its first answer is awaited. */
export class LoadingBar implements vscode.Disposable {
  readonly #viewId: string;
  #stop: (() => void) | undefined;

  constructor(viewId: string) {
    this.#viewId = viewId;
  }

  set(isLoading: boolean): void {
    if (!isLoading) {
      this.#stop?.();
      this.#stop = undefined;
    } else if (!this.#stop) {
      const done = new Promise<void>((resolve) => {
        this.#stop = resolve;
      });
      void vscode.window.withProgress({ location: { viewId: this.#viewId } }, () => done);
    }
  }

  dispose(): void {
    this.set(false);
  }
}
