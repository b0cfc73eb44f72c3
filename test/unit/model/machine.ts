import { Poller } from '../../../src/model/poller';
import { RunStore } from '../../../src/model/runStore';
import type { SharedFiles } from '../../../src/model/sharedFiles';
import { SharedRounds } from '../../../src/model/sharedRounds';
import type { Clock } from '../../../src/oz/clock';
import type { OzClient } from '../../../src/oz/ozClient';
import type { Run } from '../../../src/oz/types';
import { accountOf } from '../../../src/platform/account';
import { FakeClock, noon } from '../fakeClock';
import { FakeOz } from './fakeOz';
import { MemoryFiles } from './memoryFiles';

type Client = Pick<OzClient, 'listRuns' | 'getRun'>;

/** What a window is opened with, where it is not as in the others. */
export interface WindowOptions {
  key?: string;
  baseUrl?: string;
  client?: Client;
  files?: SharedFiles;
  random?: () => number;
  isWatched?: (run: Run) => boolean;
}

export const canaryKey = 'wk-canary-7d1f03c2';

/** One window: its own store, poller and view of the shared files. */
export class Window {
  readonly store: RunStore;
  readonly shared: SharedRounds;
  readonly poller: Poller;
  /** How many requests it sent. */
  requests = 0;
  key: string;
  baseUrl: string;
  #isAlive = true;

  constructor(machine: Machine, options: WindowOptions) {
    this.key = options.key ?? canaryKey;
    this.baseUrl = options.baseUrl ?? 'https://oz.test/api/v1';
    const clock: Clock = {
      now: () => machine.clock.now(),
      after: (ms, callback) =>
        machine.clock.after(ms, () => {
          if (this.#isAlive) {
            callback();
          }
        }),
    };
    const client = options.client ?? machine.client;
    const sent: Client = {
      listRuns: (query, signal) => this.#whileAlive(this.#count(client.listRuns(query, signal))),
      getRun: (runId, signal) => this.#whileAlive(this.#count(client.getRun(runId, signal))),
    };
    this.store = new RunStore(sent, clock);
    const account = (): Promise<ReturnType<typeof accountOf> | undefined> =>
      Promise.resolve(this.key === '' ? undefined : accountOf(this.baseUrl, this.key));
    const files = this.#mortal(options.files ?? machine.files);
    this.shared = new SharedRounds({ store: this.store, files, account, clock });
    const { isWatched, random = machine.random } = options;
    this.poller = new Poller(this.store, clock, { shared: this.shared, random, isWatched });
  }

  /** The process is gone: nothing of it happens any more, and nothing is tidied up. */
  crash(): void {
    this.#isAlive = false;
  }

  close(): void {
    this.poller.dispose();
    this.shared.dispose();
    this.store.dispose();
  }

  #count<T>(request: Promise<T>): Promise<T> {
    this.requests += 1;
    return request;
  }

  /** A dead window asks nothing and hears of nothing. */
  async #whileAlive<T>(work: Promise<T>): Promise<T> {
    await work.catch(() => undefined);
    return this.#isAlive ? work : new Promise<never>(() => undefined);
  }

  #mortal(files: SharedFiles): SharedFiles {
    const call = <T>(work: () => Promise<T>): Promise<T> =>
      this.#isAlive ? this.#whileAlive(work()) : new Promise(() => undefined);
    return {
      read: (name) => call(() => files.read(name)),
      write: (name, content) => call(() => files.write(name, content)),
      create: (name, content) => call(() => files.create(name, content)),
      remove: (name) => call(() => files.remove(name)),
      list: () => call(() => files.list()),
    };
  }
}

/** A service, and the windows of a machine that look at it. */
export class Machine {
  readonly clock = new FakeClock(noon, 2);
  readonly oz: FakeOz;
  readonly memory = new MemoryFiles(this.clock);
  files: SharedFiles = this.memory;
  readonly windows: Window[] = [];
  /** When each request was sent. */
  readonly sent: number[] = [];
  /** Milliseconds that the service takes to answer. */
  latency = (): number => 200;
  random: () => number = () => 0.5;
  underWay = 0;
  mostUnderWay = 0;

  constructor(...runs: Run[]) {
    this.oz = new FakeOz(...runs);
  }

  readonly client: Client = {
    listRuns: (query) => this.#answer(() => this.oz.listRuns(query)),
    getRun: (runId) => this.#answer(() => this.oz.getRun(runId)),
  };

  open(options: WindowOptions = {}): Window {
    const window = new Window(this, options);
    this.windows.push(window);
    return window;
  }

  /** Windows with the list on the screen; a person works in the first one. */
  openSeen(count: number, options: WindowOptions = {}): Window[] {
    return Array.from({ length: count }, (_, index) => {
      const window = this.open(options);
      window.poller.setFocused(index === 0);
      window.poller.setVisible(true);
      return window;
    });
  }

  async #answer<T>(answer: () => Promise<T>): Promise<T> {
    this.sent.push(this.clock.now());
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    await new Promise<void>((resolve) => this.clock.after(this.latency(), resolve));
    this.underWay -= 1;
    return answer();
  }
}

/** Numbers from 0 to under 1, the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The runs of a store as text, to compare one store with another. */
export function contentOf(store: RunStore): string[] {
  return [...store.all()].map((run) => JSON.stringify(run)).sort();
}
