import type { Clock } from '../oz/clock';
import { abortable, within } from '../oz/deadline';

/** Small files that every window of this machine sees. Each method may reject: then nothing is shared. */
export interface SharedFiles {
  /** Undefined when there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Whoever reads meanwhile gets the old content or the new one, whole. */
  write(name: string, content: Uint8Array): Promise<void>;
  /** Makes a file that is not there. False when it is: of several who try, one succeeds. */
  create(name: string, content: Uint8Array): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** `age`: milliseconds since the last change. */
  list(): Promise<{ name: string; age: number }[]>;
}

/** A key at a base URL, as far as files are concerned. None of it leads back to the key. */
export interface Account {
  /** Part of a file's name, the same in every window with this key and base URL. */
  readonly id: string;
  seal(text: string): Uint8Array;
  /** Undefined for what was not sealed with the same key and base URL. */
  open(content: Uint8Array): string | undefined;
  /** A name that tells nobody else what it stands for. */
  digest(text: string): string;
}

/** A disk that takes longer than this, in milliseconds, is none. */
const patience = 5000;
const day = 24 * 60 * 60 * 1000;

/** The shared files of one account, readable for it alone. Every method may reject. */
export class AccountFiles {
  constructor(
    private readonly files: SharedFiles,
    private readonly account: Account,
    private readonly clock: Clock,
  ) {}

  /** Undefined when there is no such file, empty when it cannot be read as one of this account. */
  async read(name: string): Promise<string | undefined> {
    const content = await this.#soon(this.files.read(this.#path(name)));
    return content && (this.account.open(content) ?? '');
  }

  async write(name: string, text: string): Promise<void> {
    await this.#soon(this.files.write(this.#path(name), this.account.seal(text)));
  }

  /** False when there is such a file: of several who try, one succeeds. */
  async create(name: string, text: string): Promise<boolean> {
    return this.#soon(this.files.create(this.#path(name), this.account.seal(text)));
  }

  async remove(name: string): Promise<void> {
    await this.#soon(this.files.remove(this.#path(name)));
  }

  /** A name that tells nobody else what it stands for. */
  digest(name: string): string {
    return this.account.digest(name);
  }

  /** The names of its files. */
  async names(): Promise<string[]> {
    const own = this.#path('');
    const all = await this.#soon(this.files.list());
    return all.flatMap(({ name }) => (name.startsWith(own) ? [name.slice(own.length)] : []));
  }

  /**
   * Removes what was left behind: by this account after a day, but for the files named, by others after `othersAfter`
   * milliseconds.
   */
  async tidy(lasting: readonly string[], othersAfter = 7 * day): Promise<void> {
    const kept = new Set(lasting.map((name) => this.#path(name)));
    for (const { name, age } of await this.#soon(this.files.list())) {
      const isOwn = name.startsWith(this.#path(''));
      if (!kept.has(name) && age > (isOwn ? day : othersAfter)) {
        await this.#soon(this.files.remove(name));
      }
    }
  }

  /** Removes everything of this account. */
  async clear(): Promise<void> {
    for (const { name } of await this.#soon(this.files.list())) {
      if (name.startsWith(this.#path(''))) {
        await this.#soon(this.files.remove(name));
      }
    }
  }

  #path(name: string): string {
    return `${this.account.id}.${name}`;
  }

  #soon<T>(work: Promise<T>): Promise<T> {
    return within(this.clock, patience, undefined, (signal) => abortable(work, signal));
  }
}
