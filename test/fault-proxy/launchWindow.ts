import { Launcher } from '../../src/model/launcher';
import { Launches } from '../../src/model/launches';
import type { SharedFiles } from '../../src/model/sharedFiles';
import type { Clock } from '../../src/oz/clock';
import { OzClient } from '../../src/oz/ozClient';
import { accountOf } from '../../src/platform/account';

/** Where a window stands: what it asks through, and what it shares with the other windows of its machine. */
export interface LaunchPlace {
  fetch: typeof fetch;
  baseUrl: string;
  clock: Clock;
  key: string;
  /** Who launches with that key. */
  creator: string;
  /** The machine's files as the window sees them, until it is gone. */
  files: (gone: AbortSignal) => SharedFiles;
  claim: (name: string) => Promise<boolean>;
}

/** What a window of the editor has to launch with, without the editor. */
export class LaunchWindow {
  readonly client: OzClient;
  readonly launches: Launches;
  /** The ids of the runs that its list was given by launches. */
  readonly shown = new Set<string>();
  readonly #gone = new AbortController();

  constructor({ fetch, baseUrl, clock, key, creator, files, claim }: LaunchPlace) {
    const own: Clock = {
      now: () => clock.now(),
      after: (ms, callback) =>
        clock.after(ms, () => {
          if (!this.#gone.signal.aborted) {
            callback();
          }
        }),
    };
    this.client = new OzClient({
      baseUrl: () => baseUrl,
      key: () => this.#whileThere(Promise.resolve(key)),
      fetch: (input, init) => this.#whileThere(fetch(input, { ...init, signal: this.#either(init?.signal) })),
      clock: own,
      random: () => 0.5,
    });
    const claimed = (name: string): Promise<boolean> => this.#whileThere(claim(name));
    const launcher = new Launcher({
      client: this.client,
      clock: own,
      serverNow: () => this.client.serverNow(),
      creator: () => creator,
      claim: claimed,
      runs: { put: ({ run_id }) => this.shown.add(run_id) },
    });
    const account = accountOf(baseUrl, key);
    this.launches = new Launches({
      ...{ clock: own, launcher, claim: claimed },
      files: files(this.#gone.signal),
      account: () => this.#whileThere(Promise.resolve(account)),
    });
  }

  /** The list of runs is read, as it is now and then. */
  async refresh(): Promise<void> {
    const { runs } = await this.client.listRuns({ limit: 30, sort_by: 'created_at', sort_order: 'desc' });
    await this.launches.seen(runs);
    this.launches.recheck();
  }

  /** The process ends: its connections break, and nothing of it goes on or hears anything. */
  kill(): void {
    this.#gone.abort();
  }

  #either(signal: AbortSignal | null | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#gone.signal]) : this.#gone.signal;
  }

  async #whileThere<T>(work: Promise<T>): Promise<T> {
    await work.catch(() => undefined);
    return this.#gone.signal.aborted ? new Promise<never>(() => undefined) : work;
  }
}
