import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SharedFiles } from '../model/sharedFiles';

/** For this user alone. */
const folderMode = 0o700;
const fileMode = 0o600;
/** What is made here: the id of an account, then what it is. Anything else in the folder belongs to somebody else. */
const ownName = /^[0-9a-f]{32}\./;

/** Files in a folder of this machine, which is made when the first one is written. */
export class SharedFolder implements SharedFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.#path(name));
    } catch (error) {
      return hasCode(error, 'ENOENT') ? undefined : raise(error);
    }
  }

  async write(name: string, content: Uint8Array): Promise<void> {
    await this.#makeFolder();
    const temporary = this.#path(`${name}.${randomUUID()}`);
    try {
      await writeFile(temporary, content, { flag: 'wx', mode: fileMode });
      await rename(temporary, this.#path(name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async create(name: string, content: Uint8Array): Promise<boolean> {
    await this.#makeFolder();
    const file = await open(this.#path(name), 'wx', fileMode).catch((error: unknown) =>
      hasCode(error, 'EEXIST') ? undefined : raise(error),
    );
    if (!file) {
      return false;
    }
    try {
      await file.writeFile(content);
    } catch (error) {
      await this.remove(name);
      throw error;
    } finally {
      await file.close();
    }
    return true;
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  async list(): Promise<{ name: string; age: number }[]> {
    const names = (await readdir(this.#folder)).filter((name) => ownName.test(name));
    const files = names.map(async (name) => {
      // It may be gone by now.
      const facts = await stat(this.#path(name)).catch(() => undefined);
      return facts ? [{ name, age: Date.now() - facts.mtimeMs }] : [];
    });
    return (await Promise.all(files)).flat();
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }

  async #makeFolder(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: folderMode });
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function raise(error: unknown): never {
  throw error;
}
