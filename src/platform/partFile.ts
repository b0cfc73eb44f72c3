import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * A file of this machine's disk while it is being written: beside its target under a name of its own, so that nobody ever
 * sees half of it, and the target is what it was until the end. Every method throws what the disk says (`ENOSPC`, `EACCES`, …).
 */
export class PartFile {
  readonly #path: string;
  #handle: FileHandle | undefined;
  /** Bytes written so far. */
  #at = 0;

  /** @param folder where the finished file will be, so that it only has to be renamed */
  constructor(folder: string) {
    // Short and without the target's name, which may be as long as names can be.
    this.#path = path.join(folder, `.agent-runs-${randomBytes(6).toString('hex')}.part`);
  }

  get path(): string {
    return this.#path;
  }

  /** Begins, or begins anew with nothing in it. */
  async begin(): Promise<void> {
    if (this.#handle) {
      await this.#handle.truncate(0);
    } else {
      // Never one that is there already, nor what a link leads to.
      this.#handle = await open(this.#path, 'wx', 0o666);
    }
    this.#at = 0;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (this.#handle && written < bytes.byteLength) {
      const { bytesWritten } = await this.#handle.write(bytes, written, bytes.byteLength - written, this.#at);
      written += bytesWritten;
      this.#at += bytesWritten;
    }
  }

  /** No more is written. */
  async end(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  /**
   * Gives the finished file its name.
   * @param replaces whether a file of that name may be lost; else `EEXIST` is thrown, and this file stays as it is
   */
  async becomes(target: string, replaces: boolean): Promise<void> {
    await this.end();
    if (!replaces) {
      // Takes the name, if nobody has it: a rename would silently take the place of whoever came first.
      await (await open(target, 'wx')).close();
    }
    try {
      await rename(this.#path, target);
    } catch (error) {
      if (!replaces) {
        await rm(target, { force: true });
      }
      throw error;
    }
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.end().catch(() => undefined);
    await rm(this.#path, { force: true });
  }
}
