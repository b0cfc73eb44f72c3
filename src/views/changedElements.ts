import * as vscode from 'vscode';

/** Gathers what changed in a tree and tells it in one event, when the code that runs now is done. */
export class ChangedElements<T> implements vscode.Disposable {
  readonly #emitter = new vscode.EventEmitter<T[] | undefined>();
  readonly #changed = new Set<T>();
  #everything = false;
  #isPlanned = false;

  readonly event = this.#emitter.event;

  add(element: T): void {
    this.#changed.add(element);
    this.#plan();
  }

  addEverything(): void {
    this.#everything = true;
    this.#plan();
  }

  dispose(): void {
    this.#emitter.dispose();
  }

  #plan(): void {
    if (!this.#isPlanned) {
      this.#isPlanned = true;
      queueMicrotask(() => {
        this.#fire();
      });
    }
  }

  #fire(): void {
    const changed = this.#everything ? undefined : [...this.#changed];
    this.#isPlanned = false;
    this.#everything = false;
    this.#changed.clear();
    this.#emitter.fire(changed);
  }
}
