import type { Disposable } from './emitter';

/** Ids that somebody holds; an id is held until everybody who held it let go. */
export class HeldIds {
  readonly #holders = new Map<string, number>();

  get ids(): Iterable<string> {
    return this.#holders.keys();
  }

  get size(): number {
    return this.#holders.size;
  }

  has(id: string): boolean {
    return this.#holders.has(id);
  }

  /** Holds the id until the answer is disposed; disposing it again does nothing. */
  hold(id: string): Disposable {
    this.#holders.set(id, (this.#holders.get(id) ?? 0) + 1);
    let isHeld = true;
    return {
      dispose: () => {
        const left = (this.#holders.get(id) ?? 0) - 1;
        if (isHeld && left > 0) {
          this.#holders.set(id, left);
        } else if (isHeld) {
          this.#holders.delete(id);
        }
        isHeld = false;
      },
    };
  }
}
