import type { Memento } from '../../../src/model/memento';

export class FakeMemento implements Memento {
  readonly values = new Map<string, unknown>();
  writes = 0;

  get(key: string): unknown {
    return this.values.get(key);
  }

  keys(): string[] {
    return [...this.values.keys()];
  }

  update(key: string, value: unknown): Promise<void> {
    this.writes += 1;
    if (value === undefined) {
      this.values.delete(key);
    } else {
      // As VS Code does: only what JSON can hold comes back.
      this.values.set(key, JSON.parse(JSON.stringify(value)));
    }
    return Promise.resolve();
  }
}
