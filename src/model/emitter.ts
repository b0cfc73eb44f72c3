export interface Disposable {
  dispose(): void;
}

export function disposeAll(parts: Iterable<Disposable>): void {
  for (const part of parts) {
    part.dispose();
  }
}

/** The shape of `vscode.Event`, so that a store's events can be given to the editor as they are. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * A list of listeners. What one of them throws neither keeps the others from hearing nor reaches who fired: it ends as an
 * error of its own, which the host logs.
 */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper of its own, so that the same function registered twice is heard twice and removed once.
    const entry = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(entry);
    return { dispose: () => this.#listeners.delete(entry) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
