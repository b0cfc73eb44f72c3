import type { SharedFiles } from '../../../src/model/sharedFiles';
import type { Clock } from '../../../src/oz/clock';

/** Files that are only remembered. What happens to a file happens at once, some time after it was asked for. */
export class MemoryFiles implements SharedFiles {
  readonly files = new Map<string, { content: Uint8Array; changed: number }>();
  readonly written: string[] = [];
  /** Hears of a file that is read, before its content is known. */
  onRead: (name: string) => void = () => undefined;
  /** A file is made only after this. */
  beforeCreate = Promise.resolve();
  /** From now on every call fails, or is never answered. */
  broken: 'fails' | 'hangs' | undefined;

  /** @param delay milliseconds until the next call takes effect */
  constructor(
    private readonly clock: Clock,
    private readonly delay: () => number = () => 0,
  ) {}

  async read(name: string): Promise<Uint8Array | undefined> {
    await this.#disk();
    this.onRead(name);
    return this.files.get(name)?.content;
  }

  async write(name: string, content: Uint8Array): Promise<void> {
    await this.#disk();
    this.written.push(name);
    this.files.set(name, { content, changed: this.clock.now() });
  }

  async create(name: string, content: Uint8Array): Promise<boolean> {
    await this.#disk();
    await this.beforeCreate;
    if (this.files.has(name)) {
      return false;
    }
    this.files.set(name, { content, changed: this.clock.now() });
    return true;
  }

  async remove(name: string): Promise<void> {
    await this.#disk();
    this.files.delete(name);
  }

  async list(): Promise<{ name: string; age: number }[]> {
    await this.#disk();
    return [...this.files].map(([name, { changed }]) => ({ name, age: this.clock.now() - changed }));
  }

  async #disk(): Promise<void> {
    if (this.broken === 'fails') {
      throw new Error('broken');
    }
    const delay = this.broken === 'hangs' ? Infinity : this.delay();
    if (delay > 0) {
      await new Promise<void>((resolve) => this.clock.after(delay, resolve));
    }
  }
}
